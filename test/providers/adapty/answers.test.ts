import { describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { bodiesOf, days, filter, IN_2024, selection, startAdapty, type Body } from './start-adapty.ts';

const chart = (points: Readonly<Record<string, number>>, value: number | null, more = {}): Body => ({
  data: [{ values: Object.entries(points).map(([x, y]) => ({ x, y })) }],
  value,
  ...more,
});

describe('the charts', () => {
  it('answer all accountings with one request', async () => {
    const select = ['mrr', 'mrr_proceeds', 'mrr_net_revenue', 'arr'].map((key) => selection(key));
    const bodies = await bodiesOf('metrics', { select });
    expect(bodies).toMatchObject([{ chart_id: 'mrr' }, { chart_id: 'arr' }]);
  });

  it('are asked apart where filters or options differ', async () => {
    const select = [
      selection('revenue'),
      selection('proceeds', { filters: [filter('store', 'stripe')] }),
      selection('net_revenue', { options: { dateType: 'purchase_date' } }),
    ];
    expect(await bodiesOf('metrics', { select })).toHaveLength(3);
  });

  it('end with how it stands, whatever is added up', async () => {
    const revenue = chart({ '2026-09-01': 40, '2026-10-01': 50 }, 90);
    await using adapty = await startAdapty({ analytics: () => ({ data: { revenue } }) });
    const question = { select: [selection('mrr')], period: days('2026-09-01', '2026-10-31') };
    expect(await adapty.ask('metrics', question)).toMatchObject({ series: [{ total: 50 }], isSettled: false });
  });

  it('never shift a day to UTC', async () => {
    const common = chart({ '2026-10-01T00:00:00.000000-0700': 1, '2026-10-02T00:00:00.000000-0700': 2 }, 3);
    await using adapty = await startAdapty(
      { analytics: () => ({ data: { common } }) },
      { timezone: 'America/Los_Angeles' },
    );
    const question = { select: [selection('installs')], period: days('2026-10-01', '2026-10-02'), interval: 'DAY' };
    expect(await adapty.ask('metrics', question)).toMatchObject({
      timestamps: ['2026-10-01T00:00:00-07:00', '2026-10-02T00:00:00-07:00'],
      series: [{ values: [1, 2] }],
    });
  });

  it('count in the days of the question', async () => {
    await using adapty = await startAdapty({}, { timezone: 'Europe/Stockholm' });
    await adapty.ask('metrics', { timezone: 'Asia/Tokyo' });
    await adapty.ask('metrics', {});
    expect(adapty.server.asked.map(({ headers }) => headers['adapty-tz'])).toEqual(['Asia/Tokyo', 'Europe/Stockholm']);
  });

  it.each([
    ['a bucket of no axis', chart({ '2026-10-04': 1 }, 1), 'MONTH begins'],
    ['another currency', chart({}, 1, { unit: 'EUR' }), 'USD'],
    ['two lines', { data: [{ values: [] }, { values: [] }], value: 0 }, '2 lines'],
    ['a text for a number', { data: [], value: '5' }, 'value'],
    ['no series', { value: 5 }, 'data'],
  ])('are invalid with %s', async (_title, revenue, says) => {
    await using adapty = await startAdapty({ analytics: () => ({ data: { revenue } }) });
    const error = await failureOf(adapty.ask('metrics', {}));
    expect(error).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
    expect(error.message).toContain(says);
  });

  it('never pass one kind of money for another', async () => {
    await using adapty = await startAdapty({ analytics: () => ({ data: { revenue: chart({}, 5) } }) });
    const error = await failureOf(adapty.ask('metrics', { select: [selection('proceeds')] }));
    expect(error).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
  });

  it.each([
    ['refund_money', { series: [{ total: 5 }] }],
    ['refund_money_proceeds', null],
  ])('have refunds with or without accountings: %s', async (key, answer) => {
    await using adapty = await startAdapty({ analytics: () => ({ data: { common: chart({}, 5) } }) });
    const asked = adapty.ask('metrics', { select: [selection(key)] });
    if (answer) expect(await asked).toMatchObject(answer);
    else expect(await failureOf(asked)).toMatchObject({ code: 'QUERY_NOT_SUPPORTED' });
  });

  it.each([
    ['percent', { unit: 'FRACTION', total: 0.5, currency: null }],
    ['USD', { unit: 'MONEY', total: 50, currency: 'USD' }],
    [null, { unit: 'NUMBER', total: 50, currency: null }],
  ])('take the unit of an unknown chart from its answer: %s', async (unit, series) => {
    await using adapty = await startAdapty({ analytics: () => ({ data: { common: chart({}, 50, { unit }) } }) });
    const select = [selection('other_chart', { options: { chartId: 'paywall_view_paid' } })];
    expect(await adapty.ask('metrics', { select })).toMatchObject({ series: [series] });
  });

  it.each([
    ['2026-11-15T23:59:59Z', {}, false],
    ['2026-11-16T00:29:59Z', {}, false],
    ['2026-11-16T00:30:00Z', {}, true],
    ['2026-12-31T00:00:00Z', { dateType: 'profile_install_date' }, false],
  ])('are settled at %s with %j: %s', async (now, options, isSettled) => {
    await using adapty = await startAdapty({}, {}, now);
    const question = { select: [selection('revenue', { options })], period: days('2026-11-15', '2026-11-15') };
    expect(await adapty.ask('metrics', question)).toMatchObject({ isSettled });
  });

  it('stand beside another period, group by group', async () => {
    const groups = (asked: unknown) =>
      JSON.stringify(asked).includes('2026-10-31')
        ? [{ title: 'stripe', type: 'single', value: 3, values: [{ x: '2026-10-01', y: 3 }] }]
        : [{ title: 'play_store', type: 'single', values: [{ x: '2025-10-01', y: 2 }] }];
    await using adapty = await startAdapty({
      analytics: ({ body }) => ({ data: { common: { data: groups(body), value: 9 } } }),
    });
    const question = {
      select: [selection('trials_new')],
      breakdown: ['store'],
      compareTo: { preset: 'SAME_PERIOD_LAST_YEAR' },
    };
    expect(await adapty.ask('metrics', question)).toMatchObject({
      series: [
        { dimensions: { store: 'stripe' }, total: 3, previousTotal: null, values: [3], previous: [null] },
        { dimensions: { store: 'play_store' }, total: null, previousTotal: 2, values: [null], previous: [2] },
      ],
    });
  });
});

describe('one number of a period', () => {
  it.each([
    ['a day', days('2026-10-07', '2026-10-07'), 'day'],
    ['a part of a week', days('2026-10-05', '2026-10-10'), 'week'],
    ['a part of a month', days('2026-10-03', '2026-10-20'), 'month'],
    ['a quarter', days('2026-07-01', '2026-09-30'), 'quarter'],
    ['a part of a year', days('2026-02-01', '2026-10-31'), 'year'],
    ['several years', days('2020-02-01', '2026-10-31'), 'month'],
  ])('is asked for in one bucket where one holds it: %s', async (_title, period, unit) => {
    expect(await bodiesOf('metrics', { interval: 'TOTAL', period })).toMatchObject([{ period_unit: unit }]);
  });
});

describe('a comparison of conversions', () => {
  const compareTo = { dates: { from: '2026-09-01', to: '2026-09-30' } };
  const answer = (from: number, to: number, more = {}): Body => ({
    data: [],
    value: 0,
    value_from: from,
    value_to: to,
    ...more,
  });

  it('is asked for again where the answer has none', async () => {
    await using adapty = await startAdapty({
      conversion: ({ body }) =>
        JSON.stringify(body).includes('compare_date')
          ? answer(100, 50, { compare_value_from: null, compare_value_to: null })
          : answer(80, 20),
    });
    const report = await adapty.ask('conversions', { interval: 'TOTAL', compareTo });
    expect(report).toMatchObject({ fromCount: 100, toCount: 50, rate: 0.5, previousRate: 0.25 });
    expect(adapty.server.asked.map(({ body }) => (body as { filters: unknown }).filters)).toEqual([
      { date: ['2026-10-01', '2026-10-31'], compare_date: ['2026-09-01', '2026-09-30'] },
      { date: ['2026-09-01', '2026-09-30'] },
    ]);
  });

  it('has requests of its own over time', async () => {
    const point = (x: string, y: number) => ({ data: [{ values: [{ x, y }] }] });
    await using adapty = await startAdapty({
      conversion: ({ body }) =>
        JSON.stringify(body).includes('2026-10-01')
          ? answer(10, 5, point('2026-10-01', 50))
          : answer(10, 1, point('2026-09-01', 10)),
    });
    expect(await adapty.ask('conversions', { compareTo })).toMatchObject({
      rate: 0.5,
      previousRate: 0.1,
      series: [{ total: 0.5, previousTotal: 0.1, values: [0.5], previous: [0.1] }],
    });
  });
});

describe('the funnel', () => {
  const step = (period: number, value: number | null, more = {}) => ({ period, value, ...more });

  it('says why users left', async () => {
    const reasons = [{ title: 'Billing issue', value: 3 }, { title: 'Refund' }, { value: 1 }];
    await using adapty = await startAdapty({
      funnel: () => ({
        data: [{ title: 'Total', type: 'total', values: [step(0, 10, { churn_reasons: reasons }), step(1, 6)] }],
      }),
    });
    const report = await adapty.begin().funnel({
      source: 'sample',
      period: days('2026-10-01', '2026-10-31'),
      order: 'ORDERED',
      countBy: 'USERS',
      excluding: [],
      interval: 'TOTAL',
      breakdown: [],
      filters: [],
    });
    expect(report.steps.map(({ churnReasons }) => churnReasons)).toEqual([
      [
        { title: 'Billing issue', count: 3 },
        { title: 'Refund', count: null },
      ],
      undefined,
    ]);
  });

  it('is asked for whole where groups come without it', async () => {
    const group = { title: 'stripe', type: 'single', values: [step(-2, 4), step(1, 2)] };
    const whole = { title: 'Everybody', type: 'total', values: [step(-2, 9), step(1, 3)] };
    await using adapty = await startAdapty({
      funnel: ({ body }) => ({ data: [JSON.stringify(body).includes('segmentation') ? group : whole] }),
    });
    expect(await adapty.ask('funnels', { breakdown: ['store'] })).toMatchObject({
      steps: [{ count: 9 }, { count: 3 }],
      groups: [{ steps: [{ count: 4 }, { count: 2 }] }],
    });
  });

  it('is partial where it has no time axis', async () => {
    const data = [{ title: 'Total', type: 'total', values: [step(-2, 4, { values: [{ a: 1 }] }), step(1, 2)] }];
    await using adapty = await startAdapty({ funnel: () => ({ data }) });
    expect(await adapty.ask('funnels', { interval: 'WEEK' })).toMatchObject({ groups: [], completeness: 'PARTIAL' });
  });

  it('has no counts where values are shares', async () => {
    const data = [{ title: 'Total', type: 'total', values: [step(-2, 100), step(1, 2.5)] }];
    await using adapty = await startAdapty({ funnel: () => ({ data }) });
    const report = await adapty.ask('funnels', { options: { showValueAs: 'relative' } });
    expect(report).toMatchObject({ steps: [{ count: null }, { count: null }] });
  });
});

describe('values of filters', () => {
  it('are spelt as Adapty spells them', async () => {
    const filters = [
      filter('subscription_duration', 'annual'),
      filter('attribution_status', 'Non-Organic'),
      filter('country', 'gb'),
    ];
    expect(await bodiesOf('metrics', { filters })).toMatchObject([
      { filters: { duration: ['Annual'], attribution_status: ['non-organic'], country: ['GB'] } },
    ]);
  });

  it('of two filters are those of both', async () => {
    const filters = [filter('country', 'SE', 'NO', 'NO'), filter('country', 'NO', 'DK')];
    expect(await bodiesOf('metrics', { filters }, IN_2024)).toMatchObject([{ filters: { country: ['NO'] } }]);
  });
});
