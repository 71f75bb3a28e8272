import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Temporal } from 'temporal-polyfill';
import { createPeriod } from '../../src/analytics/period.ts';
import { computeFunnel } from '../../src/warehouse/analyses/funnel.ts';
import type { FunnelQuestion } from '../../src/warehouse/analyses/funnel-rows.ts';
import { createDatabase } from '../../src/warehouse/database.ts';
import { quoteText } from '../../src/warehouse/sql-text.ts';
import { EVENT_COLUMNS } from './write-events.ts';

// A process of its own: asks one funnel of the events once, and tells what it found, how long it took and what it cost.
const { BENCH_FOLDER: folder = '', BENCH_FILE: file = '', BENCH_WORK: work = '', BENCH_CHDB: chdb = '' } = process.env;
const path = join(folder, file);
const memoryLimitMiB = 512;
const DAY_MS = 86_400_000;

type Counts = readonly number[];
/** What is measured: everything before it is made ready. */
type Ask = () => Promise<Counts>;

const MANY = ['open', 'view_item', 'add_to_cart', 'purchase'];
const STEPS = ['view_item', 'add_to_cart', 'checkout', 'purchase'];

const WORKS: Readonly<Record<string, () => Promise<Ask>>> = {
  Tributary: () => computed({}),
  'Tributary, half of the memory': () => computed({}, memoryLimitMiB / 2),
  'Tributary, more rows': () => computed({ steps: MANY.map(toStep) }),
  'Tributary, a step thrice': () =>
    computed({ steps: ['view_item', 'view_item', 'add_to_cart', 'view_item'].map(toStep) }),
  'Tributary, excluding': () => computed({ excluding: [toStep('share')] }),
  'Tributary, by day': () => computed({ interval: 'DAY' }),
  'Tributary, by country': () => computed({ breakdown: ['country'] }),
  'Tributary, STRICT': () => computed({ order: 'STRICT' }),
  'Tributary, UNORDERED': () => computed({ order: 'UNORDERED' }),
  'joins by hand': () => byHand(toJoins(STEPS)),
  'ASOF joins by hand': () => byHand(toAsofJoins(STEPS)),
  'windowFunnel of ClickHouse': () => byClickHouse(STEPS),
  'joins by hand, more rows': () => byHand(toJoins(MANY)),
  'ASOF joins by hand, more rows': () => byHand(toAsofJoins(MANY)),
  'windowFunnel of ClickHouse, more rows': () => byClickHouse(MANY),
};

function toStep(event: string) {
  return { event, name: event, filters: [] };
}

async function computed(asked: Partial<FunnelQuestion>, limitMiB = memoryLimitMiB): Promise<Ask> {
  const temporaryFolder = join(folder, 'temporary');
  const database = createDatabase({ temporaryFolder, folders: [folder], memoryLimitMiB: limitMiB, threads: 2 });
  const { signal } = new AbortController();
  await database.rows('select 1', signal);
  const start = Temporal.ZonedDateTime.from('2026-09-01[UTC]');
  const question: FunnelQuestion = {
    steps: STEPS.map(toStep),
    period: createPeriod(start, start.add({ days: 30 }), { timezone: 'UTC', now: 0 }),
    order: 'ORDERED',
    conversionWindowMs: 7 * DAY_MS,
    countBy: 'USERS',
    excluding: [],
    interval: 'TOTAL',
    breakdown: [],
    filters: [],
    ...asked,
  };
  const events = { sql: `read_parquet(${quoteText(path)})`, columns: new Set(EVENT_COLUMNS) };
  const tools = { database, signal, asOf: start.add({ days: 30 }).epochMilliseconds };
  return async () => {
    const { steps } = await computeFunnel(events, question, tools);
    return steps.map(({ count }) => count ?? Number.NaN);
  };
}

async function byHand(sql: string): Promise<Ask> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: `${memoryLimitMiB}MiB`,
    temp_directory: join(folder, 'temporary'),
  });
  const connection = await instance.connect();
  await connection.run('select 1');
  return async () => ((await connection.runAndReadAll(sql)).getRowsJS()[0] ?? []).map(Number);
}

/** Every row with every later one: how the question is put when nobody thinks of how long it takes. */
function toJoins(steps: readonly string[]): string {
  const tables = steps.map(
    (step, index) => `s${index} as (select user_id, "at" from ${quoteText(path)} where name = '${step}')`,
  );
  const joins = steps.slice(1).map((_, index) => {
    const until = `s0."at" + interval 7 days`;
    return `left join s${index + 1} on s${index + 1}.user_id = s${index}.user_id and s${index + 1}."at" between s${index}."at" and ${until}`;
  });
  const counts = steps.map((_, index) => `count(distinct s${index}.user_id)`);
  return `with ${tables.join(', ')} select ${counts.join(', ')} from s0 ${joins.join(' ')}`;
}

/** Every row with the next one. */
function toAsofJoins(steps: readonly string[]): string {
  const first = `s0 as (select user_id, "at" as t0 from ${quoteText(path)} where name = '${steps[0]}')`;
  const others = steps.slice(1).map(
    (step, index) => `s${index + 1} as (
      select s${index}.*, e."at" as t${index + 1}
      from s${index} asof join (from ${quoteText(path)} where name = '${step}') as e
      on s${index}.user_id = e.user_id and s${index}.t${index} <= e."at"
      where e."at" <= t0 + interval 7 days)`,
  );
  const counts = steps.map((_, index) => `(select count(distinct user_id) from s${index})`);
  return `with ${[first, ...others].join(', ')} select ${counts.join(', ')}`;
}

async function byClickHouse(steps: readonly string[]): Promise<Ask> {
  const { query } = (await import(join(chdb, 'node_modules/chdb/index.mjs'))) as {
    readonly query: (sql: string, format: string) => string;
  };
  query('select 1', 'CSV');
  const names = steps.map((step) => `'${step}'`);
  const sql = `select ${steps.map((_, index) => `countIf(level > ${index})`).join(', ')} from (
    select windowFunnel(${7 * DAY_MS * 1000})(toUInt64(toUnixTimestamp64Micro(at)), ${names.map((name) => `name = ${name}`).join(', ')}) as level
    from file('${path}', Parquet) where name in (${names.join(', ')}) group by user_id
  ) settings max_threads = 2`;
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
