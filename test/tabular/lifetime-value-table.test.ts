import { describe, expect, it } from 'vitest';
import type { LifetimeValueRow } from '../../src/analytics/lifetime-value.ts';
import { DEFAULT_CSV_OPTIONS, toCsv } from '../../src/tabular/csv.ts';
import { toLifetimeValueTable } from '../../src/tabular/lifetime-value-table.ts';
import { cohortRow, lifetimeValueReport, linesOf } from './reports.ts';

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
      'cohort,size,offset,value,share,is_complete',
      '.,30,0,2,1,true',
      '.,30,1,4,2,true',
      '2026-01-01,10,0,2,1,true',
      '2026-01-01,10,1,5,2.5,true',
      '2026-02-01,20,0,2,1,true',
      '2026-02-01,20,1,.,.,false',
    ]);
  });

  it('says what money its values are', () => {
    const { columns } = toLifetimeValueTable(lifetimeValueReport([first], { currency: 'USD' }), 'TIDY');
    expect(columns[3]).toMatchObject({ name: 'value', type: 'NUMBER', unit: 'MONEY', currency: 'USD' });
  });

  it('keeps apart a dimension named like its column', () => {
    const dimensions = [{ dimension: 'lifetime_value', value: 'high' }];
    const report = lifetimeValueReport([worth(5, { dimensions }, 5)], { breakdown: ['lifetime_value'] });
    expect(linesOf(toLifetimeValueTable(report, 'WIDE'))).toEqual([
      'cohort,dimension.lifetime_value,size,lifetime_value,0',
      '2026-01-01,high,10,5,5',
    ]);
  });
});

describe('wide lifetime value table', () => {
  it('has the worth up to now before the offsets', () => {
    const table = toLifetimeValueTable(lifetimeValueReport([all, first, second]), 'WIDE');
    expect(linesOf(table)).toEqual([
      'cohort,size,lifetime_value,0,1',
      '.,30,4.5,2,4',
      '2026-01-01,10,5,2,5',
      '2026-02-01,20,.,2,.',
    ]);
    expect(table.columns[2]).toMatchObject({ type: 'NUMBER', unit: 'MONEY', currency: 'EUR' });
  });

  it('has a row where there is nothing but the worth', () => {
    const report = lifetimeValueReport([worth(3, { size: null })]);
    expect(linesOf(toLifetimeValueTable(report, 'WIDE'))).toEqual(['cohort,size,lifetime_value', '2026-01-01,.,3']);
    expect(toLifetimeValueTable(report, 'TIDY').rowCount).toBe(0);
  });

  it('is a header alone without cohorts', () => {
    const csv = toCsv(toLifetimeValueTable(lifetimeValueReport([]), 'WIDE'), DEFAULT_CSV_OPTIONS);
    expect(csv).toBe('cohort,size,lifetime_value\r\n');
  });
});
