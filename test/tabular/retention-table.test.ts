import { describe, expect, it } from 'vitest';
import { DEFAULT_CSV_OPTIONS, toCsv } from '../../src/tabular/csv.ts';
import { toRetentionTable } from '../../src/tabular/retention-table.ts';
import { linesOf, namesOf, retentionReport, retentionRow } from './reports.ts';

const first = retentionRow({}, 10, 4, 2);
const second = retentionRow({ cohort: '2026-01-02', size: 20 }, 20, 5, null);
const all = retentionRow({ cohort: null, isTotal: true, size: 30 }, 30, 9, null);
const country = (value: string | null) => ({ dimensions: [{ dimension: 'country', value }] });

describe('tidy retention table', () => {
  it('has a row per cohort and offset', () => {
    expect(linesOf(toRetentionTable(retentionReport([first, second]), 'TIDY'))).toEqual([
      'cohort,is_total,size,offset,count,rate,is_complete',
      '2026-01-01,false,10,0,10,1,true',
      '2026-01-01,false,10,1,4,0.4,true',
      '2026-01-01,false,10,2,2,0.2,true',
      '2026-01-02,false,20,0,20,1,true',
      '2026-01-02,false,20,1,5,0.25,true',
      '2026-01-02,false,20,2,.,.,false',
    ]);
  });

  it('has no day in the row of all', () => {
    const lines = linesOf(toRetentionTable(retentionReport([all, first]), 'TIDY'));
    expect(lines.slice(1, 4)).toEqual(['.,true,30,0,30,1,true', '.,true,30,1,9,0.3,true', '.,true,30,2,.,.,false']);
    expect(lines).toHaveLength(7);
  });

  it('has a column per dimension', () => {
    const rows = [retentionRow(country('SE'), 10), retentionRow({ ...country(null), size: 4 }, 4)];
    expect(linesOf(toRetentionTable(retentionReport(rows, { breakdown: ['country'] }), 'TIDY'))).toEqual([
      'cohort,is_total,country,size,offset,count,rate,is_complete',
      '2026-01-01,false,SE,10,0,10,1,true',
      '2026-01-01,false,.,4,0,4,1,true',
    ]);
  });

  it.each(['TIDY', 'WIDE'] as const)('keeps apart a dimension named like the column of totals, %s', (layout) => {
    const dimensions = [{ dimension: 'is_total', value: 'yes' }];
    const report = retentionReport([retentionRow({ dimensions }, 10)], { breakdown: ['is_total'] });
    expect(linesOf(toRetentionTable(report, layout))).toEqual([
      expect.stringMatching(/^cohort,is_total,dimension.is_total,size,/),
      expect.stringMatching(/^2026-01-01,false,yes,10,/),
    ]);
  });

  it('has what is known of a running cell', () => {
    const cells = [{ offset: 1, count: 3, rate: 0.3, isComplete: false }];
    expect(linesOf(toRetentionTable(retentionReport([retentionRow({ cells })]), 'TIDY'))[1]).toBe(
      '2026-01-01,false,10,1,3,0.3,false',
    );
  });

  it('has null for a size that is unknown', () => {
    expect(linesOf(toRetentionTable(retentionReport([retentionRow({ size: null }, 7)]), 'TIDY'))[1]).toBe(
      '2026-01-01,false,.,0,7,.,true',
    );
  });

  it('says what its numbers are', () => {
    const { columns } = toRetentionTable(retentionReport([], { breakdown: ['size', 'store'] }), 'TIDY');
    expect(columns.map(({ name, type, unit }) => [name, type, unit])).toEqual([
      ['cohort', 'DATE', null],
      ['is_total', 'BOOLEAN', null],
      ['dimension.size', 'TEXT', null],
      ['store', 'TEXT', null],
      ['size', 'INTEGER', 'DISTINCT_COUNT'],
      ['offset', 'INTEGER', null],
      ['count', 'INTEGER', 'DISTINCT_COUNT'],
      ['rate', 'NUMBER', 'FRACTION'],
      ['is_complete', 'BOOLEAN', null],
    ]);
  });

  it('is a header alone without cohorts', () => {
    expect(linesOf(toRetentionTable(retentionReport([]), 'TIDY'))).toEqual([
      'cohort,is_total,size,offset,count,rate,is_complete',
    ]);
  });

  it('is CSV with empty text for what is to come', () => {
    const csv = toCsv(toRetentionTable(retentionReport([second]), 'TIDY'), DEFAULT_CSV_OPTIONS);
    expect(csv.split('\r\n').slice(2)).toEqual([
      '2026-01-02,false,20,1,5,0.25,true',
      '2026-01-02,false,20,2,,,false',
      '',
    ]);
  });

  it('refuses more rows than a table has', () => {
    const row = retentionRow({}, ...new Array<number>(401).fill(1));
    const rows = new Array<typeof row>(250).fill(row);
    expect(() => toRetentionTable(retentionReport(rows), 'TIDY')).toThrow(/^100250 rows are more than the 100000/);
  });
});

describe('wide retention table', () => {
  it('has a column per offset', () => {
    expect(linesOf(toRetentionTable(retentionReport([all, first, second]), 'WIDE'))).toEqual([
      'cohort,is_total,size,0,1,2',
      '.,true,30,1,0.3,.',
      '2026-01-01,false,10,1,0.4,0.2',
      '2026-01-02,false,20,1,0.25,.',
    ]);
  });

  it('has the offsets that there are, in order', () => {
    const cells = [7, 30].map((offset) => ({ offset, count: 5, rate: 0.5, isComplete: true }));
    const table = toRetentionTable(retentionReport([retentionRow({ cells }), retentionRow({}, 10)]), 'WIDE');
    expect(linesOf(table)).toEqual([
      'cohort,is_total,size,0,7,30',
      '2026-01-01,false,10,.,0.5,0.5',
      '2026-01-01,false,10,1,.,.',
    ]);
    expect(table.columns.slice(3).map(({ type, unit }) => [type, unit])).toEqual([
      ['NUMBER', 'FRACTION'],
      ['NUMBER', 'FRACTION'],
      ['NUMBER', 'FRACTION'],
    ]);
  });

  it('has a row per group', () => {
    const rows = [retentionRow(country('SE'), 10, 5), retentionRow(country('DE'), 10, null)];
    expect(linesOf(toRetentionTable(retentionReport(rows, { breakdown: ['country'] }), 'WIDE'))).toEqual([
      'cohort,is_total,country,size,0,1',
      '2026-01-01,false,SE,10,1,0.5',
      '2026-01-01,false,DE,10,1,.',
    ]);
  });

  it('keeps apart a dimension named like an offset', () => {
    const report = retentionReport([retentionRow({}, 10, 5)], { breakdown: ['1'] });
    expect(namesOf(toRetentionTable(report, 'WIDE'))).toEqual(['cohort', 'is_total', '1', 'size', '0', '1 (2)']);
  });

  it('is a header alone without cohorts', () => {
    expect(linesOf(toRetentionTable(retentionReport([], { breakdown: ['country'] }), 'WIDE'))).toEqual([
      'cohort,is_total,country,size',
    ]);
  });
});
