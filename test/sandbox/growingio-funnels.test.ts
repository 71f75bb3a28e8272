import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { daysFrom, midnight, startGrowingioClient, world } from './growingio-client.ts';
import type { GrowingioClient, Json } from './growingio-client.ts';
import { toRawEvents } from './growingio-raw-events.ts';
import type { RawEvent } from './growingio-raw-events.ts';

const DAY_MS = 86_400_000;
const raw = toRawEvents(world);
const days = daysFrom('2026-10-01', '2026-10-14');
const PURCHASE = ['sign_up', 'onboarding_complete', 'paywall_view', 'purchase'];
const SEARCH = ['session_start', 'search', 'add_to_cart'];

let growingio: GrowingioClient;
let old: GrowingioClient;

beforeAll(async () => {
  growingio = await startGrowingioClient();
  old = await startGrowingioClient({ apiVersion: '2024' });
});
afterAll(() => Promise.all([growingio.close(), old.close()]));

interface Attempt {
  readonly user: number;
  readonly day: string;
  readonly depth: number;
}

/** How far every single start led: each is tried, and every later event that fits is taken as early as possible. */
function findAttempts(steps: readonly string[], windowDays: number, { startTime, endTime } = days): Attempt[] {
  const relevant = raw.filter(({ name, timeMs }) => steps.includes(name) && timeMs >= startTime && timeMs <= endTime);
  return [...Map.groupBy(relevant, ({ user }) => user)].flatMap(([user, events]) =>
    events.flatMap((first, index) => {
      if (first.name !== steps[0]) return [];
      const isInTime = ({ day }: RawEvent): boolean => (Date.parse(day) - Date.parse(first.day)) / DAY_MS < windowDays;
      let rest = events.slice(index + 1).filter(isInTime);
      let depth = 1;
      for (const step of steps.slice(1)) {
        const next = rest.findIndex(({ name }) => name === step);
        if (next === -1) break;
        rest = rest.slice(next + 1);
        depth += 1;
      }
      return [{ user, day: first.day, depth }];
    }),
  );
}

function countReached(attempts: readonly Attempt[], steps: number): number[] {
  const best = new Map<number, number>();
  for (const { user, depth } of attempts) best.set(user, Math.max(depth, best.get(user) ?? 0));
  return Array.from({ length: steps }, (_, step) => [...best.values()].filter((depth) => depth > step).length);
}

const share = (part: number, whole: number): unknown => (whole === 0 ? 0 : expect.closeTo(part / whole, 12));

function toRow(group: string, time: string | number, people: readonly number[]): unknown[] {
  const total = share(people.at(-1)!, people[0]!);
  const cells = people.flatMap((count, step) => {
    const next = people[step + 1];
    return [count, next === undefined ? total : share(next, count)];
  });
  return [group, time, total, ...cells];
}

function expectedDays(attempts: readonly Attempt[], steps: number): unknown[][] {
  const groups = [...Map.groupBy(attempts, ({ day }) => day)].sort();
  return groups.map(([day, some]) => toRow('全部访问用户', midnight(day), countReached(some, steps)));
}

describe('the funnel of GrowingIO', () => {
  it('has its days and, first, all of them together', async () => {
    const attempts = findAttempts(PURCHASE, 1);
    const report = await growingio.report('funnels/f8SjC1xO', days);
    expect(report).toEqual({
      id: 'f8SjC1xO',
      name: '注册付费转化',
      conversionWindow: 1,
      ...days,
      interval: DAY_MS,
      meta: [
        { name: '目标用户', dimension: true },
        { name: '时间', dimension: true },
        ...[
          '总转化率',
          '第一步人数',
          '第一步转化率',
          '第二步人数',
          '第二步转化率',
          '第三步人数',
          '第三步转化率',
          '最后一步人数',
          '最后一步转化率',
        ].map((name) => ({ name, metric: true })),
      ],
      data: [toRow('全部访问用户', '全部', countReached(attempts, 4)), ...expectedDays(attempts, 4)],
    });
    expect(report.data).toHaveLength(15);
  });

  it.each([2, 7, 30])('waits for the last step for %i days', async (conversionWindow) => {
    const query = daysFrom('2026-08-20', '2026-10-20');
    const report = await growingio.report('funnels/f8SjC1xO', { ...query, conversionWindow });
    const attempts = findAttempts(PURCHASE, conversionWindow, query);
    expect(report.conversionWindow).toBe(conversionWindow);
    expect(report.data[0]).toEqual(toRow('全部访问用户', '全部', countReached(attempts, 4)));
    expect(report.data.slice(1)).toEqual(expectedDays(attempts, 4));
  });

  it('finds more with a longer window', async () => {
    const lastOf = async (conversionWindow: number): Promise<number> =>
      (await growingio.report('funnels/f8SjC1xO', { ...days, conversionWindow })).data[0].at(-2);
    expect(await lastOf(14)).toBeGreaterThan(await lastOf(1));
  });

  it('counts nothing outside of the range', async () => {
    const { data } = await growingio.report('funnels/f8SjC1xO', { ...days, conversionWindow: 90 });
    expect(data[0]).toEqual(toRow('全部访问用户', '全部', countReached(findAttempts(PURCHASE, 90), 4)));
    const longer = { ...days, endTime: days.endTime + 30 * DAY_MS };
    const people = countReached(
      findAttempts(PURCHASE, 90, longer).filter(({ day }) => day < '2026-10-15'),
      4,
    );
    expect(data[0].at(-2)).toBeLessThan(people[3]!);
  });

  it('counts somebody once a day and once overall', async () => {
    const { data } = await growingio.report('funnels/F5mYb3Wd', days);
    const [all, ...rows] = data.filter(([group]: Json[]) => group === '全部访问用户');
    expect(rows).toHaveLength(14);
    expect(rows.reduce((sum: number, row: Json) => sum + row[3], 0)).toBeGreaterThan(all[3]);
  });

  it('has a row for each group of people, with the window it was saved with', async () => {
    const report = await growingio.report('funnels/F5mYb3Wd', days);
    expect(report.conversionWindow).toBe(7);
    const everybody = findAttempts(SEARCH, 7);
    const signedIn = everybody.filter(({ user }) => !world.users[user]!.isAnonymous);
    expect(signedIn.length).toBeLessThan(everybody.length);
    const rowsOf = (attempts: readonly Attempt[], group: string, time: string | number): unknown[] =>
      toRow(group, time, countReached(attempts, 3));
    const dayRows = [...new Set(everybody.map(({ day }) => day))].sort().flatMap((day) => {
      const isThen = (attempt: Attempt): boolean => attempt.day === day;
      return [
        rowsOf(everybody.filter(isThen), '全部访问用户', midnight(day)),
        rowsOf(signedIn.filter(isThen), '全部登录用户', midnight(day)),
      ];
    });
    expect(report.data).toEqual([
      rowsOf(everybody, '全部访问用户', '全部'),
      rowsOf(signedIn, '全部登录用户', '全部'),
      ...dayRows,
    ]);
  });

  it('has all days together at the end in 2024', async () => {
    const today = await growingio.report('funnels/F5mYb3Wd', days);
    const { data } = await old.report('funnels/F5mYb3Wd', days);
    expect(data.slice(0, -2)).toEqual(today.data.slice(2));
    expect(data.slice(-2)).toEqual(today.data.slice(0, 2).map(([group, , ...rest]: Json[]) => [group, 0, ...rest]));
  });

  it('has nobody where nothing happened', async () => {
    const { data } = await growingio.report('funnels/f8SjC1xO', daysFrom('2025-01-01', '2025-01-31'));
    expect(data).toEqual([['全部访问用户', '全部', 0, 0, 0, 0, 0, 0, 0, 0, 0]]);
  });
});
