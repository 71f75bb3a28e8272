import { describe, expect, it } from 'vitest';

import { DAY_MS, PRODUCTS } from '../../src/sandbox/world.ts';
import type { Subscription, SubscriptionStepKind } from '../../src/sandbox/world.ts';
import { startAdaptyClient, world } from './adapty-client.ts';
import type { Json } from './adapty-client.ts';

const END_MS = world.endMs;
const [WEEKLY, MONTHLY] = PRODUCTS;
const NOVEMBER = { date: ['2026-11-01', '2026-11-20'] };

/** A subscription of one person with hand-made steps, in days before the end of the world. */
function subscribe(product: typeof WEEKLY, steps: [SubscriptionStepKind, number][]): Subscription {
  const pays = ['TRIAL_CONVERTED', 'RENEWED'];
  return {
    ...world.subscriptions[0]!,
    user: 0,
    product: product!,
    startedAtMs: END_MS - steps[0]![1] * DAY_MS,
    steps: steps.map(([kind, daysAgo]) => ({
      kind,
      timeMs: END_MS - daysAgo * DAY_MS,
      amountUsdCents: pays.includes(kind) ? 1000 : kind === 'REFUNDED' ? -1000 : 0,
    })),
  };
}

/** Asks about one person who installed at a midnight, 18 days before the end. */
async function askAbout(
  subscriptions: Subscription[],
  name: string,
  body: Record<string, unknown> = {},
): Promise<Json> {
  const users = [{ ...world.users[0]!, installedAtMs: END_MS - 18 * DAY_MS }];
  const adapty = await startAdaptyClient({ world: { ...world, users, subscriptions } });
  const answer = await adapty.ask(name, { filters: NOVEMBER, ...body });
  await adapty.close();
  return answer;
}

const trial: [SubscriptionStepKind, number] = ['TRIAL_STARTED', 17];
const converted: [SubscriptionStepKind, number] = ['TRIAL_CONVERTED', 14];

describe('instants at the edge of Adapty periods', () => {
  it('an install at midnight is the new day', async () => {
    const { data } = await askAbout([], 'analytics', { chart_id: 'installs', period_unit: 'day' });
    const [day] = data.common.data[0].values.filter(({ y }: Json) => y > 0);
    expect(day).toEqual({ x: '2026-11-02T00:00:00.000000+0000', y: 1 });
  });

  it('a renewal at midnight leaves one active', async () => {
    const one = subscribe(WEEKLY, [trial, converted, ['RENEWED', 7]]);
    const body = { chart_id: 'subscriptions_active', period_unit: 'day' };
    const { data } = await askAbout([one], 'analytics', body);
    const counts = data.common.data[0].values.map(({ y }: Json) => y);
    expect(counts).toEqual([...Array<number>(5).fill(0), ...Array<number>(15).fill(1)]);
  });

  it('a payment due at the end has not come', async () => {
    const one = subscribe(WEEKLY, [trial, converted, ['RENEWED', 7]]);
    const { data } = await askAbout([one], 'retention');
    expect(data[0].values.map(({ period }: Json) => period)).toEqual([1, 2]);
  });

  it('a failed payment shows the missed period', async () => {
    const one = subscribe(WEEKLY, [trial, converted, ['BILLING_ISSUE', 7], ['EXPIRED', 6]]);
    const { data } = await askAbout([one], 'retention');
    expect(data[0].values.map(({ value }: Json) => value)).toEqual([1, 0]);
  });
});

describe('odd lives in the emulated Adapty', () => {
  it('a refund closes the period for good', async () => {
    const lives = [['CANCELLED', 12] as const, ['REFUNDED', 12] as const].map(([kind, daysAgo]) =>
      askAbout(
        [
          subscribe(MONTHLY, [
            ['TRIAL_STARTED', 18],
            ['TRIAL_CONVERTED', 13],
            [kind, daysAgo],
          ]),
        ],
        'cohort',
        {
          filters: { date: ['2026-11-02', '2026-11-02'] },
        },
      ),
    );
    const [cancelled, refunded] = (await Promise.all(lives)).map(({ data }) => data[0].values);
    expect(cancelled).toMatchObject([{ revenue_usd: 10, currently_active_period: false }]);
    expect(refunded).toMatchObject([{ revenue_usd: 0, subscribers: 1, currently_active_period: false }]);
  });

  it('a running trial keeps the first period open', async () => {
    const filters = { date: ['2026-11-02', '2026-11-02'] };
    const life = subscribe(MONTHLY, [['TRIAL_STARTED', 5]]);
    const refunded = subscribe(WEEKLY, [trial, converted, ['REFUNDED', 13]]);
    const isOpen = async (lives: Subscription[]): Promise<boolean> =>
      (await askAbout(lives, 'cohort', { filters })).data[0].values.at(-1).currently_active_period;
    expect(await isOpen([life])).toBe(true);
    expect(await isOpen([refunded])).toBe(false);
  });

  it('two products of one person convert once', async () => {
    const lives = [subscribe(WEEKLY, [trial, converted]), subscribe(MONTHLY, [trial, converted])];
    const body = { from_period: null, to_period: 1, segmentation: 'store_product_id' };
    const { value_to: converts, data } = await askAbout(lives, 'conversion', body);
    expect(converts).toBe(1);
    expect(data.map(({ title, value }: Json) => [title, value])).toEqual([
      ['Total', 100],
      ['premium.weekly', 100],
    ]);
  });

  it('nobody at all divides by nothing', async () => {
    const filters = { date: ['2026-01-01', '2026-01-31'] };
    const chart = await askAbout([], 'analytics', { chart_id: 'arpu', filters });
    expect(chart.data.revenue.data[0].values).toMatchObject([{ y: 0 }]);
    const ltv = await askAbout([], 'ltv', { filters });
    expect(ltv.revenue.data).toEqual([{ title: 'Total', type: 'total', value: 0, values: [], cohort_size: 0 }]);
    const conversion = await askAbout([], 'conversion', { filters, from_period: null, to_period: 1 });
    expect(conversion).toMatchObject({ value: 0, value_from: 0, value_to: 0 });
  });
});
