import { AppError, InternalError, type ErrorCode } from '../errors.ts';
import type { DataSource } from './data-source.ts';

/** A failure beside an answer: what one data source of several could not contribute, and why. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly source: DataSource | null;
  readonly isRetryable: boolean;
  /** When to try again, in milliseconds since the epoch; null where nobody knows. */
  readonly retryAt: number | null;
  /** The export task that prepares the answer; null where none does. */
  readonly exportTaskId: string | null;
}

/** Given a failure of a data source, return it as a problem; what nobody foresaw stays masked. */
export function toProblem(error: unknown, source: DataSource | null, now: number): Problem {
  const known =
    error instanceof AppError ? error : new InternalError('Something unexpected went wrong.', { cause: error });
  return {
    code: known.code,
    message: known.message,
    source,
    isRetryable: known.isRetryable,
    retryAt: known.retryAfterMs === undefined ? null : now + known.retryAfterMs,
    exportTaskId: known.exportTaskId ?? null,
  };
}
