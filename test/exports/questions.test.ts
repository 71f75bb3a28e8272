import { describe, expect, it } from 'vitest';
import { DataSources } from '../../src/analytics/data-source.ts';
import { toGlobalId } from '../../src/analytics/global-id.ts';
import { toKept } from '../../src/exports/kept-question.ts';
import type { CreateExportRequest } from '../../src/exports/request.ts';
import { resolveRows, type RowsRequest } from '../../src/exports/rows-query.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createFakeExports } from './fake-exports.ts';
import { dataSourceOf, NOON, rowsRequest } from './open-exports.ts';

const { capability } = createFakeExports();
const limited = { limits: { ...capability.limits, intervals: ['DAY' as const] } };
const fake = dataSourceOf('fake', { exports: capability });
const events = dataSourceOf('events', { events: { ...limited, options: capability.options, readEvents: none } });
const reports = dataSourceOf('reports', { retention: limited as never, cohorts: limited as never }, 'Asia/Tokyo');
const native = { ...limited, nativeFiles: {} } as never;
const natives = ['natives', 'others'].map((key) => dataSourceOf(key, { metrics: native, cohorts: native }));
const services = { dataSources: new DataSources([fake, events, reports, ...natives]), clock: new ManualClock(NOON) };

// eslint-disable-next-line require-yield -- nothing is read by these tests
async function* none(): AsyncGenerator<never> {
  return;
}

const keep = (request: CreateExportRequest) => toKept(request, services);
const keepRows = (rows: Parameters<typeof rowsRequest>[1], request = {}) => keep(rowsRequest(request, rows));

const retention = (query: object, request: Partial<CreateExportRequest> = {}) =>
  keep({
    ...rowsRequest(request),
    source: { report: { retention: { source: 'reports', ...query } } } as never,
  });

describe('what a task keeps of rows', () => {
  it('has days in the place of a name', () => {
    expect(keepRows({ period: { preset: 'YESTERDAY' } })).toMatchObject({
      source: 'fake',
      what: { kind: 'ROWS', rows: { period: { dates: { from: '2026-01-30', to: '2026-01-30' } }, timezone: 'UTC' } },
    });
  });

  it('means the days of the time zone asked for', () => {
    // Noon of 31 January in UTC is 1 February in Kiritimati.
    const kept = keepRows({ period: { preset: 'YESTERDAY' }, timezone: 'Pacific/Kiritimati' });
    expect(kept.what).toMatchObject({
      rows: { period: { dates: { from: '2026-01-31', to: '2026-01-31' } }, timezone: 'Pacific/Kiritimati' },
    });
  });

  it('keeps instants where they are no whole days', () => {
    const instants = { from: '2026-01-01T06:00:00Z', to: '2026-01-01T09:30:00Z' };
    expect(keepRows({ period: { instants } }).what).toMatchObject({ rows: { period: { instants } } });
  });
});

describe('formats', () => {
  it.each(['PARQUET', 'XLSX'] as const)('refuse to be compressed twice: %s', (format) => {
    expect(() => keepRows({}, { format, compression: 'GZIP' })).toThrow(
      `input.compression: ${format} is compressed by itself. Allowed: NONE`,
    );
  });

  it("leave the provider's own files as they are", () => {
    expect(() => keepRows({}, { format: 'PROVIDER_NATIVE', compression: 'GZIP' })).toThrow(
      "input.compression: the provider's own files stay as they are. Allowed: NONE",
    );
    expect(keepRows({}, { format: 'PROVIDER_NATIVE' }).source).toBe('fake');
  });

  describe("of the provider's own files", () => {
    const native = { format: 'PROVIDER_NATIVE' as const };
    const period = { preset: 'YESTERDAY' as const };
    const members = (source: string) => ({
      ...rowsRequest(native),
      source: { cohortMembers: toGlobalId('Cohort', source, 'c1') },
    });
    const metrics = (...sources: readonly string[]) => ({
      ...rowsRequest(native),
      source: { report: { metrics: { select: sources.map((source) => ({ source })), period } } } as never,
    });

    it('are taken where the provider has some', () => {
      expect(keep(members('natives')).what).toMatchObject({ kind: 'COHORT_MEMBERS', cohort: 'c1' });
      expect(keep(metrics('natives', 'natives'))).toMatchObject({ source: 'natives', what: { report: 'metrics' } });
    });

    const ALLOWED = 'Allowed: CSV, TSV, JSONL, PARQUET, XLSX';
    it.each<readonly [string, () => unknown, string]>([
      [
        'a report',
        () => retention({ period }, native),
        `Fake has no file of its own for retention (data source "reports"). ${ALLOWED}`,
      ],
      [
        'members',
        () => keep(members('reports')),
        `Fake has no file of its own for cohorts (data source "reports"). ${ALLOWED}`,
      ],
      [
        'events',
        () => keepRows({ source: 'events', table: 'events' }, native),
        `events are read page by page and are no file of the provider's own (data source "events"). ${ALLOWED}`,
      ],
      [
        'several data sources',
        () => keep(metrics('natives', 'others', 'natives')),
        `the provider's own files are of one data source, and the report asks several: "natives", "others". ${ALLOWED}`,
      ],
    ])('are refused where there are none: %s', (_what, ask, message) => {
      expect(ask).toThrow(`input.format: ${message}`);
    });
  });
});

describe('what a task keeps of events, reports and members', () => {
  it('takes events where the provider prepares no exports', () => {
    const kept = keepRows({ source: 'events', table: 'events', period: { preset: 'TODAY' } });
    expect(kept).toMatchObject({
      source: 'events',
      what: { rows: { period: { dates: { from: '2026-01-31', to: '2026-01-31' } } } },
    });
    expect(() => keepRows({ source: 'events', table: 'events', columns: ['at'] })).toThrow(
      'input.source.rows.columns: the table of events has all its columns always; leave them out',
    );
    expect(() => keepRows({ source: 'events', table: 'sessions' })).toThrow('has no exports of raw rows');
  });

  it('has days in the place of a name, of the data source or as asked', () => {
    const period = { preset: 'YESTERDAY' };
    const kept = (query: object) => retention(query).what;
    const dates = (day: string) => ({
      kind: 'REPORT',
      report: 'retention',
      query: { period: { dates: { from: day, to: day } } },
    });
    // Noon in UTC is still 31 January in Tokyo, and is 1 February in Kiritimati.
    expect(kept({ period })).toMatchObject(dates('2026-01-30'));
    expect(kept({ period, timezone: 'Pacific/Kiritimati' })).toMatchObject(dates('2026-01-31'));
  });

  it('takes the id of a cohort', () => {
    const ask = (cohortMembers: string) => keep({ ...rowsRequest(), source: { cohortMembers } });
    expect(ask(toGlobalId('Cohort', 'reports', 'c/1'))).toEqual({
      source: 'reports',
      what: { kind: 'COHORT_MEMBERS', source: 'reports', cohort: 'c/1' },
    });
    for (const id of ['c1', toGlobalId('Dashboard', 'reports', 'c1'), toGlobalId('Cohort', 'nowhere', 'c1')]) {
      expect(() => ask(id)).toThrow('input.source.cohortMembers: is not the id of a cohort');
    }
    expect(() => ask(toGlobalId('Cohort', 'fake', 'c1'))).toThrow('Fake has no cohorts');
  });
});

describe('rows', () => {
  const resolve = (rows: Partial<RowsRequest>) => {
    const request: RowsRequest = {
      source: 'fake',
      table: 'rows',
      period: { dates: { from: '2026-01-01', to: '2026-01-02' } },
      filters: [],
      ...rows,
    };
    return resolveRows(request, fake, { now: NOON, path: 'rows' });
  };
  const filter = (dimension: string, ...values: string[]) => ({ dimension, operator: 'IS' as const, values });

  it('have the usual columns where none are named', () => {
    expect(resolve({}).columns).toEqual(['at', 'number', 'name', 'share']);
    expect(resolve({ columns: ['share', 'at'] }).columns).toEqual(['share', 'at']);
  });

  it.each<readonly [string, Partial<RowsRequest>, string]>([
    ['a table with a near match', { table: 'rws' }, 'rows.table: "fake" exports no table "rws". Did you mean "rows"?'],
    [
      'a table unlike any',
      { table: 'sessions' },
      'rows.table: "fake" exports no table "sessions". Known: rows, openRows.',
    ],
    [
      'a column with a near match',
      { columns: ['at', 'nam'] },
      'rows.columns[1]: rows has no column "nam". Did you mean "name"?',
    ],
    ['a column twice', { columns: ['at', 'name', 'at'] }, 'rows.columns[2]: "at" is named twice'],
    [
      'a filter with a near match',
      { filters: [filter('contry', 'SE')] },
      'rows.filters[0].dimension: rows cannot be filtered by "contry". Did you mean "country"?',
    ],
    [
      'too many values',
      { filters: [filter('country', 'SE', 'NO', 'DK')] },
      'rows.filters[0].values: 3 values are more than the 2 of one filter (data source "fake")',
    ],
    [
      'an operator that it has not',
      { filters: [{ ...filter('country', 'SE'), operator: 'CONTAINS' }] },
      'rows.filters[0].operator: CONTAINS is not available. Allowed: IS (data source "fake")',
    ],
    [
      'an option that it has not',
      { options: { tome: 'x' } },
      'rows.options: there is no option "tome". Did you mean "tone"? Known: tone.',
    ],
    [
      'days before there was data',
      { period: { dates: { from: '2024-12-31', to: '2025-01-02' } } },
      'rows.period: starts on 2024-12-31, before the first day with data, 2025-01-01',
    ],
  ])('refuse %s', (_what, rows, message) => {
    expect(() => resolve(rows)).toThrow(message);
  });

  it('take what fits', () => {
    const filters = [filter('country', 'SE', 'NO'), filter('campaign', ...Array.from({ length: 50 }, String))];
    const query = resolve({ filters, options: { tone: 'low' } });
    expect(query.filters.map(({ path }) => path)).toEqual(['rows.filters[0]', 'rows.filters[1]']);
    expect(query.options).toEqual({ tone: 'low' });
  });

  it('take other columns where not all are known', () => {
    expect(resolve({ table: 'openRows', columns: ['at', 'own'] }).columns).toEqual(['at', 'own']);
    expect(() => resolve({ table: 'openRows', columns: ['own', 'own'] })).toThrow('is named twice');
  });
});
