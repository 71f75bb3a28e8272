import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { daysFrom, midnight, startGrowingioClient, world } from './growingio-client.ts';
import type { GrowingioClient, Json } from './growingio-client.ts';
import { dayOf, toRawEvents } from './growingio-raw-events.ts';
import type { RawEvent } from './growingio-raw-events.ts';

const DAY_MS = 86_400_000;
const raw = toRawEvents(world);
const eventsOf = Map.groupBy(raw, ({ user }) => user);

let growingio: GrowingioClient;

beforeAll(async () => {
  growingio = await startGrowingioClient();
});
afterAll(() => growingio.close());

/** The days from one to another, as the first days of their periods. */
const dayBefore = (day: string, count: number): string =>
  new Date(Date.parse(day) - count * DAY_MS).toISOString().slice(0, 10);
const mondayOf = (day: string): string => dayBefore(day, (new Date(day).getUTCDay() + 6) % 7);
const firstOf = (day: string): string => `${day.slice(0, 7)}-01`;

interface Plan {
  /** First day of the period of a day. */
  readonly periodOf: (day: string) => string;
  /** First days of the periods of the range, in order. */
  readonly periods: readonly string[];
  readonly isReturn: (event: RawEvent) => boolean;
}

/** Of the members of a period's cohort, how many came back in which period, up to the last one. */
function countReturns(members: ReadonlySet<number>, period: string, { periodOf, periods, isReturn }: Plan): number[] {
  const counts = periods.slice(periods.indexOf(period)).map(() => 0);
  for (const member of members) {
    const seen = new Set((eventsOf.get(member) ?? []).filter(isReturn).map(({ day }) => periodOf(day)));
    periods.slice(periods.indexOf(period)).forEach((later, offset) => {
      if (seen.has(later)) counts[offset]! += 1;
    });
  }
  return counts;
}

function installsBy(periodOf: (day: string) => string): Map<string, Set<number>> {
  const cohorts = new Map<string, Set<number>>();
  world.users.forEach(({ installedAtMs }, user) => {
    const period = periodOf(dayOf(installedAtMs));
    cohorts.set(period, (cohorts.get(period) ?? new Set()).add(user));
  });
  return cohorts;
}

const pairs = (counts: readonly number[], size: number): unknown[] =>
  counts.flatMap((count) => [count, expect.closeTo(count / size, 12)]);

/** Given the first days of periods, the rows that new people must have, the total first. */
function expectNewcomers(plan: Omit<Plan, 'isReturn'>): unknown[][] {
  const cohorts = installsBy(plan.periodOf);
  const rows = plan.periods.map((period) => {
    const members = cohorts.get(period) ?? new Set<number>();
    return { period, size: members.size, counts: countReturns(members, period, { ...plan, isReturn: () => true }) };
  });
  const total = plan.periods.flatMap((_, offset) => {
    const old = rows.filter(({ counts }) => counts.length > offset);
    const people = old.reduce((sum, { counts }) => sum + counts[offset]!, 0);
    return [people, expect.closeTo(people / old.reduce((sum, { size }) => sum + size, 0), 12)];
  });
  const size = rows.reduce((sum, row) => sum + row.size, 0);
  return [
    ['新访问用户', '', '任意行为', '全部', size, ...total],
    ...rows.map((row) => [
      ...['新访问用户', '', '任意行为', midnight(row.period), row.size],
      ...pairs(row.counts, row.size),
    ]),
  ];
}

describe('the retention of new people', () => {
  it('goes by days, with shorter rows for younger cohorts', async () => {
    const report = await growingio.report('retentions/R7gHv2Nk', daysFrom('2026-10-01', '2026-10-07'));
    const labels = ['当日', '次日', '2日后', '3日后', '4日后', '5日后', '6日后'];
    const periods = ['01', '02', '03', '04', '05', '06', '07'].map((day) => `2026-10-${day}`);
    expect(report).toEqual({
      id: 'R7gHv2Nk',
      name: '新客留存',
      range: 'day',
      ...daysFrom('2026-10-01', '2026-10-07'),
      interval: DAY_MS,
      meta: [
        ...['目标用户', '对比值', '用户行为', '时间'].map((name) => ({ name, dimension: true })),
        ...['留存人数', ...labels.flatMap((label) => [label, `${label}留存率`])].map((name) => ({
          name,
          metric: true,
        })),
      ],
      data: expectNewcomers({ periodOf: (day) => day, periods }),
    });
    expect(report.data.map((row: Json) => row.length)).toEqual([19, 19, 17, 15, 13, 11, 9, 7]);
  });

  it('goes by whole weeks from Monday', async () => {
    // From a Thursday to a Wednesday.
    const query = { ...daysFrom('2026-10-01', '2026-10-21'), range: 'week' };
    const report = await growingio.report('retentions/R7gHv2Nk', query);
    expect([report.range, report.interval]).toEqual(['week', 604_800_000]);
    expect(report.meta.slice(5).map(({ name }: Json) => name)).toEqual(
      ['当周', '次周', '2周后', '3周后'].flatMap((label) => [label, `${label}留存率`]),
    );
    const periods = ['2026-09-28', '2026-10-05', '2026-10-12', '2026-10-19'];
    expect(report.data).toEqual(expectNewcomers({ periodOf: mondayOf, periods }));
  });

  it('goes by months of the calendar', async () => {
    const query = { ...daysFrom('2026-08-20', '2026-10-21'), range: 'month' };
    const report = await growingio.report('retentions/R7gHv2Nk', query);
    expect(report.interval).toBe(2_592_000_000);
    expect(report.meta.slice(5).map(({ name }: Json) => name)).toEqual(
      ['当月', '次月', '2月后'].flatMap((label) => [label, `${label}留存率`]),
    );
    const periods = ['2026-08-01', '2026-09-01', '2026-10-01'];
    expect(report.data).toEqual(expectNewcomers({ periodOf: firstOf, periods }));
  });

  it('has no cells of days to come', async () => {
    const report = await growingio.report('retentions/R7gHv2Nk', daysFrom('2026-11-19', '2026-11-25'));
    expect(report.meta).toHaveLength(5 + 7 * 2);
    const [total, ...rows] = report.data;
    expect(rows.map((row: Json) => [row[3], row.length])).toEqual([
      [midnight('2026-11-19'), 9],
      [midnight('2026-11-20'), 7],
    ]);
    expect(total).toHaveLength(9);
  });

  it('is empty where nobody came', async () => {
    const { data } = await growingio.report('retentions/R7gHv2Nk', daysFrom('2025-01-01', '2025-01-03'));
    expect(data).toEqual([]);
  });
});

describe('the retention of those who paid', () => {
  const platformOf = (user: number): string => world.contexts[world.users[user]!.context]!.platform;
  const BEHAVIOURS: [string, (event: RawEvent) => boolean][] = [
    ['任意行为', () => true],
    ['续订', ({ name }) => name === 'subscription_renewed'],
  ];

  it('compares platforms and behaviours', async () => {
    const query = { ...daysFrom('2026-09-28', '2026-10-25'), range: 'week' };
    const { data } = await growingio.report('retentions/r0PzA6Le', query);
    const periods = ['2026-09-28', '2026-10-05', '2026-10-12', '2026-10-19'];
    const expected = periods.flatMap((period) =>
      ['Android', 'Web', 'iOS'].flatMap((platform) => {
        const starts = raw.filter(({ name, day }) => name === 'purchase' && mondayOf(day) === period);
        const members = new Set(starts.map(({ user }) => user).filter((user) => platformOf(user) === platform));
        return BEHAVIOURS.map(([behaviour, isReturn]) => {
          const counts = countReturns(members, period, { periodOf: mondayOf, periods, isReturn });
          return [
            ...['全部访问用户', platform, behaviour, midnight(period), members.size],
            ...pairs(counts, members.size),
          ];
        });
      }),
    );
    expect(data).toEqual(expected);
    expect(data).toHaveLength(4 * 3 * 2);
    expect(data.some((row: Json) => row[2] === '续订' && row[7] > 0)).toBe(true);
  });

  it('leaves out days without anybody', async () => {
    const { data } = await growingio.report('retentions/r0PzA6Le', daysFrom('2026-07-23', '2026-11-19'));
    const cohorts = new Set(
      raw.filter(({ name }) => name === 'purchase').map(({ day, user }) => `${day} ${platformOf(user)}`),
    );
    cohorts.forEach((cohort) => cohort.startsWith('2026-11-20') && cohorts.delete(cohort));
    expect(data).toHaveLength(cohorts.size * 2);
    expect(data.every((row: Json) => row[3] !== '全部')).toBe(true);
  });
});
