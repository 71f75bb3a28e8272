import type { World } from '../../src/sandbox/world.ts';
import { dayAfter, dayOf, monthOf, weekOf, type Fact, type MetricName } from './growingio-facts.ts';
import type { ServerUnderTest } from './running-server.ts';

/** A chart as it was saved, written down once more. */
export interface Chart {
  readonly id: string;
  readonly metrics: readonly MetricName[];
}

/** Charts with a time and without groups but the audience. */
export const LINES = {
  daily: { id: 'Kd82LmQz', metrics: ['用户量', '访问量', '页面浏览量'] },
  payments: { id: 'kd82LmQz', metrics: ['付费金额', '付费用户量', 'Purchases'] },
  bigNumber: { id: 'Bn5xT0aV', metrics: ['用户量'] },
  column: { id: 'p3RsW9eY', metrics: ['注册次数', '搜索次数'] },
  hourly: { id: 'a9ZwE3hP', metrics: ['访问量', '跳出率', 'Revenue, "net" (USD)'] },
} as const satisfies Record<string, Chart>;

/** A dimension of a series. */
export interface AskedDimension {
  readonly dimension: string;
  readonly value: string | null;
  readonly nativeDimension: string | null;
  readonly nativeValue: string | null;
}

/** A series of a chart. */
export interface ChartSeries {
  readonly name: string;
  readonly unit: string;
  readonly total: number | null;
  readonly previousTotal: number | null;
  readonly dimensions: readonly AskedDimension[];
  readonly points: readonly {
    readonly at: string;
    readonly date: string | null;
    readonly value: number | null;
    readonly previous: number | null;
  }[];
}

/** A report of charts, with its tables as CSV. */
export interface ChartReport {
  readonly series: readonly ChartSeries[];
  readonly freshness: {
    readonly isSettled: boolean;
    readonly completeness: string;
    readonly completeUntil: string | null;
  };
  readonly tidy: string;
  readonly wide: string;
}

const OPERATION = `query ($query: MetricsQuery!) { metrics(query: $query) {
  series {
    name unit total previousTotal
    dimensions { dimension value nativeDimension nativeValue } points { at date value previous }
  }
  freshness { isSettled completeness completeUntil }
  tidy: csv(options: { nullText: "NULL", formulas: RAW })
  wide: csv(options: { nullText: "NULL", formulas: RAW, layout: WIDE })
} }`;

/** What is asked of charts. */
export interface ChartQuestion {
  /** `today` where left out. */
  readonly source?: string;
  readonly charts: readonly string[];
  readonly query: object;
}

/** Ask for charts, each `as` its id; an error fails the test. */
export async function askCharts(
  server: ServerUnderTest,
  { source = 'today', charts, query }: ChartQuestion,
): Promise<ChartReport> {
  const select = charts.map((chart) => ({ source, metric: { chart }, as: chart }));
  const variables = { query: { select, seriesLimit: 1000, ...query } };
  return (await server.query<{ metrics: ChartReport }>(OPERATION, variables)).metrics;
}

/** What a series of a chart is called where the chart is asked `as` its id. */
export function nameOf({ id, metrics }: Chart, metric: MetricName): string {
  return metrics.length === 1 ? id : `${id}.${metric}`;
}

/** The dimension that every row has. */
export function audience(value: string, nativeValue: string): AskedDimension {
  return { dimension: 'audience', value, nativeDimension: '目标用户', nativeValue };
}

export const EVERYBODY = audience('all visitors', '全部访问用户');

/** How finely a chart is asked for. */
export type Interval = 'HOUR' | 'DAY' | 'WEEK' | 'MONTH';

/** The key of the bucket that a moment of a day belongs to, as our points have it. */
export function bucketOf({ hour, day }: Pick<Fact, 'hour' | 'day'>, interval: Interval): string {
  if (interval === 'HOUR') return hour;
  if (interval === 'DAY') return day;
  return interval === 'WEEK' ? weekOf(day) : monthOf(day);
}

/** Every bucket of a period of days, both included, in order. */
export function bucketsOf(from: string, to: string, interval: Interval): string[] {
  const buckets = new Set<string>();
  for (let day = from; day <= to; day = dayAfter(day, 1)) {
    for (let hour = 0; hour < 24; hour++) {
      const text = `${day}T${String(hour).padStart(2, '0')}:00:00+08:00`;
      buckets.add(bucketOf({ hour: text, day }, interval));
    }
  }
  return [...buckets];
}

/** Whether somebody installed in a bucket, within a period of days. */
export function isNewIn(world: World, user: number, { from, to }: { from: string; to: string }): boolean {
  const installed = dayOf(world.users[user]?.installedAtMs ?? NaN);
  return installed >= from && installed <= to;
}
