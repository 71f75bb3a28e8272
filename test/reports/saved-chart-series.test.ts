import { describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/analytics/global-id.ts';
import { metricsRequestInput, type MetricsReport } from '../../src/analytics/metrics.ts';
import { parseInput } from '../../src/analytics/parse-input.ts';
import { ProviderRejectedError } from '../../src/errors.ts';
import { toMetricsTable } from '../../src/tabular/metrics-table.ts';
import { failureOf } from '../support/failure-of.ts';
import { linesOf } from '../tabular/reports.ts';
import { capabilitiesOf, counts, type AskedOfSaved, type Saved } from './fake-saved.ts';
import { connectFake, dates, FRESHNESS, ORIGIN } from './fake-source.ts';

const GOOD = {
  ...dates('2026-11-01', '2026-11-03'),
  ...{ interval: 'DAY', breakdown: [], seriesLimit: 10, filters: [] },
};
const country = (value: string | null) => [{ dimension: 'country', value }];

/** A chart of two metrics. */
const TWO = [
  counts([1, 2, 3], { name: 'views', total: 6 }),
  counts([1, null, 0], { name: 'users', unit: 'DISTINCT_COUNT' }),
];

/** A chart of a bar for each country, without time. */
const BARS = [
  counts([], { name: 'views', isTimeless: true, total: 7, previousTotal: 5, dimensions: country('SE') }),
  counts([], { name: 'views', isTimeless: true, total: 9, dimensions: country('NO') }),
];

interface Asking {
  readonly report: Promise<MetricsReport>;
  readonly asked: AskedOfSaved;
}

/** Ask for charts, each by its id or as a whole selection. */
function ask(charts: readonly (string | object)[], series: Saved['series'], given: object = {}): Asking {
  const { capabilities, asked } = capabilitiesOf({ series });
  const select = charts.map((chart) => ({
    source: 'sample',
    filters: [],
    ...(typeof chart === 'string' ? { metric: { chart } } : chart),
  }));
  const request = parseInput(metricsRequestInput, { ...GOOD, ...given, select }, 'query');
  return { report: connectFake(capabilities).begin().metrics(request), asked };
}

const named = (chart: string, as: string) => ({ metric: { chart }, as });
const namesOf = ({ series }: MetricsReport): string[] => series.map(({ name }) => name);

describe('the series of a saved chart', () => {
  it('are called what their metrics are called', async () => {
    expect(namesOf(await ask(['m2'], { m2: TWO }).report)).toEqual(['views', 'users']);
  });

  it('are called by the chart where their metrics have no names', async () => {
    expect(namesOf(await ask(['m1'], { m1: [counts([1, 2, 3])] }).report)).toEqual(['m1']);
    const id = toGlobalId('MetricsChart', 'sample', 'd1', 'm1');
    expect(namesOf(await ask([id], { m1: [counts([1, 2, 3])] }).report)).toEqual(['m1']);
  });

  it('are called as the caller says where there is one metric', async () => {
    const groups = ['SE', 'NO'].map((value) => counts([1, 2, 3], { name: 'views', dimensions: country(value) }));
    expect(namesOf(await ask([named('m1', 'mine')], { m1: groups }).report)).toEqual(['mine', 'mine']);
  });

  it('are called as the caller says, a dot and the metric where there are several', async () => {
    expect(namesOf(await ask([named('m2', 'mine')], { m2: TWO }).report)).toEqual(['mine.views', 'mine.users']);
    const halfNamed = [...TWO.slice(0, 1), counts([1, 2, 3])];
    expect(namesOf(await ask([named('m2', 'mine')], { m2: halfNamed }).report)).toEqual(['mine.views', 'mine']);
  });

  it('belong to no metric of the catalog', async () => {
    const { series } = await ask(['m1'], { m1: [counts([1, 2, 3])] }).report;
    expect(series).toMatchObject([{ metric: null, answeredBy: 'NATIVE', unit: 'COUNT', values: [1, 2, 3] }]);
  });

  it('bring their groups into the columns of the table', async () => {
    const m1 = [counts([1, 2, 3], { name: 'views', dimensions: country('SE') })];
    const m2 = [counts([4, 5, 6], { dimensions: [{ dimension: 'os', value: 'iOS' }] })];
    const report = await ask(['m1', 'm2'], { m1, m2 }).report;
    expect(report.breakdown).toEqual(['country', 'os']);
    expect(linesOf(toMetricsTable(report, 'TIDY')).slice(0, 5)).toEqual([
      'date,source,metric,country,os,value,unit,currency',
      '2026-11-01,sample,views,SE,.,1,COUNT,.',
      '2026-11-02,sample,views,SE,.,2,COUNT,.',
      '2026-11-03,sample,views,SE,.,3,COUNT,.',
      '2026-11-01,sample,m2,.,iOS,4,COUNT,.',
    ]);
  });

  it('are cut to the largest, and say so', async () => {
    const sizes = { SE: 5, NO: 90, DK: 7 };
    const m1 = Object.entries(sizes).map(([value, size]) => counts([size, 0, null], { dimensions: country(value) }));
    const { series, freshness } = await ask(['m1'], { m1 }, { seriesLimit: 2 }).report;
    expect(series.map(({ dimensions }) => dimensions)).toEqual([country('NO'), country('DK')]);
    expect(freshness.completeness).toBe('TRUNCATED');
    expect((await ask(['m1'], { m1 }, { seriesLimit: 3 }).report).freshness.completeness).toBe('COMPLETE');
  });
});

describe('the groups of several metrics', () => {
  it('are cut for each metric alone, so that a rate stays beside counts', async () => {
    const m2 = ['SE', 'NO'].flatMap((value, index) => [
      counts([500 + index, 0, 0], { name: 'views', dimensions: country(value) }),
      counts([0.25 + index / 10, 0, 0], { name: 'bounce rate', unit: 'FRACTION', dimensions: country(value) }),
    ]);
    const { series } = await ask(['m2'], { m2 }, { seriesLimit: 1 }).report;
    expect(series).toMatchObject([
      { name: 'views', dimensions: country('NO') },
      { name: 'bounce rate', dimensions: country('NO') },
    ]);
  });
});

describe('series without time', () => {
  const DAYS = [counts([10, 20, 30], { name: 'days', total: 60, previous: [1, 2, 3], previousTotal: 6 })];
  const tables = (report: MetricsReport) => ({
    tidy: linesOf(toMetricsTable(report, 'TIDY')),
    wide: linesOf(toMetricsTable(report, 'WIDE')),
  });

  it('have a total and no points, whatever was asked for', async () => {
    for (const interval of ['HOUR', 'DAY', 'MONTH', 'TOTAL']) {
      const period = { ...dates('2026-11-01', '2026-11-02'), interval };
      const { series, freshness } = await ask(['bars'], { bars: BARS }, period).report;
      const axis = { interval: 'TOTAL', timezone: 'UTC', timestamps: [], dates: [], epochs: [] };
      expect(series).toMatchObject([
        { total: 9, values: [], previous: null, axis, dimensions: country('NO') },
        { total: 7, values: [], previous: null, axis, dimensions: country('SE') },
      ]);
      expect(freshness.isSettled).toBe(true);
    }
  });

  it('are a row each, and a row together in a wide table', async () => {
    expect(tables(await ask(['bars'], { bars: BARS }).report)).toEqual({
      tidy: [
        'date,source,metric,country,value,unit,currency',
        '.,sample,views,NO,9,COUNT,.',
        '.,sample,views,SE,7,COUNT,.',
      ],
      wide: ['date,views [NO],views [SE]', '.,9,7'],
    });
  });

  it('stand before those with time', async () => {
    const { wide, tidy } = tables(await ask(['days', 'bars'], { days: DAYS, bars: BARS }).report);
    expect(tidy.slice(3)).toEqual([
      '2026-11-03,sample,days,.,30,COUNT,.',
      '.,sample,views,NO,9,COUNT,.',
      '.,sample,views,SE,7,COUNT,.',
    ]);
    expect(wide).toEqual([
      'date,days,views [NO],views [SE]',
      '.,.,9,7',
      '2026-11-01,10,.,.',
      '2026-11-02,20,.,.',
      '2026-11-03,30,.,.',
    ]);
  });

  it('stand before hours, too', async () => {
    const hours = [counts(new Array<number>(24).fill(1), { name: 'hours' })];
    const asked = { ...dates('2026-11-01', '2026-11-01'), interval: 'HOUR' };
    const { wide, tidy } = tables(await ask(['hours', 'bars'], { hours, bars: BARS }, asked).report);
    expect(wide.slice(0, 3)).toEqual(['at,hours,views [NO],views [SE]', '.,.,9,7', '2026-11-01T00:00:00Z,1,.,.']);
    expect(wide).toHaveLength(1 + 1 + 24);
    expect(tidy.slice(-3)).toEqual([
      '2026-11-01T23:00:00Z,sample,hours,.,1,COUNT,.',
      '.,sample,views,NO,9,COUNT,.',
      '.,sample,views,SE,7,COUNT,.',
    ]);
  });

  it('are one number each among totals', async () => {
    const { wide } = tables(await ask(['days', 'bars'], { days: DAYS, bars: BARS }, { interval: 'TOTAL' }).report);
    expect(wide).toEqual(['days,views [NO],views [SE]', '60,9,7']);
  });

  it('are compared as a whole', async () => {
    const compareTo = { preset: 'PREVIOUS_PERIOD' };
    const report = await ask(['days', 'bars'], { days: DAYS, bars: BARS }, { compareTo }).report;
    expect(report.series).toMatchObject([
      { name: 'days', previous: [1, 2, 3], previousTotal: 6 },
      { total: 9, previous: [], previousTotal: null },
      { total: 7, previous: [], previousTotal: 5 },
    ]);
    expect(tables(report)).toEqual({
      tidy: [
        'date,source,metric,country,value,previous,unit,currency',
        '2026-11-01,sample,days,.,10,1,COUNT,.',
        '2026-11-02,sample,days,.,20,2,COUNT,.',
        '2026-11-03,sample,days,.,30,3,COUNT,.',
        '.,sample,views,NO,9,.,COUNT,.',
        '.,sample,views,SE,7,5,COUNT,.',
      ],
      wide: [
        'date,days,days (previous),views [NO],views [NO] (previous),views [SE],views [SE] (previous)',
        '.,.,.,9,.,7,5',
        '2026-11-01,10,1,.,.,.,.',
        '2026-11-02,20,2,.,.,.,.',
        '2026-11-03,30,3,.,.,.,.',
      ],
    });
  });

  it('are cut by their totals', async () => {
    const { series, freshness } = await ask(['bars'], { bars: BARS }, { seriesLimit: 1 }).report;
    expect(series).toMatchObject([{ total: 9 }]);
    expect(freshness.completeness).toBe('TRUNCATED');
  });
});

describe('several saved charts', () => {
  it('reach the provider one by one, and each once', async () => {
    const id = toGlobalId('MetricsChart', 'sample', 'd2', 'm1');
    const { report, asked } = ask(['m1', 'm2', named('m1', 'again'), id], { m1: [counts([1, 2, 3])], m2: TWO });
    expect(namesOf(await report)).toEqual(['m1', 'views', 'users', 'again', 'm1']);
    const ids = asked.metrics.map(({ selections }) => selections.map(({ metric }) => metric));
    expect(ids).toEqual([[{ kind: 'chart', nativeId: 'm1' }], [{ kind: 'chart', nativeId: 'm2' }]]);
  });

  it('fail one by one', async () => {
    const { capabilities } = capabilitiesOf({ series: { m1: [counts([1, 2, 3])] } });
    const reports = connectFake(capabilities).begin();
    const report = (chart: string) => {
      const select = [{ source: 'sample', metric: { chart }, filters: [] }];
      return reports.metrics(parseInput(metricsRequestInput, { ...GOOD, select }, 'query'));
    };
    const [gone, there] = await Promise.all([failureOf(report('gone')), report('m1')]);
    expect(gone).toMatchObject({ code: 'PROVIDER_REJECTED', message: 'no chart gone', origin: ORIGIN });
    expect(there.series).toMatchObject([{ name: 'm1', values: [1, 2, 3] }]);
  });

  it('are as complete as the one that lags most', async () => {
    const { capabilities } = capabilitiesOf();
    const until: Record<string, number | null> = { m1: 2000, m2: 1000, m3: null };
    const { begin } = connectFake({
      metrics: {
        ...capabilities.metrics,
        fetchMetrics: ({ selections }) => {
          const [first] = selections;
          if (first?.metric.kind !== 'chart') return Promise.reject(new ProviderRejectedError('no chart'));
          const completeUntil = until[first.metric.nativeId] ?? null;
          const series = [{ ...counts([1, 2, 3]), selection: 0 }];
          return Promise.resolve({ series, freshness: { ...FRESHNESS, completeUntil } });
        },
      },
    });
    const report = async (...charts: string[]) => {
      const select = charts.map((chart) => ({ source: 'sample', metric: { chart }, filters: [] }));
      const answer = await begin().metrics(parseInput(metricsRequestInput, { ...GOOD, select }, 'query'));
      return answer.freshness.completeUntil;
    };
    expect(await report('m1', 'm2', 'm3')).toBe(1000);
    expect(await report('m1', 'm3')).toBe(2000);
    expect(await report('m3')).toBeNull();
  });
});
