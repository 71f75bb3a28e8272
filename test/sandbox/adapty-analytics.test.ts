import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DAY_MS } from '../../src/sandbox/world.ts';
import type { Subscription } from '../../src/sandbox/world.ts';
import { countryOf, dayOf, daysOf, has, paymentsOf, renewing, SHARES } from './adapty-client.ts';
import { startAdaptyClient, sum, unique, WHOLE, world } from './adapty-client.ts';
import type { AdaptyClient, Json } from './adapty-client.ts';

const DAYS = ['2026-10-01', '2026-11-15'];
const MONTHLY = 365 / 12;
let adapty: AdaptyClient;

beforeAll(async () => {
  adapty = await startAdaptyClient();
});
afterAll(() => adapty.close());

/** Something that happened, and how much of it. */
interface Happening {
  readonly timeMs: number;
  readonly amount: number;
  readonly subscription?: Subscription;
}

const steps = (kinds: string[], test: (one: Subscription) => boolean = () => true): Happening[] =>
  world.subscriptions
    .filter(test)
    .flatMap((subscription) =>
      subscription.steps
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ timeMs }) => ({ timeMs, amount: 1, subscription })),
    );
const isLifetime = ({ product }: Subscription): boolean => product.duration === 'lifetime';
const isPaid = (one: Subscription): boolean => paymentsOf(one).length > 0;

const COUNTS: Record<string, () => Happening[]> = {
  installs: () => world.users.map(({ installedAtMs }) => ({ timeMs: installedAtMs, amount: 1 })),
  trials_new: () => steps(['TRIAL_STARTED']),
  subscriptions_new: () => steps(['TRIAL_CONVERTED', 'PURCHASED'], (one) => !isLifetime(one)),
  non_subscriptions: () => steps(['PURCHASED'], isLifetime),
  trials_renewal_cancelled: () => steps(['CANCELLED'], (one) => !isPaid(one)),
  subscriptions_renewal_cancelled: () => steps(['CANCELLED'], isPaid),
  trials_expired: () => steps(['EXPIRED'], (one) => !isPaid(one)),
  subscriptions_expired: () => steps(['EXPIRED'], isPaid),
  billing_issue: () => steps(['BILLING_ISSUE']),
  grace_period: () => steps(['BILLING_ISSUE'], ({ store }) => store !== 'stripe'),
  refund_events: () => steps(['REFUNDED']),
};

function byDay(happenings: readonly Happening[]): number[] {
  return daysOf(DAYS).map((day) =>
    sum(happenings.filter(({ timeMs }) => dayOf(timeMs) === day).map(({ amount }) => amount)),
  );
}

function money(share: number): Happening[] {
  return world.subscriptions.flatMap((subscription) =>
    subscription.steps
      .filter(({ amountUsdCents }) => amountUsdCents !== 0)
      .map(({ timeMs, amountUsdCents: cents }) => ({
        timeMs,
        amount: (Math.sign(cents) * Math.round(Math.abs(cents) * share)) / 100,
        subscription,
      })),
  );
}

const toValues = (series: Json): number[] => series.values.map(({ y }: Json) => y);
const expectClose = (found: number[], wanted: number[]): void => {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, index) => expect(value).toBeCloseTo(wanted[index]!, 6));
};

/** Subscriptions in a paid period at an instant; a refunded payment never ran. */
function activeAt(ms: number): Subscription[] {
  return renewing.filter((one) => {
    if (has(one, 'REFUNDED')) return false;
    return paymentsOf(one).some(({ timeMs }) => timeMs <= ms && ms < timeMs + one.product.periodDays * DAY_MS);
  });
}

const lastMomentOf = (day: string): number => Math.min(Date.parse(day) + DAY_MS, world.endMs) - 1;
const perMonth = ({ product }: Subscription): number => product.priceUsdCents / 100 / (product.periodDays / MONTHLY);

describe('charts of the emulated Adapty', () => {
  it.each(Object.keys(COUNTS))('%s counts what happened by day', async (chartId) => {
    const happenings = COUNTS[chartId]!();
    const series = await adapty.chart(chartId, { filters: { date: DAYS }, period_unit: 'day' });
    expect(toValues(series)).toEqual(byDay(happenings));
    expect(series.value).toBe(sum(byDay(happenings)));
    expect(series.value).toBeGreaterThan(0);
  });

  it.each(Object.entries(SHARES))('revenue as %s takes refunds back later', async (key, share) => {
    const body = { chart_id: 'revenue', filters: { date: DAYS }, period_unit: 'day' };
    const { data } = await adapty.ask('analytics', body);
    expectClose(toValues(data[key].data[0]), byDay(money(share)));
    expect(data[key].value).toBeCloseTo(sum(byDay(money(share))), 6);
  });

  it('refund money is positive by refund date', async () => {
    const series = await adapty.chart('refund_money', { filters: { date: DAYS }, period_unit: 'day' });
    const refunds = money(1).filter(({ amount }) => amount < 0);
    expectClose(toValues(series), byDay(refunds.map(({ timeMs, amount }) => ({ timeMs, amount: -amount }))));
  });

  it('arppu divides by those who paid', async () => {
    const series = await adapty.chart('arppu', { filters: { date: DAYS }, period_unit: 'day' });
    const payers = daysOf(DAYS).map((day) =>
      unique(
        money(1)
          .filter(({ timeMs, amount }) => amount > 0 && dayOf(timeMs) === day)
          .map(({ subscription }) => subscription!.user),
      ),
    );
    const revenue = byDay(money(1));
    expectClose(
      toValues(series),
      payers.map((users, day) => (users === 0 ? 0 : revenue[day]! / users)),
    );
  });

  it('arpu divides by those who installed', async () => {
    const series = await adapty.chart('arpu', { filters: { date: DAYS }, period_unit: 'day' });
    const [revenue, installs] = [byDay(money(1)), byDay(COUNTS.installs!())];
    expectClose(
      toValues(series),
      revenue.map((amount, day) => amount / installs[day]!),
    );
    expect(series.value).toBeCloseTo(sum(revenue) / sum(installs), 6);
  });

  it.each<[string, (active: Subscription[]) => number]>([
    ['subscriptions_active', (active) => active.length],
    ['mrr', (active) => sum(active.map(perMonth))],
    ['arr', (active) => 12 * sum(active.map(perMonth))],
  ])('%s is that of each evening', async (chartId, valueOf) => {
    const series = await adapty.chart(chartId, { filters: { date: DAYS }, period_unit: 'day' });
    expectClose(
      toValues(series),
      daysOf(DAYS).map((day) => valueOf(activeAt(lastMomentOf(day)))),
    );
    expect(series.value).toBe(series.values.at(-1).y);
  });

  it('trials_active counts trials, cancelled ones too', async () => {
    const series = await adapty.chart('trials_active', { filters: { date: DAYS }, period_unit: 'day' });
    const runs = ({ startedAtMs, product }: Subscription, ms: number): boolean =>
      startedAtMs <= ms && ms < startedAtMs + product.trialDays * DAY_MS;
    const wanted = daysOf(DAYS).map((day) => renewing.filter((one) => runs(one, lastMomentOf(day))).length);
    expect(toValues(series)).toEqual(wanted);
  });

  it('today shows what stood when yesterday ended', async () => {
    const filters = { date: ['2026-11-19', '2026-11-25'] };
    const [mrr, revenue] = await Promise.all([
      adapty.chart('mrr', { filters, period_unit: 'day' }),
      adapty.chart('revenue', { filters, period_unit: 'day' }),
    ]);
    expect(mrr.values).toHaveLength(2);
    expect(mrr.values[1].y).toBe(mrr.values[0].y);
    expect(revenue.values[1]).toEqual({ x: '2026-11-20T00:00:00.000000+0000', y: 0 });
  });

  it('install dates move payments to the install', async () => {
    const filters = { date: ['2026-08-01', '2026-08-31'] };
    const installed = ({ user }: Subscription): string => dayOf(world.users[user]!.installedAtMs);
    const inAugust = (one: Subscription): boolean => installed(one).startsWith('2026-08');
    const revenue = await adapty.chart('revenue', { filters, date_type: 'profile_install_date' });
    const wanted = money(1).filter(({ subscription }) => inAugust(subscription!));
    expect(revenue.value).toBeCloseTo(sum(wanted.map(({ amount }) => amount)), 6);
    const active = await adapty.chart('subscriptions_active', { filters, date_type: 'profile_install_date' });
    expect(active.value).toBe(activeAt(world.endMs - 1).filter(inAugust).length);
  });
});

describe('metrics of the emulated Adapty', () => {
  it('have every documented field', async () => {
    const { data } = await adapty.ask('analytics', { chart_id: 'revenue' });
    expect(Object.keys(data)).toEqual(['revenue', 'proceeds', 'net_revenue']);
    expect(data.revenue).toMatchObject({
      value_from: null,
      value_to: null,
      compare_value_from: null,
      compare_value_to: null,
      title: 'Revenue',
      type: 'multi',
      default_aggregation: 'sum',
      metric_name: 'revenue',
      is_json: false,
      unit: 'USD',
      recommended_period: null,
    });
    expect(data.revenue.data).toHaveLength(1);
    expect(data.revenue.data[0]).toMatchObject({ title: 'Total', type: 'total', value: data.revenue.value });
  });

  it('of counts answer under common alone', async () => {
    const { data } = await adapty.ask('analytics', { chart_id: 'installs' });
    expect(Object.keys(data)).toEqual(['common']);
    expect(data.common).toMatchObject({ unit: null, metric_name: 'installs', value: 22_000 });
  });
});

describe('segments of an Adapty chart', () => {
  const segments = async (chartId: string, segmentation: string, filters: object = WHOLE): Promise<Json> => {
    const { data } = await adapty.ask('analytics', { chart_id: chartId, segmentation, filters });
    const [total, ...singles] = (data.common ?? data.revenue).data;
    expect(total).toMatchObject({ title: 'Total', type: 'total' });
    expect(singles.every(({ type }: Json) => type === 'single')).toBe(true);
    return Object.fromEntries(singles.map(({ title, value }: Json) => [title, value]));
  };
  const count = (values: readonly string[]): Record<string, number> =>
    Object.fromEntries([...new Set(values)].map((value) => [value, values.filter((one) => one === value).length]));

  it('by country name the unknown one nothing', async () => {
    const installs = await segments('installs', 'country');
    expect(installs).toEqual(count(world.users.map((_, user) => countryOf(user))));
    expect(installs['']).toBeGreaterThan(0);
  });

  it.each<[string, (one: Subscription) => string]>([
    ['store', ({ store }) => store],
    ['store_product_id', ({ product }) => product.id],
    ['paywall_id', ({ paywall }) => paywall],
    ['placement_id', ({ placement }) => placement],
    ['audience_id', () => 'All Users'],
    ['duration', ({ product }) => ({ weekly: 'Weekly', monthly: 'Monthly' })[product.duration as string] ?? 'Annual'],
    ['offer_category', () => 'introductory'],
    ['offer_type', () => 'free_trial'],
    ['offer_id', () => ''],
    ['attribution_status', ({ user }) => (world.users[user]!.attribution ? 'non-organic' : 'organic')],
  ])('of new trials by %s add up', async (segmentation, valueOf) => {
    expect(await segments('trials_new', segmentation)).toEqual(count(renewing.map(valueOf)));
  });

  it.each<[string, (payments: number) => number[]]>([
    ['period', (payments) => Array.from({ length: payments }, (_, index) => index + 1)],
  ])('of revenue by %s are paid periods', async (segmentation, periodsOf) => {
    const wanted: Record<string, number> = {};
    for (const one of world.subscriptions) {
      const cents = has(one, 'REFUNDED') ? 0 : one.product.priceUsdCents;
      for (const period of periodsOf(paymentsOf(one).length)) wanted[period] = (wanted[period] ?? 0) + cents / 100;
    }
    const found = await segments('revenue', segmentation);
    expect(Object.keys(found).sort()).toEqual(Object.keys(wanted).sort());
    for (const [period, value] of Object.entries(wanted)) expect(found[period]).toBeCloseTo(value, 6);
  });

  it('of expiries by reason know failed payments', async () => {
    const expired = world.subscriptions.filter((one) => has(one, 'EXPIRED') && paymentsOf(one).length > 0);
    const reasons = expired.map((one) => (has(one, 'CANCELLED') ? 'voluntarily_cancelled' : 'billing_error'));
    expect(await segments('subscriptions_expired', 'cancellation_reason')).toEqual(count(reasons));
  });

  it('of active subscriptions by renewal status', async () => {
    const active = activeAt(world.endMs - 1);
    const wanted = count(active.map((one) => (has(one, 'CANCELLED') ? 'cancelled' : 'active')));
    expect(await segments('subscriptions_active', 'renewal_status', { date: ['2026-11-19', '2026-11-19'] })).toEqual(
      wanted,
    );
  });

  it('of arpu by period share all installs', async () => {
    const found = await segments('arpu', 'period');
    const total = await adapty.chart('arpu');
    expect(sum(Object.values<number>(found))).toBeCloseTo(total.value, 6);
  });
});

describe('filters of an Adapty chart', () => {
  it.each<[object, (one: Subscription) => boolean]>([
    [{ country: ['us', 'DE'] }, ({ user }) => ['US', 'DE'].includes(countryOf(user))],
    [{ country: [''] }, ({ user }) => countryOf(user) === ''],
    [{ store: ['app_store', 'my_store'] }, ({ store }) => store === 'app_store'],
    [{ store_product_id: ['premium.weekly'] }, ({ product }) => product.id === 'premium.weekly'],
    [{ duration: ['Annual', 'Weekly'] }, ({ product }) => ['annual', 'weekly'].includes(product.duration)],
    [{ attribution_status: ['organic'] }, ({ user }) => !world.users[user]!.attribution],
    [{ offer_category: ['no_offer'] }, () => false],
    [
      { paywall_id: ['video "v2"'], store: ['stripe'] },
      (one) => one.paywall === 'video "v2"' && one.store === 'stripe',
    ],
    [{ placement_audience_version_id: ['no such experiment'] }, () => false],
    [{ country: [] }, () => true],
    [{ nonsense: ['ignored'] }, () => true],
  ])('%j keeps what it names', async (filter, test) => {
    const series = await adapty.chart('trials_new', { filters: { ...WHOLE, ...filter } });
    expect(series.value).toBe(renewing.filter(test).length);
  });

  it('comparison dates change no number', async () => {
    const compared = { ...WHOLE, compare_date: ['2026-07-01', '2026-07-31'] };
    expect(await adapty.ask('analytics', { chart_id: 'revenue', filters: compared })).toEqual(
      await adapty.ask('analytics', { chart_id: 'revenue' }),
    );
  });
});
