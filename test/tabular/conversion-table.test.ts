import { describe, expect, it } from 'vitest';
import { toConversionTable } from '../../src/tabular/conversion-table.ts';
import { axisOf, conversionReport, linesOf, namesOf, series } from './reports.ts';

const rates = (values: readonly (number | null)[], given: Parameters<typeof series>[0] = {}) =>
  series({ name: 'install to paid', unit: 'FRACTION', values, ...given });
const country = (value: string | null) => ({ dimensions: [{ dimension: 'country', value }] });

describe('tidy conversion table', () => {
  it('has one row where there is one rate', () => {
    expect(linesOf(toConversionTable(conversionReport({ interval: 'TOTAL' }), 'TIDY'))).toEqual([
      'from_count,to_count,rate',
      '200,50,0.25',
    ]);
  });

  it('has the whole period before the days', () => {
    const report = conversionReport({ series: [rates([0.5, null])] });
    expect(linesOf(toConversionTable(report, 'TIDY'))).toEqual([
      'date,from_count,to_count,rate',
      '.,200,50,0.25',
      '2026-01-01,.,.,0.5',
      '2026-01-02,.,.,.',
    ]);
  });

  it('has a row per group and day', () => {
    const groups = [rates([0.5, 0.25], country('SE')), rates([0, 1], country(null))];
    const report = conversionReport({ breakdown: ['country'], series: groups });
    expect(linesOf(toConversionTable(report, 'TIDY'))).toEqual([
      'date,country,from_count,to_count,rate',
      '.,.,200,50,0.25',
      '2026-01-01,SE,.,.,0.5',
      '2026-01-02,SE,.,.,0.25',
      '2026-01-01,.,.,.,0',
      '2026-01-02,.,.,.,1',
    ]);
  });

  it('has the compared rates beside', () => {
    const report = conversionReport({
      hasComparison: true,
      previous: { fromCount: 100, toCount: 10 },
      series: [rates([0.5, 0.25], { previous: [0.4, null] })],
    });
    expect(linesOf(toConversionTable(report, 'TIDY'))).toEqual([
      'date,from_count,to_count,rate,previous_rate',
      '.,200,50,0.25,0.1',
      '2026-01-01,.,.,0.5,0.4',
      '2026-01-02,.,.,0.25,.',
    ]);
  });

  it('has rates of whole periods by group', () => {
    const total = { axis: axisOf('TOTAL'), previous: [], ...country('SE') };
    const report = conversionReport({
      interval: 'TOTAL',
      breakdown: ['country'],
      hasComparison: true,
      series: [rates([], { ...total, total: 0.3, previousTotal: 0.2 })],
    });
    expect(linesOf(toConversionTable(report, 'TIDY'))).toEqual([
      'country,from_count,to_count,rate,previous_rate',
      '.,200,50,0.25,.',
      'SE,.,.,0.3,0.2',
    ]);
  });

  it('has no rate where nobody started', () => {
    const report = conversionReport({ interval: 'TOTAL', fromCount: 0, toCount: 0 });
    expect(linesOf(toConversionTable(report, 'TIDY'))[1]).toBe('0,0,.');
  });

  it('has the instants of hours', () => {
    const axis = axisOf('HOUR', { to: '2026-01-01', timezone: 'Europe/Stockholm' });
    const report = conversionReport({ interval: 'HOUR', series: [rates([0.5], { axis })] });
    const { columns, rowCount } = toConversionTable(report, 'TIDY');
    expect(columns[0]).toMatchObject({ name: 'at', type: 'DATETIME' });
    expect([columns[0]?.values[0], columns[0]?.values[1]]).toEqual([null, '2026-01-01T00:00:00+01:00']);
    expect(rowCount).toBe(25);
  });

  it('says what its numbers are', () => {
    const report = conversionReport({ hasComparison: true, breakdown: ['rate', 'store'] });
    const { columns } = toConversionTable(report, 'TIDY');
    expect(columns.map(({ name, type, unit }) => [name, type, unit])).toEqual([
      ['date', 'DATE', null],
      ['dimension.rate', 'TEXT', null],
      ['store', 'TEXT', null],
      ['from_count', 'INTEGER', 'DISTINCT_COUNT'],
      ['to_count', 'INTEGER', 'DISTINCT_COUNT'],
      ['rate', 'NUMBER', 'FRACTION'],
      ['previous_rate', 'NUMBER', 'FRACTION'],
    ]);
  });
});

describe('wide conversion table', () => {
  it('has a column per group', () => {
    const groups = [rates([0.5, 0.25], country('SE')), rates([0, 1], country(null))];
    const table = toConversionTable(conversionReport({ breakdown: ['country'], series: groups }), 'WIDE');
    expect(linesOf(table)).toEqual([
      'date,install to paid [SE],install to paid [(not set)]',
      '2026-01-01,0.5,0',
      '2026-01-02,0.25,1',
    ]);
    expect(table.columns[1]).toMatchObject({ type: 'NUMBER', unit: 'FRACTION' });
  });

  it('follows each rate by the compared one', () => {
    const report = conversionReport({ hasComparison: true, series: [rates([0.5, 0.25], { previous: [0.4, null] })] });
    expect(linesOf(toConversionTable(report, 'WIDE'))).toEqual([
      'date,install to paid,install to paid (previous)',
      '2026-01-01,0.5,0.4',
      '2026-01-02,0.25,.',
    ]);
  });

  it('is the whole period where there are no series', () => {
    const report = conversionReport({ fromCount: null, toCount: null });
    expect(linesOf(toConversionTable(report, 'WIDE'))).toEqual(['date,from_count,to_count,rate', '.,.,.,.']);
    expect(namesOf(toConversionTable(conversionReport({ interval: 'TOTAL' }), 'WIDE'))).toEqual([
      'from_count',
      'to_count',
      'rate',
    ]);
  });
});
