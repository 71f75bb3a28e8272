import { describe, expect, it } from 'vitest';
import { toCohortAnalysisTable } from '../../src/tabular/cohort-analysis-table.ts';
import { DEFAULT_CSV_OPTIONS, toCsv } from '../../src/tabular/csv.ts';
import { cohortAnalysisReport, cohortRow, linesOf } from './reports.ts';

const first = cohortRow({}, 100, 25, 12.5);
const second = cohortRow({ cohort: '2026-02-01', size: 20 }, 80, null, null);
const all = cohortRow({ cohort: null, isTotal: true, size: 30 }, 180, 25, null);
const store = (value: string | null) => ({ dimensions: [{ dimension: 'store', value }] });

describe('tidy cohort analysis table', () => {
  it('has a row per cohort and offset', () => {
    expect(linesOf(toCohortAnalysisTable(cohortAnalysisReport([first, second]), 'TIDY'))).toEqual([
      'cohort,is_total,size,offset,value,share,is_complete',
      '2026-01-01,false,10,0,100,1,true',
      '2026-01-01,false,10,1,25,0.25,true',
      '2026-01-01,false,10,2,12.5,0.125,true',
      '2026-02-01,false,20,0,80,1,true',
      '2026-02-01,false,20,1,.,.,false',
      '2026-02-01,false,20,2,.,.,false',
    ]);
  });

  it('has the row of all before the cohorts', () => {
    const lines = linesOf(toCohortAnalysisTable(cohortAnalysisReport([all, first]), 'TIDY'));
    expect(lines.slice(1, 3)).toEqual(['.,true,30,0,180,1,true', '.,true,30,1,25,0.1388888888888889,true']);
    expect(lines).toHaveLength(7);
  });

  it('has a column per dimension, in the order asked', () => {
    const dimensions = [
      { dimension: 'country', value: 'SE' },
      { dimension: 'store', value: 'ios' },
    ];
    const report = cohortAnalysisReport([cohortRow({ dimensions }, 7)], { breakdown: ['store', 'country'] });
    expect(linesOf(toCohortAnalysisTable(report, 'TIDY'))).toEqual([
      'cohort,is_total,store,country,size,offset,value,share,is_complete',
      '2026-01-01,false,ios,SE,10,0,7,1,true',
    ]);
  });

  it('tells the totals of all and of each group from the cohorts', () => {
    const rows = [
      cohortRow({ cohort: null, isTotal: true, size: 30 }, 12),
      cohortRow({ cohort: null, isTotal: true, size: 20, ...store('ios') }, 7),
      cohortRow(store('ios'), 5),
    ];
    expect(linesOf(toCohortAnalysisTable(cohortAnalysisReport(rows, { breakdown: ['store'] }), 'TIDY'))).toEqual([
      'cohort,is_total,store,size,offset,value,share,is_complete',
      '.,true,.,30,0,12,1,true',
      '.,true,ios,20,0,7,1,true',
      '2026-01-01,false,ios,10,0,5,1,true',
    ]);
  });

  it('has money taken back and nothing in between', () => {
    const row = cohortRow({ size: null }, 10, -5, 0);
    expect(linesOf(toCohortAnalysisTable(cohortAnalysisReport([row]), 'TIDY')).slice(2)).toEqual([
      '2026-01-01,false,.,1,-5,-0.5,true',
      '2026-01-01,false,.,2,0,0,true',
    ]);
  });

  it('says what money its values are', () => {
    const { columns } = toCohortAnalysisTable(cohortAnalysisReport([first]), 'TIDY');
    expect(columns.map(({ name, type, unit, currency }) => [name, type, unit, currency])).toEqual([
      ['cohort', 'DATE', null, null],
      ['is_total', 'BOOLEAN', null, null],
      ['size', 'INTEGER', 'DISTINCT_COUNT', null],
      ['offset', 'INTEGER', null, null],
      ['value', 'NUMBER', 'MONEY', 'EUR'],
      ['share', 'NUMBER', 'FRACTION', null],
      ['is_complete', 'BOOLEAN', null, null],
    ]);
  });

  it.each(['COUNT', 'DISTINCT_COUNT'] as const)('has whole numbers where values are a %s', (unit) => {
    const report = cohortAnalysisReport([cohortRow({}, 9, 4)], { measure: 'SUBSCRIBERS', unit, currency: null });
    const whole = { type: 'INTEGER', unit, currency: null };
    expect(toCohortAnalysisTable(report, 'TIDY').columns[4]).toMatchObject({ name: 'value', ...whole });
    expect(toCohortAnalysisTable(report, 'WIDE').columns[4]).toMatchObject({ name: '1', ...whole });
  });

  it('is a header alone without cohorts', () => {
    const csv = toCsv(toCohortAnalysisTable(cohortAnalysisReport([]), 'TIDY'), DEFAULT_CSV_OPTIONS);
    expect(csv).toBe('cohort,is_total,size,offset,value,share,is_complete\r\n');
  });
});

describe('wide cohort analysis table', () => {
  it('has a column per offset', () => {
    const table = toCohortAnalysisTable(cohortAnalysisReport([all, first, second]), 'WIDE');
    expect(linesOf(table)).toEqual([
      'cohort,is_total,size,0,1,2',
      '.,true,30,180,25,.',
      '2026-01-01,false,10,100,25,12.5',
      '2026-02-01,false,20,80,.,.',
    ]);
    expect(table.columns.slice(3).map(({ unit, currency }) => [unit, currency])).toEqual([
      ['MONEY', 'EUR'],
      ['MONEY', 'EUR'],
      ['MONEY', 'EUR'],
    ]);
  });

  it('has a row per group', () => {
    const rows = [cohortRow(store('ios'), 5, 6), cohortRow(store(null), 7)];
    const report = cohortAnalysisReport(rows, { breakdown: ['store'] });
    expect(linesOf(toCohortAnalysisTable(report, 'WIDE'))).toEqual([
      'cohort,is_total,store,size,0,1',
      '2026-01-01,false,ios,10,5,6',
      '2026-01-01,false,.,10,7,.',
    ]);
  });

  it('begins where the offsets begin', () => {
    const cells = [1, 2, 12].map((offset) => ({ offset, value: offset * 10, share: null, isComplete: true }));
    const report = cohortAnalysisReport([cohortRow({ cells })], { offsetBy: 'RENEWAL' });
    expect(linesOf(toCohortAnalysisTable(report, 'WIDE'))).toEqual([
      'cohort,is_total,size,1,2,12',
      '2026-01-01,false,10,10,20,120',
    ]);
  });

  it('is a header alone without cohorts', () => {
    expect(linesOf(toCohortAnalysisTable(cohortAnalysisReport([]), 'WIDE'))).toEqual(['cohort,is_total,size']);
  });
});
