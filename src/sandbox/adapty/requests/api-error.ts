/** One complaint: where in the request, and what is wrong there. */
export interface Complaint {
  readonly source: string;
  readonly errors: readonly string[];
}

/** A refusal in the documented envelope. */
export class ApiError extends Error {
  readonly status: number;
  /** The JSON body, exactly. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, complaints: readonly Complaint[]) {
    super(`answered ${status}`);
    this.status = status;
    this.body = { errors: complaints, error_code: code, status_code: status };
  }
}

/** A refusal of the whole request. */
export function refuse(status: number, code: string, message: string): ApiError {
  return new ApiError(status, code, [{ source: 'non_field_errors', errors: [message] }]);
}

/** A refusal of one field of the request. */
export function refuseField(source: string, code: string, message: string): ApiError {
  return new ApiError(400, code, [{ source, errors: [message] }]);
}

/** The documented sentence about a word that is not in a list. */
export function describePermitted(values: readonly unknown[]): string {
  return `value is not a valid enumeration member; permitted: ${values.map((value) => `'${String(value)}'`).join(', ')}`;
}
