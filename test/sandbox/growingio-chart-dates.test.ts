import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { daysFrom, midnight, startGrowingioClient, world } from './growingio-client.ts';
import type { GrowingioClient, Json } from './growingio-client.ts';
import { countUsers, findVisits, toRawEvents } from './growingio-raw-events.ts';

const HOUR_MS = 3_600_000;
const WEEK = 604_800_000;
const MONTH = 2_592_000_000;
const raw = toRawEvents(world);
const visits = findVisits(world, raw);

let growingio: GrowingioClient;

beforeAll(async () => {
  growingio = await startGrowingioClient();
});
afterAll(() => growingio.close());

const ask = async (query: Record<string, string | number>): Promise<Json[]> =>
  (await growingio.report('charts/Kd82LmQz', query)).data;

/** What a row of the daily chart must hold for a stretch of time, both ends included. */
function rowOf(startMs: number, endMs: number): unknown[] {
  const within = ({ timeMs }: { timeMs: number }): boolean => timeMs >= startMs && timeMs <= endMs;
  const events = raw.filter(within);
  const views = events.filter(({ name }) => name === 'screen_view').length;
  return ['全部访问用户', startMs, countUsers(events), visits.filter(within).length, views];
}

describe('the times of a chart of GrowingIO', () => {
  it('are weeks from Monday, cut at both ends', async () => {
    // From a Wednesday to a Tuesday.
    const data = await ask({ ...daysFrom('2026-10-07', '2026-10-20'), interval: WEEK });
    expect(data).toEqual([
      rowOf(midnight('2026-10-07'), midnight('2026-10-12') - 1),
      rowOf(midnight('2026-10-12'), midnight('2026-10-19') - 1),
      rowOf(midnight('2026-10-19'), midnight('2026-10-21') - 1),
    ]);
  });

  it('are months of the calendar, cut at both ends', async () => {
    const data = await ask({ ...daysFrom('2026-08-20', '2026-10-15'), interval: MONTH });
    expect(data).toEqual([
      rowOf(midnight('2026-08-20'), midnight('2026-09-01') - 1),
      rowOf(midnight('2026-09-01'), midnight('2026-10-01') - 1),
      rowOf(midnight('2026-10-01'), midnight('2026-10-16') - 1),
    ]);
  });

  it('cut days where the range begins in their middle', async () => {
    const [first, last] = [Date.UTC(2026, 9, 7), Date.UTC(2026, 9, 9) - 1];
    expect(await ask({ startTime: first, endTime: last })).toEqual([
      rowOf(first, midnight('2026-10-08') - 1),
      rowOf(midnight('2026-10-08'), midnight('2026-10-09') - 1),
      rowOf(midnight('2026-10-09'), last),
    ]);
  });

  it('include the very end', async () => {
    const views = raw.filter(({ name, timeMs }) => name === 'screen_view' && timeMs > midnight('2026-10-07'));
    const { timeMs } = views[0]!;
    const viewsAt = async (startTime: number, endTime: number): Promise<number> =>
      (await ask({ startTime, endTime }))[0]?.[4] ?? 0;
    const sameTime = raw.filter((event) => event.name === 'screen_view' && event.timeMs === timeMs).length;
    expect(await viewsAt(timeMs, timeMs)).toBe(sameTime);
    const fromMidnight = midnight('2026-10-07');
    expect(await viewsAt(fromMidnight, timeMs)).toBe((await viewsAt(fromMidnight, timeMs - 1)) + sameTime);
  });

  it('of people who are new are those of the bucket', async () => {
    const query = { ...daysFrom('2026-10-07', '2026-10-20'), interval: WEEK };
    const { data } = await growingio.report('charts/Vr4dL7nB', query);
    const fresh = data.filter(([group]: Json[]) => group === '新访问用户');
    const installs = (startMs: number, endMs: number): number =>
      world.users.filter(({ installedAtMs }) => installedAtMs >= startMs && installedAtMs < endMs).length;
    // Everybody has an event in the very millisecond of the install.
    expect(fresh.map((row: Json) => row[2])).toEqual([
      installs(midnight('2026-10-07'), midnight('2026-10-12')),
      installs(midnight('2026-10-12'), midnight('2026-10-19')),
      installs(midnight('2026-10-19'), midnight('2026-10-21')),
    ]);
  });

  it('are the last seven whole days where nobody says', async () => {
    const { startTime, endTime, data } = await growingio.report('charts/Kd82LmQz', {});
    expect({ startTime, endTime }).toEqual(daysFrom('2026-11-13', '2026-11-19'));
    expect(data[0]).toEqual(rowOf(midnight('2026-11-13'), midnight('2026-11-14') - 1));
  });

  it('reach to the last hours of the world', async () => {
    const data = await ask({ ...daysFrom('2026-11-20', '2026-11-20'), interval: HOUR_MS });
    expect(data.at(-1)?.[1]).toBe(midnight('2026-11-20') + 7 * HOUR_MS);
    expect(data).toHaveLength(8);
  });
});
