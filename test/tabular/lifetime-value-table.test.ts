import { describe, expect, it } from 'vitest';
import type { LifetimeValueRow } from '../../src/analytics/lifetime-value.ts';
import { DEFAULT_CSV_OPTIONS, toCsv } from '../../src/tabular/csv.ts';
import { toLifetimeValueTable } from '../../src/tabular/lifetime-value-table.ts';
import { cohortRow, lifetimeValueReport, linesOf, namesOf } from './reports.ts';

const worth = (
  lifetimeValue: number | null,
  given: Partial<LifetimeValueRow>,
  ...values: readonly (number | null)[]
): LifetimeValueRow => ({ ...cohortRow(given, ...values), lifetimeValue });

const all = worth(4.5, { cohort: null, isTotal: true, size: 30 }, 2, 4);
const first = worth(5, {}, 2, 5);
const second = worth(null, { cohort: '2026-02-01', size: 20 }, 2, null);

describe('tidy lifetime value table', () => {
  it('has a row per cohort and offset', () => {
    expect(linesOf(toLifetimeValueTable(lifetimeValueReport([all, first, second]), 'TIDY'))).toEqual([
      'cohort,is_total,size,lifetime_value,offset,value,share,is_complete',
      '.,true,30,4.5,0,2,1,true',
      '.,true,30,4.5,1,4,2,true',
      '2026-01-01,false,10,5,0,2,1,true',
      '2026-01-01,false,10,5,1,5,2.5,true',
      '2026-02-01,false,20,.,0,2,1,true',
      '2026-02-01,false,20,.,1,.,.,false',
    ]);
  });

  it('says what money its values are', () => {
    const { columns } = toLifetimeValueTable(lifetimeValueReport([first], { currency: 'USD' }), 'TIDY');
    const money = { type: 'NUMBER', unit: 'MONEY', currency: 'USD' };
    expect(columns[3]).toMatchObject({ name: 'lifetime_value', ...money });
    expect(columns[5]).toMatchObject({ name: 'value', ...money });
  });

  it.each(['TIDY', 'WIDE'] as const)('keeps apart a dimension named like its column, %s', (layout) => {
    const dimensions = [{ dimension: 'lifetime_value', value: 'high' }];
    const report = lifetimeValueReport([worth(5, { dimensions }, 5)], { breakdown: ['lifetime_value'] });
    const names = ['cohort', 'is_total', 'dimension.lifetime_value', 'size', 'lifetime_value'];
    expect(namesOf(toLifetimeValueTable(report, layout)).slice(0, 5)).toEqual(names);
    expect(linesOf(toLifetimeValueTable(report, layout))[1]).toMatch(/^2026-01-01,false,high,10,5,/);
  });
});

describe('wide lifetime value table', () => {
  it('has the worth up to now before the offsets', () => {
    const table = toLifetimeValueTable(lifetimeValueReport([all, first, second]), 'WIDE');
    expect(linesOf(table)).toEqual([
      'cohort,is_total,size,lifetime_value,0,1',
      '.,true,30,4.5,2,4',
      '2026-01-01,false,10,5,2,5',
      '2026-02-01,false,20,.,2,.',
    ]);
    expect(table.columns[3]).toMatchObject({ type: 'NUMBER', unit: 'MONEY', currency: 'EUR' });
  });

  it('has a row where there is nothing but the worth', () => {
    const report = lifetimeValueReport([worth(3, { size: null })]);
    expect(linesOf(toLifetimeValueTable(report, 'WIDE'))).toEqual([
      'cohort,is_total,size,lifetime_value',
      '2026-01-01,false,.,3',
    ]);
    expect(toLifetimeValueTable(report, 'TIDY').rowCount).toBe(0);
  });

  it('is a header alone without cohorts', () => {
    const csv = toCsv(toLifetimeValueTable(lifetimeValueReport([]), 'WIDE'), DEFAULT_CSV_OPTIONS);
    expect(csv).toBe('cohort,is_total,size,lifetime_value\r\n');
  });
});
