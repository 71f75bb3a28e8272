/** Events at rest, one a row, under the canonical column names; whatever the names, `at` (TIMESTAMP, UTC) and `name` are there and never null. */
export interface EventRelation {
  /** A table expression: what may stand behind FROM. */
  readonly sql: string;
  readonly columns: ReadonlySet<string>;
}
