import { describe, expect, it } from 'vitest';
import type { CapabilityName } from '../../../src/analytics/provider.ts';
import { DOCUMENTED } from './documented-requests.ts';
import { sampleConfig } from './sample-config.ts';
import { days, filter, selection, startAdapty, type Endpoint } from './start-adapty.ts';

const DATE = { date: ['2026-10-01', '2026-10-31'] };
const IN_UTC = { ...DATE, timezone: 'UTC' };
const ID = '497f6eca-6276-4993-bfeb-53cbbbba6f08';

type Json = Readonly<Record<string, unknown>>;

/** A question, and the body that it must lead to. */
type Row = readonly [title: string, question: Json, body: Json];

const metric = (key: string, options: Json = {}, more: Json = {}): Json => ({
  select: [selection(key, { options })],
  ...more,
});
const from = (stage: string, period?: number) => ({ subscription: { stage, period, orLater: false } });
const orLater = (period: number) => ({ subscription: { stage: 'PAID', period, orLater: true } });

const FILTERS_2026: readonly [dimension: string, word: string, value: string][] = [
  ['store', 'store', 'stripe'],
  ['country', 'country', 'SE'],
  ['product', 'store_product_id', 'com.acme.pro'],
  ['subscription_duration', 'duration', '6 months'],
  ['network', 'attribution_source', 'branch'],
  ['attribution_status', 'attribution_status', 'non-organic'],
  ['channel', 'attribution_channel', 'a'],
  ['campaign', 'attribution_campaign', 'b'],
  ['ad_group', 'attribution_adgroup', 'c'],
  ['ad_set', 'attribution_adset', 'd'],
  ['creative', 'attribution_creative', 'e'],
  ['offer_category', 'offer_category', 'win_back'],
  ['offer_type', 'offer_type', 'pay_up_front'],
  ['offer_id', 'offer_id', 'f'],
];

const FILTERS_2024: readonly (readonly [dimension: string, word: string, value: string, wire?: unknown])[] = [
  ...FILTERS_2026.filter(([dimension]) => dimension !== 'product' && !dimension.startsWith('offer')),
  ['product', 'store_product_id', 'app_store/com.acme.pro', ['app_store', 'com.acme.pro']],
  ['app', 'app_id', ID],
  ['placement', 'placement_id', ID],
  ['audience', 'audience_id', ID],
  ['ab_test_id', 'ab_test_id', ID],
  ['paywalls_group_id', 'paywalls_group_id', ID],
  ['paywall', 'paywall_id', ID],
  ['placement_audience_version_id', 'placement_audience_version_id', ID],
  ['state', 'state', 'live'],
  ['purchase_container_id', 'purchase_container_id', ID],
  ['renewal_period', 'renewal_period', '3', 3],
];

const toFilters = (rows: readonly (readonly [string, string, string, unknown?])[]) =>
  rows.map(([dimension, , value]) => filter(dimension, value));
const toWords = (rows: readonly (readonly [string, string, string, unknown?])[]) =>
  Object.fromEntries(rows.map(([, word, value, wire]) => [word, [wire ?? value]]));

const ALL_2026 = { filters: toFilters(FILTERS_2026) };
const SENT_2026 = { ...DATE, ...toWords(FILTERS_2026) };
const ALL_2024 = { filters: toFilters(FILTERS_2024) };
const SENT_2024 = { ...IN_UTC, ...toWords(FILTERS_2024) };
const SINGLE_2024 = { subscriptionDuration: 30, profilesCountingMethod: 'customer_user_id' };
const SENT_SINGLE = { ...IN_UTC, subscription_duration: 30, profiles_counting_method: 'customer_user_id' };

const COHORT = {
  filters: DATE,
  period_unit: 'month',
  period_type: 'renewals',
  value_field: 'revenue',
  accounting_type: 'revenue',
};
const CONVERSION = { filters: DATE, period_unit: 'month', from_period: null, to_period: 1 };
const LTV = { filters: DATE, period_unit: 'month', period_type: 'renewals', segmentation: 'month' };
const RETENTION = { filters: DATE, period_unit: 'month', use_trial: false };
const BY_STORE = { breakdown: ['store'], interval: 'TOTAL' };

const ROWS_2026: Readonly<Record<Endpoint, readonly Row[]>> = {
  analytics: [
    ['names its chart', metric('revenue'), { filters: DATE, period_unit: 'month', chart_id: 'revenue' }],
    ['filters', metric('mrr', {}, ALL_2026), { filters: SENT_2026, period_unit: 'month', chart_id: 'mrr' }],
    [
      'splits',
      metric('arr', {}, { breakdown: ['offer_type'] }),
      { filters: DATE, period_unit: 'month', chart_id: 'arr', segmentation: 'offer_type' },
    ],
    [
      'splits by its own words',
      metric('installs', {}, { breakdown: ['network'] }),
      { filters: DATE, period_unit: 'month', chart_id: 'installs', segmentation: 'attribution_source' },
    ],
    [
      'counts by the day of the install',
      metric('arpu', { dateType: 'profile_install_date' }),
      { filters: DATE, period_unit: 'month', chart_id: 'arpu', date_type: 'profile_install_date' },
    ],
    [
      'asks for another chart',
      metric('other_chart', { chartId: 'paywall_view_paid' }),
      { filters: DATE, period_unit: 'month', chart_id: 'paywall_view_paid' },
    ],
    [
      'keeps what is seen to work',
      metric('revenue', { paywallIds: ['a'], placementAudienceVersionIds: ['b', 'c'] }),
      {
        filters: { ...DATE, paywall_id: ['a'], placement_audience_version_id: ['b', 'c'] },
        period_unit: 'month',
        chart_id: 'revenue',
      },
    ],
    ...(['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const).map((interval): Row => [
      `says ${interval} in small letters`,
      { interval },
      { filters: DATE, period_unit: interval.toLowerCase(), chart_id: 'revenue' },
    ]),
  ],
  cohort: [
    ['counts renewals', {}, COHORT],
    ['counts days', { offsetBy: 'DAY', days: [0, 7] }, { ...COHORT, period_type: 'days', renewal_days: [0, 7] }],
    ['takes the days of Adapty', { offsetBy: 'DAY' }, { ...COHORT, period_type: 'days' }],
    ...['REVENUE', 'ARPU', 'ARPPU', 'ARPAS', 'SUBSCRIBERS', 'SUBSCRIPTIONS'].map((measure): Row => [
      `measures ${measure}`,
      { measure },
      { ...COHORT, value_field: measure.toLowerCase() },
    ]),
    ['wants proceeds', { accounting: 'PROCEEDS' }, { ...COHORT, accounting_type: 'proceeds' }],
    ['wants net revenue', { accounting: 'NET' }, { ...COHORT, accounting_type: 'net_revenue' }],
    [
      'passes its options on',
      { options: { valueType: 'absolute', predictionMonths: 24 } },
      { ...COHORT, value_type: 'absolute', prediction_months: 24 },
    ],
    ['filters', ALL_2026, { ...COHORT, filters: SENT_2026 }],
    ['has cohorts of a week', { interval: 'WEEK' }, { ...COHORT, period_unit: 'week' }],
  ],
  conversion: [
    ['goes from install to the first paid period', {}, CONVERSION],
    ['goes from install to trial', { to: from('TRIAL') }, { ...CONVERSION, to_period: 0 }],
    ['goes from trial to paid', { from: from('TRIAL') }, { ...CONVERSION, from_period: 0 }],
    [
      'goes from one paid period to another',
      { from: from('PAID', 2), to: from('PAID', 5) },
      { ...CONVERSION, from_period: 2, to_period: 5 },
    ],
    ...[6, 12, 24].map((period): Row => [
      `goes to ${period} months or more`,
      { from: from('PAID'), to: orLater(period) },
      { ...CONVERSION, from_period: 1, to_period: `${period}+` },
    ]),
    ['splits', { breakdown: ['cancellation_reason'] }, { ...CONVERSION, segmentation: 'cancellation_reason' }],
    [
      'counts by the day of the install',
      { options: { dateType: 'profile_install_date' } },
      { ...CONVERSION, date_type: 'profile_install_date' },
    ],
    ['filters', ALL_2026, { ...CONVERSION, filters: SENT_2026 }],
    [
      'is one number',
      { interval: 'TOTAL', period: days('2026-10-05', '2026-10-05') },
      { ...CONVERSION, filters: { date: ['2026-10-05', '2026-10-05'] }, period_unit: 'day' },
    ],
  ],
  funnel: [
    ['has days and nothing else', {}, { filters: DATE }],
    ['splits', { breakdown: ['paywall'] }, { filters: DATE, segmentation: 'paywall_id' }],
    ['has a time axis', { interval: 'DAY' }, { filters: DATE, period_unit: 'day' }],
    ['passes its option on', { options: { showValueAs: 'relative' } }, { filters: DATE, show_value_as: 'relative' }],
    ['filters', ALL_2026, { filters: SENT_2026 }],
  ],
  ltv: [
    ['is of cohorts of a month', {}, LTV],
    [
      'is of cohorts of a quarter',
      { interval: 'QUARTER' },
      { filters: DATE, period_unit: 'quarter', period_type: 'renewals' },
    ],
    ['counts days', { offsetBy: 'DAY' }, { ...LTV, period_type: 'days' }],
    ...(
      [
        ['country', 'country'],
        ['product', 'product'],
        ['paywall', 'paywall'],
        ['paywalls_group_id', 'paywalls_group'],
        ['audience', 'audience'],
        ['placement', 'placement'],
        ['subscription_duration', 'duration'],
        ['store', 'store'],
      ] as const
    ).map(([dimension, word]): Row => [
      `splits by ${dimension}`,
      { breakdown: [dimension], interval: 'TOTAL' },
      { filters: DATE, period_type: 'renewals', segmentation: word },
    ]),
    ['filters', ALL_2026, { ...LTV, filters: SENT_2026 }],
  ],
  retention: [
    ['begins with the first payment', {}, RETENTION],
    ['begins with the trial', { options: { useTrial: true } }, { ...RETENTION, use_trial: true }],
    ['splits', BY_STORE, { filters: DATE, segmentation: 'store', use_trial: false }],
    ['filters', ALL_2026, { ...RETENTION, filters: SENT_2026 }],
  ],
};

const ROWS_2024: Readonly<Record<Endpoint, readonly Row[]>> = {
  analytics: [
    ['names no chart', metric('net_revenue'), { filters: IN_UTC, period_unit: 'month' }],
    ['filters', metric('revenue', {}, ALL_2024), { filters: SENT_2024, period_unit: 'month' }],
    ['filters by single values', metric('revenue', SINGLE_2024), { filters: SENT_SINGLE, period_unit: 'month' }],
    [
      'splits by the older field',
      metric('proceeds', {}, { breakdown: ['app'] }),
      { filters: IN_UTC, period_unit: 'month', segmentation_by: 'app_id' },
    ],
    [
      'counts by the day of the purchase',
      metric('revenue', { dateType: 'purchase_date' }),
      { filters: IN_UTC, period_unit: 'month', date_type: 'purchase_date' },
    ],
  ],
  cohort: [
    [
      'counts days',
      { offsetBy: 'DAY', days: [0] },
      { ...COHORT, filters: IN_UTC, period_type: 'days', renewal_days: [0] },
    ],
    [
      'passes its options on',
      { options: { valueType: 'relative', ...SINGLE_2024 } },
      { ...COHORT, filters: SENT_SINGLE, value_type: 'relative' },
    ],
    ['filters', ALL_2024, { ...COHORT, filters: SENT_2024 }],
  ],
  conversion: [
    [
      'splits by the older field',
      { breakdown: ['country'] },
      { ...CONVERSION, filters: IN_UTC, segmentation_by: 'country' },
    ],
    [
      'passes its options on',
      { options: { dateType: 'purchase_date', ...SINGLE_2024 } },
      { ...CONVERSION, filters: SENT_SINGLE, date_type: 'purchase_date' },
    ],
    [
      'filters',
      { filters: [...ALL_2024.filters, filter('segment_id', ID)] },
      { ...CONVERSION, filters: { ...SENT_2024, segment_id: [ID] } },
    ],
  ],
  funnel: [
    ['splits by the older field', { breakdown: ['audience'] }, { filters: IN_UTC, segmentation_by: 'audience_id' }],
    [
      'passes its options on',
      { options: { dateType: 'profile_install_date', ...SINGLE_2024 } },
      { filters: SENT_SINGLE, date_type: 'profile_install_date' },
    ],
    ['filters', ALL_2024, { filters: SENT_2024 }],
  ],
  ltv: [
    ['splits by the newer field', BY_STORE, { filters: IN_UTC, period_type: 'renewals', segmentation: 'store' }],
    [
      'passes its options on',
      { options: { valueType: 'absolute', ...SINGLE_2024 } },
      { ...LTV, filters: SENT_SINGLE, value_type: 'absolute' },
    ],
    ['filters', ALL_2024, { ...LTV, filters: SENT_2024 }],
  ],
  retention: [
    ['splits by the older field', BY_STORE, { filters: IN_UTC, segmentation_by: 'store', use_trial: false }],
    [
      'passes its options on',
      { options: { dateType: 'purchase_date', valueType: 'relative', useTrial: true, ...SINGLE_2024 } },
      { ...RETENTION, filters: SENT_SINGLE, date_type: 'purchase_date', value_type: 'relative', use_trial: true },
    ],
    ['filters', ALL_2024, { ...RETENTION, filters: SENT_2024 }],
  ],
};

const CAPABILITIES: Readonly<Record<Endpoint, CapabilityName>> = {
  analytics: 'metrics',
  cohort: 'cohort-analysis',
  conversion: 'conversions',
  funnel: 'funnels',
  ltv: 'lifetime-value',
  retention: 'retention',
};

const cases = (
  [
    ['2026', ROWS_2026],
    ['2024', ROWS_2024],
  ] as const
).flatMap(([apiVersion, rows]) =>
  (Object.keys(rows) as Endpoint[]).map((endpoint) => [apiVersion, endpoint, rows[endpoint]] as const),
);

describe.each(cases)('with apiVersion %s the request to %s', (apiVersion, endpoint, rows) => {
  it.each(rows)('%s', async (_title, question, body) => {
    await using adapty = await startAdapty({}, { apiVersion });
    await adapty.ask(CAPABILITIES[endpoint], question);
    const [request, ...others] = adapty.server.asked;
    expect(others).toEqual([]);
    expect(request).toMatchObject({ method: 'POST', path: `/api/v1/client-api/metrics/${endpoint}/`, query: {} });
    expect(request?.headers).toMatchObject({
      authorization: `Api-Key ${sampleConfig('').secretKey}`,
      'adapty-tz': 'UTC',
      'content-type': 'application/json',
    });
    expect(request?.body).toEqual(body);
    expect(DOCUMENTED[apiVersion][endpoint].safeParse(request?.body).error?.issues ?? []).toEqual([]);
  });
});
