import { describe, expect, it } from 'vitest';
import type { MetricSeries } from '../../src/analytics/metrics.ts';
import { parseFormulas } from '../../src/reports/formula-names.ts';
import { toFormulaSeries } from '../../src/reports/formula-series.ts';
import { failureOf } from '../support/failure-of.ts';

const AXIS = {
  interval: 'DAY',
  timezone: 'UTC',
  timestamps: ['2026-06-01T00:00:00Z', '2026-06-02T00:00:00Z'],
  dates: ['2026-06-01', '2026-06-02'],
  epochs: [Date.UTC(2026, 5, 1), Date.UTC(2026, 5, 2)],
} as const;

/** A series of two days. */
function series(name: string, values: readonly (number | null)[], given: Partial<MetricSeries> = {}): MetricSeries {
  return {
    name,
    metric: null,
    source: null,
    answeredBy: 'NATIVE',
    unit: 'COUNT',
    currency: null,
    dimensions: [],
    total: null,
    previousTotal: null,
    axis: AXIS,
    values,
    previous: null,
    ...given,
  };
}

const money = (currency: string) => ({ unit: 'MONEY', currency }) as const;
const inCountry = (value: string | null) => ({ dimensions: [{ dimension: 'country', value }] });

/** A selection of that name. */
const selected = (as: string) => ({ source: 'any', metric: { key: as }, as, filters: [] });

/** Work one formula out over series. */
function combine(expression: string, all: readonly MetricSeries[], unit: MetricSeries['unit'] | null = null) {
  const select = [...new Set(all.map(({ name }) => name))].map(selected);
  const [formula] = parseFormulas({ select, formulas: [{ as: 'it', expression, unit }] });
  if (!formula) throw new Error('A formula was given');
  return toFormulaSeries(formula, all);
}

describe('a formula', () => {
  it('is worked out bucket by bucket, and over the totals', () => {
    const cost = series('cost', [10, 30], { ...money('USD'), total: 40 });
    const users = series('sign ups', [5, null], { total: 8 });
    expect(combine('cost / "sign ups"', [cost, users]).series).toMatchObject([
      {
        name: 'it',
        source: null,
        answeredBy: null,
        metric: null,
        ...money('USD'),
        values: [2, null],
        total: 5,
        previous: null,
      },
    ]);
  });

  it('is null where it would be divided by 0, not endless', () => {
    const [one] = combine('a / b', [series('a', [1, 0]), series('b', [0, 0])]).series;
    expect(one?.values).toEqual([null, null]);
  });

  it('has a total only where all of its series have one', () => {
    const [one] = combine('a + b', [series('a', [1, 1], { total: 2 }), series('b', [1, 1])]).series;
    expect(one).toMatchObject({ total: null, values: [2, 2] });
  });

  it('compares with the earlier period in the same way', () => {
    const a = series('a', [4, 6], { previous: [1, null], previousTotal: 3, total: 10 });
    const b = series('b', [2, 3], { previous: [2, 2], previousTotal: 4, total: 5 });
    expect(combine('a / b', [a, b]).series).toMatchObject([{ previous: [0.5, null], previousTotal: 0.75, total: 2 }]);
  });

  it('has one series for each group, with nothing where a part of it has no such group', () => {
    const all = [
      series('cost', [10, 20], { ...money('EUR'), ...inCountry('SE') }),
      series('cost', [1, 1], { ...money('EUR'), ...inCountry(null) }),
      series('users', [2, 4], inCountry('SE')),
      series('users', [7, 7], inCountry('NO')),
    ];
    const found = combine('cost / users', all).series.map(({ dimensions, values }) => [dimensions[0]?.value, values]);
    expect(found).toEqual([
      ['SE', [5, 5]],
      [null, [null, null]],
      ['NO', [null, null]],
    ]);
  });

  it('may be made of an earlier one', () => {
    const formulas = [
      { as: 'profit', expression: 'revenue - cost', unit: null },
      { as: 'margin', expression: 'profit / revenue', unit: 'FRACTION' as const },
    ];
    const parsed = parseFormulas({ select: ['revenue', 'cost'].map(selected), formulas });
    const all = [series('revenue', [10, 0], money('USD')), series('cost', [4, 1], money('USD'))];
    for (const formula of parsed) all.push(...toFormulaSeries(formula, all).series);
    expect(all.slice(2)).toMatchObject([
      { name: 'profit', ...money('USD'), values: [6, -1] },
      { name: 'margin', unit: 'FRACTION', currency: null, values: [0.6, null] },
    ]);
  });
});

describe('the unit of a formula', () => {
  const usd = series('usd', [1, 1], money('USD'));
  const eur = series('eur', [1, 1], money('EUR'));
  const unknown = series('unknown', [1, 1], { unit: 'MONEY', currency: null });
  const count = series('n', [1, 1]);

  it.each([
    ['usd / n', 'MONEY', 'USD'],
    ['usd * n', 'MONEY', 'USD'],
    ['2 * usd - 1', 'MONEY', 'USD'],
    ['-(usd + usd)', 'MONEY', 'USD'],
    ['usd / usd', 'NUMBER', null],
    ['n / usd', 'NUMBER', null],
    ['n + 1', 'NUMBER', null],
  ])('%s is %s in %s', (expression, unit, currency) => {
    expect(combine(expression, [usd, eur, count]).series[0]).toMatchObject({ unit, currency });
  });

  it.each([
    ['usd + eur', 'query.formulas[0]: mixes money in USD and EUR; nothing here converts one into the other'],
    ['usd / eur', 'query.formulas[0]: mixes money in USD and EUR; nothing here converts one into the other'],
    ['usd * usd', 'query.formulas[0]: multiplies money by money'],
    ['usd + n', 'query.formulas[0]: adds what is no money to money in USD, or takes it away'],
    ['n - usd', 'query.formulas[0]: adds what is no money to money in USD, or takes it away'],
    ['usd + unknown', 'query.formulas[0]: adds what is no money to money in USD, or takes it away'],
  ])('refuses %s', async (expression, message) => {
    const error = await failureOf(Promise.resolve().then(() => combine(expression, [usd, eur, unknown, count])));
    expect(error).toMatchObject({ code: 'QUERY_NOT_SUPPORTED', message });
  });

  it('is what the caller says, but for money that is none', async () => {
    expect(combine('n / n', [count], 'FRACTION').series[0]).toMatchObject({ unit: 'FRACTION', currency: null });
    const error = await failureOf(Promise.resolve().then(() => combine('n / n', [count], 'MONEY')));
    expect(error.message).toBe(
      'query.formulas[0]: "it" is no money of one known currency; leave unit out, or choose another',
    );
  });
});

describe('time zones', () => {
  const tokyo = { ...AXIS, timezone: 'Asia/Tokyo', epochs: AXIS.epochs.map((epoch) => epoch - 9 * 3_600_000) };

  it('of days stand beside each other, with a warning', () => {
    const { series: made, warnings } = combine('a / b', [series('a', [2, 4]), series('b', [1, 2], { axis: tokyo })]);
    expect(made[0]?.values).toEqual([2, 2]);
    expect(warnings).toEqual([
      '"it" combines days of different time zones: "a" counts in days of UTC, "b" counts in days of Asia/Tokyo.',
    ]);
  });

  it('of hours are refused', async () => {
    const all = [
      series('a', [2, 4], { axis: { ...AXIS, interval: 'HOUR', dates: null } }),
      series('b', [1, 2], { axis: { ...tokyo, interval: 'HOUR', dates: null } }),
    ];
    const error = await failureOf(Promise.resolve().then(() => combine('a / b', all)));
    expect(error.message).toContain('so that their hours do not begin together. Ask for days, or set timezone');
  });
});

describe('names', () => {
  const parse = (select: readonly string[], ...formulas: readonly { as: string; expression: string }[]) =>
    failureOf(Promise.resolve().then(() => parseFormulas({ select: select.map(selected), formulas: [...formulas] })));

  it('that no series has are refused, with what was meant', async () => {
    expect((await parse(['cost'], { as: 'x', expression: 'costs * 2' })).message).toBe(
      'query.formulas[0].expression: column 1: there is no series "costs". Did you mean "cost"?',
    );
  });

  it('of later formulas are not known yet', async () => {
    const later = [
      { as: 'a', expression: 'b * 2' },
      { as: 'b', expression: 'cost' },
    ];
    expect((await parse(['cost'], ...later)).message).toContain('there is no series "b"');
  });

  it('that two series have are refused', async () => {
    expect((await parse(['cost', 'cost'], { as: 'x', expression: 'cost * 2' })).message).toBe(
      'query.formulas[0].expression: several selections are called "cost". Call each something else with `as`',
    );
    expect((await parse(['cost'], { as: 'cost', expression: 'cost * 2' })).message).toBe(
      'query.formulas[0].as: another series is called "cost" already',
    );
  });
});
