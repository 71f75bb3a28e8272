import { describe, expect, it } from 'vitest';
import type { SavedChartKind } from '../../src/analytics/dashboards.ts';
import { SAVED_CHART_TYPES } from '../../src/analytics/dashboards.ts';
import { funnelRequestInput } from '../../src/analytics/funnels.ts';
import { toGlobalId } from '../../src/analytics/global-id.ts';
import { metricsRequestInput } from '../../src/analytics/metrics.ts';
import { parseInput } from '../../src/analytics/parse-input.ts';
import type { ProviderCapabilities } from '../../src/analytics/provider.ts';
import { retentionRequestInput } from '../../src/analytics/retention.ts';
import type { Reports } from '../../src/reports/reports.ts';
import { failureOf } from '../support/failure-of.ts';
import { retentionRow } from '../tabular/reports.ts';
import { capabilitiesOf, counts, type AskedOfSaved, type Saved } from './fake-saved.ts';
import { connectFake, dates, ORIGIN } from './fake-source.ts';

const COMMON = { ...dates('2026-11-01', '2026-11-03'), interval: 'DAY', breakdown: [], filters: [] };
const FUNNEL = { source: 'sample', ...COMMON, order: 'ORDERED', countBy: 'USERS', excluding: [] };
const RETENTION = { source: 'sample', ...COMMON, entryKind: 'FIRST_TIME', mode: 'N_DAY' };

const metrics = (reports: Reports, metric: object) => {
  const query = { ...COMMON, select: [{ source: 'sample', metric, filters: [] }], seriesLimit: 10 };
  return reports.metrics(parseInput(metricsRequestInput, query, 'query'));
};
const funnel = (reports: Reports, given: object) =>
  reports.funnel(parseInput(funnelRequestInput, { ...FUNNEL, ...given }, 'query'));
const retention = (reports: Reports, given: object) =>
  reports.retention(parseInput(retentionRequestInput, { ...RETENTION, ...given }, 'query'));

/** A question that takes a saved chart: how it is asked, and by which ids the provider then was. */
interface Question {
  readonly kind: Exclude<SavedChartKind, 'UNKNOWN'>;
  readonly path: string;
  ask(reports: Reports, chart: string): Promise<unknown>;
  idsOf(asked: AskedOfSaved): unknown[];
}

const QUESTIONS: readonly Question[] = [
  {
    kind: 'METRICS',
    path: 'query.select[0].metric.chart',
    ask: (reports, chart) => metrics(reports, { chart }),
    idsOf: (asked) =>
      asked.metrics.flatMap(({ selections }) =>
        selections.map(({ metric }) => (metric.kind === 'chart' ? metric.nativeId : metric)),
      ),
  },
  {
    kind: 'FUNNEL',
    path: 'query.chart',
    ask: (reports, chart) => funnel(reports, { chart }),
    idsOf: ({ funnels }) => funnels.map(({ chart }) => chart),
  },
  {
    kind: 'RETENTION',
    path: 'query.chart',
    ask: (reports, chart) => retention(reports, { chart }),
    idsOf: ({ retentions }) => retentions.map(({ chart }) => chart),
  },
];

const NATIVE_IDS = ['x1', '0', 'rN9/a b', 'aWQ', Buffer.from('Ab:c').toString('base64url')];
const SERIES = Object.fromEntries(NATIVE_IDS.map((id) => [id, [counts([1, 2, 3])]]));

/** Connect a source that has saved things, and begin an operation. */
function begin(
  given: Partial<Saved> = {},
  change: (all: ReturnType<typeof capabilitiesOf>['capabilities']) => ProviderCapabilities = (all) => all,
) {
  const { capabilities, asked } = capabilitiesOf({ series: SERIES, ...given });
  return { reports: connectFake(change(capabilities)).begin(), asked };
}

const idOf = (kind: SavedChartKind, nativeId: string, source = 'sample') =>
  toGlobalId(SAVED_CHART_TYPES[kind], source, 'd1', nativeId);

describe.each(QUESTIONS)('a saved chart of $kind', ({ kind, path, ask, idsOf }) => {
  it.each(NATIVE_IDS)("is asked for by its id, ours or the provider's: %s", async (nativeId) => {
    for (const id of [idOf(kind, nativeId), nativeId]) {
      const { reports, asked } = begin();
      await ask(reports, id);
      expect(idsOf(asked)).toEqual([nativeId]);
    }
  });

  it('is asked for where only the caller knows what it is', async () => {
    const { reports, asked } = begin();
    await ask(reports, idOf('UNKNOWN', 'x1'));
    expect(idsOf(asked)).toEqual(['x1']);
  });

  it('of another source is refused', async () => {
    const { reports, asked } = begin();
    expect(await failureOf(ask(reports, idOf(kind, 'x1', 'other')))).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: `${path}: is a chart of data source "other", not of "sample"`,
      origin: ORIGIN,
    });
    expect(idsOf(asked)).toEqual([]);
  });

  it.each(QUESTIONS.filter((other) => other.kind !== kind).map((other) => other.kind))(
    'is none of %s',
    async (other) => {
      const { reports, asked } = begin();
      const question = { METRICS: 'metrics', FUNNEL: 'funnel', RETENTION: 'retention' }[other];
      expect(await failureOf(ask(reports, idOf(other, 'x1')))).toMatchObject({
        code: 'BAD_USER_INPUT',
        message: `${path}: is a saved ${question} chart; ask for it with ${question}`,
        origin: ORIGIN,
      });
      expect(idsOf(asked)).toEqual([]);
    },
  );

  it('is refused where the source takes none', async () => {
    const { reports, asked } = begin({}, (all) => ({
      metrics: { ...all.metrics, takesChart: false },
      funnels: { ...all.funnels, funnel: { ...all.funnels.funnel, takesChart: false } },
      retention: { ...all.retention, retention: { ...all.retention.retention, takesChart: false } },
    }));
    expect(await failureOf(ask(reports, idOf(kind, 'x1')))).toMatchObject({
      code: 'QUERY_NOT_SUPPORTED',
      message: `${path}: saved charts cannot be asked for; leave it out (data source "sample")`,
      origin: ORIGIN,
    });
    expect(idsOf(asked)).toEqual([]);
  });
});

describe('a question without a saved chart', () => {
  it('is told to name a funnel', async () => {
    const { reports, asked } = begin();
    const message = 'query.chart: is missing. "sample" answers funnels that were saved there: name one by its id';
    const error = { code: 'BAD_USER_INPUT', message, origin: ORIGIN };
    expect(await failureOf(funnel(reports, {}))).toMatchObject(error);
    expect(asked.funnels).toEqual([]);
  });

  it('is told to name a retention', async () => {
    const { reports, asked } = begin();
    const message = 'query.chart: is missing. "sample" answers retentions that were saved there: name one by its id';
    const error = { code: 'BAD_USER_INPUT', message, origin: ORIGIN };
    expect(await failureOf(retention(reports, {}))).toMatchObject(error);
    expect(asked.retentions).toEqual([]);
  });

  it.each([
    [true, 'a saved chart by its id'],
    [false, 'a metric of the catalog by its key'],
  ])('about an event is told what to ask for instead', async (takesChart, instead) => {
    const { reports } = begin({}, ({ metrics: own }) => ({ metrics: { ...own, takesChart } }));
    const event = { name: 'open', measure: 'COUNT', filters: [] };
    expect(await failureOf(metrics(reports, { event }))).toMatchObject({
      code: 'QUERY_NOT_SUPPORTED',
      message: `query.select[0].metric.event: events are not measured; ask for ${instead} (data source "sample")`,
    });
  });
});

describe('a saved chart and events', () => {
  const event = (name: string) => ({ event: name, filters: [] });

  it('are too much for a funnel', async () => {
    const { reports, asked } = begin({}, ({ funnels }) => ({
      funnels: { ...funnels, funnel: { ...funnels.funnel, minSteps: 2, maxSteps: 10 } },
    }));
    const error = await failureOf(funnel(reports, { chart: 'f1', steps: [event('install'), event('open')] }));
    expect(error).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'query.steps: a saved funnel has steps of its own; name either steps or a chart',
    });
    expect(asked.funnels).toEqual([]);
    await funnel(reports, { chart: 'f1' });
    await funnel(reports, { steps: [event('install'), event('open')] });
    expect(asked.funnels).toMatchObject([
      { chart: 'f1', steps: null },
      { chart: null, steps: [{ event: 'install' }, { event: 'open' }] },
    ]);
  });

  it.each(['entry', 'returning'])('are too much for a retention: %s', async (name) => {
    const { reports, asked } = begin({}, ({ retention: own }) => ({
      retention: { ...own, retention: { ...own.retention, takesEvents: true } },
    }));
    expect(await failureOf(retention(reports, { chart: 'r1', [name]: event('open') }))).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: `query.${name}: a saved retention has events of its own; name either events or a chart`,
    });
    expect(asked.retentions).toEqual([]);
    await retention(reports, { chart: 'r1' });
    await retention(reports, { [name]: event('open') });
    expect(asked.retentions).toMatchObject([
      { chart: 'r1', entry: null, returning: null },
      { chart: null, [name]: { event: 'open' } },
    ]);
  });
});

describe('the report of a saved chart', () => {
  const country = (value: string) => ({ dimensions: [{ dimension: 'country', value }] });

  it('is broken down by the groups of a saved funnel', async () => {
    const steps = [
      { name: 'View', count: 8, medianTimeFromPreviousMs: null },
      { name: 'Pay', count: 2, medianTimeFromPreviousMs: null },
    ];
    const { reports } = begin({ funnel: { steps, groups: [{ ...country('SE'), at: null, steps }] } });
    const report = await funnel(reports, { chart: 'f1' });
    expect(report).toMatchObject({ breakdown: ['country'], conversionWindowMs: 7 * 86_400_000 });
    expect(report.steps.map(({ fromStart }) => fromStart)).toEqual([1, 0.25]);
    expect(report.groups[0]).toMatchObject({ ...country('SE'), steps: [{ dropOff: null }, { dropOff: 6 }] });
  });

  it('has no average of retention groups that overlap', async () => {
    const rows = [retentionRow(country('SE'), 10, 5), retentionRow(country('NO'), 10, 1)];
    const overlapping = await retention(begin({ retention: { rows, groupsOverlap: true } }).reports, { chart: 'r1' });
    expect(overlapping).toMatchObject({ breakdown: ['country'], rows, average: [] });
    const apart = await retention(begin({ retention: { rows } }).reports, { chart: 'r1' });
    expect(apart.average).toMatchObject([
      { offset: 0, count: 20, rate: 1 },
      { offset: 1, count: 6, rate: 0.3 },
    ]);
  });

  it('does not say which entries a saved retention counts', async () => {
    const { reports } = begin({}, ({ retention: own }) => ({
      retention: { ...own, retention: { ...own.retention, takesEvents: true } },
    }));
    expect(await retention(reports, { chart: 'r1' })).toMatchObject({ entryKind: null, mode: 'N_DAY' });
    expect(await retention(reports, {})).toMatchObject({ entryKind: 'FIRST_TIME', mode: 'N_DAY' });
  });
});
