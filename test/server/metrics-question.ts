import type { ServerUnderTest } from './running-server.ts';

/** A series of a metrics report, as far as these tests look at it. */
export interface AskedSeries {
  readonly name: string;
  readonly unit: string;
  readonly total: number | null;
  readonly previousTotal: number | null;
  readonly dimensions: readonly { readonly dimension: string; readonly value: string | null }[];
  readonly points: readonly {
    readonly at: string;
    readonly date: string | null;
    readonly value: number | null;
    readonly previous: number | null;
  }[];
}

const OPERATION = `query ($query: MetricsQuery!) {
  metrics(query: $query) {
    series { name unit total previousTotal dimensions { dimension value } points { at date value previous } }
  }
}`;

/** A period of whole days. */
export function dates(from: string, to: string): object {
  return { dates: { from, to } };
}

/** A selection of the sandbox that measures an event. */
export function eventOf(name: string, more: object = {}, selection: object = {}): object {
  return { source: 'sandbox-openpanel', metric: { event: { name, ...more } }, ...selection };
}

/** A selection of the sandbox that asks for a metric of the catalog. */
export function metricOf(key: string): object {
  return { source: 'sandbox-openpanel', metric: { key } };
}

/** Ask for metrics and return the series; an error fails the test. */
export async function askSeries(server: ServerUnderTest, query: object): Promise<readonly AskedSeries[]> {
  const data = await server.query<{ metrics: { series: AskedSeries[] } }>(OPERATION, { query });
  return data.metrics.series;
}

/** Ask for metrics of one selection without a breakdown and return its only series. */
export async function askOne(server: ServerUnderTest, select: object, query: object): Promise<AskedSeries> {
  const series = await askSeries(server, { select: [select], ...query });
  const [only] = series;
  if (!only || series.length !== 1) throw new Error(`One series was wanted, ${series.length} came`);
  return only;
}

/** The values of a series, bucket by bucket. */
export function valuesOf({ points }: AskedSeries): (number | null)[] {
  return points.map(({ value }) => value);
}

/** The provider's charts are rounded to two decimals. */
export function rounded(value: number | null): number | null {
  return value === null ? null : Math.round((value + Number.EPSILON) * 100) / 100;
}
