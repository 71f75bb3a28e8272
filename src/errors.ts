/** Every error code a caller can meet, as `Problem.code` and as `extensions.code`. docs/errors.md says what to do about each. */
export const ERROR_CODES = [
  'BAD_USER_INPUT',
  'CAPABILITY_NOT_SUPPORTED',
  'QUERY_NOT_SUPPORTED',
  'RESULT_TOO_LARGE',
  'PROVIDER_AUTH_FAILED',
  'PROVIDER_RATE_LIMITED',
  'PROVIDER_TIMEOUT',
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_REJECTED',
  'PROVIDER_RESPONSE_INVALID',
  'NOT_READY',
  'EXPORT_TASK_NOT_FOUND',
  'EXPORT_TASK_FAILED',
  'OPERATION_CANCELLED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'INTERNAL_SERVER_ERROR',
] as const;

/** One of {@link ERROR_CODES}. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Whether a text is an error code: one that was kept by another release may be none. */
export function isErrorCode(text: string): text is ErrorCode {
  return (ERROR_CODES as readonly string[]).includes(text);
}

/** The data source that a failure belongs to: its key in the configuration and its provider's id. */
export interface ErrorOrigin {
  readonly source: string;
  readonly provider: string;
}

/** What an {@link AppError} may carry besides its message. */
export interface AppErrorOptions {
  readonly cause?: unknown;
  /** Milliseconds after which the same question may succeed; absent where nobody knows. */
  readonly retryAfterMs?: number | undefined;
  /** The export task that prepares the answer; of a {@link NotReadyError}. */
  readonly exportTaskId?: string;
}

/** An error somebody meant: its message is safe to show to the caller, its cause is not and stays in the log. */
export abstract class AppError extends Error {
  abstract readonly code: ErrorCode;
  /** Whether the same question may succeed later without anybody changing anything. */
  readonly isRetryable: boolean = false;
  readonly retryAfterMs: number | undefined;
  readonly exportTaskId: string | undefined;
  /** Set by {@link withOrigin} where the failing data source is known. */
  origin: ErrorOrigin | undefined;

  constructor(message: string, { cause, retryAfterMs, exportTaskId }: AppErrorOptions = {}) {
    super(message, { cause });
    this.name = new.target.name;
    this.retryAfterMs = retryAfterMs;
    this.exportTaskId = exportTaskId;
  }
}

/** The question makes no sense for any provider; the message names the field, what was found and what is allowed. */
export class InvalidQueryError extends AppError {
  readonly code = 'BAD_USER_INPUT';
}

/** This data source cannot answer that kind of question at all. */
export class UnsupportedCapabilityError extends AppError {
  readonly code = 'CAPABILITY_NOT_SUPPORTED';
}

/** The data source answers such questions, but not this one: the message states the limit. */
export class QueryLimitError extends AppError {
  readonly code = 'QUERY_NOT_SUPPORTED';
}

/** The answer exists and is too large for one response. */
export class ResultTooLargeError extends AppError {
  readonly code = 'RESULT_TOO_LARGE';
}

/** The provider refused *our* credentials; never to be confused with the caller's own. */
export class ProviderAuthError extends AppError {
  readonly code = 'PROVIDER_AUTH_FAILED';
}

/** The provider's allowance is used up, and waiting for it would have passed the deadline. */
export class ProviderRateLimitedError extends AppError {
  readonly code = 'PROVIDER_RATE_LIMITED';
  override readonly isRetryable = true;
}

/** Our deadline passed before the provider answered. */
export class ProviderTimeoutError extends AppError {
  readonly code = 'PROVIDER_TIMEOUT';
  override readonly isRetryable = true;
}

/** The provider could not be reached, or failed on its side. */
export class ProviderUnavailableError extends AppError {
  readonly code = 'PROVIDER_UNAVAILABLE';
  override readonly isRetryable = true;
}

/** The provider understood and refused the question. */
export class ProviderRejectedError extends AppError {
  readonly code = 'PROVIDER_REJECTED';
}

/** The provider answered with success, but not with what it documents. */
export class ProviderResponseError extends AppError {
  readonly code = 'PROVIDER_RESPONSE_INVALID';
}

/** The answer is being prepared in the background; an export task says how far. */
export class NotReadyError extends AppError {
  readonly code = 'NOT_READY';
  override readonly isRetryable = true;
}

/** There is no export task of that id, or it is somebody else's. */
export class ExportTaskNotFoundError extends AppError {
  readonly code = 'EXPORT_TASK_NOT_FOUND';
}

/** An export could not be finished for a reason of this server: a full disk, rows that do not fit the format. */
export class ExportTaskFailedError extends AppError {
  readonly code = 'EXPORT_TASK_FAILED';
}

/** The caller went away before the answer was ready. */
export class OperationCancelledError extends AppError {
  readonly code = 'OPERATION_CANCELLED';
}

/** The caller has not said who it is, or not credibly. */
export class UnauthenticatedError extends AppError {
  readonly code = 'UNAUTHENTICATED';
}

/** The caller is known and may not do this. */
export class ForbiddenError extends AppError {
  readonly code = 'FORBIDDEN';
}

/** Anything nobody foresaw: masked for the caller, logged once with its request id. */
export class InternalError extends AppError {
  readonly code = 'INTERNAL_SERVER_ERROR';
}

/** The class behind each code; a code without a class does not compile. */
export const ERROR_CLASSES: Readonly<Record<ErrorCode, new (message: string, options?: AppErrorOptions) => AppError>> =
  {
    BAD_USER_INPUT: InvalidQueryError,
    CAPABILITY_NOT_SUPPORTED: UnsupportedCapabilityError,
    QUERY_NOT_SUPPORTED: QueryLimitError,
    RESULT_TOO_LARGE: ResultTooLargeError,
    PROVIDER_AUTH_FAILED: ProviderAuthError,
    PROVIDER_RATE_LIMITED: ProviderRateLimitedError,
    PROVIDER_TIMEOUT: ProviderTimeoutError,
    PROVIDER_UNAVAILABLE: ProviderUnavailableError,
    PROVIDER_REJECTED: ProviderRejectedError,
    PROVIDER_RESPONSE_INVALID: ProviderResponseError,
    NOT_READY: NotReadyError,
    EXPORT_TASK_NOT_FOUND: ExportTaskNotFoundError,
    EXPORT_TASK_FAILED: ExportTaskFailedError,
    OPERATION_CANCELLED: OperationCancelledError,
    UNAUTHENTICATED: UnauthenticatedError,
    FORBIDDEN: ForbiddenError,
    INTERNAL_SERVER_ERROR: InternalError,
  };

/** Given a failure, return it with the data source it belongs to; what is not an {@link AppError} is returned untouched. */
export function withOrigin(error: unknown, origin: ErrorOrigin): unknown {
  if (error instanceof AppError) error.origin ??= origin;
  return error;
}
