import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { createPeriod } from '../../src/analytics/period.ts';
import { createTimeAxis } from '../../src/analytics/time-axis.ts';
import { toEventCatalog } from '../../src/warehouse/analyses/event-catalog.ts';
import { computeEventMetrics, type EventMetricsQuery } from '../../src/warehouse/analyses/event-metrics.ts';
import { computeLifetimeValue } from '../../src/warehouse/analyses/lifetime-value.ts';
import { computeRetention } from '../../src/warehouse/analyses/retention.ts';
import type { RetentionQuestion } from '../../src/warehouse/analyses/retention-sql.ts';
import { createDatabase } from '../../src/warehouse/database.ts';
import { quoteText } from '../../src/warehouse/sql-text.ts';
import { EVENT_COLUMNS } from '../funnel/write-events.ts';
import { askDuckDb, toClickHouseSql, toDuckDbSql, type EventFile } from './by-hand.ts';
import { VISIT_COLUMNS } from './write-visits.ts';

// A process of its own: asks one question of the events once, and tells what it found, how long it took and what it cost.
const { BENCH_FOLDER: folder = '', BENCH_FILE: name = '', BENCH_WORK: work = '', BENCH_CHDB: chdb = '' } = process.env;
const file: EventFile = {
  folder,
  path: join(folder, name),
  entry: name.startsWith('visits') ? 'sign_up' : 'open',
};
const memoryLimitMiB = 512;

/** What is measured: everything before it is made ready. */
type Ask = () => Promise<readonly number[]>;

const entry = { event: file.entry, name: file.entry, filters: [] };
const relation = {
  sql: `read_parquet(${quoteText(file.path)})`,
  columns: new Set(name.startsWith('visits') ? VISIT_COLUMNS : EVENT_COLUMNS),
};

const WORKS: Readonly<Record<string, () => Promise<Ask>>> = {
  Tributary: () => retention({}),
  'Tributary, half of the memory': () => retention({}, memoryLimitMiB / 2),
  'SQL by hand': () => askDuckDb(toDuckDbSql(file).month, folder),
  'ClickHouse, SQL by hand': () => askClickHouse(toClickHouseSql(file).month),
  'Tributary, any event': () => retention({ entry: null }),
  'Tributary, RECURRING': () => retention({ entryKind: 'RECURRING' }),
  'Tributary, ROLLING': () => retention({ mode: 'ROLLING' }),
  'Tributary, by country': () => retention({ breakdown: ['country'] }),
  'Tributary, days of Berlin': () => retention({ period: days('Europe/Berlin', 30) }),
  'Tributary, lifetime value': lifetimeValue,
  'Tributary, one day': () => retention({ period: days('UTC', 1), entryKind: 'RECURRING' }),
  'SQL by hand, one day': () => askDuckDb(toDuckDbSql(file).day, folder),
  'retention of ClickHouse, one day': () => askClickHouse(toClickHouseSql(file).day),
  'Tributary, users of each day': dailyUsers,
  'SQL by hand, users of each day': () => askDuckDb(toDuckDbSql(file).dailyUsers, folder),
  'ClickHouse, users of each day': () => askClickHouse(toClickHouseSql(file).dailyUsers),
};

function days(timezone: string, count: number) {
  const start = Temporal.ZonedDateTime.from(`2026-09-01[${timezone}]`);
  return createPeriod(start, start.add({ days: count }), { timezone, now: 0 });
}

async function prepare(limitMiB = memoryLimitMiB) {
  const temporaryFolder = join(folder, 'temporary');
  const database = createDatabase({ temporaryFolder, folders: [folder], memoryLimitMiB: limitMiB, threads: 2 });
  const { signal } = new AbortController();
  await database.rows('select 1', signal);
  return { database, signal, asOf: days('UTC', 61).end.epochMilliseconds, currency: 'EUR' };
}

async function retention(asked: Partial<RetentionQuestion>, limitMiB?: number): Promise<Ask> {
  const tools = await prepare(limitMiB);
  const question: RetentionQuestion = {
    period: days('UTC', 30),
    interval: 'DAY',
    entry,
    returning: null,
    entryKind: 'FIRST_TIME',
    mode: 'N_DAY',
    offsets: 30,
    breakdown: [],
    filters: [],
    ...asked,
  };
  return async () => {
    const { rows } = await computeRetention(relation, question, tools);
    const cohorts = rows.filter(({ isTotal }) => !isTotal);
    return [1, 7, 30].map((offset) => cohorts.reduce((sum, { cells }) => sum + (cells[offset]?.count ?? 0), 0));
  };
}

async function lifetimeValue(): Promise<Ask> {
  const tools = await prepare();
  const money = { value: null, accounting: 'GROSS', offsetBy: 'DAY' } as const;
  const question = { period: days('UTC', 30), interval: 'WEEK', entry, ...money, breakdown: [], filters: [] } as const;
  return async () => {
    const { rows } = await computeLifetimeValue(relation, question, tools);
    return rows.slice(1).map(({ size }) => size ?? Number.NaN);
  };
}

async function dailyUsers(): Promise<Ask> {
  const tools = await prepare();
  const period = days('UTC', 61);
  const metric = toEventCatalog(relation, null).find(({ key }) => key === 'unique_users');
  if (!metric) throw new Error('Users cannot be counted');
  const axis = createTimeAxis(period, 'DAY');
  const question: EventMetricsQuery = {
    selections: [{ metric: { kind: 'catalog', metric }, filters: [] }],
    period,
    axis,
    breakdown: [],
    comparison: null,
  };
  return async () => {
    const { series } = await computeEventMetrics(relation, question, tools);
    const values = (series[0]?.values ?? []).flatMap((value) => (value ? [value] : []));
    return [values.reduce((sum, value) => sum + value, 0), Math.max(...values), values.length];
  };
}

async function askClickHouse(sql: string): Promise<Ask> {
  const { query } = (await import(join(chdb, 'node_modules/chdb/index.mjs'))) as {
    readonly query: (sql: string, format: string) => string;
  };
  query('select 1', 'CSV');
  return async () => query(sql, 'CSV').trim().split(',').map(Number);
}

const ask = await WORKS[work]?.();
if (!ask) throw new Error(`There is no work ${work}`);
const start = performance.now();
const cpu = process.cpuUsage();
const counts = await ask();
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(cpu);
process.send?.({ ms, cpuMs: (user + system) / 1000, peakMiB: peakMiB(), counts }, () => process.exit());

/** Most memory that this process has had, by what the kernel says. */
function peakMiB(): number {
  const kibibytes = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kibibytes) / 1024;
}
