import type { RowsLayout } from '../analytics/exports.ts';
import type { ColumnTable } from '../tabular/column-table.ts';
import type { ExportFile, ExportRequest } from './task.ts';

/** Write a table into a file that can be converted later; returns how to read it. */
export type WritePart = (table: ColumnTable, path: string) => Promise<RowsLayout>;

/** What is converted, into what. */
export interface ConversionJob {
  /** In the order of their rows. */
  readonly parts: readonly string[];
  readonly layout: RowsLayout;
  readonly request: ExportRequest;
  /** An own folder for the files; what an earlier try has left in it is replaced. */
  readonly folder: string;
}

/** A file, written whole, and where it lies. */
export interface ConvertedFile extends ExportFile {
  readonly path: string;
}

/** Turn the parts of a task into the files that the caller gets. */
export type Convert = (job: ConversionJob, signal: AbortSignal) => Promise<readonly ConvertedFile[]>;

/** Most rows of a preview. */
export const PREVIEW_ROWS = 100;

/** Read the first rows of the parts of a task. */
export type Preview = (job: Pick<ConversionJob, 'parts' | 'layout'>, signal: AbortSignal) => Promise<ColumnTable>;
