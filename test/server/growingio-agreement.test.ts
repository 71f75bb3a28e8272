import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../src/sandbox/define-emulator.ts';
import { startOpenpanel } from '../../src/sandbox/openpanel/start-openpanel.ts';
import { bucketsOf } from './growingio-charts.ts';
import { dayAfter, dayOf, hourOf } from './growingio-facts.ts';
import { readWorld, startGrowingioUnderTest, type GrowingioUnderTest } from './growingio-server.ts';
import { askSeries, dates, type AskedSeries } from './metrics-question.ts';
import { readRawEvents } from './raw-events.ts';
import { TODAY } from './running-server.ts';

/*
 * Both providers over one world. OpenPanel's project counts in days of UTC, GrowingIO in those of Beijing: hours begin together in
 * both, and a day of Beijing is asked of OpenPanel as the instants it lies between.
 */
const world = readWorld();
const raw = readRawEvents(world);
let openpanel: RunningEmulator;
let server: GrowingioUnderTest;

beforeAll(async () => {
  openpanel = await startOpenpanel({ world, clock: () => Date.parse(`${TODAY}T12:00:00Z`) });
  server = await startGrowingioUnderTest(world, { more: [openpanel.dataSource] });
});
afterAll(async () => {
  await server.close();
  await openpanel.close();
});

const [FROM, TO] = ['2026-05-11', '2026-05-20'];
const DAYS = bucketsOf(FROM, TO, 'DAY');
const EVENTS_OF_PAYMENTS = { dimension: 'event', values: ['purchase', 'subscription_renewed'] };

const midnight = (day: string): string => `${day}T00:00:00+08:00`;
const between = (from: string, to: string): object => ({
  instants: { from: midnight(from), to: midnight(dayAfter(to, 1)) },
});

/** The numbers of a chart's column, by the starts of their buckets; a bucket without a row counts nothing. */
async function askGrowingio(chart: string, column: string, query: object = {}): Promise<Map<number, number>> {
  const select = [{ source: 'today', metric: { chart } }];
  const series = await askSeries(server, { select, period: dates(FROM, TO), ...query });
  return toNumbers(series.find(({ name }) => name === column));
}

async function askOpenpanelByHour(metric: object): Promise<Map<number, number>> {
  const select = [{ source: 'sandbox-openpanel', metric }];
  const [series] = await askSeries(server, { select, period: between(FROM, TO), interval: 'HOUR' });
  return toNumbers(series);
}

function toNumbers(series: AskedSeries | undefined): Map<number, number> {
  if (!series) throw new Error('There is no such series');
  return new Map(series.points.map(({ at, value }) => [Date.parse(at), value ?? 0]));
}

/** One number for each day of Beijing, all in one operation. */
async function askOpenpanelByDay(metric: object, filters: readonly object[] = []): Promise<Map<number, number>> {
  const fields = DAYS.map((_, day) => `day${day}: metrics(query: $day${day}) { series { total } }`);
  const parameters = DAYS.map((_, day) => `$day${day}: MetricsQuery!`);
  const select = [{ source: 'sandbox-openpanel', metric, filters }];
  const variables = DAYS.map((day, index) => [`day${index}`, { select, period: between(day, day), interval: 'TOTAL' }]);
  const data = await server.query<Record<string, { series: readonly { total: number | null }[] }>>(
    `query (${parameters.join(', ')}) { ${fields.join('\n')} }`,
    Object.fromEntries(variables),
  );
  return new Map(DAYS.map((day, index) => [Date.parse(midnight(day)), data[`day${index}`]?.series[0]?.total ?? NaN]));
}

/**
 * How many people are two profiles to OpenPanel in a bucket: it knows a device until somebody signs in, and the user from then on.
 * GrowingIO's visitor is the same one before and after.
 */
function countDoubles(bucketOf: (at: number) => string): Map<number, number> {
  const devices = new Map(world.users.map(({ id, deviceId }) => [id, deviceId]));
  const profiles = new Map<string, Set<string>>();
  for (const { at, user } of raw) {
    const key = `${bucketOf(at)} ${devices.get(user) ?? user}`;
    profiles.set(key, (profiles.get(key) ?? new Set()).add(user));
  }
  const doubles = new Map<number, number>();
  for (const [key, { size }] of profiles) {
    const bucket = Date.parse(key.split(' ')[0] ?? '');
    if (size > 1) doubles.set(bucket, (doubles.get(bucket) ?? 0) + size - 1);
  }
  return doubles;
}

describe('GrowingIO and OpenPanel agree', () => {
  it('on views of pages, by hour and by day', async () => {
    const views = { event: { name: 'screen_view' } };
    const hours = await askGrowingio('Kd82LmQz', '页面浏览量', { interval: 'HOUR' });
    expect(hours).toEqual(await askOpenpanelByHour(views));
    const days = await askGrowingio('Kd82LmQz', '页面浏览量');
    expect(days).toEqual(await askOpenpanelByDay(views));
    expect(Math.min(...days.values())).toBeGreaterThan(100);
  });

  it.each([
    ['kd82LmQz', 'Purchases', 'purchase'],
    ['p3RsW9eY', '注册次数', 'sign_up'],
    ['p3RsW9eY', '搜索次数', 'search'],
  ])('on %s.%s and events called %s', async (chart, column, name) => {
    expect(await askGrowingio(chart, column)).toEqual(await askOpenpanelByDay({ event: { name } }));
  });

  // Nobody pays without having signed in, so everybody who does is one profile.
  it('on distinct users who paid', async () => {
    const payers = await askOpenpanelByDay({ key: 'unique_users' }, [EVENTS_OF_PAYMENTS]);
    expect(await askGrowingio('kd82LmQz', '付费用户量')).toEqual(payers);
    expect(Math.min(...payers.values())).toBeGreaterThan(1);
  });

  it('on distinct users of a day, but for those whom OpenPanel knows twice', async () => {
    const profiles = await askOpenpanelByDay({ key: 'unique_users' });
    const doubles = countDoubles((at) => midnight(dayOf(at)));
    const people = [...profiles].map(([at, count]) => [at, count - (doubles.get(at) ?? 0)] as const);
    expect(await askGrowingio('Kd82LmQz', '用户量')).toEqual(new Map(people));
    expect([...profiles.keys()].some((at) => doubles.has(at))).toBe(true);
  });

  it('on distinct users of an hour, exactly where nobody signs in', async () => {
    const people = await askGrowingio('Kd82LmQz', '用户量', { interval: 'HOUR' });
    const profiles = await askOpenpanelByHour({ key: 'unique_users' });
    const doubles = countDoubles(hourOf);
    const plain = [...people].filter(([at]) => !doubles.has(at));
    expect(plain).toEqual([...profiles].filter(([at]) => !doubles.has(at)));
    expect(plain.length).toBeGreaterThan(200);
  });
});

describe('GrowingIO and OpenPanel agree on a funnel', () => {
  /*
   * Equal although OpenPanel's window is hours from the first step and GrowingIO's is calendar days: the period is shorter than
   * either window, and both want every step within the period, so that no window ever ends anything. Everybody has signed in at
   * the first step, so people are profiles. OpenPanel wants each step strictly later, which they are: nobody takes two of
   * these steps in one millisecond.
   */
  const STEPS = ['sign_up', 'onboarding_complete', 'paywall_view', 'purchase'];
  const OPERATION = `query ($growingio: FunnelQuery!, $openpanel: FunnelQuery!) {
    growingio: funnel(query: $growingio) { conversionRate steps { count fromStart fromPrevious dropOff } }
    openpanel: funnel(query: $openpanel) { conversionRate steps { count fromStart fromPrevious dropOff } }
  }`;

  it('where the period ends before the window', async () => {
    const [from, to] = ['2026-05-01', '2026-05-28'];
    const conversionWindow = 'P30D';
    const { growingio, openpanel: other } = await server.query<Record<'growingio' | 'openpanel', object>>(OPERATION, {
      growingio: { source: 'today', chart: 'f8SjC1xO', period: dates(from, to), conversionWindow },
      openpanel: {
        source: 'sandbox-openpanel',
        steps: STEPS.map((event) => ({ event })),
        period: between(from, to),
        conversionWindow,
      },
    });
    expect(growingio).toEqual(other);
    expect(growingio).toMatchObject({ steps: STEPS.map(() => ({ count: expect.any(Number) as number })) });
  });

  it('whose steps nobody takes in one millisecond, or unknown', () => {
    const taken = raw.filter(({ name }) => STEPS.includes(name));
    expect(new Set(taken.map(({ user, at }) => `${user} ${at}`)).size).toBe(taken.length);
    const known = new Set(world.users.flatMap(({ id, isAnonymous }) => (isAnonymous ? [] : [id])));
    expect(taken.every(({ user }) => known.has(user))).toBe(true);
  });

  it('over days whose last second nobody acts in', () => {
    // OpenPanel's windows end with a whole second, and what happens later in it is in no answer.
    const days = [...DAYS, '2026-05-28'];
    expect(
      raw.filter(({ at }) => days.includes(dayOf(at)) && at % 86_400_000 > 57_599_000 && at % 86_400_000 < 57_600_000),
    ).toEqual([]);
  });
});
