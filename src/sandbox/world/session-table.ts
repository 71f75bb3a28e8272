/** Visits in columns, one entry of every column per session; those of a user stand together. */
export interface SessionTable {
  readonly length: number;
  /** Index into the world's users. */
  readonly user: Int32Array;
  /** Index into the world's contexts. */
  readonly context: Int32Array;
  /** Time of the first event. */
  readonly startMs: Float64Array;
  /** Time of the last event. */
  readonly endMs: Float64Array;
  /** 1 for a notification of the app store: nobody was there, and it has no `session_start`. */
  readonly background: Uint8Array;
}

/** A session on its way into a table. */
export interface NewSession {
  readonly user: number;
  readonly context: number;
  readonly startMs: number;
  endMs: number;
  readonly background: boolean;
}

/** Turns sessions into columns, in the order given. */
export function toSessionTable(rows: readonly NewSession[]): SessionTable {
  const length = rows.length;
  const table = {
    length,
    user: new Int32Array(length),
    context: new Int32Array(length),
    startMs: new Float64Array(length),
    endMs: new Float64Array(length),
    background: new Uint8Array(length),
  };
  rows.forEach((row, index) => {
    table.user[index] = row.user;
    table.context[index] = row.context;
    table.startMs[index] = row.startMs;
    table.endMs[index] = row.endMs;
    table.background[index] = row.background ? 1 : 0;
  });
  return table;
}
