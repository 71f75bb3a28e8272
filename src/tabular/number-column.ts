import type { Unit } from '../analytics/catalog.ts';
import { createColumn, type TableColumn } from './column-table.ts';

/** What a number is a number of. */
export interface Measured {
  readonly unit: Unit;
  readonly currency: string | null;
}

/** Given numbers and what they measure, return their column; its unit and currency are null where they differ. */
export function createNumberColumn(
  name: string,
  values: readonly (number | null)[],
  measured: readonly Measured[],
): TableColumn {
  const unit = sharedBy(measured.map((one) => one.unit));
  return createColumn({
    name,
    type: unit === 'DURATION' ? 'DURATION' : areWholeCounts(values, measured) ? 'INTEGER' : 'NUMBER',
    unit,
    currency: sharedBy(measured.map(({ currency }) => currency)),
    values,
  });
}

function areWholeCounts(values: readonly (number | null)[], measured: readonly Measured[]): boolean {
  if (measured.length === 0) return false;
  return (
    measured.every(({ unit }) => unit === 'COUNT' || unit === 'DISTINCT_COUNT') &&
    values.every((value) => value === null || Number.isInteger(value))
  );
}

function sharedBy<T>(all: readonly (T | null)[]): T | null {
  const [first = null] = all;
  return all.every((one) => one === first) ? first : null;
}
