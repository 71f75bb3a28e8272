import { ResultTooLargeError } from '../../errors.ts';
import type { AnalysisTools } from './analysis-tools.ts';
import { toBucketSql, toWithinSql, type Buckets } from './buckets.ts';

/** Most values that one analysis takes out of the database: groups times buckets times what is asked of each. */
const MAX_CELLS = 3_000_000;

/** One number about the rows that pass a condition, as SQL. */
export interface Measure {
  /** Whether a row takes part; never null. */
  readonly condition: string;
  readonly aggregates: readonly Aggregate[];
  /** Given what was aggregated of rows, return the number about them; they may be none. */
  readonly toValue: (cells: Cells) => number | null;
}

/** What is worked out of each row, and the aggregate function over it, such as `count(distinct …)`. */
export interface Aggregate {
  readonly of: string;
  readonly by: (column: string) => string;
}

/** How many rows took part, and what each aggregate of a measure made of them. */
export interface Cells {
  readonly count: number;
  readonly numbers: readonly (number | null)[];
}

/** The rows of one group of one period: those of each bucket, and all of them; for each measure in its order. */
export interface MeasuredGroup {
  readonly dimensions: readonly (string | null)[];
  /** By the index of the bucket; missing where it has no rows. */
  readonly buckets: ReadonlyMap<number, readonly Cells[]>;
  readonly whole: readonly Cells[];
}

/** What is measured, of which rows. */
export interface GroupsQuestion {
  /** A table expression with a column `at`. */
  readonly rows: string;
  readonly buckets: Buckets;
  /** The SQL of each dimension's text. */
  readonly dimensions: readonly string[];
  readonly measures: readonly Measure[];
}

/** Given what is measured, return its groups by a key of their dimensions' values, in the order of these. */
export async function measureGroups(
  question: GroupsQuestion,
  { database, signal }: AnalysisTools,
): Promise<Map<string, MeasuredGroup>> {
  const width =
    1 + question.dimensions.length + question.measures.flatMap(({ aggregates }) => [1, ...aggregates]).length;
  const limit = Math.floor(MAX_CELLS / width);
  const rows = await database.rows(`${toGroupsSql(question)} limit ${limit + 1}`, signal);
  if (rows.length > limit) {
    throw new ResultTooLargeError(
      `query.breakdown: more than ${limit} groups times buckets. Break down by a dimension of fewer values, or ask for a shorter period or a longer interval`,
    );
  }
  const groups = new Map<string, { dimensions: (string | null)[]; buckets: Map<number, Cells[]>; whole: Cells[] }>();
  for (const [bucket, ...row] of rows) {
    const dimensions = row
      .slice(0, question.dimensions.length)
      .map((value) => (value === null ? null : String(value as string)));
    const key = JSON.stringify(dimensions);
    const group = groups.get(key) ?? { dimensions, buckets: new Map<number, Cells[]>(), whole: [] };
    groups.set(key, group);
    const cells = toCells(row.slice(dimensions.length), question.measures);
    if (bucket === null) group.whole = cells;
    else group.buckets.set(Number(bucket), cells);
  }
  return groups;
}

/** What is needed of each row comes first and once, whatever asks for it; what is made of the rows, behind it. */
function toGroupsSql({ rows, buckets, dimensions, measures }: GroupsQuestion): string {
  const columns = new Map<string, string>();
  const columnOf = (sql: string): string => {
    const name = columns.get(sql) ?? `c${columns.size}`;
    columns.set(sql, name);
    return name;
  };
  const bucket = columnOf(toBucketSql('"at"', buckets));
  const groups = dimensions.map(columnOf);
  const aggregates = measures.flatMap(({ condition, aggregates: own }) => {
    const filter = ` filter (where ${columnOf(condition)})`;
    return ['count(*)', ...own.map(({ of, by }) => by(columnOf(of)))].map((aggregate) => aggregate + filter);
  });
  const selected = [...columns].map(([sql, name]) => `${sql} as ${name}`);
  return `select ${[bucket, ...groups, ...aggregates].join(', ')}
    from (select ${selected.join(', ')} from ${rows} where ${toWithinSql('"at"', buckets)})
    group by grouping sets ((${[bucket, ...groups].join(', ')}), (${groups.join(', ')}))
    ${groups.length > 0 ? `order by ${groups.map((group) => `${group} nulls last`).join(', ')}` : ''}`;
}

function toCells(row: readonly unknown[], measures: readonly Measure[]): Cells[] {
  let next = 0;
  return measures.map(({ aggregates }) => {
    const [count, ...numbers] = row.slice(next, (next += 1 + aggregates.length));
    return { count: Number(count), numbers: numbers.map((value) => (value === null ? null : Number(value))) };
  });
}
