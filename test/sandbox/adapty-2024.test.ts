import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import adaptyEmulator from '../../src/sandbox/adapty/index.ts';
import { startAdapty } from '../../src/sandbox/adapty/start-adapty.ts';
import { createWorld } from '../../src/sandbox/world.ts';
import { dayOf, renewing, startAdaptyClient, WHOLE, world } from './adapty-client.ts';
import type { AdaptyClient, Json } from './adapty-client.ts';

const clock = (): number => Date.UTC(2026, 10, 20, 12);
let old: AdaptyClient;
let today: AdaptyClient;

beforeAll(async () => {
  old = await startAdaptyClient({ apiVersion: '2024' });
  today = await startAdaptyClient();
});
afterAll(() => Promise.all([old.close(), today.close()]));

/** Every filter the old document shows, in its own forms. */
const DOCUMENTED = {
  ...WHOLE,
  compare_date: WHOLE.date,
  date_from: '2019-08-24T14:15:22Z',
  date_to: '2019-08-24T14:15:22Z',
  compare_date_from: '2019-08-24T14:15:22Z',
  compare_date_to: '2019-08-24T14:15:22Z',
  state: ['live'],
  subscription_duration: 0,
  timezone: 'UTC',
  profiles_counting_method: 'profile_id',
};

describe('Adapty as of 2024', () => {
  it('charts revenue unless told otherwise', async () => {
    const { data } = await old.ask('analytics', { filters: DOCUMENTED, date_type: 'purchase_date' });
    expect(data.revenue).toMatchObject({ metric_name: 'revenue' });
    expect({ data }).toEqual(await today.ask('analytics', { chart_id: 'revenue' }));
    expect(await old.ask('analytics', { chart_id: 'mrr' })).toEqual(await today.ask('analytics', { chart_id: 'mrr' }));
  });

  it.each(['analytics', 'conversion', 'funnel', 'retention'])('%s has segmentation_by', async (name) => {
    const body = { chart_id: 'revenue', from_period: null, to_period: 1 };
    const asked = await old.ask(name, { ...body, segmentation_by: 'country' });
    expect(asked).toEqual(await today.ask(name, { ...body, segmentation: 'country' }));
    expect(await old.ask(name, { ...body, segmentation: 'country' })).toEqual(await today.ask(name, body));
  });

  it('lifetime value has segmentation alone', async () => {
    const body = { segmentation: 'day', value_type: 'absolute', period_type: 'renewals', period_unit: 'month' };
    expect(await old.ask('ltv', body)).toEqual(await today.ask('ltv', body));
    expect((await old.ask('ltv', { segmentation_by: 'country' })).revenue.data).toHaveLength(1);
  });

  it('segments anything by its one app', async () => {
    const { data } = await old.ask('analytics', { segmentation_by: 'app_id' });
    expect(data.revenue.data.map(({ title }: Json) => title)).toEqual([
      'Total',
      '497f6eca-6276-4993-bfeb-53cbbbba6f08',
    ]);
  });

  it('converts installs to payments by default', async () => {
    const metric = await old.ask('conversion', { filters: DOCUMENTED });
    expect(metric.metric_name).toBe('install_paid');
    const whole = await old.ask('conversion', { period_unit: 'none' });
    expect(whole.data[0].values).toEqual([{ x: '2026-07-01T00:00:00.000000+0000', y: metric.value }]);
  });

  it('reads the format of cohorts from the address', async () => {
    const asked = await old.send('cohort/?format=csv', { filters: WHOLE });
    const { body } = await today.send('cohort/', { filters: WHOLE, format: 'csv' });
    expect(asked.body).toBe(body);
    expect((await old.send('cohort/?format=xml', { filters: WHOLE })).status).toBe(400);
    expect((await today.send('cohort/?format=csv', { filters: WHOLE })).headers.get('content-type')).toContain('json');
  });

  it.each<[object, (one: (typeof renewing)[number]) => boolean]>([
    [{ store_product_id: [['premium.weekly', 'premium.annual']] }, ({ product }) => product.duration !== 'monthly'],
    [{ paywall_id: ['classic'] }, ({ paywall }) => paywall === 'classic'],
    [{ placement_id: ['settings'] }, ({ placement }) => placement === 'settings'],
    [{ audience_id: ['nobody'] }, () => false],
    [{ ab_test_id: ['497f6eca-6276-4993-bfeb-53cbbbba6f08'] }, () => false],
    [{ app_id: ['497f6eca-6276-4993-bfeb-53cbbbba6f08'] }, () => true],
    [{ renewal_period: [0] }, () => true],
    [{ renewal_period: [1, 2] }, () => false],
    [{ offer_id: ['of no meaning yet'] }, () => true],
  ])('filters trials by %j', async (filter, test) => {
    const series = await old.chart('trials_new', { filters: { ...WHOLE, ...filter } });
    expect(series.value).toBe(renewing.filter(test).length);
  });

  it('takes the time zone of the filters', async () => {
    const filters = { date: ['2026-10-05', '2026-10-05'], timezone: 'Asia/Tokyo' };
    const body = { filters, period_unit: 'day' };
    const there = world.users.filter(({ installedAtMs }) => dayOf(installedAtMs, 9) === '2026-10-05').length;
    expect((await old.chart('installs', body)).values).toEqual([{ x: '2026-10-05T00:00:00.000000+0900', y: there }]);
    const other = await old.chart('installs', body, { 'adapty-tz': 'UTC' });
    expect(other.values[0].x).toBe('2026-10-05T00:00:00.000000+0000');
  });

  it.each<[string, object, string]>([
    ['analytics', { filters: { ...WHOLE, state: ['dead'] } }, 'filters.state.0'],
    ['analytics', { filters: { ...WHOLE, profiles_counting_method: 'x' } }, 'filters.profiles_counting_method'],
    ['analytics', { filters: { ...WHOLE, date_from: 'yesterday' } }, 'filters.date_from'],
    ['analytics', { filters: { ...WHOLE, timezone: 'Mars/Base' } }, 'filters.timezone'],
    ['funnel', { date_type: 'x' }, 'date_type'],
    ['retention', { value_type: 'x' }, 'value_type'],
    ['funnel', { segmentation_by: 'x' }, 'segmentation_by'],
  ])('%s refuses %j', async (name, body, source) => {
    const answer = await old.send(`${name}/`, { filters: WHOLE, ...body });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].source).toBe(source);
  });
});

describe('the emulated Adapty', () => {
  it('tells how to be configured', async () => {
    const emulator = await adaptyEmulator.start({ world, clock });
    expect(emulator.dataSource).toEqual({
      key: 'sandbox-adapty',
      name: 'Sandbox (Adapty)',
      provider: 'adapty',
      baseUrl: emulator.baseUrl,
      secretKey: 'secret_live_sandbox.0000000000000000000000000000000',
      timezone: 'UTC',
      apiVersion: '2026',
    });
    await emulator.close();
  });

  it('speaks no other version', async () => {
    await expect(startAdapty({ world, clock, apiVersion: '2025' })).rejects.toThrow('2026 and 2024, not "2025"');
  });

  it('keeps its people beside own events', async () => {
    const own = { ...createWorld({ today: '2026-11-20' }), firstEventUser: 22_000 };
    const guest = own.users[0]!;
    const mixed = await startAdaptyClient({ world: { ...own, users: [...own.users, guest] } });
    expect((await mixed.chart('installs')).value).toBe(22_000);
    await mixed.close();
  });
});
