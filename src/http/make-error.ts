import type { AppError, AppErrorOptions, ErrorOrigin } from '../errors.ts';
import { redactError, type Redact } from './redaction.ts';

/** Makes one error of the taxonomy: redacted together with its causes, rounded, and named after its data source. */
export type MakeError = (
  Failure: new (message: string, options?: AppErrorOptions) => AppError,
  message: string,
  options?: AppErrorOptions,
) => AppError;

/** Given whose errors they are and what must not be repeated, return what makes them. */
export function createErrorMaker({ source, provider }: ErrorOrigin, redact: Redact): MakeError {
  return (Failure, message, { cause, retryAfterMs } = {}) => {
    const error = new Failure(redact(message), {
      cause: redactError(cause, redact),
      retryAfterMs: retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs),
    });
    error.origin = { source, provider };
    return error;
  };
}
