import { resizeColumns } from './columns.ts';

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

/** A session that begins. */
export interface NewSession {
  readonly user: number;
  readonly context: number;
  readonly startMs: number;
  readonly background: boolean;
}

/** Collects sessions. */
export interface SessionTableBuilder {
  /** Begins a session and answers its index. */
  begin(session: NewSession): number;
  /** Moves the end of a session to its latest event. */
  extend(session: number, endMs: number): void;
  /** The sessions, in the order they began in. */
  build(): SessionTable;
}

/** Creates an empty builder. */
export function createSessionTableBuilder(): SessionTableBuilder {
  const capacity = 1 << 15;
  let length = 0;
  let columns = {
    user: new Int32Array(capacity),
    context: new Int32Array(capacity),
    startMs: new Float64Array(capacity),
    endMs: new Float64Array(capacity),
    background: new Uint8Array(capacity),
  };
  return {
    begin({ user, context, startMs, background }) {
      if (length === columns.user.length) columns = resizeColumns(columns, length * 2);
      columns.user[length] = user;
      columns.context[length] = context;
      columns.startMs[length] = startMs;
      columns.endMs[length] = startMs;
      columns.background[length] = background ? 1 : 0;
      length += 1;
      return length - 1;
    },
    extend(session, endMs) {
      columns.endMs[session] = endMs;
    },
    build: () => ({ length, ...resizeColumns(columns, length) }),
  };
}
