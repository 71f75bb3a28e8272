const MESSAGES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Access denied',
  404: 'Not Found',
  405: 'Method Not Allowed',
  410: 'Gone',
  429: 'Too Many Requests',
};

/** What is said about a refusal. */
export interface ErrorDetails {
  readonly detail?: string;
  readonly info?: Readonly<Record<string, unknown>>;
}

/** A refusal; the status is the code of the body. */
export class ApiError extends Error {
  readonly code: number;
  /** The JSON body, exactly. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(code: number, error?: ErrorDetails) {
    super(`answered ${code}`);
    this.code = code;
    this.body = {
      code,
      message: MESSAGES[code] ?? 'Internal Server Error',
      data: error === undefined ? null : { error },
    };
  }
}

/** The refusal of an argument, in the service's words. */
export function refuseArgument(problem: string): ApiError {
  return new ApiError(400, { detail: `Argument ${problem}` });
}
