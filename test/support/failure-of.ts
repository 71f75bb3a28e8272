import { inspect } from 'node:util';
import { AppError } from '../../src/errors.ts';

/** Given what must fail, return the error of the taxonomy that it fails with. */
export async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    (value) => new Error(`Nothing failed; the answer is ${inspect(value)}.`),
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw error;
}
