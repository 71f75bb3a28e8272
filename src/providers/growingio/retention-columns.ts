import { malformed } from './malformed.ts';
import type { MetricColumn } from './table.ts';

/** What the columns of a retention hold. */
export interface RetentionColumns {
  /** How many entered, although it is called how many stayed. */
  readonly size: MetricColumn;
  /** By offset, rising. */
  readonly offsets: readonly OffsetColumns[];
}

/** One offset: how many came back, and what part of those who entered they are. Never both null. */
export interface OffsetColumns {
  readonly offset: number;
  readonly count: MetricColumn | null;
  readonly rate: MetricColumn | null;
}

const SIZE = '留存人数';
const RATE = /留存率$/;
const COUNT = /留存(人数|数)?$/;
const OWN = /^当[日天周月]$/;
const NEXT = /^次[日周月]$/;
const LATER = /^(\d{1,3})[日天周月]后?$/;
// 第1日 may be the day of the entry or the one behind it: only a day 0 tells.
const ORDINAL = /^第(\d{1,3})[日天周月]$/;

/** Given the columns of a retention's numbers, return which offset each is about; throws for one that says none. */
export function toRetentionColumns(columns: readonly MetricColumn[]): RetentionColumns {
  const size = columns.find(({ word }) => word === SIZE);
  if (!size) throw malformed('meta', `expected a column ${SIZE}`);
  const offsets = new Map<number, OffsetColumns>();
  const labels = columns.filter((column) => column !== size).map(toLabel);
  for (const { column, offset, part } of labels) {
    const known = offsets.get(offset) ?? { offset, count: null, rate: null };
    if (known[part]) throw malformed(`meta[${column.index}]`, 'expected an offset that no other column has');
    offsets.set(offset, { ...known, [part]: column });
  }
  const ordinal = labels.find(({ isOrdinal }) => isOrdinal);
  if (ordinal && !offsets.has(0))
    throw malformed(`meta[${ordinal.column.index}]`, 'expected offsets that begin with 0');
  return { size, offsets: [...offsets.values()].sort((a, b) => a.offset - b.offset) };
}

interface Label {
  readonly column: MetricColumn;
  readonly offset: number;
  readonly part: 'count' | 'rate';
  readonly isOrdinal: boolean;
}

function toLabel(column: MetricColumn): Label {
  const part = RATE.test(column.word) ? 'rate' : 'count';
  const label = column.word.replace(part === 'rate' ? RATE : COUNT, '');
  const offset = toOffset(label);
  if (offset === null) throw malformed(`meta[${column.index}]`, 'expected the name of an offset');
  return { column, offset, part, isOrdinal: ORDINAL.test(label) };
}

function toOffset(label: string): number | null {
  if (OWN.test(label)) return 0;
  if (NEXT.test(label)) return 1;
  const [, count] = LATER.exec(label) ?? ORDINAL.exec(label) ?? [];
  return count === undefined ? null : Number(count);
}
