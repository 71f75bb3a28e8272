/** A refusal in the documented envelope. */
export class ApiError extends Error {
  readonly status: number;
  /** The JSON body, exactly. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(`answered ${status}`);
    this.status = status;
    this.body = body;
  }
}

const HEADLINES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  404: 'Not found',
  429: 'Too many requests',
  500: 'Request timeout',
};

/** A refusal with one complaint. */
export function refuse(status: number, code: string, message: string): ApiError {
  return new ApiError(status, { message: HEADLINES[status] ?? 'Error', errors: [{ code, message }] });
}

/** The refusal of unknown credentials, whose list of complaints is documented to be empty. */
export function refuseCredentials(): ApiError {
  return new ApiError(401, { message: 'Unauthorized', errors: [] });
}
