import { malformed } from './malformed.ts';
import type { GrowingioRow } from './responses.ts';
import { isTotalTime, isUnknown } from './vocabulary.ts';

/** A cell; undefined where the row has ended before it. */
export type Cell = GrowingioRow[number] | undefined;

/** The time of a row: milliseconds since the epoch, or all times together. */
export type RowTime = number | 'TOTAL';

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** Given a cell, return its number; null where it holds none, or says that there is none. */
export function toNumber(cell: Cell, path: string): number | null {
  if (cell === null || cell === undefined || typeof cell === 'number') return cell ?? null;
  const text = cell.trim();
  if (isUnknown(text)) return null;
  if (NUMBER.test(text) && Number.isFinite(Number(text))) return Number(text);
  throw malformed(path, 'expected a number');
}

/** Given the cell of a time, return it. */
export function toTime(cell: Cell, path: string): RowTime {
  if (isTotalTime(cell)) return 'TOTAL';
  if (typeof cell === 'number' && Number.isSafeInteger(cell)) return cell;
  if (typeof cell === 'string' && /^\d{1,15}$/.test(cell)) return Number(cell);
  throw malformed(path, 'expected a time in milliseconds');
}

const FIRST_PLAUSIBLE_MS = Date.UTC(2010);
const LAST_PLAUSIBLE_MS = Date.UTC(2100);

/** Whether a cell can hardly be anything but a time. */
export function looksLikeTime(cell: Cell): boolean {
  return Number.isInteger(cell) && Number(cell) >= FIRST_PLAUSIBLE_MS && Number(cell) < LAST_PLAUSIBLE_MS;
}
