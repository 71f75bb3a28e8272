import type { World } from '../../world.ts';
import type { ExportRequest } from '../requests/export-request.ts';
import { toReportRows } from './rows.ts';
import type { ReportRow } from './rows.ts';

const COLUMNS: readonly (keyof ReportRow)[] = [
  'aff_sub_id',
  'time',
  'clicks_aggr',
  'campaign',
  'country',
  'creative_id',
  'app_id',
  'campaign_id',
  'cost_aggr',
  'cr',
  'conversions_aggr',
  'name_os',
  'version_os',
  'lang',
  'publisher_id',
];

/** Writes the report that is asked for as CSV of RFC 4180, its columns in the documented order. */
export function toCsv(world: World, request: ExportRequest): string {
  const rows = toReportRows(world, request).sort(createOrder(request.sorting));
  const lines = rows.map((row) => COLUMNS.map((column) => toCell(row[column])).join(','));
  if (request.csv_headers) lines.unshift(COLUMNS.join(','));
  return lines.map((line) => `${line}\r\n`).join('');
}

// Rising, which is not documented; what is equal goes by campaign and time, and then by everything else, so that a report is
// always the same file.
function createOrder(sorting: keyof ReportRow): (a: ReportRow, b: ReportRow) => number {
  const columns = [...new Set([sorting, 'campaign_id', 'time', ...COLUMNS] as const)];
  return (a, b) => {
    for (const column of columns) {
      if (a[column] !== b[column]) return a[column] < b[column] ? -1 : 1;
    }
    return 0;
  };
}

function toCell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
