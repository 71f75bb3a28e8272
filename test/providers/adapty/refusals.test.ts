import { describe, expect, it } from 'vitest';
import type { CapabilityName } from '../../../src/analytics/provider.ts';
import { failureOf } from '../../support/failure-of.ts';
import { days, filter, IN_2024, selection, startAdapty } from './start-adapty.ts';

type Json = Readonly<Record<string, unknown>>;

/** Ask what must be refused: nothing may be sent. */
async function refusalOf(capability: CapabilityName, question: Json, config: Json = {}) {
  await using adapty = await startAdapty({}, config);
  const error = await failureOf(adapty.ask(capability, question));
  expect(adapty.server.asked).toEqual([]);
  return error;
}

const metric = (key: string, more: Json = {}, options: Json = {}): Json => ({
  select: [selection(key, { options })],
  ...more,
});
const TWO_YEARS = { period: days('2024-10-01', '2026-09-30') };
const paid = (period: number, orLater = false) => ({ subscription: { stage: 'PAID', period, orLater } });

describe('a question that Adapty cannot answer', () => {
  it.each<[title: string, capability: CapabilityName, question: Json, says: string]>([
    ['days of more than a year', 'metrics', { ...TWO_YEARS, interval: 'DAY' }, 'at most 365 days'],
    ['days of more than a year', 'cohort-analysis', { ...TWO_YEARS, interval: 'DAY' }, 'at most 365 days'],
    ['hours', 'metrics', { interval: 'HOUR' }, 'Allowed: DAY, WEEK, MONTH, QUARTER, YEAR, TOTAL'],
    ['two dimensions', 'metrics', { breakdown: ['country', 'store'] }, 'at most 1'],
    ['installs by product', 'metrics', metric('installs', { breakdown: ['product'] }), 'the chart installs by product'],
    ['installs of a product', 'metrics', metric('installs', { filters: [filter('product', 'a')] }), 'country, store'],
    ['expiries of an offer', 'metrics', metric('trials_expired', { filters: [filter('offer_id', 'a')] }), 'It takes:'],
    [
      'revenue by reason',
      'metrics',
      metric('revenue', { breakdown: ['cancellation_reason'] }),
      'renewal_status, period',
    ],
    [
      'a filter that excludes',
      'metrics',
      { filters: [{ ...filter('store', 'a'), operator: 'IS_NOT' }] },
      'Allowed: IS',
    ],
    ['an offset as time zone', 'metrics', { timezone: '+02:00' }, 'Europe/Stockholm'],
    [
      'half a day',
      'metrics',
      { period: { instants: { from: '2026-10-01T06:00:00Z', to: '2026-10-02T00:00:00Z' } } },
      'whole days',
    ],
    ['a conversion from later', 'conversions', { from: paid(1, true), to: paid(3) }, 'orLater'],
    ['a conversion to five or later', 'conversions', { to: paid(5, true) }, '6, 12, 24'],
    ['a conversion of events', 'conversions', { from: { event: 'a' } }, 'Allowed: subscription'],
    ['groups and cohorts at once', 'retention', { breakdown: ['store'] }, 'interval TOTAL'],
    ['groups and cohorts at once', 'lifetime-value', { breakdown: ['store'] }, 'interval TOTAL'],
    [
      'lifetime values by channel',
      'lifetime-value',
      { breakdown: ['channel'], interval: 'TOTAL' },
      'paywalls_group_id',
    ],
    ['retention by offer', 'retention', { breakdown: ['offer_id'], interval: 'TOTAL' }, 'cancellation_reason'],
    ['cohorts by country', 'cohort-analysis', { breakdown: ['country'] }, 'at most 0'],
    ['cohorts by their own periods', 'cohort-analysis', { offsetBy: 'PERIOD' }, 'Allowed: RENEWAL, DAY'],
    ['lifetime values by period', 'lifetime-value', { offsetBy: 'PERIOD' }, 'Allowed: RENEWAL, DAY'],
    ["steps of one's own", 'funnels', { steps: ['a', 'b'].map((event) => ({ event, filters: [] })) }, 'leave them out'],
  ])('is refused: %s of %s', async (_title, capability, question, says) => {
    const error = await refusalOf(capability, question);
    expect(error).toMatchObject({ code: 'QUERY_NOT_SUPPORTED' });
    expect(error.message).toContain(says);
  });

  it.each(['mrr', 'installs', 'refund_money_proceeds'])('is refused in 2024: the metric %s', async (key) => {
    const error = await refusalOf('metrics', metric(key), IN_2024);
    expect(error).toMatchObject({ code: 'QUERY_NOT_SUPPORTED' });
    expect(error.message).toContain('Allowed: revenue, proceeds, net_revenue');
  });

  it('may still be asked in 2024 by the id of a chart', async () => {
    await using adapty = await startAdapty({}, IN_2024);
    await adapty.ask('metrics', metric('other_chart', {}, { chartId: 'mrr', accounting: 'NET' }));
    expect(adapty.server.asked).toMatchObject([{ body: { chart_id: 'mrr' } }]);
  });
});

describe('a question that makes no sense', () => {
  it.each<[title: string, capability: CapabilityName, question: Json, says: string]>([
    ['a chart without an id', 'metrics', metric('other_chart'), 'chartId'],
    ['an id for a chart of the catalog', 'metrics', metric('mrr', {}, { chartId: 'arr' }), 'other_chart'],
    ['a metric that is misspelt', 'metrics', metric('revenu'), 'Did you mean'],
    ['filters that leave nothing', 'metrics', { filters: [filter('store', 'a'), filter('store', 'b')] }, 'exclude'],
    ['a way back', 'conversions', { from: paid(2), to: paid(1) }, 'later stage'],
    ['an option of another version', 'retention', { options: { valueType: 'relative' } }, 'valueType'],
    ['a dimension of another version', 'funnels', { filters: [filter('ab_test_id', 'a')] }, 'ab_test_id'],
  ])('is refused: %s', async (_title, capability, question, says) => {
    const error = await refusalOf(capability, question);
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(error.message).toContain(says);
  });

  it.each([
    [filter('product', 'com.acme.pro'), 'slash'],
    [filter('renewal_period', 'first'), 'number'],
  ])('is refused in 2024: %j', async (one, says) => {
    const error = await refusalOf('metrics', { filters: [one] }, IN_2024);
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(error.message).toContain(says);
  });
});
