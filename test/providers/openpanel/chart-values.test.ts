import { describe, expect, it } from 'vitest';
import { CONTRACTS } from '../../contract/contracts.ts';
import { chartSeries, days, eventSelection, metricsQuestion, startOpenpanel, type Body } from './start-openpanel.ts';

interface PlainSeries {
  readonly dimensions: Record<string, string | null>;
  readonly total: number | null;
  readonly values: readonly (number | null)[];
}

/** Ask for metrics of an OpenPanel that answers every chart with these series, and return the series. */
async function seriesOf(
  question: Readonly<Record<string, unknown>>,
  series: Body,
  config: Readonly<Record<string, unknown>> = {},
) {
  await using openpanel = await startOpenpanel({ charts: () => ({ series }) }, config);
  const { dataSource } = openpanel;
  const answer = await CONTRACTS.metrics.ask(metricsQuestion(question), { reports: openpanel.begin(), dataSource });
  answer.assertSound();
  return (answer.plain as { series: PlainSeries[] }).series;
}

const day = (date: number) => `2026-10-0${date} 00:00:00`;
const hour = (text: string) => `${text}:00:00`;
const STOCKHOLM = { timezone: 'Europe/Stockholm' };
const YEAR_2024 = { apiVersion: '2024' };
const AVERAGE = { select: [eventSelection('buy', 'AVERAGE', { property: 'properties.price' })] };

describe('the groups of a chart', () => {
  it('leave out the empty series for the unknown country', async () => {
    const phantom = chartSeries('A', { [day(1)]: 0, [day(2)]: 0, [day(3)]: 0 }, { breakdowns: { country: '\0\0' } });
    const swedes = chartSeries('A', { [day(1)]: 1, [day(2)]: 0, [day(3)]: 0 }, { breakdowns: { country: 'SE' } });
    expect(await seriesOf({ breakdown: ['country'] }, [swedes, phantom])).toMatchObject([
      { dimensions: { country: 'SE' }, values: [1, 0, 0], total: 1 },
    ]);
  });

  it('keep the unknown country where something happened', async () => {
    const unknown = chartSeries('A', { [day(1)]: 4 }, { breakdowns: { country: '\0\0' } });
    expect(await seriesOf({ breakdown: ['country'] }, [unknown])).toMatchObject([
      { dimensions: { country: null }, values: [4, 0, 0] },
    ]);
  });

  it('are known by their names where 2024 says nothing else', async () => {
    const swedes = { ...chartSeries('A', { '2026-10-01T00:00:00': 1 }), names: ['sign_up', 'SE'] };
    const others = { ...chartSeries('A', { '2026-10-01T00:00:00': 2 }), names: ['sign_up'] };
    expect(await seriesOf({ breakdown: ['country'] }, [swedes, others], YEAR_2024)).toMatchObject([
      { dimensions: { country: null }, total: 2 },
      { dimensions: { country: 'SE' }, total: 1 },
    ]);
  });
});

describe('the values of a chart', () => {
  it('are null for the average of nothing', async () => {
    const averages = chartSeries('A', { [day(1)]: 0, [day(2)]: 2.5, [day(3)]: 0 });
    const counts = chartSeries('B', { [day(1)]: 0, [day(2)]: 2, [day(3)]: 7 });
    const series = await seriesOf(AVERAGE, [averages, counts]);
    // On the third day seven events had a price of 0.
    expect(series).toMatchObject([{ values: [null, 2.5, 0], total: null }]);
  });

  it('are null for an average that is no number', async () => {
    const averages = chartSeries('A', { [day(1)]: null, [day(2)]: 2.5, [day(3)]: 0 });
    const counts = chartSeries('B', { [day(1)]: 3, [day(2)]: 2, [day(3)]: 0 });
    expect(await seriesOf(AVERAGE, [averages, counts])).toMatchObject([{ values: [null, 2.5, null] }]);
  });

  it('are null for events per user of nobody', async () => {
    const select = [eventSelection('a', 'COUNT_PER_USER')];
    const series = [chartSeries('A', { [day(1)]: 1.5, [day(2)]: 0, [day(3)]: 1 })];
    expect(await seriesOf({ select }, series)).toMatchObject([{ values: [1.5, null, 1], total: null }]);
  });

  it('end where the period ends', async () => {
    // The end is a moment that belongs to OpenPanel's window: what happened just then is in a bucket of its own.
    const counts = chartSeries('A', { [day(1)]: 1, [day(2)]: 2, [day(3)]: 3, [day(4)]: 9 });
    expect(await seriesOf({}, [counts])).toMatchObject([{ values: [1, 2, 3], total: 6 }]);
  });

  it('are 0 in a last bucket that is left out', async () => {
    const question = { period: days('2026-10-05', '2026-10-14'), interval: 'WEEK' };
    expect(await seriesOf(question, [chartSeries('A', { '2026-10-05': 3 })])).toMatchObject([{ values: [3, 0] }]);
  });

  it('are unknown in a last bucket without an average', async () => {
    const question = { ...AVERAGE, period: days('2026-10-05', '2026-10-14'), interval: 'WEEK' };
    const series = [chartSeries('A', { '2026-10-05': 3 }), chartSeries('B', { '2026-10-05': 1 })];
    expect(await seriesOf(question, series)).toMatchObject([{ values: [3, null] }]);
  });
});

describe('the unit of a chart', () => {
  const MONEY = { currency: 'EUR', moneyProperties: ['properties.price'] };

  it.each([
    ['SUM', 'properties.price', { unit: 'MONEY', currency: 'EUR' }],
    ['MAX', 'properties.price', { unit: 'MONEY', currency: 'EUR' }],
    ['SUM', 'properties.weight', { unit: 'NUMBER', currency: null }],
  ])('of %s of %s follows from the configuration', async (measure, property, unit) => {
    expect(await seriesOf({ select: [eventSelection('buy', measure, { property })] }, [], MONEY)).toMatchObject([unit]);
  });
});

describe('the hours of a day that clocks change on', () => {
  it('come twice in autumn, the first one first', async () => {
    const question = { period: days('2026-10-25', '2026-10-25'), interval: 'HOUR' };
    const hours = Array.from({ length: 24 }, (_, index) => index).flatMap((index) => (index === 2 ? [2, 2] : [index]));
    const points = hours.map((index, at) => [hour(`2026-10-25 ${String(index).padStart(2, '0')}`), at] as const);
    const [series] = await seriesOf(question, [chartSeries('A', points)], STOCKHOLM);
    expect(series?.values).toEqual(hours.map((_hour, at) => at));
    expect(series?.values).toHaveLength(25);
  });

  it('skip one in spring', async () => {
    const question = { period: days('2026-03-29', '2026-03-29'), interval: 'HOUR' };
    const hours = Array.from({ length: 24 }, (_, index) => index).filter((index) => index !== 2);
    const points = hours.map((index) => [hour(`2026-03-29 ${String(index).padStart(2, '0')}`), index] as const);
    const [series] = await seriesOf(question, [chartSeries('A', points)], STOCKHOLM);
    expect(series?.values).toEqual(hours);
  });
});

describe('the dates of 2024', () => {
  it.each([
    ['HOUR', days('2026-10-01', '2026-10-01'), '2026-10-01T05:00:00Z', 5],
    ['DAY', days('2026-10-01', '2026-10-03'), '2026-10-02T00:00:00', 1],
    ['WEEK', days('2026-10-05', '2026-10-18'), '2026-10-12T00:00:00Z', 1],
    ['MONTH', days('2026-08-01', '2026-10-31'), '2026-09-01T00:00:00Z', 1],
  ])('are understood by the %s', async (interval, period, date, index) => {
    const [series] = await seriesOf({ period, interval }, [chartSeries('A', { [date]: 7 })], YEAR_2024);
    expect(series?.values[index]).toBe(7);
    expect(series?.total).toBe(7);
  });

  it('are calendar days in any zone', async () => {
    const question = { period: days('2026-08-01', '2026-10-31'), interval: 'MONTH' };
    const points = { '2026-08-01T00:00:00Z': 1, '2026-09-01T00:00:00Z': 2, '2026-10-01T00:00:00Z': 3 };
    const [series] = await seriesOf(question, [chartSeries('A', points)], { ...YEAR_2024, ...STOCKHOLM });
    expect(series).toMatchObject({ values: [1, 2, 3], total: 6 });
  });

  it('are unknown where they fit no bucket', async () => {
    const series = [chartSeries('A', { 'Thu Oct 01 2026': 7 })];
    expect(await seriesOf({}, series, YEAR_2024)).toMatchObject([{ values: [null, null, null], total: null }]);
  });
});

describe('the total of a chart', () => {
  const MONTHS = { period: days('2026-08-01', '2026-10-31'), interval: 'TOTAL' };
  const points = { '2026-08-01': 10, '2026-09-01': 20, '2026-10-01': 30 };

  it.each([
    ['COUNT', 60],
    ['UNIQUE_USERS', 40],
    ['COUNT_PER_USER', 1.5],
  ])('of several months is right for %s', async (measure, total) => {
    const question = { ...MONTHS, select: [eventSelection('a', measure)] };
    expect(await seriesOf(question, [chartSeries('A', points, { count: 40 })])).toMatchObject([{ total, values: [] }]);
  });

  it('of distinct users is nobody where nothing happened', async () => {
    const question = { ...MONTHS, select: [eventSelection('a', 'UNIQUE_USERS')] };
    expect(await seriesOf(question, [])).toMatchObject([{ total: 0 }]);
  });

  it('of distinct users is unknown where others were counted', async () => {
    const select = [eventSelection('a', 'UNIQUE_USERS')];
    const exact = chartSeries('A', { [day(1)]: 2, [day(2)]: 2, [day(3)]: 0 }, { count: 3 });
    expect(await seriesOf({ select }, [exact])).toMatchObject([{ total: 3 }]);
    const beyond = chartSeries('A', { [day(1)]: 2, [day(2)]: 2, [day(3)]: 0, [day(4)]: 1 }, { count: 4 });
    expect(await seriesOf({ select }, [beyond])).toMatchObject([{ total: null }]);
  });

  it('of one bucket is that bucket', async () => {
    const select = [eventSelection('a', 'SESSIONS')];
    const question = { select, period: days('2026-10-01', '2026-10-31'), interval: 'TOTAL' };
    const series = [chartSeries('A', { '2026-10-01': 12, '2026-11-01': 1 }, { count: 9 })];
    expect(await seriesOf(question, series)).toMatchObject([{ total: 12, values: [] }]);
  });
});
