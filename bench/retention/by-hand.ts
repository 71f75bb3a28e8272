import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { quoteText } from '../../src/warehouse/sql-text.ts';

/** Events at rest: those who enter do so with one of them, from 1 to 30 September 2026. */
export interface EventFile {
  readonly folder: string;
  readonly path: string;
  readonly entry: string;
}

/** What SQL written by hand is asked; each answers with three numbers. */
export interface QuestionByHand {
  /** How many of those who first entered in September came 1, 7 and 30 days later. */
  readonly month: string;
  /** The same of those who entered on 1 September. */
  readonly day: string;
  /** Users of each day: all of them added up, those of the largest day, and how many days there are. */
  readonly dailyUsers: string;
}

/** As the questions are put to DuckDB by hand. */
export function toDuckDbSql({ path, entry }: EventFile): QuestionByHand {
  const from = `from ${quoteText(path)}`;
  const found = [1, 7, 30].map((later) => `count(*) filter (where visits.day - entries.day = ${later})`).join(', ');
  return {
    month: `with entries as (
        select user_id, min("at")::date as day ${from} where name = '${entry}' and "at" < timestamp '2026-10-01' group by user_id
      ), visits as (select distinct user_id, "at"::date as day ${from})
      select ${found} from entries join visits using (user_id)`,
    day: `with entries as (
        select distinct user_id, "at"::date as day ${from} where name = '${entry}' and "at"::date = date '2026-09-01'
      ), visits as (select distinct user_id, "at"::date as day ${from})
      select ${found} from entries join visits using (user_id)`,
    dailyUsers: `select sum(users), max(users), count(*) from (
      select "at"::date as day, count(distinct user_id) as users ${from} group by day)`,
  };
}

/** As they are put to ClickHouse, with what it has for them. */
export function toClickHouseSql({ path, entry }: EventFile): QuestionByHand {
  // Told that nothing is missing it is quicker, and `retention` takes more than 8 conditions.
  const from = `from file('${path}', Parquet, 'at DateTime64(6, \\'UTC\\'), name String, user_id String')`;
  const found = [1, 7, 30].map((later) => `countIf(day - entered = ${later})`).join(', ');
  const days = Array.from({ length: 31 }, (_, later) => `toDate(at) = toDate('2026-09-01') + ${later}`);
  const [first = '', ...others] = days;
  return {
    month: `select ${found} from (
        select toDate(minIf(at, name = '${entry}' and at < '2026-10-01')) as entered, groupUniqArray(toDate(at)) as days ${from}
        group by user_id having countIf(name = '${entry}' and at < '2026-10-01') > 0
      ) array join days as day settings max_threads = 2`,
    day: `select sum(r[2]), sum(r[8]), sum(r[31]) from (
        select retention(name = '${entry}' and ${first}, ${others.join(', ')}) as r ${from} group by user_id
      ) settings max_threads = 2`,
    dailyUsers: `select sum(users), max(users), count() from (
        select toDate(at) as day, uniqExact(user_id) as users ${from} group by day
      ) settings max_threads = 2`,
  };
}

/** Given SQL, return how to ask DuckDB for its numbers, with as many threads and as much memory as Tributary's. */
export async function askDuckDb(sql: string, folder: string): Promise<() => Promise<readonly number[]>> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: '512MiB',
    temp_directory: join(folder, 'temporary'),
  });
  const connection = await instance.connect();
  await connection.run('select 1');
  return async () => ((await connection.runAndReadAll(sql)).getRowsJS()[0] ?? []).map(Number);
}
