import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter } from '../../../src/analytics/filters.ts';
import { ResultTooLargeError, QueryLimitError } from '../../../src/errors.ts';
import type { Buckets } from '../../../src/warehouse/analyses/buckets.ts';
import { computeFactMetrics, type FactMetric } from '../../../src/warehouse/analyses/fact-metrics.ts';
import { inOrder, referenceSeries, type ReferenceBuckets, type ReferenceMeasure } from './reference-metrics.ts';
import { relationOf } from './relation-of.ts';
import { startDatabase } from './start-database.ts';

const tools = startDatabase();

const DAY_MS = 86_400_000;
const TYPES = { at: 'timestamp', country: 'varchar', campaign: 'varchar', clicks: 'bigint', cost: 'double' } as const;

interface Fact {
  readonly [column: string]: string | number | Date | null;
  readonly at: Date;
  readonly country: string | null;
  readonly campaign: string | null;
  readonly clicks: number | null;
  readonly cost: number | null;
}

type Cell = string | number | null;

function fact(at: string, country: Cell, clicks: Cell, cost: Cell): Fact {
  return { at: new Date(at), country, campaign: null, clicks, cost } as Fact;
}

function days(first: string, count: number) {
  const start = Date.parse(first);
  return { starts: Array.from({ length: count }, (_, day) => start + day * DAY_MS), end: start + count * DAY_MS };
}

const COST: FactMetric = { kind: 'SUM', column: 'cost' };
const COST_PER_CLICK: FactMetric = { kind: 'RATIO', part: 'cost', whole: 'clicks' };
const DE: Filter = { dimension: 'country', operator: 'IS', values: ['DE'] };

const FACTS = [
  fact('2026-01-01T00:00Z', 'DE', 10, 2),
  fact('2026-01-01T23:00Z', 'SE', 5, 1),
  fact('2026-01-02T00:00Z', 'DE', 0, 4),
  fact('2026-01-04T00:00Z', 'DE', 20, null),
  fact('2026-01-05T00:00Z', 'DE', 1000, 1000),
];

describe('metrics of facts', () => {
  it('sums: 0 where there is no row, null where no row has a number', async () => {
    const [series, ...others] = await computeFactMetrics(
      relationOf(TYPES, FACTS),
      { selections: [{ metric: COST, filters: [] }], buckets: days('2026-01-01', 4), breakdown: [], comparison: null },
      tools,
    );
    expect(others).toEqual([]);
    expect(series).toEqual({
      selection: 0,
      dimensions: [],
      total: 7,
      previousTotal: null,
      values: [3, 4, 0, null],
      previous: null,
    });
  });

  it('divides sum by sum, and not by 0 or by what is unknown', async () => {
    const [series] = await computeFactMetrics(
      relationOf(TYPES, FACTS),
      {
        selections: [{ metric: COST_PER_CLICK, filters: [] }],
        buckets: days('2026-01-01', 4),
        breakdown: [],
        comparison: null,
      },
      tools,
    );
    expect(series).toMatchObject({ total: 7 / 35, values: [3 / 15, null, null, null] });
  });

  it('shows the groups that have a row in either period, each selection its own', async () => {
    const series = await computeFactMetrics(
      relationOf(TYPES, [...FACTS, fact('2025-12-31T00:00Z', null, 3, 8), fact('2025-11-01T00:00Z', 'FI', 3, 8)]),
      {
        selections: [
          { metric: COST, filters: [DE] },
          { metric: { kind: 'SUM', column: 'clicks' }, filters: [] },
        ],
        buckets: days('2026-01-01', 2),
        breakdown: ['country'],
        comparison: days('2025-12-30', 2),
      },
      tools,
    );
    const of = (value: string | null) => [{ dimension: 'country', value }];
    expect(series).toEqual([
      { selection: 0, dimensions: of('DE'), total: 6, previousTotal: 0, values: [2, 4], previous: [0, 0] },
      { selection: 1, dimensions: of('DE'), total: 10, previousTotal: 0, values: [10, 0], previous: [0, 0] },
      { selection: 1, dimensions: of('SE'), total: 5, previousTotal: 0, values: [5, 0], previous: [0, 0] },
      { selection: 1, dimensions: of(null), total: 0, previousTotal: 3, values: [0, 0], previous: [0, 3] },
    ]);
  });

  it('is a series of zeros without any row, and none where it is broken down', async () => {
    const ask = (breakdown: string[]) =>
      computeFactMetrics(
        relationOf(TYPES, []),
        { selections: [{ metric: COST, filters: [DE] }], buckets: days('2026-01-01', 2), breakdown, comparison: null },
        tools,
      );
    expect(await ask([])).toMatchObject([{ total: 0, values: [0, 0] }]);
    expect(await ask(['country'])).toEqual([]);
  });

  it('refuses columns that are not there, and more groups than anybody reads', async () => {
    const ask = (column: string, rows: string) =>
      computeFactMetrics(
        { sql: rows, columns: new Set(['at', 'id', 'cost']) },
        {
          selections: Array.from({ length: 20 }, () => ({ metric: { kind: 'SUM', column }, filters: [] })),
          buckets: days('2026-01-01', 1),
          breakdown: ['id'],
          comparison: null,
        },
        tools,
      );
    const many = `(select timestamp '2026-01-01' as "at", i::varchar as id, 1 as cost from range(40000) as numbers (i)) as rows`;
    await expect(ask('price', many)).rejects.toThrow(QueryLimitError);
    await expect(ask('cost', many)).rejects.toThrow(ResultTooLargeError);
    // A row has its bucket, its group and, for each selection, a count and a sum: 3,000,000 / 42.
    await expect(ask('cost', many)).rejects.toThrow('query.breakdown: more than 71428 groups');
  });

  it('agrees with loops over the rows', async () => {
    const cell = fc.constantFrom(null, 0, 0.25, 1, 2, 1024.5);
    const facts = fc.array(
      fc.record({
        at: fc
          .integer({ min: 0, max: 40 })
          .map((step) => new Date(Date.parse('2026-03-27T00:00Z') + step * 10_800_000)),
        country: fc.constantFrom('DE', 'SE', '', null),
        campaign: fc.constantFrom('a', "b'", null),
        clicks: fc.constantFrom(null, 0, 1, 7),
        cost: cell,
      }),
      { maxLength: 25 },
    );
    const sumOf =
      (column: string): ReferenceMeasure =>
      (rows) => {
        const numbers = rows.map((row) => row[column] as number | null).filter((value) => value !== null);
        return rows.length > 0 && numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0);
      };
    const metrics: readonly { metric: FactMetric; measure: ReferenceMeasure }[] = [
      { metric: COST, measure: sumOf('cost') },
      { metric: { kind: 'SUM', column: 'clicks' }, measure: sumOf('clicks') },
      {
        metric: COST_PER_CLICK,
        measure: (rows) => {
          const [part, whole] = [sumOf('cost')(rows), sumOf('clicks')(rows)];
          return part === null || whole === null || whole === 0 ? null : part / whole;
        },
      },
    ];
    const filter: fc.Arbitrary<Filter> = fc.record({
      dimension: fc.constantFrom('country', 'campaign'),
      operator: fc.constantFrom('IS', 'IS_NOT', 'IS_SET', 'IS_NOT_SET'),
      values: fc.constantFrom(['DE'], ['', "b'"]),
    });
    const buckets = fc.constantFrom(
      // Days of Berlin: the second has 23 hours.
      { starts: ['03-27T23', '03-28T23', '03-29T22', '03-30T22'], end: '03-31T22' },
      { starts: ['03-27T00', '03-28T00', '03-29T00'], end: '03-29T12' },
      { starts: ['03-28T06', '03-29T00', '03-30T00'], end: '03-31T00' },
      { starts: ['03-27T00'], end: '04-02T00' },
    );
    const toBuckets = ({ starts, end }: { starts: readonly string[]; end: string }) => {
      const parse = (hour: string) => Date.parse(`2026-${hour}:00Z`);
      return { starts: starts.map(parse), end: parse(end) };
    };
    const toReference = ({ starts, end }: Buckets): ReferenceBuckets => ({
      count: starts.length,
      indexOf: (at) => {
        const index = starts.findLastIndex((start) => start <= at.getTime());
        return index === -1 || at.getTime() >= end ? null : index;
      },
    });
    const asked = fc.record({
      facts,
      selections: fc.array(
        fc.record({ of: fc.constantFrom(...metrics), filters: fc.array(filter, { maxLength: 2 }) }),
        { minLength: 1, maxLength: 3 },
      ),
      buckets: buckets.map(toBuckets),
      comparison: fc.option(buckets.map(toBuckets)),
      breakdown: fc.subarray(['country', 'campaign']),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ facts: rows, selections, ...query }) => {
        const computed = await computeFactMetrics(
          relationOf(TYPES, rows),
          { ...query, selections: selections.map(({ of: { metric }, filters }) => ({ metric, filters })) },
          tools,
        );
        const expected = referenceSeries(rows, {
          breakdown: query.breakdown,
          buckets: toReference(query.buckets),
          comparison: query.comparison && toReference(query.comparison),
          selections: selections.map(({ of: { measure }, filters }) => ({ measure, filters })),
        });
        expect(inOrder(computed)).toEqual(inOrder(expected));
      }),
      { numRuns: 700 },
    );
  });
});
