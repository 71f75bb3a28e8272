import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMetricsTable } from '../../src/tabular/metrics-table.ts';
import { axisOf, linesOf, metricsReport, namesOf, series, sourceOf } from './reports.ts';

const country = (value: string | null) => [{ dimension: 'country', value }];

describe('wide metrics table', () => {
  it('has a column per series', () => {
    const revenue = series({ name: 'revenue', unit: 'MONEY', currency: 'EUR', values: [9.5, null] });
    const table = toMetricsTable(metricsReport([series(), revenue]), 'WIDE');
    expect(linesOf(table)).toEqual(['date,installs,revenue', '2026-01-01,1,9.5', '2026-01-02,2,.']);
    expect(table.columns[1]).toMatchObject({ type: 'INTEGER', unit: 'COUNT', currency: null });
    expect(table.columns[2]).toMatchObject({ type: 'NUMBER', unit: 'MONEY', currency: 'EUR' });
  });

  it('joins days of different time zones', () => {
    const tokyo = series({ name: 'clicks', axis: axisOf('DAY', { timezone: 'Asia/Tokyo' }), values: [5, 6] });
    expect(linesOf(toMetricsTable(metricsReport([series(), tokyo]), 'WIDE'))).toEqual([
      'date,installs,clicks',
      '2026-01-01,1,5',
      '2026-01-02,2,6',
    ]);
  });

  it('has null where a series has no bucket', () => {
    const later = series({
      name: 'later',
      axis: axisOf('DAY', { from: '2026-01-02', to: '2026-01-03' }),
      values: [0, 8],
    });
    expect(linesOf(toMetricsTable(metricsReport([later, series()]), 'WIDE'))).toEqual([
      'date,later,installs',
      '2026-01-01,.,1',
      '2026-01-02,0,2',
      '2026-01-03,8,.',
    ]);
  });

  it('joins hours by instant over a clock change', () => {
    const axis = axisOf('HOUR', { from: '2026-10-25', to: '2026-10-25', timezone: 'Europe/Stockholm' });
    const utc = axisOf('HOUR', { from: '2026-10-25', to: '2026-10-25' });
    const all = [
      series({ axis, values: axis.epochs.map((_epoch, hour) => hour) }),
      series({ name: 'utc', axis: utc, values: utc.epochs.map((_epoch, hour) => hour) }),
    ];
    const lines = linesOf(toMetricsTable(metricsReport(all, { interval: 'HOUR' }), 'WIDE'));
    expect(lines.slice(0, 6)).toEqual([
      'at,installs,utc',
      '2026-10-25T00:00:00+02:00,0,.',
      '2026-10-25T01:00:00+02:00,1,.',
      '2026-10-25T02:00:00+02:00,2,0',
      '2026-10-25T02:00:00+01:00,3,1',
      '2026-10-25T03:00:00+01:00,4,2',
    ]);
    expect(lines.at(-1)).toBe('2026-10-25T23:00:00Z,.,23');
    expect(lines).toHaveLength(1 + 26);
  });

  it('has one row for TOTAL and no time', () => {
    const total = { axis: axisOf('TOTAL'), values: [] };
    const all = [series({ ...total, total: 7, previousTotal: 5 }), series({ ...total, name: 'clicks', total: 9 })];
    expect(linesOf(toMetricsTable(metricsReport(all, { interval: 'TOTAL', hasComparison: true }), 'WIDE'))).toEqual([
      'installs,installs (previous),clicks,clicks (previous)',
      '7,5,9,.',
    ]);
  });

  it('has one row before all others for series without time', () => {
    const bar = (name: string, total: number | null) => series({ name, axis: axisOf('TOTAL'), values: [], total });
    const table = toMetricsTable(metricsReport([series(), bar('a', 7), bar('b', null)]), 'WIDE');
    expect(linesOf(table)).toEqual(['date,installs,a,b', '.,.,7,.', '2026-01-01,1,.,.', '2026-01-02,2,.,.']);
    expect(table.columns[0]).toMatchObject({ name: 'date', type: 'DATE' });
    expect(linesOf(toMetricsTable(metricsReport([bar('a', 7), bar('b', null)]), 'WIDE'))).toEqual([
      'date,a,b',
      '.,7,.',
    ]);
  });

  it('keeps that row before hours earlier than 1970', () => {
    const timeless = series({ name: 'bar', axis: axisOf('TOTAL'), values: [], total: 7 });
    const axis = axisOf('HOUR', { from: '1969-12-31', to: '1970-01-01' });
    const hourly = series({ axis, values: axis.epochs.map((_epoch, hour) => hour) });
    const lines = linesOf(toMetricsTable(metricsReport([hourly, timeless], { interval: 'HOUR' }), 'WIDE'));
    expect(lines.slice(0, 3)).toEqual(['at,installs,bar', '.,.,7', '1969-12-31T00:00:00Z,0,.']);
    expect(lines.slice(25, 28)).toEqual([
      '1969-12-31T23:00:00Z,23,.',
      '1970-01-01T00:00:00Z,24,.',
      '1970-01-01T01:00:00Z,25,.',
    ]);
    expect(lines).toHaveLength(1 + 1 + 48);
  });

  it('follows each series by its compared one', () => {
    const all = [series({ previous: [3, 4] }), series({ name: 'clicks', previous: null })];
    expect(linesOf(toMetricsTable(metricsReport(all, { hasComparison: true }), 'WIDE'))).toEqual([
      'date,installs,installs (previous),clicks,clicks (previous)',
      '2026-01-01,1,3,1,.',
      '2026-01-02,2,4,2,.',
    ]);
  });

  it('names groups by their values', () => {
    const dimensions = [
      { dimension: 'os', value: null },
      { dimension: 'country', value: 'SE' },
    ];
    const all = [series({ dimensions }), series({ dimensions: country('DE') }), series()];
    expect(namesOf(toMetricsTable(metricsReport(all, { breakdown: ['country', 'os'] }), 'WIDE'))).toEqual([
      'date',
      'installs [SE, (not set)]',
      'installs [DE, (not set)]',
      'installs',
    ]);
  });

  it('names the data source only where needed', () => {
    const other = sourceOf('other');
    const all = [
      series(),
      series({ source: other }),
      series({ name: 'clicks' }),
      series({ name: 'views', source: other }),
    ];
    expect(namesOf(toMetricsTable(metricsReport(all), 'WIDE'))).toEqual([
      'date',
      'installs @ store',
      'installs @ other',
      'clicks',
      'views',
    ]);
  });

  it('numbers what is still the same', () => {
    const all = [
      series(),
      series(),
      series({ name: 'date' }),
      series({ name: 'b' }),
      series({ name: 'b', source: sourceOf('x') }),
      series({ name: 'b' }),
    ];
    expect(namesOf(toMetricsTable(metricsReport(all), 'WIDE'))).toEqual([
      'date',
      'installs',
      'installs (2)',
      'date (2)',
      'b @ store',
      'b @ x',
      'b @ store (2)',
    ]);
  });

  it('never has two columns of one name', () => {
    const name = fc.constantFrom('a', 'date', 'a (2)', 'a (previous)', 'a @ x', 'a [SE]', 'a (previous) (2)');
    const one = fc
      .tuple(name, fc.constantFrom('x', 'y'), fc.constantFrom(null, 'SE', '(not set)'))
      .map(([given, key, value]) =>
        series({ name: given, source: sourceOf(key), dimensions: value ? country(value) : [] }),
      );
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), fc.boolean(), (all, hasComparison) => {
        const names = namesOf(toMetricsTable(metricsReport(all, { hasComparison, breakdown: ['country'] }), 'WIDE'));
        expect(new Set(names).size).toBe(1 + all.length * (hasComparison ? 2 : 1));
      }),
    );
  });

  it('is a header alone without series', () => {
    expect(linesOf(toMetricsTable(metricsReport([]), 'WIDE'))).toEqual(['date']);
    expect(toMetricsTable(metricsReport([], { interval: 'TOTAL' }), 'WIDE')).toEqual({ columns: [], rowCount: 0 });
  });

  it('refuses more cells than a table has', () => {
    const axis = axisOf('DAY', { from: '2020-01-01', to: '2025-12-31' });
    const all = Array.from({ length: 912 }, () => series({ axis }));
    expect(() => toMetricsTable(metricsReport(all), 'WIDE')).toThrow(/^2192 rows of 913 columns are more/);
  });
});
