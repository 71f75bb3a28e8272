import { createColumn, type Cell, type ColumnTable } from '../../src/tabular/column-table.ts';

const COUNTRIES = ['SE', 'DE', 'US', 'GB', 'BR', null];
// One in five needs quotes, which is more than real reports have.
const CAMPAIGNS = ['spring', 'summer sale', 'brand', 'retargeting', 'say "hi", now'];

/** A table like a metrics report: eight columns of days, texts that repeat, whole numbers, decimals and nulls. */
export function createSampleTable(rowCount: number): ColumnTable {
  const column = (cellOf: (row: number) => Cell): Cell[] => Array.from({ length: rowCount }, (_, row) => cellOf(row));
  return {
    rowCount,
    columns: [
      createColumn({ name: 'date', type: 'DATE', values: column(dayOf) }),
      createColumn({ name: 'source', type: 'TEXT', values: column(() => 'shop-web') }),
      createColumn({
        name: 'metric',
        type: 'TEXT',
        values: column((row) => (row % 1000 < 500 ? 'events' : 'revenue')),
      }),
      createColumn({ name: 'country', type: 'TEXT', values: column((row) => COUNTRIES[row % 6] ?? null) }),
      createColumn({ name: 'campaign', type: 'TEXT', values: column((row) => CAMPAIGNS[row % 5] ?? null) }),
      createColumn({ name: 'value', type: 'NUMBER', values: column((row) => (row * 7919) % 10_007) }),
      createColumn({ name: 'previous', type: 'NUMBER', values: column((row) => ((row * 104_729) % 99_991) / 100) }),
      createColumn({ name: 'unit', type: 'TEXT', values: column(() => 'COUNT') }),
    ],
  };
}

function dayOf(row: number): string {
  return new Date(Date.UTC(2026, 0, 1 + (row % 365))).toISOString().slice(0, 10);
}
