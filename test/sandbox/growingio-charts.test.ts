import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { daysFrom, midnight, PROJECT, startGrowingioClient, toQuery, world } from './growingio-client.ts';
import type { GrowingioClient, Json } from './growingio-client.ts';
import { countUsers, dayOf, findVisits, toRawEvents } from './growingio-raw-events.ts';
import type { RawEvent } from './growingio-raw-events.ts';

const raw = toRawEvents(world);
const visits = findVisits(world, raw);
// Two weeks from Monday to Sunday.
const days = daysFrom('2026-10-05', '2026-10-18');
const within = <E extends RawEvent>(events: readonly E[], { startTime, endTime } = days): E[] =>
  events.filter(({ timeMs }) => timeMs >= startTime && timeMs <= endTime);
const named = (events: readonly RawEvent[], name: string): number =>
  events.filter((event) => event.name === name).length;
const dollars = (events: readonly RawEvent[]): number => events.reduce((sum, { cents }) => sum + cents, 0) / 100;
const payments = (events: readonly RawEvent[]): RawEvent[] => events.filter(({ cents }) => cents > 0);

let growingio: GrowingioClient;

beforeAll(async () => {
  growingio = await startGrowingioClient();
});
afterAll(() => growingio.close());

const ask = (id: string, query: Record<string, string | number> = {}): Promise<Json> =>
  growingio.report(`charts/${id}`, { ...days, ...query });
const namesOf = ({ meta }: Json): string[] => meta.map(({ name }: Json) => name);

function byDay<E extends RawEvent>(events: readonly E[]): [string, E[]][] {
  return [...Map.groupBy(within(events), ({ day }) => day)].sort();
}

describe('a line of GrowingIO', () => {
  it('has users, visits and views of every day in Beijing', async () => {
    const visitsOf = new Map(byDay(visits));
    const expected = byDay(raw).map(([day, events]) => {
      const views = named(events, 'screen_view');
      return ['全部访问用户', midnight(day), countUsers(events), visitsOf.get(day)?.length, views];
    });
    expect(expected).toHaveLength(14);
    expect(await ask('Kd82LmQz')).toEqual({
      id: 'Kd82LmQz',
      name: '日活',
      ...days,
      interval: 86_400_000,
      meta: [
        { name: '目标用户', dimension: true },
        { name: '时间', dimension: true },
        { name: '用户量', metric: true },
        { name: '访问量', metric: true },
        { name: '页面浏览量', metric: true },
      ],
      data: expected,
    });
  });

  it('writes whole numbers with a decimal, times without', async () => {
    const { text } = await growingio.get(`/v2${PROJECT}/charts/Kd82LmQz.json?${toQuery(days)}`);
    expect(text).toMatch(/"data":\[\["全部访问用户",1791129600000,\d+\.0,\d+\.0,\d+\.0\],/);
    expect(text).toContain('"interval":86400000,');
  });

  it('may have the time first', async () => {
    const report = await ask('kd82LmQz');
    expect(namesOf(report)).toEqual(['时间', '目标用户', '付费金额', '付费用户量', 'Purchases']);
    const expected = byDay(raw).map(([day, events]) => [
      midnight(day),
      '全部访问用户',
      dollars(events),
      countUsers(payments(events)),
      named(events, 'purchase'),
    ]);
    expect(report.data).toEqual(expected);
  });

  it('leaves out what has nothing', async () => {
    const whole = daysFrom('2026-07-01', '2026-11-30');
    const { data } = await ask('kd82LmQz', whole);
    const paid = new Set([...payments(raw), ...raw.filter(({ name }) => name === 'purchase')].map(({ day }) => day));
    expect(data.map(([time]: number[]) => dayOf(time!))).toEqual([...paid].sort());
    expect(paid.size).toBeLessThan(new Set(raw.map(({ day }) => day)).size);
    expect((await ask('Kd82LmQz', daysFrom('2025-01-01', '2025-01-31'))).data).toEqual([]);
  });

  it('has a row for each group of people', async () => {
    const { data } = await ask('Vr4dL7nB');
    const expected = byDay(raw).flatMap(([day, events]) => {
      const isNew = ({ user }: RawEvent): boolean => dayOf(world.users[user]!.installedAtMs) === day;
      const fresh = events.filter(isNew);
      return [
        ['全部访问用户', midnight(day), countUsers(events), named(events, 'screen_view')],
        ['新访问用户', midnight(day), countUsers(fresh), named(fresh, 'screen_view')],
      ];
    });
    expect(data).toEqual(expected);
  });

  it('has a row for each country, the greatest first', async () => {
    const report = await ask('Gj0yM5iC', daysFrom('2026-10-10', '2026-10-10'));
    expect(namesOf(report)).toEqual(['目标用户', '时间', '国家名称', '用户量', '访问量']);
    const today = raw.filter(({ day }) => day === '2026-10-10');
    const begun = visits.filter(({ day }) => day === '2026-10-10');
    const values = Object.fromEntries(report.data.map(([, , country, ...rest]: Json[]) => [country, rest]));
    for (const [code, name] of [
      ['CN', '中国'],
      ['US', '美国'],
      ['', '不适用'],
    ]) {
      const here = ({ country }: RawEvent): boolean => country === code;
      expect(values[name!]).toEqual([countUsers(today.filter(here)), begun.filter(here).length]);
    }
    const users = report.data.map((row: Json) => row[3]);
    expect(users).toEqual([...users].sort((a, b) => b - a));
  });

  it('goes by hours', async () => {
    const report = await ask('a9ZwE3hP', { ...daysFrom('2026-10-10', '2026-10-11'), interval: 3_600_000 });
    expect(report.interval).toBe(3_600_000);
    expect(namesOf(report)).toEqual(['目标用户', '时间', '访问量', '跳出率', 'Revenue, "net" (USD)']);
    const hourOf = ({ timeMs }: RawEvent): number => Math.floor(timeMs / 3_600_000) * 3_600_000;
    const range = daysFrom('2026-10-10', '2026-10-11');
    const visitsOf = Map.groupBy(within(visits, range), hourOf);
    const rowOf = new Map<number, number[]>(report.data.map(([, time, ...rest]: Json[]) => [time, rest]));
    expect(rowOf.size).toBeGreaterThan(40);
    for (const [hour, some] of visitsOf) {
      const bounces = some.filter(({ views }) => views < 2).length;
      const money = dollars(within(raw, range).filter((event) => hourOf(event) === hour));
      expect(rowOf.get(hour)).toEqual([some.length, expect.closeTo(bounces / some.length, 9), money]);
    }
  });
});

describe('a chart of GrowingIO without times', () => {
  it('is a bar for each browser', async () => {
    const report = await ask('Hb7cF2uJ');
    expect(namesOf(report)).toEqual(['目标用户', '浏览器', '用户量']);
    const groups = Map.groupBy(within(raw), ({ browser }) => browser || 'N/A');
    const expected = [...groups].map(([browser, events]) => ['全部访问用户', browser, countUsers(events)] as const);
    expect(report.data).toEqual(expected.sort((a, b) => b[2] - a[2]));
    expect(report.data.map((row: Json) => row[1])).toContain('N/A');
  });

  it('is a table with shares from 0 to 1', async () => {
    const report = await ask('t6NqX4vD');
    expect(namesOf(report)).toEqual(['目标用户', '国家名称', '操作系统', '用户量', '跳出率']);
    const row = report.data.find(([, country, os]: Json[]) => country === 'N/A' && os === 'iOS');
    const here = ({ country, os }: RawEvent): boolean => country === '' && os === 'iOS';
    const some = within(visits).filter(here);
    const rate = some.filter(({ views }) => views < 2).length / some.length;
    expect(row).toEqual(['全部访问用户', 'N/A', 'iOS', countUsers(within(raw).filter(here)), expect.closeTo(rate, 9)]);
    expect(rate).toBeGreaterThan(0);
    expect(report.data.some(([, country]: Json[]) => country === '不适用')).toBe(false);
  });

  it('is bubbles with two sizes', async () => {
    const report = await ask('Ub1oG8kS');
    expect(namesOf(report)).toEqual(['目标用户', '城市', '平台', '访问量', '付费金额']);
    const here = ({ city, platform }: RawEvent): boolean => city === 'São Paulo' && platform === 'Android';
    const row = report.data.find(([, city, platform]: Json[]) => city === 'São Paulo' && platform === 'Android');
    expect(row.slice(3)).toEqual([within(visits).filter(here).length, dollars(within(raw).filter(here))]);
  });
});

describe('other charts of GrowingIO', () => {
  it('are columns with two metrics', async () => {
    const report = await ask('p3RsW9eY');
    expect(namesOf(report)).toEqual(['目标用户', '时间', '注册次数', '搜索次数']);
    const expected = byDay(raw).map(([day, events]) => [
      '全部访问用户',
      midnight(day),
      named(events, 'sign_up'),
      named(events, 'search'),
    ]);
    expect(report.data).toEqual(expected);
  });

  it('are tables with times', async () => {
    const report = await ask('e2KfQ6tU');
    expect(namesOf(report)).toEqual(['时间', '目标用户', '应用版本', '用户量', '页面浏览量']);
    expect(report.data).toHaveLength(14 * 4);
    const [day] = byDay(raw);
    const first = report.data.filter(([time]: Json[]) => time === days.startTime);
    expect(first.reduce((sum: number, row: Json) => sum + row[3], 0)).toBe(countUsers(day![1]));
  });

  it('are one big number beside that of the period before', async () => {
    const report = await ask('Bn5xT0aV');
    const before = daysFrom('2026-09-21', '2026-10-04');
    expect(report.aggregator).toEqual({ values: [countUsers(within(raw)), countUsers(within(raw, before))] });
    const sum = report.data.reduce((total: number, row: Json) => total + row[2], 0);
    expect(sum).toBe(byDay(raw).reduce((total, [, events]) => total + countUsers(events), 0));
    expect(sum).toBeGreaterThan(report.aggregator.values[0]);
    expect(Object.keys(await ask('Kd82LmQz'))).not.toContain('aggregator');
  });

  it('end where their rows do', async () => {
    const small = await startGrowingioClient({ maxRows: 5 });
    const { data } = await small.report('charts/Kd82LmQz', days);
    await small.close();
    expect(data).toEqual((await ask('Kd82LmQz')).data.slice(0, 5));
  });
});
