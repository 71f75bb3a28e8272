import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createWorld } from '../../src/sandbox/world.ts';
import { startOpenpanelClient } from './openpanel-client.ts';
import type { ClientName, Json, OpenpanelClient } from './openpanel-client.ts';

const world = createWorld({ today: '2024-05-01' });
let nowMs = Date.UTC(2024, 4, 1, 12, 34, 56, 789);
let openpanel: OpenpanelClient;

beforeAll(async () => {
  openpanel = await startOpenpanelClient({ world, clock: () => nowMs });
});
afterAll(() => openpanel.close());

async function points(query: Record<string, unknown>, client: ClientName = 'read'): Promise<[string, number][]> {
  const { series } = await openpanel.charts({ series: [{ name: '*' }], ...query }, client);
  return (series[0]?.data ?? []).map(({ date, count }: Json) => [date, count]);
}

async function datesOf(query: Record<string, unknown>, client?: ClientName): Promise<string[]> {
  return (await points(query, client)).map(([date]) => date);
}

function countBetween(fromMs: number, untilMs: number): number {
  return world.events.timeMs.filter((ms) => ms >= fromMs && ms < untilMs).length;
}

describe('dates of an OpenPanel chart', () => {
  it('leave a bare end day out but for its midnight', async () => {
    // Every day of the world has a visit at exactly 00:00:00.000.
    const [first, second, extra] = await points({ startDate: '2024-04-01', endDate: '2024-04-03' });
    expect([first?.[0], second?.[0]]).toEqual(['2024-04-01 00:00:00', '2024-04-02 00:00:00']);
    expect(extra).toEqual([
      '2024-04-03 00:00:00',
      world.events.timeMs.filter((ms) => ms === Date.UTC(2024, 3, 3)).length,
    ]);
    const { series } = await openpanel.charts({
      series: [{ name: 'purchase' }],
      startDate: '2024-04-01',
      endDate: '2024-04-03',
    });
    expect(series[0].data).toHaveLength(2);
  });

  it('end at whole seconds', async () => {
    const [[, count] = []] = await points({ startDate: '2024-04-01', endDate: '2024-04-01T23:59:59.999' });
    const start = Date.UTC(2024, 3, 1);
    expect(count).toBe(countBetween(start, start + 86_399_001));
    expect(count).toBeLessThan(countBetween(start, start + 86_400_000));
  });

  it.each([
    ['reversed days', { startDate: '2024-04-05', endDate: '2024-04-01' }],
    ['days without events', { startDate: '2020-01-01', endDate: '2020-01-05' }],
  ])('answer %s with no series', async (_, query) => {
    expect(await points(query)).toEqual([]);
  });

  it.each([
    ['today', 1],
    ['yesterday', 1],
    ['7d', 8],
    ['30d', 31],
    ['custom', 31],
    ['monthToDate', 1],
    ['lastMonth', 30],
    ['yearToDate', 122],
    ['lastYear', 365],
    ['3m', 91],
    ['6m', 183],
    ['12m', 367],
    ['last24h', 1],
  ])('fill every day of the range %s', async (range, days) => {
    const breakdowns = [{ name: 'country' }];
    const { series } = await openpanel.charts({ series: [{ name: '*' }], range, breakdowns });
    expect(series[0].data).toHaveLength(range === 'last24h' ? 1 : days);
  });

  it('ignore a start without an end', async () => {
    expect(await datesOf({ startDate: '2024-01-01' })).toEqual(await datesOf({}));
    const onlyEnd = await datesOf({ endDate: '2024-04-03T10:00:00', range: '30d' });
    expect([onlyEnd[0], onlyEnd.at(-1)]).toEqual(['2024-04-01 00:00:00', '2024-04-03 00:00:00']);
  });

  it.each([
    ['minute', '2024-04-01T10:00:00', '2024-04-01T10:02:30', /^2024-04-01 10:0[0-2]:00$/],
    ['hour', '2024-04-01T10:30:00', '2024-04-01T12:10:00', /^2024-04-01 1[0-2]:00:00$/],
    ['week', '2024-04-03', '2024-04-10', /^2024-04-0[18]$/],
    ['month', '2024-03-15', '2024-04-10', /^2024-0[34]-01$/],
  ])('write every %s', async (interval, startDate, endDate, expected) => {
    const dates = await datesOf({ interval, startDate, endDate });
    expect(dates.length).toBeGreaterThan(1);
    for (const date of dates) expect(date).toMatch(expected);
  });

  it('are instants, drawn in the zone of the project', async () => {
    const query = { interval: 'hour', startDate: '2024-03-31T00:00:00', endDate: '2024-03-31T05:00:00' };
    const dates = await datesOf(query, 'nordic');
    const hours = dates.map((date) => date.slice(11, 13));
    // Without a zone the start is 00:00 UTC; 02:00 does not exist on the day summer time begins.
    expect(hours.slice(0, 5)).toEqual(['01', '03', '04', '05', '06']);
    expect(
      await points(
        { ...query, startDate: '2024-03-31T01:00:00+01:00', endDate: '2024-03-31T07:00:00+02:00' },
        'nordic',
      ),
    ).toEqual(await points(query, 'nordic'));
  });

  it('count days of the zone of the project', async () => {
    const zone = 'Europe/Stockholm';
    const query = { startDate: '2024-03-30T00:00:00+01:00', endDate: '2024-04-01T23:59:59+02:00' };
    const expected = ['2024-03-30', '2024-03-31'].map((day) => {
      const start = Temporal.PlainDate.from(day).toZonedDateTime(zone);
      return [`${day} 00:00:00`, countBetween(start.epochMilliseconds, start.add({ days: 1 }).epochMilliseconds)];
    });
    expect((await points(query, 'nordic')).slice(0, 2)).toEqual(expected);
  });

  it('take today from the zone of the project', async () => {
    nowMs = Date.UTC(2024, 3, 30, 22, 30);
    expect(await datesOf({ range: 'yesterday' }, 'nordic')).toEqual(['2024-04-30 00:00:00']);
    expect(await datesOf({ range: 'yesterday' })).toEqual(['2024-04-29 00:00:00']);
  });
});
