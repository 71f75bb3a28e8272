import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { dayOf, startAdaptyClient, sum, world } from './adapty-client.ts';
import type { AdaptyClient, Json } from './adapty-client.ts';

let adapty: AdaptyClient;

beforeAll(async () => {
  adapty = await startAdaptyClient();
});
afterAll(() => adapty.close());

const startsOf = ({ values }: Json): string[] => values.map(({ x }: Json) => x);
const installsBetween = (from: string, until: string): number => {
  const [fromMs, untilMs] = [Date.parse(from), Date.parse(until)];
  return world.users.filter(({ installedAtMs: ms }) => ms >= fromMs && ms < untilMs).length;
};

describe('days of the emulated Adapty', () => {
  it.each([
    ['Europe/Berlin', 2],
    ['Asia/Kolkata', 5.5],
    ['America/New_York', -4],
  ])('are those of the zone %s', async (zone, hours) => {
    const filters = { date: ['2026-10-01', '2026-10-10'] };
    const series = await adapty.chart('installs', { filters, period_unit: 'day' }, { 'adapty-tz': zone });
    for (const { x, y } of series.values) {
      const there = world.users.filter(({ installedAtMs }) => dayOf(installedAtMs, hours) === x.slice(0, 10));
      expect(y).toBe(there.length);
    }
    expect(series.value).toBe(sum(series.values.map(({ y }: Json) => y)));
  });

  it('carry the offset without a colon', async () => {
    const filters = { date: ['2026-10-24', '2026-10-26'] };
    const berlin = await adapty.chart('installs', { filters, period_unit: 'day' }, { 'adapty-tz': 'Europe/Berlin' });
    expect(startsOf(berlin)).toEqual([
      '2026-10-24T00:00:00.000000+0200',
      '2026-10-25T00:00:00.000000+0200',
      '2026-10-26T00:00:00.000000+0100',
    ]);
    // The clocks go back that night: the day has 25 hours.
    expect(berlin.values[1].y).toBe(installsBetween('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'));
  });

  it('are both included, one alone too', async () => {
    const one = await adapty.chart('installs', { filters: { date: ['2026-10-05', '2026-10-05'] }, period_unit: 'day' });
    expect(one.values).toEqual([
      { x: '2026-10-05T00:00:00.000000+0000', y: installsBetween('2026-10-05', '2026-10-06') },
    ]);
  });

  it('of the future are absent', async () => {
    const filters = { date: ['2026-11-19', '2026-12-31'] };
    expect(startsOf(await adapty.chart('installs', { filters, period_unit: 'day' }))).toHaveLength(2);
    expect(startsOf(await adapty.chart('installs', { filters: { date: ['2027-01-01', '2027-02-01'] } }))).toEqual([]);
  });

  it('today begins where the zone says', async () => {
    const late = await startAdaptyClient({ clock: () => Date.UTC(2026, 10, 20, 1) });
    const body = { filters: { date: ['2026-11-19', '2026-11-21'] }, period_unit: 'day' };
    const daysIn = async (zone: string): Promise<number> =>
      (await late.chart('installs', body, { 'adapty-tz': zone })).values.length;
    expect(await daysIn('America/New_York')).toBe(1);
    expect(await daysIn('Asia/Tokyo')).toBe(2);
    await late.close();
  });
});

describe('buckets of the emulated Adapty', () => {
  const filters = { date: ['2026-08-12', '2026-11-03'] };

  it.each([
    ['week', ['2026-08-10', '2026-08-17'], 13],
    ['month', ['2026-08-01', '2026-09-01'], 4],
    ['quarter', ['2026-07-01', '2026-10-01'], 2],
    ['year', ['2026-01-01'], 1],
  ])('by %s start where the calendar does', async (unit, first, length) => {
    const series = await adapty.chart('installs', { filters, period_unit: unit });
    const days = startsOf(series).map((x) => x.slice(0, 10));
    expect(days.slice(0, first.length)).toEqual(first);
    expect(days).toHaveLength(length);
  });

  it('at the edges hold the range only', async () => {
    const series = await adapty.chart('installs', { filters });
    expect(series.values[0].y).toBe(installsBetween('2026-08-12', '2026-09-01'));
    expect(series.values.at(-1).y).toBe(installsBetween('2026-11-01', '2026-11-04'));
    expect(series.value).toBe(installsBetween('2026-08-12', '2026-11-04'));
  });

  it('are months unless asked otherwise', async () => {
    const months = await adapty.chart('revenue', { filters });
    expect(months).toEqual(await adapty.chart('revenue', { filters, period_unit: 'month' }));
  });
});
