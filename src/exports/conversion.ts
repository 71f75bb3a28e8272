import type { RowsLayout } from '../analytics/exports.ts';
import type { ColumnTable } from '../tabular/column-table.ts';

/** Write a table into a file that can be converted later; returns how to read it. */
export type WritePart = (table: ColumnTable, path: string) => Promise<RowsLayout>;
