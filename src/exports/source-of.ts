import { z } from 'zod';
import type { DataSource, DataSources } from '../analytics/data-source.ts';
import type { Clock, Deadline } from '../analytics/deadline.ts';
import type { EventsQuery } from '../analytics/events.ts';
import type { Reports } from '../reports/reports.ts';
import type { WritePart } from './conversion.ts';
import type { ExportSource } from './export-source.ts';
import { datasetQuestion, resolveDataset } from './dataset-tasks.ts';
import { createNativeSource } from './native-source.ts';
import { createPreparedRows } from './prepared-rows.ts';
import { readReportTable } from './report-table.ts';
import { REPORT_INPUTS, type ReportName } from './request.ts';
import { EVENTS_TABLE, resolveEventRows, resolveRows, rowsRequestInput } from './rows-query.ts';
import { createTableSource, readEventTables, readMembersTable } from './table-parts.ts';
import type { ExportTask } from './task.ts';

/** What the sources of rows are made of. */
export interface SourceTools {
  readonly dataSources: DataSources;
  readonly clock: Clock;
  readonly writePart: WritePart;
  /** What answers the questions of one call. */
  createReports(deadline: Deadline): Reports;
}

/** What a task keeps of its question, as written by `toKept`. */
const kept = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ROWS'), rows: rowsRequestInput }),
  z.object({ kind: z.literal('COHORT_MEMBERS'), source: z.string(), cohort: z.string() }),
  z.object({
    kind: z.literal('REPORT'),
    report: z.enum(Object.keys(REPORT_INPUTS) as [ReportName, ...ReportName[]]),
    layout: z.enum(['TIDY', 'WIDE']),
    query: z.record(z.string(), z.unknown()),
  }),
  datasetQuestion,
]);

/** What is exported, with everything in it that must not change from one attempt to the next, such as the days that "yesterday" meant. */
export type KeptQuestion = z.infer<typeof kept>;

/** Given a task, return where its rows come from; throws where its data source is no longer there, or no longer answers such questions. */
export function sourceOf(task: ExportTask, tools: SourceTools): ExportSource {
  const question = kept.parse(task.request.what);
  const { dataSources, clock, writePart } = tools;
  const isNative = task.request.format === 'PROVIDER_NATIVE';
  switch (question.kind) {
    case 'ROWS': {
      const dataSource = dataSources.require(question.rows.source, 'input.source.rows.source');
      const checked = { now: clock.now(), path: 'input.source.rows' };
      const events = eventRows(question, dataSource, checked);
      if (events) return createTableSource(readEventTables(events, dataSource), writePart);
      return createPreparedRows(resolveRows(question.rows, dataSource, checked), dataSource, { clock });
    }
    case 'COHORT_MEMBERS': {
      if (isNative) return createNativeSource(question, task, tools);
      const dataSource = dataSources.require(question.source, 'input.source.cohortMembers');
      return createTableSource(readMembersTable(question.cohort, dataSource), writePart);
    }
    case 'DATASET': {
      const dataSource = dataSources.require(question.source, 'source');
      const { table, period, rows } = resolveDataset(question, dataSource, clock.now());
      if (rows) return createPreparedRows(rows, dataSource, { clock, columns: table.columns });
      return createTableSource(readEventTables({ period, names: [], filters: [], options: {} }, dataSource), writePart);
    }
    case 'REPORT':
      if (isNative) return createNativeSource(question, task, tools);
      return createTableSource(readReportTable(question, tools), writePart);
  }
}

/** Data sources that hand out events page by page export them as a table; null where rows are prepared by the provider. */
function eventRows(
  { rows }: Extract<KeptQuestion, { kind: 'ROWS' }>,
  dataSource: DataSource,
  checked: { now: number; path: string },
): EventsQuery | null {
  const { capabilities } = dataSource.connection;
  if (capabilities.exports || !capabilities.events || rows.table !== EVENTS_TABLE) return null;
  return resolveEventRows(rows, dataSource, checked);
}
