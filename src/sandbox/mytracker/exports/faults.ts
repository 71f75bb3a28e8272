/** A request as a fault sees it. */
export interface FaultyRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Which request of this method and path it is, from 1. */
  readonly count: number;
}

/** What goes wrong, for tests; nothing does unless told. Parts are meant by their numbers, from 0, in every export. */
export interface Faults {
  /** Parts that end in the middle of their bytes. */
  readonly truncatedParts?: readonly number[];
  /** Parts whose first column has another name. */
  readonly misnamedParts?: readonly number[];
  /** Parts that lack their last third of lines, without a sign of it. */
  readonly shortParts?: readonly number[];
  /** Parts that are other bytes, of the same rows, for every other request. */
  readonly changingParts?: readonly number[];
  /** Exports that end in `Error occurred`, by id. */
  readonly interruptedExports?: readonly string[];
  /** How much earlier than they say links expire, in milliseconds. */
  readonly earlyExpiryMs?: number;
  /** The status that a request is answered with in the place of its answer; undefined for the answer. */
  readonly failureOf?: (request: FaultyRequest) => number | undefined;
}
