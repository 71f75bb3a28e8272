/** What is wrong with a request, by field. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/** A refusal as Django REST framework words it; the document has no refusals at all. */
export class ApiError extends Error {
  readonly status: number;
  /** The JSON body, exactly. */
  readonly body: FieldErrors | { readonly detail: string };
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, problem: FieldErrors | string, headers: Readonly<Record<string, string>> = {}) {
    super(`answered ${status}`);
    this.status = status;
    this.body = typeof problem === 'string' ? { detail: problem } : problem;
    this.headers = headers;
  }
}
