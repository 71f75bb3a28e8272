import { refuse } from '../requests/api-error.ts';
import { createQuerySchemas, parseQuery } from '../requests/queries.ts';
import type { ApiVersion } from '../requests/queries.ts';
import { toTimeRange } from '../requests/time-range.ts';
import { CHARTS } from '../saved/charts.ts';
import type { SavedChart } from '../saved/charts.ts';
import { FUNNELS } from '../saved/funnels.ts';
import type { SavedFunnel } from '../saved/funnels.ts';
import { RETENTIONS } from '../saved/retentions.ts';
import type { SavedRetention } from '../saved/retentions.ts';
import type { Unit } from '../facts/beijing-time.ts';
import { toChartReport } from './chart-report.ts';
import type { Facts } from '../facts/facts.ts';
import { toFunnelReport } from './funnel-report.ts';
import { toReportText } from './report-text.ts';
import { toRetentionReport } from './retention-report.ts';

/** What the reports are made from. */
export interface ReportOptions {
  /** Asked for with the first report. */
  readonly readFacts: () => Facts;
  readonly clock: () => number;
  readonly version: ApiVersion;
  /** Most rows of a chart. */
  readonly maxRows: number;
}

/** Checks a request for a saved report and answers how to write it, or refuses: 404 an unknown id, 400 a bad query. */
export type ReportFinder = (id: string, query: unknown) => () => string;

/** Endpoints that answer saved reports; each has ids of its own. */
export const REPORT_KINDS = ['charts', 'funnels', 'retentions'] as const;

// A month's code is thirty days long, but a month is one of the calendar.
const UNITS: Readonly<Record<string, Unit>> = {
  '3600000': 'hour',
  '86400000': 'day',
  '604800000': 'week',
  '2592000000': 'month',
};

/** Creates the finders of the three kinds of reports. */
export function createReportFinders(options: ReportOptions): Record<(typeof REPORT_KINDS)[number], ReportFinder> {
  const { readFacts, clock, version, maxRows } = options;
  const schemas = createQuerySchemas(version);
  return {
    charts: (id, rawQuery) => {
      const chart: SavedChart = requireSaved(CHARTS, id);
      const query = parseQuery(schemas.charts, rawQuery);
      const range = toTimeRange(query, clock());
      const unit = UNITS[query.interval] ?? 'day';
      const question = { range, unit, interval: Number(query.interval), maxRows };
      return () => toReportText(toChartReport(readFacts(), chart, question));
    },
    funnels: (id, rawQuery) => {
      const funnel: SavedFunnel = requireSaved(FUNNELS, id);
      const query = parseQuery(schemas.funnels, rawQuery);
      const range = toTimeRange(query, clock());
      const windowDays = query.conversionWindow ?? funnel.windowDays;
      return () => toReportText(toFunnelReport(readFacts(), funnel, { range, windowDays, version }));
    },
    retentions: (id, rawQuery) => {
      const saved: SavedRetention = requireSaved(RETENTIONS, id);
      const query = parseQuery(schemas.retentions, rawQuery);
      const range = toTimeRange(query, clock());
      return () => toReportText(toRetentionReport(readFacts(), saved, { range, unit: query.range, nowMs: clock() }));
    },
  };
}

function requireSaved<Saved extends { readonly id: string }>(all: Readonly<Record<string, Saved>>, id: string): Saved {
  const found = Object.values(all).find((saved) => saved.id === id);
  if (!found) throw refuse(404, 'not_found', `There is no ${id}`);
  return found;
}
