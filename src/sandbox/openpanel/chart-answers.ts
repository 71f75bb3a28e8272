import type { Line } from './charts.ts';
import type { Interval } from './requests/schemas.ts';

/** Comparison with the window before. */
interface PreviousValue {
  readonly diff: number | null;
  readonly state: 'positive' | 'negative' | 'neutral';
  readonly value: number;
}

interface Metrics {
  readonly sum: number;
  readonly average: number;
  readonly min: number;
  readonly max: number;
  readonly count?: number;
}

/** One series of a chart's answer. */
export interface Serie {
  readonly id: string;
  readonly names: readonly string[];
  readonly event: {
    readonly id: string;
    readonly name: string;
    readonly breakdowns?: Readonly<Record<string, string>>;
  };
  readonly metrics: Metrics & { readonly previous?: Readonly<Record<string, PreviousValue>> };
  readonly data: readonly {
    readonly date: string;
    readonly count: number | null;
    readonly previous?: PreviousValue | undefined;
  }[];
}

/** The answer of a chart. */
export interface ChartAnswer {
  readonly series: readonly Serie[];
  readonly metrics: Metrics;
}

/** How an answer is dressed. */
export interface AnswerStyle {
  /** How many lines were asked for: from two on, their letters are shown. */
  readonly events: number;
  /** Writes the time of a point. */
  readonly toDate: (localTime: string) => string;
}

/** The times of points as today's service writes them: no zone, a space, no time for weeks and months. */
export function toDateWriter(interval: Interval): (localTime: string) => string {
  const isDay = interval === 'week' || interval === 'month';
  return (localTime) => (isDay ? localTime.slice(0, 10) : localTime.replace('T', ' '));
}

/** Dresses lines as the service answers them, the largest sum first. */
export function toChartAnswer(
  lines: readonly Line[],
  previous: readonly Line[] | undefined,
  style: AnswerStyle,
): ChartAnswer {
  const before = new Map(previous?.map((line) => [toKey(line), line]));
  const series = lines
    .map((line) => toSerie(line, before.get(toKey(line)), style))
    .sort((a, b) => b.metrics.sum - a.metrics.sum);
  const metrics = series.map((serie) => serie.metrics);
  return {
    series,
    metrics: {
      sum: sum(metrics.map((metric) => metric.sum)),
      average: average(metrics.map((metric) => metric.average)),
      min: metrics.length === 0 ? 0 : Math.min(...metrics.map((metric) => metric.min)),
      max: metrics.length === 0 ? 0 : Math.max(...metrics.map((metric) => metric.max)),
    },
  };
}

function toKey({ event, labels }: Line): string {
  return JSON.stringify([event, labels]);
}

function toSerie(line: Line, before: Line | undefined, { events, toDate }: AnswerStyle): Serie {
  const letter = String.fromCharCode(65 + line.event);
  const [first = '', ...rest] = line.labels;
  const metrics = toMetrics(line);
  return {
    id: [line.name, letter, ...line.labels].map(toSlug).filter(Boolean).join('-'),
    names: [events > 1 ? `(${letter}) ${first}` : first, ...rest],
    event: {
      id: letter,
      name: line.name,
      ...(Object.keys(line.breakdowns).length > 0 && { breakdowns: line.breakdowns }),
    },
    metrics: before ? { ...metrics, previous: compareMetrics(metrics, toMetrics(before)) } : metrics,
    data: line.points.map(({ bucket, value }, index) => {
      const past = before?.points[index]?.value;
      return {
        date: toDate(bucket.localTime),
        count: value === null ? null : round(value),
        ...(past !== undefined && past !== null && { previous: compare(round(value ?? 0), round(past)) }),
      };
    }),
  };
}

function toMetrics({ points, people }: Line): Metrics {
  const values = points.flatMap(({ value }) => (value === null ? [] : round(value)));
  const total = sum(values);
  return {
    sum: total,
    average: average(values),
    min: values.length === 0 ? 0 : Math.min(...values),
    max: values.length === 0 ? 0 : Math.max(...values),
    ...(people !== undefined && total !== 0 && { count: people }),
  };
}

function compareMetrics(current: Metrics, past: Metrics): Record<string, PreviousValue> {
  const keys = (['sum', 'average', 'min', 'max', 'count'] as const).filter((key) => past[key] !== undefined);
  return Object.fromEntries(keys.map((key) => [key, compare(current[key] ?? 0, past[key] ?? 0)]));
}

function compare(current: number, past: number): PreviousValue {
  if (current === past) return { diff: null, state: 'neutral', value: past };
  const percent = (Math.abs(current - past) / Math.abs(past)) * 100;
  return {
    diff: Number.isFinite(percent) ? round(percent, 1) : null,
    state: current > past ? 'positive' : 'negative',
    value: past,
  };
}

function toSlug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9\s-]/g, '')
    .trim()
    .replace(/\s+/g, '-');
}

// Buckets of zero are left out: the average is that of the busy days.
function average(values: readonly number[]): number {
  const busy = values.filter((value) => value !== 0);
  return busy.length === 0 ? 0 : round(sum(busy) / busy.length);
}

function sum(values: readonly number[]): number {
  return round(values.reduce((total, value) => total + value, 0));
}

function round(value: number, decimals = 2): number {
  const factor = 10 ** decimals;
  return Math.round((value + Number.EPSILON) * factor) / factor;
}
