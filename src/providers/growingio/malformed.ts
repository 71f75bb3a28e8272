import { ProviderResponseError } from '../../errors.ts';

/** Given where an answer is not as documented and what was expected there, return the error that says so, without repeating it. */
export function malformed(path: string, expectation: string): ProviderResponseError {
  return new ProviderResponseError(
    `GrowingIO answered with a body that is not what it documents: ${path}: ${expectation}.`,
  );
}
