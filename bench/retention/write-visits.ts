import { DuckDBInstance } from '@duckdb/node-api';
import { quoteText } from '../../src/warehouse/sql-text.ts';

/** Columns of the written events. */
export const VISIT_COLUMNS: readonly string[] = ['at', 'name', 'user_id', 'country', 'revenue'];

/**
 * Write events as Parquet: visits of five events each, in the order of their time, one user for twenty events. Users begin to come on one of the thirty days from
 * 1 September 2026 on, and less and less often within the thirty days after. Every fourth visit begins with `sign_up`; every third of the other events is a purchase.
 */
export async function writeVisits(path: string, rowCount: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(`copy (
    select
      timestamp '2026-09-01' + to_microseconds(
        (user_number % 30 + floor(pow(fraction, 3) * 31))::bigint * 86400000000
        + (hash(visit, 1) % 86000)::bigint * 1000000 + (i % 5) * 40000000) as "at",
      case when i % 20 = 0 then 'sign_up' when hash(i, 2) % 3 = 0 then 'purchase' else 'view' end as name,
      concat_ws('-', id[1:8], id[9:12], id[13:16], id[17:20], id[21:32]) as user_id,
      (['SE', 'DE', 'US', 'GB', 'BR', null])[1 + (hash(user_number, 3) % 6)::int] as country,
      case when i % 20 <> 0 and hash(i, 2) % 3 = 0 then (hash(i, 4) % 10000) / 100.0 end as revenue
    from (
      select *, md5(user_number::varchar) as id, (hash(visit, 5) % 1000003) / 1000003 as fraction
      from (
        select i, i // 5 as visit, (hash(i // 5, 6) % ${rowCount / 20})::bigint as user_number
        from range(${rowCount}) as numbers (i)
      )
    )
    order by "at"
  ) to ${quoteText(path)} (format parquet, compression zstd)`);
  connection.closeSync();
  instance.closeSync();
}
