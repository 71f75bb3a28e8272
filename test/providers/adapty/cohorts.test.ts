import { describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { days, startAdapty } from './start-adapty.ts';

describe('cohorts', () => {
  const segment = (title: string) => ({ title, type: 'single', value: 1, values: [] });

  it('are rows of their first days, whatever starts them', async () => {
    const data = ['2026-10', '2026-09-15'].map(segment);
    await using adapty = await startAdapty({ retention: () => ({ data }) });
    expect(await adapty.ask('retention', { period: days('2026-09-15', '2026-10-31') })).toMatchObject({
      rows: [{ cohort: '2026-09-01' }, { cohort: '2026-10-01' }],
    });
  });

  it.each([
    ['2026-09-01', '2026-09-30', [true, true, true]],
    ['2026-10-01', '2026-10-31', [true, true, false]],
    ['2026-11-01', '2026-11-08', [false, false, false]],
  ])('are complete no earlier than weekly subscriptions can be: %s', async (cohort, to, complete) => {
    const values = [1, 2, 3].map((period) => ({ period, value: 5, value_relative: 50 }));
    const data = [{ ...segment(cohort), cohort_size: 10, values }];
    await using adapty = await startAdapty({ retention: () => ({ data }) }, {}, '2026-11-08T00:00:00Z');
    const report = (await adapty.ask('retention', { period: days(cohort, to) })) as {
      rows: { cells: { isComplete: boolean }[] }[];
    };
    expect(report.rows[0]?.cells.map(({ isComplete }) => isComplete)).toEqual(complete);
  });

  it('have counts where shares stand beside them', async () => {
    const values = [1, 2].map((period) => ({ period, value: 40 / period, value_relative: 100 / period }));
    await using adapty = await startAdapty({
      retention: () => ({ data: [{ ...segment('Total'), type: 'total', values }], value_type: 'relative' }),
    });
    expect(await adapty.ask('retention', {})).toMatchObject({
      rows: [
        {
          size: 40,
          cells: [
            { count: 40, rate: 1 },
            { count: 20, rate: 0.5 },
          ],
        },
      ],
    });
  });

  it.each(['October', '2026-13-01', ''])('are invalid without a date: "%s"', async (title) => {
    await using adapty = await startAdapty({ retention: () => ({ data: [segment(title)] }) });
    expect(await failureOf(adapty.ask('retention', {}))).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
  });

  it('of lifetime values are in dollars', async () => {
    const euros = { data: [], value: 0, unit: 'EUR' };
    await using adapty = await startAdapty({ ltv: () => ({ revenue: euros, proceeds: euros, net_revenue: euros }) });
    expect(await failureOf(adapty.ask('lifetime-value', {}))).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
  });

  it.each([
    ['ARPU', 'GROSS', 'arpu_usd'],
    ['ARPU', 'PROCEEDS', 'appu_usd'],
    ['ARPU', 'NET', 'anrpu_usd'],
    ['ARPPU', 'GROSS', 'arppu_usd'],
    ['ARPPU', 'PROCEEDS', 'apppu_usd'],
    ['ARPPU', 'NET', 'anrppu_usd'],
    ['ARPAS', 'GROSS', 'arpas_usd'],
    ['ARPAS', 'PROCEEDS', 'appas_usd'],
    ['ARPAS', 'NET', 'anrpas_usd'],
    ['REVENUE', 'GROSS', 'revenue_usd'],
    ['REVENUE', 'PROCEEDS', 'proceeds_usd'],
    ['SUBSCRIPTIONS', 'NET', 'subscriptions'],
  ])('measure %s in %s by %s', async (measure, accounting, field) => {
    const data = [{ title: 'Total', type: 'total', values: [{ period: 1, [field]: 7 }] }];
    await using adapty = await startAdapty({ cohort: () => ({ data }) });
    expect(await adapty.ask('cohort-analysis', { measure, accounting })).toMatchObject({
      rows: [{ cells: [{ offset: 1, value: 7, share: null }] }],
    });
  });
});
