import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CohortsCapability } from '../../src/analytics/cohorts.ts';
import type { EventsCapability } from '../../src/analytics/events.ts';
import { toGlobalId } from '../../src/analytics/global-id.ts';
import type { QueryLimits } from '../../src/analytics/query-limits.ts';
import { ProviderUnavailableError } from '../../src/errors.ts';
import type { CreateExportRequest, ReportName } from '../../src/exports/request.ts';
import type { Reports } from '../../src/reports/reports.ts';
import {
  cohortAnalysisReport,
  cohortRow,
  conversionReport,
  event,
  funnelReport,
  lifetimeValueReport,
  metricsReport,
  retentionReport,
  retentionRow,
  series,
} from '../tabular/reports.ts';
import { dataSourceOf, openExports, rowsRequest, type OpenedExports } from './open-exports.ts';

const LIMITS: QueryLimits = {
  intervals: ['DAY'],
  maxPoints: null,
  maxDays: null,
  earliestDate: null,
  maxBreakdowns: 0,
  filterOperators: [],
  timezones: 'DATA_SOURCE',
  supportsInstants: false,
};
const FRESHNESS = { asOf: 0, fromCache: false, isSettled: true, completeness: 'COMPLETE' } as const;
const EVENT_COUNT = 101_500;

const timeOf = (index: number) => new Date(Date.UTC(2026, 0, 2) - 500 * (index + 1)).toISOString();
/** After which event each part was begun, and how often one has failed. */
const begun: (string | null)[] = [];
let failures = 0;
/** How many events turn up late, by the first event of the page that tells of them. */
let late: Readonly<Record<number, number>> = {};

const events: EventsCapability = {
  limits: LIMITS,
  options: z.strictObject({}),
  async *readEvents(_query, { after, pageSize }) {
    begun.push(after?.id ?? null);
    for (let first = after === null ? 0 : after.rank; first < EVENT_COUNT; first += pageSize) {
      await Promise.resolve();
      // The second part fails in its middle, once.
      if (first === 60_000 && failures++ === 0) throw new ProviderUnavailableError('Later.');
      const count = Math.min(pageSize, EVENT_COUNT - first);
      const indexes = Array.from({ length: count }, (_, index) => first + index);
      yield {
        events: indexes.map((index) => event({ id: `e${index}`, at: timeOf(index), properties: { b: 1, a: index } })),
        positions: indexes.map((index) => ({ at: timeOf(index), id: `e${index}`, rank: index + 1 })),
        totalCount: EVENT_COUNT,
        lateArrivals: late[first] ?? 0,
        hasMore: first + count < EVENT_COUNT,
        freshness: FRESHNESS,
      };
    }
  },
};

const cohorts: CohortsCapability = {
  listCohorts: () => Promise.resolve([]),
  readMembers: (cohortId) =>
    Promise.resolve({
      idName: 'id',
      attributeNames: ['city'],
      members: [
        { userId: `007 of ${cohortId}`, attributes: ['Umeå'] },
        { userId: '8', attributes: [null] },
      ],
      freshness: { ...FRESHNESS, completeness: 'TRUNCATED' },
    }),
};

const limited = { limits: LIMITS } as never;
const source = dataSourceOf('tables', {
  events,
  cohorts,
  metrics: limited,
  funnels: limited,
  conversions: limited,
  retention: limited,
  'cohort-analysis': limited,
  'lifetime-value': limited,
});

const reports = {
  metrics: () => Promise.resolve(metricsReport([series()])),
  funnel: () => Promise.resolve(funnelReport()),
  conversion: () => Promise.resolve(conversionReport()),
  retention: () => Promise.resolve(retentionReport([retentionRow({}, 10, 5)])),
  cohortAnalysis: () => Promise.resolve(cohortAnalysisReport([cohortRow({}, 4, 2)])),
  lifetimeValue: () => Promise.resolve(lifetimeValueReport([{ ...cohortRow({}, 4), lifetimeValue: 0.4 }])),
} as unknown as Reports;

let exports: OpenedExports;

beforeAll(async () => (exports = await openExports([source], { reports })));
afterAll(() => exports.close());

async function linesOf(asked: CreateExportRequest['source'], csv: object = {}): Promise<string[]> {
  const task = await exports.run({ source: asked, csv: { lineEnding: 'LF', ...csv } });
  if (task.state !== 'SUCCEEDED') throw new Error(JSON.stringify(task.failure));
  return (await exports.read(task)).bytes.toString().trimEnd().split('\n');
}

describe('events that are read page by page', () => {
  it('become one file of several parts, none lost and none twice', async () => {
    const rows = rowsRequest({}, { source: 'tables', table: 'events' }).source;
    const [header = '', ...lines] = await linesOf(rows);
    expect(header).toMatch(/^at,name,id,user_id,.*,properties,attributes$/);
    expect(lines).toHaveLength(EVENT_COUNT);
    expect(lines.every((line, index) => line.startsWith(`${timeOf(index)},purchase,e${index},`))).toBe(true);
    expect(lines[0]).toContain('"{""a"":0,""b"":1}"');
    // Parts of 50,000 events; the one that failed was begun anew where the one before it had ended.
    expect(begun).toEqual([null, 'e49999', 'e49999', 'e99999']);
  }, 60_000);

  it('are PARTIAL where some have turned up too late to be read', async () => {
    // In the middle of the second of three parts: neither a later page nor a later part makes it whole.
    late = { 70_000: 2 };
    const rows = rowsRequest({}, { source: 'tables', table: 'events' }).source;
    const task = await exports.run({ source: rows });
    late = {};
    expect(task).toMatchObject({ state: 'SUCCEEDED', rowCount: EVENT_COUNT, completeness: 'PARTIAL' });
    expect((await exports.run({ source: rows })).completeness).toBe('COMPLETE');
  }, 60_000);
});

describe('members of a cohort', () => {
  it('become a row each, as complete as the provider says', async () => {
    const cohortMembers = toGlobalId('Cohort', 'tables', 'c1');
    const task = await exports.run({ source: { cohortMembers } });
    expect(task).toMatchObject({ state: 'SUCCEEDED', rowCount: 2, expectedRowCount: 2, completeness: 'TRUNCATED' });
    expect((await exports.read(task)).bytes.toString()).toBe('user_id,city\n007 of c1,Umeå\n8,\n');
  });
});

const period = { dates: { from: '2026-01-01', to: '2026-01-02' } };
const common = { source: 'tables', period, interval: 'DAY', breakdown: [], filters: [] } as const;
const offsets = { accounting: 'GROSS', offsetBy: 'PERIOD' } as const;
const stage = (subscription: 'INSTALL' | 'TRIAL') => ({ subscription: { stage: subscription, orLater: false } });
const steps = ['install', 'paid'].map((name) => ({ event: name, filters: [] }));

/** What each report is asked, and the lines of its file, worked out by hand from the reports above. */
const REPORTS: Readonly<Record<ReportName, readonly [query: object, lines: readonly string[]]>> = {
  metrics: [
    {
      select: [{ source: 'tables', metric: { key: 'installs' }, filters: [] }],
      period,
      interval: 'DAY',
      breakdown: [],
      seriesLimit: 10,
      filters: [],
    },
    [
      'date,source,metric,value,unit,currency',
      '2026-01-01,store,installs,1,COUNT,',
      '2026-01-02,store,installs,2,COUNT,',
    ],
  ],
  funnel: [
    { ...common, steps, order: 'ORDERED', countBy: 'USERS', excluding: [] },
    [
      'step,name,count,from_start,from_previous,drop_off,median_seconds_from_previous',
      '1,install,200,1,,,',
      '2,trial,50,0.25,0.25,150,90.5',
      '3,paid,20,0.1,0.4,30,90.5',
    ],
  ],
  conversion: [
    { ...common, from: stage('INSTALL'), to: stage('TRIAL') },
    ['date,from_count,to_count,rate', ',200,50,0.25'],
  ],
  retention: [
    { ...common, entryKind: 'FIRST_TIME', mode: 'N_DAY' },
    [
      'cohort,is_total,size,offset,count,rate,is_complete',
      '2026-01-01,false,10,0,10,1,true',
      '2026-01-01,false,10,1,5,0.5,true',
    ],
  ],
  cohortAnalysis: [
    { ...common, ...offsets, measure: 'REVENUE', cumulative: false },
    [
      'cohort,is_total,size,offset,value,share,is_complete',
      '2026-01-01,false,10,0,4,1,true',
      '2026-01-01,false,10,1,2,0.5,true',
    ],
  ],
  lifetimeValue: [
    { ...common, ...offsets },
    ['cohort,is_total,size,lifetime_value,offset,value,share,is_complete', '2026-01-01,false,10,0.4,0,4,1,true'],
  ],
};

describe('reports', () => {
  it.each(Object.entries(REPORTS))('become files: %s', async (name, [query, lines]) => {
    expect(await linesOf({ report: { [name]: query } as never })).toEqual(lines);
  });

  it('are laid out as asked', async () => {
    const [query] = REPORTS.retention;
    expect(await linesOf({ report: { retention: query } as never }, { layout: 'WIDE' })).toEqual([
      'cohort,is_total,size,0,1',
      '2026-01-01,false,10,1,0.5',
    ]);
  });
});
