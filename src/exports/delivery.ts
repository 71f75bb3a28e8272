import { rm } from 'node:fs/promises';
import { listDays, type DaySpan } from '../analytics/day-span.ts';
import type { RowsLayout } from '../analytics/exports.ts';
import type { Completeness } from '../analytics/freshness.ts';
import { ProviderResponseError } from '../errors.ts';
import type { ArrivedDays, KeptDay, KeptDays } from '../warehouse/kept-days.ts';
import type { DayFiles } from '../warehouse/day-files.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Artefacts } from './artefacts.ts';
import type { Convert } from './conversion.ts';
import { asFailure } from './convert.ts';
import { datasetOf, type DatasetQuestion } from './dataset-tasks.ts';
import type { ExportFile, ExportTask } from './task.ts';

/** Rows that have all been fetched. */
export interface FetchedRows {
  readonly task: Pick<ExportTask, 'id' | 'request'>;
  /** In the order of their rows. */
  readonly parts: readonly string[];
  readonly layout: RowsLayout;
  readonly completeness: Completeness;
  /** When the first of them were asked for, in milliseconds since the epoch. */
  readonly askedAt: number;
}

/** What rows have become; it does not count before it is published. */
export interface Delivered {
  /** Null where nobody counts. */
  readonly rowCount: number | null;
  readonly byteSize: number;
  /** What callers may fetch. */
  readonly files: readonly ExportFile[];
  /** Put everything in its place. Doing it again does no harm. */
  publish(): Promise<void>;
}

/** Make of rows what was asked for. */
export type Deliver = (rows: FetchedRows, signal: AbortSignal) => Promise<Delivered>;

/** What delivering needs. */
export interface DeliveryTools {
  readonly warehouse: Pick<Warehouse, 'writeDayFiles'>;
  readonly convert: Convert;
  readonly artefacts: Artefacts;
  readonly keptDays: KeptDays;
}

/** Given what it needs, return what makes files of rows for whoever asked, or days that questions are answered from. */
export function createDeliver(tools: DeliveryTools): Deliver {
  return (rows, signal) => {
    const dataset = datasetOf(rows.task);
    return dataset ? deliverDays(dataset, rows, { ...tools, signal }) : deliverFiles(rows, { ...tools, signal });
  };
}

type Delivery = DeliveryTools & { readonly signal: AbortSignal };

async function deliverFiles(
  { task, parts, layout }: FetchedRows,
  { convert, artefacts, signal }: Delivery,
): Promise<Delivered> {
  const files = await convert({ parts, layout, request: task.request, folder: artefacts.outputPath(task.id) }, signal);
  return {
    rowCount: files.reduce<number | null>((sum, file) => addRows(sum, file.rowCount), 0),
    byteSize: files.reduce((sum, { byteSize }) => sum + byteSize, 0),
    files,
    publish: () => artefacts.publish(task.id, files),
  };
}

function addRows(sum: number | null, rowCount: number | null): number | null {
  return sum === null || rowCount === null ? null : sum + rowCount;
}

async function deliverDays(
  { folder: table, ...span }: DatasetQuestion,
  { task, parts, layout, completeness, askedAt }: FetchedRows,
  { warehouse, artefacts, keptDays, signal }: Delivery,
): Promise<Delivered> {
  const folder = artefacts.outputPath(task.id);
  await rm(folder, { recursive: true, force: true });
  const days = listDays(span);
  const files = inSpan(await asFailure(() => warehouse.writeDayFiles({ parts, layout, days, folder }, signal)), span);
  const arrived: ArrivedDays = {
    days,
    files,
    knownUntil: askedAt,
    completeness,
    arrival: task.id,
  };
  return {
    rowCount: files.reduce((sum, { rowCount }) => sum + rowCount, 0),
    byteSize: files.reduce((sum, { byteSize }) => sum + byteSize, 0),
    files: [],
    publish: () => keptDays.keep(table, arrived),
  };
}

/** Rows of other days than were asked for would be found by nobody, or counted twice. */
function inSpan(files: readonly DayFiles[], { from, to }: DaySpan): Pick<KeptDay, 'day' | keyof DayFiles>[] {
  return files.map(({ day, ...file }) => {
    if (day === null) throw new ProviderResponseError(`${file.rowCount} rows of the export do not say when.`);
    if (day >= from && day <= to) return { ...file, day };
    throw new ProviderResponseError(
      `${file.rowCount} rows of the export are of ${day}, and rows were asked for of ${from} to ${to}.`,
    );
  });
}
