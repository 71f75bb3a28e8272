import type { SavedChart } from '../saved/charts.ts';
import { computeChart, listFields } from './charts.ts';
import type { ChartQuestion, ChartRow } from './charts.ts';
import type { TimeRange } from '../facts/buckets.ts';
import type { Facts } from '../facts/facts.ts';
import type { Cell, Report } from './report-text.ts';

/** What a chart's report is made from. */
export interface ChartReportQuestion extends ChartQuestion {
  /** The code of the unit in milliseconds, which is sent back. */
  readonly interval: number;
  /** Most rows of an answer. */
  readonly maxRows: number;
}

/** Answers a saved chart. Nothing in the report says which kind of chart it is. */
export function toChartReport(facts: Facts, chart: SavedChart, question: ChartReportQuestion): Report {
  const { range, interval, maxRows } = question;
  const fields = listFields(chart);
  const toCell = (row: ChartRow, dimension: SavedChart['dimensions'][number]): Cell => {
    if (dimension === '目标用户') return row.group;
    if (dimension === '时间') return row.bucket.startMs;
    return row.values[fields.indexOf(dimension)] ?? '';
  };
  return {
    head: {
      id: chart.id,
      name: chart.name,
      startTime: range.startMs,
      endTime: range.endMs,
      interval,
      ...(chart.isBigNumber && { aggregator: { values: toBigNumbers(facts, chart, range) } }),
    },
    columns: [
      ...chart.dimensions.map((name) => ({ name, kind: 'dimension' as const })),
      ...chart.metrics.map(({ name }) => ({ name, kind: 'metric' as const })),
    ],
    rows: computeChart(facts, chart, question)
      .slice(0, maxRows)
      .map((row) => [...chart.dimensions.map((dimension) => toCell(row, dimension)), ...row.metrics]),
    writesDecimals: true,
  };
}

// Over the whole range at once, because distinct people do not add up; then over as long a time right before it.
function toBigNumbers(facts: Facts, chart: SavedChart, { startMs, endMs }: TimeRange): number[] {
  const lengthMs = endMs - startMs + 1;
  const untimed = { ...chart, dimensions: chart.dimensions.filter((dimension) => dimension !== '时间') };
  return [
    { startMs, endMs },
    { startMs: startMs - lengthMs, endMs: startMs - 1 },
  ].map((range) => computeChart(facts, untimed, { range, unit: 'day' })[0]?.metrics[0] ?? 0);
}
