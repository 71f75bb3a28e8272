/** One page of a list that is known as a whole. */
export interface Page<T> {
  readonly items: readonly T[];
  /** What reads on behind each item; the same length as `items`. */
  readonly cursors: readonly string[];
  /** How many items the whole list has. */
  readonly totalCount: number;
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
}

/** Which page is wanted. */
export interface Paging {
  /** Most items of the page. */
  readonly first: number;
  /** A cursor's text; null for the first page. */
  readonly after: string | null;
}
