import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Subscription } from '../../src/sandbox/world.ts';
import { countryOf, dayOf, has, paymentsOf, renewing, startAdaptyClient, sum, unique, WHOLE } from './adapty-client.ts';
import { world } from './adapty-client.ts';
import type { AdaptyClient, Json } from './adapty-client.ts';

const AUTUMN = { date: ['2026-09-01', '2026-10-31'] };
const PERIOD_MONTHS = 365 / 12;
let adapty: AdaptyClient;

beforeAll(async () => {
  adapty = await startAdaptyClient();
});
afterAll(() => adapty.close());

const isAutumn = (ms: number): boolean => dayOf(ms) >= '2026-09-01' && dayOf(ms) <= '2026-10-31';
const installOf = (user: number): number => world.users[user]!.installedAtMs;
const paid = (one: Subscription): number => paymentsOf(one).length;
const usersOf = (some: Subscription[]): number => unique(some.map(({ user }) => user));
const installed = world.users.filter(({ installedAtMs }) => isAutumn(installedAtMs)).length;
const ofInstalled = renewing.filter(({ user }) => isAutumn(installOf(user)));
const trials = renewing.filter(({ startedAtMs }) => isAutumn(startedAtMs));
const atPeriod = (period: number): Subscription[] =>
  renewing.filter((one) => paid(one) >= period && isAutumn(paymentsOf(one)[period - 1]!.timeMs));

describe('conversion of the emulated Adapty', () => {
  it.each<[unknown, unknown, string, () => [number, number]]>([
    [null, 0, 'install_trial', () => [installed, usersOf(ofInstalled)]],
    [null, '1', 'install_paid', () => [installed, usersOf(ofInstalled.filter((one) => paid(one) > 0))]],
    [0, 1, 'trial_paid', () => [trials.length, trials.filter((one) => paid(one) > 0).length]],
    ['1', '2', 'from_paid_to_2_period_conversion', () => to(1, (one) => paid(one) >= 2)],
    [2, 3, 'from_2_period_to_3_period_conversion', () => to(2, (one) => paid(one) >= 3)],
    [
      1,
      '6+',
      'from_paid_to_6_months_conversion',
      () => to(1, (one) => paid(one) * one.product.periodDays >= 6 * PERIOD_MONTHS),
    ],
  ])('from %s to %s is %s', async (from, period, name, count) => {
    const [starts, ends] = count();
    const body = { filters: AUTUMN, from_period: from, to_period: period };
    const metric = await adapty.ask('conversion', body);
    expect(metric).toMatchObject({ metric_name: name, unit: 'percent', value_from: starts, value_to: ends });
    expect(metric.value).toBeCloseTo((100 * ends) / starts, 9);
    expect(metric.data).toHaveLength(1);
    expect(metric.data[0]).toMatchObject({ title: 'Total', type: 'total', value: metric.value });
  });

  const to = (from: number, test: (one: Subscription) => boolean): [number, number] => [
    atPeriod(from).length,
    atPeriod(from).filter(test).length,
  ];

  it('by month is that of those who began', async () => {
    const metric = await adapty.ask('conversion', { filters: AUTUMN, from_period: 0, to_period: 1 });
    for (const { x, y } of metric.data[0].values) {
      const began = renewing.filter(({ startedAtMs }) => dayOf(startedAtMs).startsWith(x.slice(0, 7)));
      expect(y).toBeCloseTo((100 * began.filter((one) => paid(one) > 0).length) / began.length, 9);
    }
  });

  it('by install date counts from the install', async () => {
    const body = { filters: AUTUMN, from_period: 0, to_period: 1, date_type: 'profile_install_date' };
    const metric = await adapty.ask('conversion', body);
    expect(metric).toMatchObject({
      value_from: ofInstalled.length,
      value_to: ofInstalled.filter((one) => paid(one) > 0).length,
    });
  });

  it('compares the counts of another range', async () => {
    const body = { from_period: null, to_period: 1 };
    const filters = { ...AUTUMN, compare_date: ['2026-08-01', '2026-08-31'] };
    const [metric, august] = await Promise.all([
      adapty.ask('conversion', { ...body, filters }),
      adapty.ask('conversion', { ...body, filters: { date: filters.compare_date } }),
    ]);
    expect(metric.compare_value_from).toBe(august.value_from);
    expect(metric.compare_value_to).toBe(august.value_to);
    expect(august).toMatchObject({ compare_value_from: null, compare_value_to: null });
  });

  it('by country divides by its own installs', async () => {
    const body = { from_period: null, to_period: 1, segmentation: 'country' };
    const { data } = await adapty.ask('conversion', body);
    for (const { title, value } of data.slice(1)) {
      const there = world.users.filter((_, user) => countryOf(user) === title).length;
      const payers = usersOf(renewing.filter((one) => countryOf(one.user) === title && paid(one) > 0));
      expect(value).toBeCloseTo((100 * payers) / there, 9);
    }
  });

  it('by product divides by all installs', async () => {
    const body = { from_period: null, to_period: 1, segmentation: 'store_product_id' };
    const { data } = await adapty.ask('conversion', body);
    const titles = data.map(({ title }: Json) => title);
    expect([...titles].sort()).toEqual(['Total', 'premium.annual', 'premium.monthly', 'premium.weekly']);
    const payers = renewing.filter((one) => paid(one) > 0).reverse();
    // Somebody with two products counts for the first.
    const first = new Map(payers.map((one) => [one.user, one.product.id]));
    for (const { title, value } of data.slice(1)) {
      const count = [...first.values()].filter((product) => product === title).length;
      expect(value).toBeCloseTo((100 * count) / world.users.length, 9);
    }
  });
});

describe('funnel of the emulated Adapty', () => {
  const viewers = new Set<number>();
  const view = world.events.names.indexOf('paywall_view');
  world.events.name.forEach((name, event) => {
    if (name === view) viewers.add(world.events.user[event]!);
  });
  const sizes = [
    installed,
    [...viewers].filter((user) => isAutumn(installOf(user))).length,
    usersOf(ofInstalled),
    usersOf(ofInstalled.filter((one) => paid(one) >= 1)),
    usersOf(ofInstalled.filter((one) => paid(one) >= 2)),
    usersOf(ofInstalled.filter((one) => paid(one) >= 3)),
  ];

  it('goes from the install to renewals', async () => {
    const {
      data: [total],
    } = await adapty.ask('funnel', { filters: AUTUMN });
    expect(total).toMatchObject({ title: 'Total', type: 'total' });
    const steps = total.values.slice(0, sizes.length);
    expect(steps.map(({ period, title, value }: Json) => [period, title, value])).toEqual([
      [-2, 'Install', sizes[0]],
      [-1, 'Paywall displayed', sizes[1]],
      [0, 'Trial', sizes[2]],
      [1, 'Paid', sizes[3]],
      [2, 'Renewal 1', sizes[4]],
      [3, 'Renewal 2', sizes[5]],
    ]);
    expect(total.values.at(-1).period).toBe(Math.max(...ofInstalled.map(paid)));
    expect(total.values.at(-1).following_changes).toBeNull();
  });

  it('measures shares of the first and previous step', async () => {
    const {
      data: [total],
    } = await adapty.ask('funnel', { filters: AUTUMN });
    for (const index of [1, 2, 3, 4]) {
      const [size, before, after] = [sizes[index]!, sizes[index - 1]!, sizes[index + 1]!];
      expect(total.values[index].value_relative).toBeCloseTo((100 * size) / installed, 9);
      expect(total.values[index].relative_changes).toBeCloseTo((100 * size) / before, 9);
      expect(total.values[index].following_changes).toMatchObject({ value: size - after });
    }
  });

  it('knows why people left trials', async () => {
    const {
      data: [total],
    } = await adapty.ask('funnel', { filters: AUTUMN });
    const [install, , trial, first] = total.values;
    expect(install).toMatchObject({ churn_reason_title: null, churn_reasons: [], values: [] });
    const lost = ofInstalled.filter((one) => paid(one) === 0 && has(one, 'EXPIRED'));
    expect(trial.churn_reasons).toMatchObject([{ title: 'voluntarily_cancelled', value: usersOf(lost) }]);
    const refunded = usersOf(ofInstalled.filter((one) => paid(one) === 1 && has(one, 'REFUNDED')));
    expect(first.churn_reasons.find(({ title }: Json) => title === 'refund').value).toBe(refunded);
  });

  it.each(['absolute', 'both', 'relative'])('has buckets of installs, %s', async (show) => {
    const {
      data: [total],
    } = await adapty.ask('funnel', { filters: AUTUMN, period_unit: 'month', show_value_as: show });
    const [install, , trial] = total.values;
    expect(trial.values).toHaveLength(2);
    const september = ofInstalled.filter(({ user }) => dayOf(installOf(user)) < '2026-10-01');
    const there = world.users.filter(({ installedAtMs }) => dayOf(installedAtMs).startsWith('2026-09')).length;
    const isRelative = show === 'relative';
    expect(install.values[0]).toEqual({ x: '2026-09-01T00:00:00.000000+0000', y: isRelative ? 100 : there });
    expect(trial.values[0].y).toBeCloseTo(isRelative ? (100 * usersOf(september)) / there : usersOf(september), 9);
  });

  it('by store adds up to the total', async () => {
    const {
      data: [total, ...stores],
    } = await adapty.ask('funnel', { filters: WHOLE, segmentation: 'store' });
    expect(stores).toHaveLength(3);
    for (const index of [0, 1, 2, 3]) {
      expect(sum(stores.map(({ values }: Json) => values[index].value))).toBe(total.values[index].value);
    }
  });

  it('of one product begins with everybody', async () => {
    const filters = { ...AUTUMN, duration: ['Weekly'] };
    const {
      data: [total],
    } = await adapty.ask('funnel', { filters });
    expect(total.values[0].value).toBe(installed);
    expect(total.values[2].value).toBe(usersOf(ofInstalled.filter(({ product }) => product.duration === 'weekly')));
  });

  it('without purchases ends with nobody paying', async () => {
    const filters = { ...AUTUMN, store_product_id: ['no such product'] };
    const { data } = await adapty.ask('funnel', { filters });
    expect(data[0].values.map(({ period, value }: Json) => [period, value]).slice(2)).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });
});
