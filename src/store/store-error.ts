/** What stands in the way of keeping state, in words for the operator. Its message never holds a password. */
export class StoreError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
  }
}

/** Why an operation failed, in a few words: the message, or the code where there is no message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A host with several addresses fails with an AggregateError, whose own message is empty.
  if (error.message === '' && error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error.message || ('code' in error ? String(error.code) : error.name);
}
