import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DAY_MS } from '../../src/sandbox/world.ts';
import type { Subscription } from '../../src/sandbox/world.ts';
import { countryOf, dayOf, has, paymentsOf, SHARES, startAdaptyClient, sum, unique, WHOLE } from './adapty-client.ts';
import { world } from './adapty-client.ts';
import type { AdaptyClient, Json } from './adapty-client.ts';

let adapty: AdaptyClient;

beforeAll(async () => {
  adapty = await startAdaptyClient();
});
afterAll(() => adapty.close());

const installOf = ({ user }: Subscription): number => world.users[user]!.installedAtMs;
const installedIn =
  (month: string) =>
  (one: Subscription): boolean =>
    dayOf(installOf(one)).startsWith(month);
const dollars = (cents: number, share: number): number => Math.round(cents * share) / 100;

/** Money of a paid period, less what was given back. */
function revenueOf(some: Subscription[], period: number, share: number): number {
  const payers = some.filter((one) => paymentsOf(one).length >= period && !has(one, 'REFUNDED'));
  return sum(payers.map(({ product }) => dollars(product.priceUsdCents, share)));
}

/** Money up to so many days after the install, refunds too. */
function revenueByDay(some: Subscription[], day: number): number {
  return sum(
    some.flatMap((one) =>
      one.steps
        .filter(({ timeMs }) => timeMs < installOf(one) + (day + 1) * DAY_MS)
        .map(({ amountUsdCents }) => amountUsdCents / 100),
    ),
  );
}

describe('cohorts of the emulated Adapty', () => {
  it('are a total and the months', async () => {
    const { data } = await adapty.ask('cohort', {});
    expect(data.map(({ type, title, segment_start_date: start }: Json) => [type, title, start])).toEqual([
      ['total', 'Total', null],
      ...['07', '08', '09', '10', '11'].map((month) => ['single', `2026-${month}-01`, `2026-${month}-01`]),
    ]);
  });

  it('count installs, purchases and payers', async () => {
    const { data } = await adapty.ask('cohort', {});
    for (const row of data.slice(1)) {
      const month = row.title.slice(0, 7);
      const bought = world.subscriptions.filter(installedIn(month)).filter((one) => paymentsOf(one).length > 0);
      expect(row).toMatchObject({
        total_installs: world.users.filter(({ installedAtMs }) => dayOf(installedAtMs).startsWith(month)).length,
        total_subscriptions: bought.length,
        total_paid_subscribers: unique(bought.map(({ user }) => user)),
        predict: null,
      });
    }
  });

  it('show what each paid period brought', async () => {
    const { data } = await adapty.ask('cohort', {});
    for (const row of data.slice(1)) {
      const some = world.subscriptions.filter(installedIn(row.title.slice(0, 7)));
      expect(row.values.map(({ period }: Json) => period)).toEqual(
        row.values.map((_: Json, index: number) => index + 1),
      );
      for (const value of row.values) {
        const payers = some.filter((one) => paymentsOf(one).length >= value.period);
        for (const [name, share] of Object.entries(SHARES)) {
          expect(value[`${name}_usd`]).toBeCloseTo(revenueOf(some, value.period, share), 6);
        }
        expect(value).toMatchObject({
          installs: row.total_installs,
          subscriptions: payers.length,
          subscribers: unique(payers.map(({ user }) => user)),
        });
      }
    }
  });

  it('have averages and shares in percent', async () => {
    const {
      data: [total],
    } = await adapty.ask('cohort', {});
    const [first] = total.values;
    expect(total.total_arpu_usd).toBeCloseTo(total.total_revenue_usd / total.total_installs, 9);
    expect(total.total_apppu_usd).toBeCloseTo(total.total_proceeds_usd / total.total_paid_subscribers, 9);
    expect(total.total_anrpas_usd).toBeCloseTo(total.total_net_revenue_usd / total.total_subscriptions, 9);
    expect(first.arppu_usd).toBeCloseTo(first.revenue_usd / first.subscribers, 9);
    expect(first.anrpu_usd).toBeCloseTo(first.net_revenue_usd / first.installs, 9);
    expect(first.appas_usd).toBeCloseTo(first.proceeds_usd / first.subscriptions, 9);
    expect(first.revenue_relative).toBeCloseTo((100 * first.revenue_usd) / total.total_revenue_usd, 9);
    expect(first).toMatchObject({ subscriptions_relative: 100, subscribers_relative: 100 });
    expect(sum(total.values.map((value: Json) => value.revenue_relative))).toBeCloseTo(100, 9);
  });

  it('end with the period somebody came to', async () => {
    const { data } = await adapty.ask('cohort', { period_unit: 'week' });
    for (const row of data.slice(1)) {
      const [from, until] = [Date.parse(row.title), Date.parse(row.title) + 7 * DAY_MS];
      const some = world.subscriptions.filter((one) => installOf(one) >= from && installOf(one) < until);
      const longest = Math.max(
        1,
        ...some.map(({ product, startedAtMs }) => {
          const first = startedAtMs + product.trialDays * DAY_MS;
          return first >= world.endMs ? 0 : Math.ceil((world.endMs - first) / (product.periodDays * DAY_MS));
        }),
      );
      expect(row.values.at(-1).period).toBe(longest);
      const open = some.some((one) => {
        const isOver = has(one, 'EXPIRED') || has(one, 'REFUNDED') || one.product.duration === 'lifetime';
        return !isOver && paymentsOf(one).length < longest;
      });
      expect(row.values.at(-1).currently_active_period).toBe(open || (longest === 1 && until > world.endMs));
    }
  });

  it('by days add up since the install', async () => {
    const days = [0, 7, 30, 90];
    const { data } = await adapty.ask('cohort', { period_type: 'days', renewal_days: [30, 0, 90, 7] });
    for (const row of data.slice(1)) {
      const some = world.subscriptions.filter(installedIn(row.title.slice(0, 7)));
      const start = Math.max(Date.parse(row.title), Date.parse('2026-07-01'));
      const come = days.filter((day) => start + day * DAY_MS < world.endMs);
      expect(row.values.map(({ period }: Json) => period)).toEqual(come);
      for (const value of row.values) expect(value.revenue_usd).toBeCloseTo(revenueByDay(some, value.period), 6);
    }
    const july = data[1].values.map((value: Json) => value.currently_active_period);
    expect(july).toEqual([false, false, false, false]);
    expect(data.at(-1).values.map((value: Json) => value.currently_active_period)).toEqual([true, true]);
  });

  it('by days have a list of their own', async () => {
    const { data } = await adapty.ask('cohort', { period_type: 'days' });
    expect(data[0].values.map(({ period }: Json) => period)).toEqual([0, 3, 7, 14, 28, 31, 61, 92]);
  });

  it('are filtered by people and by purchases', async () => {
    const filters = { ...WHOLE, country: ['US'], store_product_id: ['premium.weekly'] };
    const {
      data: [total],
    } = await adapty.ask('cohort', { filters });
    const some = world.subscriptions.filter(
      ({ user, product }) => countryOf(user) === 'US' && product.id === 'premium.weekly',
    );
    expect(total).toMatchObject({
      total_installs: world.users.filter((_, user) => countryOf(user) === 'US').length,
      total_subscriptions: some.filter((one) => paymentsOf(one).length > 0).length,
    });
  });

  it.each(['value_type', 'value_field', 'accounting_type', 'prediction_months'])(
    'do not depend on %s',
    async (field) => {
      const value = { value_type: 'relative', value_field: 'arpu', accounting_type: 'proceeds', prediction_months: 3 };
      const asked = await adapty.ask('cohort', { [field]: value[field as keyof typeof value] });
      expect(asked).toEqual(await adapty.ask('cohort', {}));
    },
  );
});
