import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ColumnType } from '../../src/analytics/column-types.ts';
import type { RowsLayout } from '../../src/analytics/exports.ts';
import type { StagedParts } from './staged-parts.ts';

const EVENTS = ['open', 'purchase', 'view', 'click'];
const COUNTRIES = ['SE', 'DE', 'US', 'GB', 'BR', ''];
const CAMPAIGNS = ['spring', 'summer sale', 'brand', 'retargeting'];

const STAGED_COLUMNS: readonly {
  name: string;
  type: ColumnType;
  cellOf: (row: number) => string;
}[] = [
  { name: 'day', type: 'DATE', cellOf: (row) => instantOf(row).slice(0, 10) },
  { name: 'at', type: 'DATETIME', cellOf: (row) => `${instantOf(row).slice(0, 19)}Z` },
  { name: 'user_id', type: 'INTEGER', cellOf: (row) => String((row * 7919) % 1_000_003) },
  { name: 'event', type: 'TEXT', cellOf: (row) => EVENTS[row % 4] ?? '' },
  { name: 'country', type: 'TEXT', cellOf: (row) => COUNTRIES[row % 6] ?? '' },
  // One in twenty needs quotes.
  {
    name: 'campaign',
    type: 'TEXT',
    cellOf: (row) => (row % 20 ? (CAMPAIGNS[row % 4] ?? '') : '"say ""hi"", now"'),
  },
  { name: 'platform', type: 'TEXT', cellOf: (row) => (row % 3 ? 'ios' : 'android') },
  { name: 'app_version', type: 'TEXT', cellOf: (row) => `1.${row % 20}.${row % 7}` },
  {
    name: 'session_id',
    type: 'TEXT',
    cellOf: (row) => ((row * 2_654_435_761) % 2 ** 40).toString(16).padStart(10, '0'),
  },
  { name: 'amount', type: 'NUMBER', cellOf: (row) => String(((row * 104_729) % 99_991) / 100) },
  { name: 'currency', type: 'TEXT', cellOf: (row) => (row % 2 ? 'USD' : 'EUR') },
  { name: 'quantity', type: 'INTEGER', cellOf: (row) => String(row % 50) },
  { name: 'rate', type: 'NUMBER', cellOf: (row) => String(((row * 31) % 997) / 997) },
  { name: 'is_new', type: 'BOOLEAN', cellOf: (row) => String(row % 2 === 0) },
  { name: 'note', type: 'TEXT', cellOf: (row) => (row % 10 ? '' : `note number ${row}`) },
];

const STAGED_LAYOUT: RowsLayout = {
  dialect: {
    delimiter: ',',
    header: STAGED_COLUMNS.map(({ name }) => name),
    columns: STAGED_COLUMNS.map(({ name }) => name),
    nullTexts: [''],
  },
  columns: STAGED_COLUMNS.map(({ name, type }) => ({ name, type, source: { kind: 'AS_IS', column: name } })),
};

/** Write rows as a provider would send them: fifteen columns of days, instants, texts, numbers, and cells that are not there. */
export async function writeStagedRows(path: string, rowCount: number): Promise<StagedParts> {
  await pipeline(Readable.from(readLines(rowCount)), createWriteStream(path));
  return { parts: [path], isGzip: false, layout: STAGED_LAYOUT };
}

function* readLines(rowCount: number): Generator<string> {
  let text = `${STAGED_COLUMNS.map(({ name }) => name).join(',')}\n`;
  for (let row = 0; row < rowCount; row++) {
    text += `${STAGED_COLUMNS.map(({ cellOf }) => cellOf(row)).join(',')}\n`;
    if (text.length < 2 ** 20) continue;
    yield text;
    text = '';
  }
  yield text;
}

function instantOf(row: number): string {
  return new Date(Date.UTC(2026, 0, 1) + row * 137).toISOString();
}
