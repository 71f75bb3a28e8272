import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startAdaptyClient, WHOLE } from './adapty-client.ts';
import type { AdaptyClient, Json } from './adapty-client.ts';

let adapty: AdaptyClient;

beforeAll(async () => {
  adapty = await startAdaptyClient();
});
afterAll(() => adapty.close());

/** The table an endpoint answers, and the JSON for the same body. */
async function both(name: string, body: Record<string, unknown>): Promise<{ table: string[][]; json: Json }> {
  const answer = await adapty.send(`${name}/`, { filters: WHOLE, ...body, format: 'csv' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  return { table: parse(answer.body), json: await adapty.ask(name, { ...body, format: 'json' }) };
}

const toDays = (values: Json): string[] => values.map(({ x }: Json) => x.slice(0, 10));
const toTexts = (values: Json[]): string[] => values.map((value) => String(value ?? ''));

describe('tables of the emulated Adapty', () => {
  it('of a chart have dates as columns', async () => {
    const { table, json } = await both('analytics', { chart_id: 'revenue', segmentation: 'paywall_id' });
    const [header, ...rows] = table;
    const { data } = json.data.revenue;
    expect(header).toEqual(['Accounting type', 'Segment', 'Total', ...toDays(data[0].values)]);
    expect(rows).toEqual(
      Object.entries<Json>(json.data).flatMap(([key, metric]) =>
        metric.data.map(({ title, value, values }: Json) => [
          key,
          title,
          ...toTexts([value, ...values.map(({ y }: Json) => y)]),
        ]),
      ),
    );
    expect(rows.map(([, title]) => title)).toContain('video "v2"');
  });

  it('of conversion have dates as columns', async () => {
    const { table, json } = await both('conversion', { from_period: null, to_period: 1, segmentation: 'store' });
    expect(table[0]).toEqual(['Segment', 'Total', ...toDays(json.data[0].values)]);
    expect(table.slice(1)).toEqual(
      json.data.map(({ title, value, values }: Json) => [
        title,
        ...toTexts([value, ...values.map(({ y }: Json) => y)]),
      ]),
    );
  });

  it.each([
    [{}, 'total_revenue_usd', 'revenue_usd'],
    [{ value_field: 'arppu', accounting_type: 'net_revenue' }, 'total_anrppu_usd', 'anrppu_usd'],
    [{ value_field: 'subscribers' }, 'total_paid_subscribers', 'subscribers'],
    [{ value_field: 'subscriptions', value_type: 'relative' }, 'total_subscriptions', 'subscriptions_relative'],
    [{ accounting_type: 'proceeds', value_type: 'relative' }, 'total_proceeds_usd', 'proceeds_relative'],
  ])('of cohorts with %j show one value', async (body, totalField, field) => {
    const { table, json } = await both('cohort', body);
    const periods = json.data[0].values.map(({ period }: Json) => period);
    expect(table[0]).toEqual(['Cohort', 'Total', ...toTexts(periods)]);
    expect(table.slice(1)).toEqual(
      json.data.map((row: Json) => [
        row.title,
        ...toTexts([row[totalField], ...periods.map((_: Json, index: number) => row.values[index]?.[field])]),
      ]),
    );
    expect(table.at(-1)?.at(-1)).toBe('');
  });

  it.each([
    ['both', 'value'],
    ['relative', 'value_relative'],
  ])('of a funnel have steps, %s', async (show, field) => {
    const { table, json } = await both('funnel', { segmentation: 'duration', show_value_as: show });
    expect(table[0]).toEqual(['Segment', ...json.data[0].values.map(({ title }: Json) => title)]);
    for (const [index, { title, values }] of json.data.entries()) {
      const cells = values.map((value: Json) => value[field]);
      expect(table[index + 1]!.slice(0, cells.length + 1)).toEqual([title, ...toTexts(cells)]);
    }
  });

  it('of lifetime value have a row per money', async () => {
    const { table, json } = await both('ltv', { period_unit: 'month' });
    expect(table[0]!.slice(0, 5)).toEqual(['Accounting type', 'Segment', 'Cohort size', 'Total', '1']);
    expect(table).toHaveLength(1 + 3 * json.revenue.data.length);
    const [total] = json.proceeds.data;
    const cells = [total.cohort_size, total.value, ...total.values.map(({ value }: Json) => value)];
    expect(table).toContainEqual(['proceeds', 'Total', ...toTexts(cells)]);
  });

  it('of retention leave what has not come empty', async () => {
    const { table, json } = await both('retention', { period_unit: 'month', use_trial: true });
    const [total] = json.data;
    expect(table[0]).toEqual(['Segment', 'Total', ...toTexts(total.values.map(({ period }: Json) => period))]);
    const counts = total.values.map(({ value }: Json) => value);
    expect(table[1]).toEqual(['Total', ...toTexts([total.cohort_size, ...counts])]);
    expect(table.at(-1)?.at(-1)).toBe('');
  });

  it('of refusals are JSON all the same', async () => {
    const { status, headers } = await adapty.send('ltv/', { format: 'csv' });
    expect(status).toBe(400);
    expect(headers.get('content-type')).toContain('json');
  });
});
