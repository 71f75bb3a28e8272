import { describe, expect, it } from 'vitest';
import { CONTRACTS } from '../../contract/contracts.ts';
import type { AskedRequest } from '../../support/replay-server.ts';
import { chartSeries, days, eventSelection, metricsQuestion, startOpenpanel, type Body } from './start-openpanel.ts';

const PREVIOUS = { compareTo: { preset: 'PREVIOUS_PERIOD' } };
const day = (date: string) => `2026-${date} 00:00:00`;

/** Ask for metrics of an OpenPanel that answers so, and return the series and the windows that were asked for. */
async function compare(
  question: Readonly<Record<string, unknown>>,
  answer: (asked: AskedRequest['query']) => Body,
  config: Readonly<Record<string, unknown>> = {},
) {
  await using openpanel = await startOpenpanel({ charts: ({ query }) => ({ series: answer(query) }) }, config);
  const { dataSource } = openpanel;
  const answered = await CONTRACTS.metrics.ask(metricsQuestion({ ...PREVIOUS, ...question }), {
    reports: openpanel.begin(),
    dataSource,
  });
  answered.assertSound();
  const windows = openpanel
    .asked('/export/charts')
    .map(({ startDate, endDate, previous }) => [
      String(startDate).slice(0, 10),
      String(endDate).slice(0, 10),
      previous,
    ]);
  return { series: (answered.plain as { series: unknown[] }).series, windows };
}

/** A series whose points say what was before them. */
function besides(points: Readonly<Record<string, readonly [now: number, before: number]>>, metrics: object = {}) {
  const series = chartSeries('A', Object.fromEntries(Object.entries(points).map(([date, [now]]) => [date, now])));
  const data = Object.entries(points).map(([date, [count, value]]) => ({
    date,
    count,
    previous: { value, diff: null, state: 'neutral' },
  }));
  return { ...series, metrics: { ...series.metrics, ...metrics }, data };
}

const NOW = ['2026-10-01', '2026-10-04'];
const BEFORE = ['2026-09-28', '2026-10-01'];
const isNow = ({ startDate }: AskedRequest['query']) => startDate === '2026-10-01T00:00:00Z';

describe('a comparison with the period before', () => {
  it('is one request where that means the same', async () => {
    const { series, windows } = await compare({}, () => [
      besides({ [day('10-01')]: [3, 1], [day('10-02')]: [0, 2], [day('10-03')]: [5, 0] }),
    ]);
    expect(windows).toEqual([[...NOW, 'true']]);
    expect(series).toMatchObject([{ values: [3, 0, 5], total: 8, previous: [1, 2, 0], previousTotal: 3 }]);
  });

  it('takes distinct users from what is beside them', async () => {
    const { series } = await compare({ select: [eventSelection('a', 'UNIQUE_USERS')] }, () => [
      besides(
        { [day('10-01')]: [3, 1], [day('10-02')]: [0, 2], [day('10-03')]: [5, 0] },
        { count: 6, previous: { count: { value: 2, diff: 200, state: 'positive' } } },
      ),
    ]);
    expect(series).toMatchObject([{ total: 6, previousTotal: 2 }]);
  });

  it('asks again where nothing happens any more', async () => {
    const { series, windows } = await compare({}, (asked) =>
      isNow(asked) ? [] : [chartSeries('A', { [day('09-28')]: 1, [day('09-29')]: 0, [day('09-30')]: 2 })],
    );
    expect(windows).toEqual([
      [...NOW, 'true'],
      [...BEFORE, undefined],
    ]);
    expect(series).toMatchObject([{ values: [0, 0, 0], total: 0, previous: [1, 0, 2], previousTotal: 3 }]);
  });

  it('asks again where the last bucket is left out', async () => {
    const { series } = await compare({}, (asked) =>
      isNow(asked)
        ? [besides({ [day('10-01')]: [3, 1], [day('10-02')]: [0, 2] })]
        : [chartSeries('A', { [day('09-28')]: 1, [day('09-29')]: 2, [day('09-30')]: 4 })],
    );
    expect(series).toMatchObject([{ values: [3, 0, 0], previous: [1, 2, 4], previousTotal: 7 }]);
  });

  it('sums the days of weeks that are cut otherwise', async () => {
    // Two days of one week now; before, a day of each of two weeks.
    const question = { period: days('2026-10-06', '2026-10-07'), interval: 'WEEK' };
    const { series, windows } = await compare(question, ({ startDate }) =>
      String(startDate).startsWith('2026-10-06')
        ? [chartSeries('A', { [day('10-06')]: 3, [day('10-07')]: 4 })]
        : [chartSeries('A', { [day('10-04')]: 5, [day('10-05')]: 6 })],
    );
    expect(windows.map(([, , previous]) => previous)).toEqual([undefined, undefined]);
    expect(series).toMatchObject([{ values: [7], total: 7, previous: [5], previousTotal: 11 }]);
  });

  it('keeps the groups that have vanished', async () => {
    const group = (country: string, points: Record<string, number>) =>
      chartSeries('A', points, { breakdowns: { country } });
    const { series, windows } = await compare({ breakdown: ['country'] }, (asked) =>
      isNow(asked)
        ? [group('SE', { [day('10-01')]: 1, [day('10-02')]: 1, [day('10-03')]: 1 })]
        : [group('NO', { [day('09-28')]: 5, [day('09-29')]: 0, [day('09-30')]: 0 })],
    );
    expect(windows.toSorted()).toEqual([
      [...BEFORE, undefined],
      [...NOW, undefined],
    ]);
    expect(series).toMatchObject([
      { dimensions: { country: 'SE' }, values: [1, 1, 1], previous: [0, 0, 0], previousTotal: 0 },
      { dimensions: { country: 'NO' }, values: [0, 0, 0], previous: [5, 0, 0], previousTotal: 5 },
    ]);
  });

  it.each([
    ['of one number', { interval: 'TOTAL' }, {}],
    ['with days of other lengths', { period: days('2026-10-25', '2026-10-26') }, { timezone: 'Europe/Stockholm' }],
    ['with last year', { compareTo: { preset: 'SAME_PERIOD_LAST_YEAR' } }, {}],
    ['with other dates', { compareTo: days('2026-09-01', '2026-09-03') }, {}],
  ])('is two requests %s', async (_title, question, config) => {
    const { windows } = await compare(question, () => [], config);
    expect(windows.map(([, , previous]) => previous)).toEqual([undefined, undefined]);
  });
});
