import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DAY_MS } from '../../src/sandbox/world.ts';
import type { Subscription } from '../../src/sandbox/world.ts';
import { dayOf, has, paymentsOf, renewing, SHARES, startAdaptyClient, sum, unique } from './adapty-client.ts';
import { world } from './adapty-client.ts';
import type { AdaptyClient, Json } from './adapty-client.ts';

const AUTUMN = { date: ['2026-09-01', '2026-10-31'] };
let adapty: AdaptyClient;

beforeAll(async () => {
  adapty = await startAdaptyClient();
});
afterAll(() => adapty.close());

const isAutumn = (ms: number): boolean => dayOf(ms) >= '2026-09-01' && dayOf(ms) <= '2026-10-31';
const paid = (one: Subscription): number => paymentsOf(one).length;

/** When somebody paid first, for anything. */
const firstPaidMs = new Map<number, number>();
for (const one of world.subscriptions) {
  const ms = paymentsOf(one)[0]?.timeMs ?? Infinity;
  firstPaidMs.set(one.user, Math.min(ms, firstPaidMs.get(one.user) ?? Infinity));
}
const ofPayers = (test: (ms: number) => boolean): Subscription[] =>
  world.subscriptions.filter((one) => paid(one) > 0 && test(firstPaidMs.get(one.user)!));

function moneyByPeriod(some: Subscription[], period: number, share: number): number {
  const kept = some.filter((one) => !has(one, 'REFUNDED'));
  return sum(kept.map((one) => (Math.round(one.product.priceUsdCents * share) / 100) * Math.min(period, paid(one))));
}

function moneyByDay(some: Subscription[], day: number): number {
  return sum(
    some.flatMap((one) =>
      one.steps
        .filter(({ timeMs }) => timeMs < firstPaidMs.get(one.user)! + (day + 1) * DAY_MS)
        .map(({ amountUsdCents }) => amountUsdCents / 100),
    ),
  );
}

describe('lifetime value of the emulated Adapty', () => {
  it.each(Object.entries(SHARES))('as %s adds periods up per payer', async (name, share) => {
    const answer = await adapty.ask('ltv', { filters: AUTUMN });
    expect(Object.keys(answer)).toEqual(['revenue', 'proceeds', 'net_revenue']);
    const metric = answer[name];
    const some = ofPayers(isAutumn);
    const size = unique(some.map(({ user }) => user));
    expect(metric).toMatchObject({ unit: 'USD', title: 'Lifetime value', value: metric.data[0].value });
    expect(metric.data).toHaveLength(1);
    expect(metric.data[0]).toMatchObject({ title: 'Total', type: 'total', cohort_size: size });
    expect(metric.value).toBeCloseTo(moneyByPeriod(some, Infinity, share) / size, 6);
    for (const { period, value } of metric.data[0].values) {
      expect(value).toBeCloseTo(moneyByPeriod(some, period, share) / size, 6);
    }
  });

  it('by days counts refunds when they come', async () => {
    const { revenue } = await adapty.ask('ltv', { filters: AUTUMN, period_type: 'days' });
    const some = ofPayers(isAutumn);
    const [{ values, cohort_size: size }] = revenue.data;
    expect(values.map(({ period }: Json) => period)).toEqual([0, 3, 7, 14, 28, 31, 61]);
    for (const { period, value } of values) expect(value).toBeCloseTo(moneyByDay(some, period) / size, 6);
  });

  it.each([{ period_unit: 'month' }, { segmentation: 'month' }])('%j has a row for each cohort', async (body) => {
    const { revenue } = await adapty.ask('ltv', { filters: AUTUMN, ...body });
    const sizes = ['2026-09', '2026-10'].map((month) =>
      unique(ofPayers((ms) => dayOf(ms).startsWith(month)).map(({ user }) => user)),
    );
    expect(revenue.data.map(({ title, cohort_size: size }: Json) => [title, size])).toEqual([
      ['Total', sum(sizes)],
      ['2026-09-01', sizes[0]],
      ['2026-10-01', sizes[1]],
    ]);
  });

  it.each(['product', 'store_product_id'])('by %s knows the one-time purchase', async (segmentation) => {
    const { revenue } = await adapty.ask('ltv', { filters: AUTUMN, segmentation });
    const lifetime = revenue.data.find(({ title }: Json) => title === 'premium.lifetime');
    const some = ofPayers(isAutumn).filter(({ product }) => product.duration === 'lifetime');
    expect(lifetime.cohort_size).toBe(some.length);
    expect(lifetime.values).toHaveLength(1);
    expect(lifetime.value).toBeCloseTo(moneyByPeriod(some, 1, 1) / some.length, 6);
  });
});

describe('retention of the emulated Adapty', () => {
  const started = renewing.filter((one) => paid(one) > 0 && isAutumn(paymentsOf(one)[0]!.timeMs));
  const tried = renewing.filter(({ startedAtMs }) => isAutumn(startedAtMs));

  it('counts the subscriptions of each period', async () => {
    const answer = await adapty.ask('retention', { filters: AUTUMN });
    expect(answer).toMatchObject({ title: 'Retention', metric_name: 'retention', value_type: null });
    expect(answer.data).toHaveLength(1);
    const [{ values, cohort_size: size }] = answer.data;
    expect(size).toBe(started.length);
    for (const { period, value, value_relative: share } of values) {
      expect(value).toBe(started.filter((one) => paid(one) >= period).length);
      expect(share).toBeCloseTo((100 * value) / started.length, 9);
    }
    expect(values[0]).toEqual({ period: 1, value: size, value_relative: 100 });
  });

  it('begins with trials if asked to', async () => {
    const {
      data: [{ values, cohort_size: size }],
    } = await adapty.ask('retention', { filters: AUTUMN, use_trial: true });
    expect(size).toBe(tried.length);
    expect(values[0]).toEqual({ period: 0, value: tried.length, value_relative: 100 });
    expect(values[1].value).toBe(tried.filter((one) => paid(one) > 0).length);
  });

  it('has a row for each month', async () => {
    const { data } = await adapty.ask('retention', { filters: AUTUMN, period_unit: 'month' });
    const ofMonth = (month: string): number =>
      started.filter((one) => dayOf(paymentsOf(one)[0]!.timeMs).startsWith(month)).length;
    expect(data.map(({ title, type, cohort_size: size }: Json) => [title, type, size])).toEqual([
      ['Total', 'total', started.length],
      ['2026-09-01', 'single', ofMonth('2026-09')],
      ['2026-10-01', 'single', ofMonth('2026-10')],
    ]);
  });

  it('has no period before its time', async () => {
    const { data } = await adapty.ask('retention', { filters: AUTUMN, segmentation: 'duration' });
    const annual = data.find(({ title }: Json) => title === 'Annual');
    expect(annual.values.map(({ period }: Json) => period)).toEqual([1]);
    const weekly = data.find(({ title }: Json) => title === 'Weekly');
    const first = Math.min(
      ...started.filter(({ product }) => product.duration === 'weekly').map((one) => paymentsOf(one)[0]!.timeMs),
    );
    expect(weekly.values).toHaveLength(Math.ceil((world.endMs - first) / (7 * DAY_MS)));
  });

  it('of nobody has no periods', async () => {
    const { data } = await adapty.ask('retention', { filters: { date: ['2026-01-01', '2026-01-31'] } });
    expect(data).toEqual([{ title: 'Total', type: 'total', values: [], cohort_size: 0 }]);
  });
});
