import type { Readable } from 'node:stream';
import type { AppError } from '../errors.ts';
import { toReadable } from './to-readable.ts';

/** Given a body and what its failures mean, return the same with its failures in our words. */
export function translated(body: Readable, toError: (error: unknown) => AppError): Readable {
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      yield* body;
    } catch (error) {
      throw toError(error);
    }
  }
  return toReadable(chunks(), body);
}

/** Do something; what it throws is thrown in our words. */
export async function orThrow<T>(answer: () => Promise<T>, toError: (error: unknown) => AppError): Promise<T> {
  try {
    return await answer();
  } catch (error) {
    throw toError(error);
  }
}
