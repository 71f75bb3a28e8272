/** A file of own events cannot be read; the message says which file, what is wrong and what is allowed. */
export class EventsFileError extends Error {
  override readonly name = 'EventsFileError';
}
