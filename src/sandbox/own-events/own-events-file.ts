import { parse } from 'csv-parse/sync';

import { EventsFileError } from './events-file-error.ts';
import { parseEventTime, TIME_FORMATS } from './event-time.ts';

/** One row of a file of own events. */
export interface OwnEvent {
  readonly userId: string;
  readonly name: string;
  readonly timeMs: number;
  /** Two capital letters, or empty where unknown. */
  readonly country: string;
  readonly platform: string;
  readonly appVersion: string;
  readonly revenueCents: number;
  /** Every further column that has a value in this row. */
  readonly properties: Readonly<Record<string, string>>;
}

const REQUIRED = ['user_id', 'event', 'time'] as const;
const OPTIONAL = ['country', 'platform', 'app_version', 'revenue'] as const;
const SHOWN_MISTAKES = 5;

type KnownColumn = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];

/** A cell that cannot be read. */
interface Mistake {
  readonly line: number;
  readonly column: string;
  readonly found: string;
  readonly allowed: string;
}

/** Reads the text of a file of events; throws one error that lists the first mistakes and counts the bad rows. */
export function parseOwnEvents(text: string, file: string): OwnEvent[] {
  const delimiter = guessDelimiter(text);
  const records = readRecords(text, { delimiter, file });
  const [header, ...rows] = records;
  const names = header?.record.map((name) => name.trim()) ?? [];
  const missing = REQUIRED.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const found = names.filter(Boolean).join(', ') || 'nothing';
    throw new EventsFileError(
      `${file}: the column ${missing.join(', ')} is missing. Needed: ${REQUIRED.join(', ')}. Found: ${found}.`,
    );
  }
  const repeated = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (repeated !== undefined) throw new EventsFileError(`${file}: the column ${repeated} is there twice.`);
  const mistakes: Mistake[] = [];
  const readRow = createRowReader(names);
  const badLines = new Set<number>();
  const events = rows.flatMap(({ record, info }) => {
    const read = readRow(record, info.lines);
    if (!Array.isArray(read)) return [read];
    badLines.add(info.lines);
    mistakes.push(...read);
    return [];
  });
  if (badLines.size > 0)
    throw new EventsFileError(describeMistakes(file, mistakes, { bad: badLines.size, all: rows.length }));
  if (events.length === 0) throw new EventsFileError(`${file}: there are no rows below the header.`);
  return events;
}

interface CsvRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

function readRecords(text: string, { delimiter, file }: { delimiter: string; file: string }): CsvRecord[] {
  try {
    const options = { delimiter, bom: true, info: true, skip_empty_lines: true, relax_column_count: true } as const;
    return parse(text, options) as unknown as CsvRecord[];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EventsFileError(`${file}: this is not CSV. ${reason}`, { cause });
  }
}

// The delimiter is the one the header has most of.
function guessDelimiter(text: string): string {
  const header = text.slice(0, text.search(/\r|\n|$/));
  const count = (delimiter: string): number => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

type RowReader = (record: readonly string[], line: number) => OwnEvent | Mistake[];

function createRowReader(names: readonly string[]): RowReader {
  const known = new Set<string>([...REQUIRED, ...OPTIONAL]);
  const extra = [...names.entries()].filter(([, name]) => name !== '' && !known.has(name));
  const cellOf = (record: readonly string[], column: KnownColumn): string => {
    const index = names.indexOf(column);
    return index === -1 ? '' : (record[index] ?? '').trim();
  };
  return (record, line) => {
    if (record.length !== names.length) {
      return [{ line, column: 'all', found: `${record.length} cells`, allowed: `${names.length}, as the header has` }];
    }
    const cell = (column: KnownColumn): string => cellOf(record, column);
    const mistakes: Mistake[] = [];
    const complain = (column: KnownColumn, allowed: string): void => {
      mistakes.push({ line, column, found: cell(column), allowed });
    };
    const timeMs = parseEventTime(cell('time'));
    const country = cell('country').toUpperCase();
    const revenue = cell('revenue');
    if (cell('user_id') === '') complain('user_id', 'any text');
    if (cell('event') === '') complain('event', 'any text');
    if (timeMs === undefined) complain('time', TIME_FORMATS);
    if (!/^([A-Z]{2})?$/.test(country)) complain('country', 'two letters, for example SE, or nothing');
    if (!/^(-?\d+(\.\d+)?)?$/.test(revenue)) complain('revenue', 'a number with a point, for example 9.99, or nothing');
    if (mistakes.length > 0 || timeMs === undefined) return mistakes;
    const properties: Record<string, string> = {};
    for (const [index, name] of extra) if (record[index]) properties[name] = record[index];
    if (revenue !== '') properties.revenue = revenue;
    return {
      userId: cell('user_id'),
      name: cell('event'),
      timeMs,
      country,
      platform: cell('platform'),
      appVersion: cell('app_version'),
      revenueCents: Math.round(Number(revenue) * 100),
      properties,
    };
  };
}

function describeMistakes(file: string, mistakes: readonly Mistake[], rows: { bad: number; all: number }): string {
  const shown = mistakes.slice(0, SHOWN_MISTAKES).map(({ line, column, found, allowed }) => {
    const text = found.length > 60 ? `${found.slice(0, 60)}...` : found;
    return `  line ${line}, column ${column}: found ${JSON.stringify(text)}, allowed is ${allowed}`;
  });
  const rest = mistakes.length - shown.length;
  const more = rest > 0 ? [`  and ${rest} more`] : [];
  return [`${file}: ${rows.bad} of ${rows.all} rows cannot be read.`, ...shown, ...more].join('\n');
}
