/** A refusal with a documented status and body. */
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

/** A refusal of the database behind the service; the service answers 500 with its text. */
export class DatabaseError extends Error {}
