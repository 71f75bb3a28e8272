import { z } from 'zod';
import { DataSources } from '../../src/analytics/data-source.ts';
import type { Clock } from '../../src/analytics/deadline.ts';
import type { ExportsCapability } from '../../src/analytics/exports.ts';
import { openBackend } from '../../src/exports/backend.ts';
import { createExportTasks } from '../../src/exports/export-tasks.ts';
import type { ExportState } from '../../src/exports/task.ts';
import { createHttpClientFactory } from '../../src/http/http-client.ts';
import { claimDataFolder } from '../../src/store/data-folder.ts';
import { systemClock } from '../../src/system-clock.ts';
import { COLUMNS, DAY_COUNT, FIRST_DAY } from './killed-provider.ts';

// A process that works on exports until it is killed from outside, or until all have ended. It says what each is doing, line by line.
const [folder = '', databaseUrl = '', providerUrl = '', count = '', began = ''] = process.argv.slice(2);

/** Leases, waits and looks of minutes are over in seconds. */
const SPEED = 40;
const LATER = Date.UTC(2026, 1, 1);
const clock: Clock = {
  now: () => LATER + (Date.now() - Number(began)) * SPEED,
  sleep: (ms, signal) => systemClock.sleep(Math.ceil(ms / SPEED), signal),
};
const ENDED: readonly ExportState[] = ['SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED'];

if (databaseUrl === '') claimDataFolder(folder);
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: console.error };
const factory = createHttpClientFactory({ clock, log });
const client = factory({ source: 'killed', provider: 'killed' })({
  baseUrl: providerUrl,
  auth: {},
  quotas: [],
  downloads: { hosts: [new URL(providerUrl).host], allowPrivateNetwork: true },
});

const started = z.object({ id: z.string() });
const checked = z.object({
  state: z.enum(['TOO_LARGE', 'RUNNING', 'READY']),
  rowCounts: z.array(z.number()).default([]),
});

const capability: ExportsCapability = {
  limits: {
    intervals: [],
    maxPoints: null,
    maxDays: null,
    earliestDate: null,
    maxBreakdowns: 0,
    filterOperators: [],
    timezones: 'DATA_SOURCE',
    supportsInstants: true,
  },
  tables: [
    {
      name: 'rows',
      description: '',
      columns: [],
      takesOtherColumns: true,
      defaultColumns: COLUMNS,
      filters: [],
    },
  ],
  options: z.strictObject({}),
  shortestWindowMs: 3_600_000,
  layoutOf: () => ({
    dialect: { delimiter: ',', header: COLUMNS, columns: COLUMNS, nullTexts: [''] },
    columns: [
      { name: 'at', type: 'DATETIME', source: { kind: 'AS_IS', column: 'at' } },
      { name: 'number', type: 'INTEGER', source: { kind: 'AS_IS', column: 'number' } },
      { name: 'text', type: 'TEXT', source: { kind: 'AS_IS', column: 'text' } },
    ],
  }),
  start: async ({ period: { start, end } }, deadline) => {
    const query = new URLSearchParams({
      from: String(start.epochMilliseconds),
      to: String(end.epochMilliseconds),
    });
    return (await client.requestJson({ path: '/start', query }, started, deadline)).id;
  },
  check: async (id, _since, deadline) => {
    const query = new URLSearchParams({ id });
    const { state, rowCounts } = await client.requestJson({ path: '/check', query }, checked, deadline);
    if (state === 'TOO_LARGE') return { state, message: 'Too many rows.' };
    if (state === 'RUNNING') return { state, progress: null };
    const files = rowCounts.map((rowCount, file) => ({
      url: `${providerUrl}/files/${id}/${file}`,
      expiresAt: null,
      rowCount,
    }));
    return { state, files };
  },
  download: ({ url }, from, deadline) => client.download({ url }, from, deadline),
};

const dataSources = new DataSources([
  {
    key: 'killed',
    name: 'killed',
    provider: { id: 'killed', name: 'Killed', docsUrl: 'https://killed.example' },
    connection: {
      timezone: 'UTC',
      capabilities: { exports: capability },
      catalog: {
        metrics: [],
        dimensions: [],
        dimensionFamilies: [],
        measurableProperties: [],
        listEvents: () => Promise.resolve([]),
      },
      checkAccess: () => Promise.resolve(),
      allowances: () => [],
    },
  },
]);

const backend = await openBackend(
  {
    folder,
    databaseUrl: databaseUrl === '' ? null : databaseUrl,
    concurrency: 2,
    keepMs: 30 * 86_400_000,
    patienceMs: 20 * 60_000,
    memoryLimitMiB: 128,
    datasetBytes: 2 ** 30,
  },
  {
    dataSources,
    clock,
    log,
    createReports: () => {
      throw new Error('No report is asked for');
    },
  },
);
const tasks = createExportTasks({
  dataSources,
  clock,
  limits: { perPrincipal: 1_000, inTotal: 1_000 },
  open: () => Promise.resolve(backend),
});

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const day = (epoch: number) => new Date(epoch).toISOString().slice(0, 10);
const period = { dates: { from: day(FIRST_DAY), to: day(FIRST_DAY + (DAY_COUNT - 1) * 86_400_000) } };
const ended = await Promise.all(
  Array.from({ length: Number(count) }, async (_, index) => {
    const source = { rows: { source: 'killed', table: 'rows', period, filters: [] } };
    const csv = { lineEnding: 'LF' };
    const idempotencyKey = `export ${index}`;
    const { id } = await tasks.create({ source, format: 'CSV', compression: 'NONE', csv, idempotencyKey }, 'ann');
    for await (const task of tasks.watch(id, 'ann', new AbortController().signal)) {
      say({ at: task.phase ?? task.state });
      if (!ENDED.includes(task.state)) continue;
      const files = (await tasks.files(task)).map((file) => ({
        ...file,
        path: backend.artefacts.filePath(task.id, file.name),
      }));
      const { state, rowCount, expectedRowCount, failure } = task;
      return { id, state, rowCount, expectedRowCount, failure, files };
    }
    throw new Error('An export was lost');
  }),
);
const { totalCount } = await tasks.list({ first: 1, after: null }, 'ann');
say({ at: 'END', ended, totalCount });
await backend.close();
await factory.close();
