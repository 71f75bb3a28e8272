import { describe, expect, it } from 'vitest';
import { toFunnelTable } from '../../src/tabular/funnel-table.ts';
import { funnelReport, linesOf, namesOf, steps } from './reports.ts';

const sweden = { dimensions: [{ dimension: 'country', value: 'SE' }], at: null, steps: steps(150, 40, 20) };
const unknown = { dimensions: [{ dimension: 'country', value: null }], at: null, steps: steps(50, 10, 0) };

describe('tidy funnel table', () => {
  it('has a row per step', () => {
    expect(linesOf(toFunnelTable(funnelReport(), 'TIDY'))).toEqual([
      'step,name,count,from_start,from_previous,drop_off,median_seconds_from_previous',
      '1,install,200,1,.,.,.',
      '2,trial,50,0.25,0.25,150,90.5',
      '3,paid,20,0.1,0.4,30,90.5',
    ]);
  });

  it('has everybody before the groups', () => {
    const report = funnelReport({ breakdown: ['country'], groups: [sweden, unknown] });
    const lines = linesOf(toFunnelTable(report, 'TIDY'));
    expect(lines.slice(0, 2)).toEqual([
      'country,step,name,count,from_start,from_previous,drop_off,median_seconds_from_previous',
      '.,1,install,200,1,.,.,.',
    ]);
    expect(lines[4]).toBe('SE,1,install,150,1,.,.,.');
    expect(lines[9]).toBe('.,3,paid,0,0,0,10,90.5');
    expect(lines).toHaveLength(10);
  });

  it('shows the day of a daily bucket', () => {
    const groups = [{ dimensions: [], at: '2026-01-02T00:00:00+01:00', steps: steps(10, 5) }];
    const table = toFunnelTable(funnelReport({ interval: 'DAY', groups, steps: steps(10, 5) }), 'TIDY');
    expect(table.columns[0]).toMatchObject({
      name: 'date',
      type: 'DATE',
      values: [null, null, '2026-01-02', '2026-01-02'],
    });
  });

  it('shows the instant of an hourly bucket', () => {
    const at = '2026-01-02T13:00:00+01:00';
    const table = toFunnelTable(
      funnelReport({ interval: 'HOUR', groups: [{ dimensions: [], at, steps: steps(1) }] }),
      'TIDY',
    );
    expect(table.columns[0]).toMatchObject({ name: 'at', type: 'DATETIME', values: [null, null, null, at] });
  });

  it('has null where nobody started', () => {
    expect(linesOf(toFunnelTable(funnelReport({ steps: steps(0, 0, null) }), 'TIDY')).slice(1)).toEqual([
      '1,install,0,.,.,.,.',
      '2,trial,0,.,.,0,90.5',
      '3,paid,.,.,.,.,90.5',
    ]);
  });

  it('says what its numbers are', () => {
    const { columns } = toFunnelTable(funnelReport(), 'TIDY');
    expect(columns.map(({ name, type, unit }) => [name, type, unit])).toEqual([
      ['step', 'INTEGER', null],
      ['name', 'TEXT', null],
      ['count', 'INTEGER', 'DISTINCT_COUNT'],
      ['from_start', 'NUMBER', 'FRACTION'],
      ['from_previous', 'NUMBER', 'FRACTION'],
      ['drop_off', 'INTEGER', 'DISTINCT_COUNT'],
      ['median_seconds_from_previous', 'DURATION', 'DURATION'],
    ]);
  });

  it('prefixes a dimension named like its own column', () => {
    expect(namesOf(toFunnelTable(funnelReport({ breakdown: ['name', 'os'] }), 'TIDY')).slice(0, 2)).toEqual([
      'dimension.name',
      'os',
    ]);
  });
});

describe('wide funnel table', () => {
  it('has a column per step', () => {
    expect(linesOf(toFunnelTable(funnelReport(), 'WIDE'))).toEqual([
      '1. install,2. trial,3. paid,conversion_rate',
      '200,50,20,0.1',
    ]);
  });

  it('has a row per group', () => {
    const report = funnelReport({ breakdown: ['country'], groups: [sweden, unknown] });
    expect(linesOf(toFunnelTable(report, 'WIDE'))).toEqual([
      'country,1. install,2. trial,3. paid,conversion_rate',
      '.,200,50,20,0.1',
      'SE,150,40,20,0.13333333333333333',
      '.,50,10,0,0',
    ]);
  });

  it('has null for steps that a group lacks', () => {
    const short = { dimensions: [], at: '2026-01-01T00:00:00Z', steps: steps(5) };
    expect(linesOf(toFunnelTable(funnelReport({ interval: 'DAY', groups: [short] }), 'WIDE')).at(-1)).toBe(
      '2026-01-01,5,.,.,1',
    );
  });

  it('is a header alone without steps', () => {
    const report = funnelReport({ steps: [], breakdown: ['country'] });
    expect(linesOf(toFunnelTable(report, 'WIDE'))).toEqual(['country,conversion_rate']);
    expect(toFunnelTable(report, 'TIDY').rowCount).toBe(0);
  });
});
