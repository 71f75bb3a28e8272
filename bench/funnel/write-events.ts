import { DuckDBInstance } from '@duckdb/node-api';
import { quoteText } from '../../src/warehouse/sql-text.ts';

/** Columns of the written events. */
export const EVENT_COLUMNS: readonly string[] = [
  'at',
  'name',
  'user_id',
  'session_id',
  'country',
  'platform',
  'app_version',
  'path',
];

/**
 * Write events as Parquet: thirty days of September 2026 in their order, one user for twenty events, a few of them with many more than others. Of twenty events six are `open`, five
 * `view_item`, one each `add_to_cart`, `checkout` and `purchase`, the others of no funnel.
 */
export async function writeEvents(path: string, rowCount: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const micros = 30 * 86_400_000_000;
  await connection.run(`copy (
    select
      make_timestamp(epoch_us(timestamp '2026-09-01') + i * ${Math.floor(micros / rowCount)}) as "at",
      ([${NAMES.map(quoteText).join(', ')}])[1 + (hash(i, 1) % ${NAMES.length})::int] as name,
      concat_ws('-', id[1:8], id[9:12], id[13:16], id[17:20], id[21:32]) as user_id,
      left(md5(concat(user_number, ' ', i * 60 // ${rowCount})), 16) as session_id,
      (['SE', 'DE', 'US', 'GB', 'BR', null])[1 + (hash(user_number, 2) % 6)::int] as country,
      (['ios', 'android', 'web'])[1 + (hash(user_number, 3) % 3)::int] as platform,
      concat('1.', hash(i, 4) % 20) as app_version,
      concat('/item/', hash(i, 5) % 1000) as path
    from (
      select i, user_number, md5(user_number::varchar) as id
      from (
        select i, floor(pow((hash(i, 6) % 1000000007) / 1000000007, 1.4) * ${rowCount / 20})::bigint as user_number
        from range(${rowCount}) as numbers (i)
      )
    )
  ) to ${quoteText(path)} (format parquet, compression zstd)`);
  connection.closeSync();
  instance.closeSync();
}

const NAMES: readonly string[] = [
  ...Array<string>(6).fill('open'),
  ...Array<string>(5).fill('view_item'),
  ...Array<string>(3).fill('search'),
  ...Array<string>(2).fill('scroll'),
  'share',
  'add_to_cart',
  'checkout',
  'purchase',
];
