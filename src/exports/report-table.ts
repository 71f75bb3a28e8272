import type { Deadline } from '../analytics/deadline.ts';
import type { Completeness } from '../analytics/freshness.ts';
import { parseInput } from '../analytics/parse-input.ts';
import type { Reports } from '../reports/reports.ts';
import { toCohortAnalysisTable } from '../tabular/cohort-analysis-table.ts';
import { FILE_ROOM, type ColumnTable, type TableLayout } from '../tabular/column-table.ts';
import { toConversionTable } from '../tabular/conversion-table.ts';
import { toFunnelTable } from '../tabular/funnel-table.ts';
import { toLifetimeValueTable } from '../tabular/lifetime-value-table.ts';
import { toMetricsTable } from '../tabular/metrics-table.ts';
import { toRetentionTable } from '../tabular/retention-table.ts';
import { REPORT_INPUTS, type ReportName } from './request.ts';

/** A report to export, and how it is laid out. */
export interface ReportQuestion {
  readonly report: ReportName;
  readonly layout: TableLayout;
  readonly query: Readonly<Record<string, unknown>>;
}

interface ReadReport {
  readonly table: ColumnTable;
  readonly completeness: Completeness;
  readonly next: null;
}

type ReadAnswer = (reports: Reports, question: ReportQuestion) => Promise<Omit<ReadReport, 'next'>>;

/** How each report is asked and laid out. One missing here does not compile. */
const READERS: Readonly<Record<ReportName, ReadAnswer>> = {
  metrics: async (reports, { query, layout }) => {
    const report = await reports.metrics(parseInput(REPORT_INPUTS.metrics, query, 'query'));
    return { table: toMetricsTable(report, layout, FILE_ROOM), completeness: report.freshness.completeness };
  },
  funnel: async (reports, { query, layout }) => {
    const report = await reports.funnel(parseInput(REPORT_INPUTS.funnel, query, 'query'));
    return { table: toFunnelTable(report, layout, FILE_ROOM), completeness: report.freshness.completeness };
  },
  conversion: async (reports, { query, layout }) => {
    const report = await reports.conversion(parseInput(REPORT_INPUTS.conversion, query, 'query'));
    return { table: toConversionTable(report, layout, FILE_ROOM), completeness: report.freshness.completeness };
  },
  retention: async (reports, { query, layout }) => {
    const report = await reports.retention(parseInput(REPORT_INPUTS.retention, query, 'query'));
    return { table: toRetentionTable(report, layout, FILE_ROOM), completeness: report.freshness.completeness };
  },
  cohortAnalysis: async (reports, { query, layout }) => {
    const report = await reports.cohortAnalysis(parseInput(REPORT_INPUTS.cohortAnalysis, query, 'query'));
    return { table: toCohortAnalysisTable(report, layout, FILE_ROOM), completeness: report.freshness.completeness };
  },
  lifetimeValue: async (reports, { query, layout }) => {
    const report = await reports.lifetimeValue(parseInput(REPORT_INPUTS.lifetimeValue, query, 'query'));
    return { table: toLifetimeValueTable(report, layout, FILE_ROOM), completeness: report.freshness.completeness };
  },
};

/** Given a report to export, return what asks for it and lays it out. */
export function readReportTable(
  question: ReportQuestion,
  { createReports }: { createReports(deadline: Deadline): Reports },
) {
  return async (_upstream: string, deadline: Deadline): Promise<ReadReport> => {
    const answer = await READERS[question.report](createReports(deadline), question);
    return { ...answer, next: null };
  };
}
