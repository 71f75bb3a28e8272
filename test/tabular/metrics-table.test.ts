import { describe, expect, it } from 'vitest';
import { ResultTooLargeError } from '../../src/errors.ts';
import type { TimeAxis } from '../../src/analytics/time-axis.ts';
import { toMetricsTable } from '../../src/tabular/metrics-table.ts';
import { axisOf, linesOf, metricsReport, namesOf, series, sourceOf } from './reports.ts';

describe('tidy metrics table', () => {
  it('has a row per series and day', () => {
    const revenue = series({
      name: 'revenue',
      source: sourceOf('shop'),
      unit: 'MONEY',
      currency: 'EUR',
      values: [9.5, null],
    });
    expect(linesOf(toMetricsTable(metricsReport([series(), revenue]), 'TIDY'))).toEqual([
      'date,source,metric,value,unit,currency',
      '2026-01-01,store,installs,1,COUNT,.',
      '2026-01-02,store,installs,2,COUNT,.',
      '2026-01-01,shop,revenue,9.5,MONEY,EUR',
      '2026-01-02,shop,revenue,.,MONEY,EUR',
    ]);
  });

  it('shows instants for hours', () => {
    const axis = axisOf('HOUR', { to: '2026-01-01', timezone: 'Asia/Kathmandu' });
    const hourly = series({ axis, values: axis.epochs.map((_epoch, hour) => hour) });
    const table = toMetricsTable(metricsReport([hourly], { interval: 'HOUR' }), 'TIDY');
    expect(table.columns[0]).toMatchObject({ name: 'at', type: 'DATETIME' });
    expect(linesOf(table)[2]).toBe('2026-01-01T01:00:00+05:45,store,installs,1,COUNT,.');
    expect(table.rowCount).toBe(24);
  });

  it('has one row per series for TOTAL', () => {
    const total = { axis: axisOf('TOTAL'), values: [], previous: null };
    const all = [series({ ...total, total: 7, previousTotal: 5 }), series({ ...total, name: 'clicks', total: null })];
    const report = metricsReport(all, { interval: 'TOTAL', hasComparison: true });
    expect(linesOf(toMetricsTable(report, 'TIDY'))).toEqual([
      'source,metric,value,previous,unit,currency',
      'store,installs,7,5,COUNT,.',
      'store,clicks,.,.,COUNT,.',
    ]);
  });

  it('has one row without a time for a series that has none', () => {
    const bar = series({ name: 'bar', axis: axisOf('TOTAL'), values: [], total: 7, previousTotal: 0 });
    const report = metricsReport([bar, series({ previous: [3, null] })], { hasComparison: true });
    const table = toMetricsTable(report, 'TIDY');
    expect(linesOf(table)).toEqual([
      'date,source,metric,value,previous,unit,currency',
      '.,store,bar,7,0,COUNT,.',
      '2026-01-01,store,installs,1,3,COUNT,.',
      '2026-01-02,store,installs,2,.,COUNT,.',
    ]);
    expect(table).toMatchObject({ rowCount: 3, columns: [{ name: 'date', type: 'DATE' }, {}, {}, {}, {}, {}, {}] });
  });

  it('counts series without time as a row each', () => {
    const bars = new Array<ReturnType<typeof series>>(100_001).fill(series({ axis: axisOf('TOTAL'), values: [] }));
    expect(toMetricsTable(metricsReport(bars.slice(1)), 'TIDY').rowCount).toBe(100_000);
    expect(() => toMetricsTable(metricsReport(bars), 'TIDY')).toThrow(ResultTooLargeError);
  });

  it('lists every dimension in the order asked', () => {
    const dimensions = [
      { dimension: 'os', value: null },
      { dimension: 'country', value: 'SE' },
    ];
    const report = metricsReport([series({ dimensions }), series()], { breakdown: ['country', 'os'] });
    const lines = linesOf(toMetricsTable(report, 'TIDY'));
    expect(lines[0]).toBe('date,source,metric,country,os,value,unit,currency');
    expect(lines[1]).toBe('2026-01-01,store,installs,SE,.,1,COUNT,.');
    expect(lines[3]).toBe('2026-01-01,store,installs,.,.,1,COUNT,.');
  });

  it('prefixes a dimension named like its own column', () => {
    const dimensions = [{ dimension: 'source', value: 'newsletter' }];
    const report = metricsReport([series({ dimensions })], { breakdown: ['source'] });
    expect(linesOf(toMetricsTable(report, 'TIDY')).slice(0, 2)).toEqual([
      'date,source,metric,dimension.source,value,unit,currency',
      '2026-01-01,store,installs,newsletter,1,COUNT,.',
    ]);
  });

  it('keeps compared values beside their buckets', () => {
    const all = [series({ previous: [3] }), series({ name: 'b', previous: [4, 5, 6] }), series({ name: 'c' })];
    expect(linesOf(toMetricsTable(metricsReport(all, { hasComparison: true }), 'TIDY'))).toEqual([
      'date,source,metric,value,previous,unit,currency',
      '2026-01-01,store,installs,1,3,COUNT,.',
      '2026-01-02,store,installs,2,.,COUNT,.',
      '2026-01-01,store,b,1,4,COUNT,.',
      '2026-01-02,store,b,2,5,COUNT,.',
      '2026-01-01,store,c,1,.,COUNT,.',
      '2026-01-02,store,c,2,.,COUNT,.',
    ]);
  });

  it('names the unit that all series share', () => {
    const money = { unit: 'MONEY', currency: 'EUR' } as const;
    const shared = toMetricsTable(metricsReport([series(money), series(money)]), 'TIDY');
    expect(shared.columns[3]).toMatchObject({ name: 'value', type: 'NUMBER', unit: 'MONEY', currency: 'EUR' });
    const dollars = series({ ...money, currency: 'USD' });
    const mixed = toMetricsTable(metricsReport([series(money), dollars, series()]), 'TIDY');
    expect(mixed.columns[3]).toMatchObject({ type: 'NUMBER', unit: null, currency: null });
  });

  it('has whole numbers for whole counts only', () => {
    const typeOf = (given: Parameters<typeof series>[0]): unknown =>
      toMetricsTable(metricsReport([series(given)]), 'TIDY').columns[3]?.type;
    expect(typeOf({ values: [1, null] })).toBe('INTEGER');
    expect(typeOf({ unit: 'DISTINCT_COUNT' })).toBe('INTEGER');
    expect(typeOf({ values: [1, 1.5] })).toBe('NUMBER');
    expect(typeOf({ unit: 'MONEY', currency: 'EUR' })).toBe('NUMBER');
    expect(typeOf({ unit: 'DURATION' })).toBe('DURATION');
  });

  it('is a header alone without series', () => {
    expect(linesOf(toMetricsTable(metricsReport([], { breakdown: ['os'] }), 'TIDY'))).toEqual([
      'date,source,metric,os,value,unit,currency',
    ]);
    expect(namesOf(toMetricsTable(metricsReport([], { interval: 'TOTAL' }), 'TIDY'))).toEqual([
      'source',
      'metric',
      'value',
      'unit',
      'currency',
    ]);
  });

  it('refuses more rows than a table has', () => {
    const times = new Array<string>(50_001).fill('2026-01-01');
    const axis: TimeAxis = {
      interval: 'DAY',
      timezone: 'UTC',
      timestamps: times,
      dates: times,
      epochs: times.map(() => 0),
    };
    const report = metricsReport([series({ axis }), series({ axis })]);
    expect(() => toMetricsTable(report, 'TIDY')).toThrow(ResultTooLargeError);
    expect(() => toMetricsTable(report, 'TIDY')).toThrow(/^100002 rows are more than the 100000 rows/);
  });
});
