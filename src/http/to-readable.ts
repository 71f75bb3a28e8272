import { Readable } from 'node:stream';

/** Given what yields the bytes of a body, and the body, return a stream of them: whoever destroys it destroys the body, at once. */
export function toReadable(chunks: AsyncGenerator<Buffer>, body: Readable): Readable {
  // Not `Readable.from`: it waits for a generator to end, and one that waits for bytes does not until they come.
  return new Readable({
    read() {
      chunks.next().then(
        ({ done, value }) => void this.push(done === true ? null : value),
        (error: Error) => void this.destroy(error),
      );
    },
    destroy(error, callback) {
      body.destroy();
      callback(error);
    },
  });
}
