import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { DataSources, type DataSource } from '../../src/analytics/data-source.ts';
import type { DatasetTables } from '../../src/analytics/datasets.ts';
import type { ProviderCapabilities } from '../../src/analytics/provider.ts';
import { openBackend, type ExportBackend } from '../../src/exports/backend.ts';
import { createExportTasks, type ExportTasks, type TaskLimits } from '../../src/exports/export-tasks.ts';
import type { CreateExportRequest } from '../../src/exports/request.ts';
import type { ExportFile, ExportState, ExportTask } from '../../src/exports/task.ts';
import { createReports, type Reports } from '../../src/reports/reports.ts';
import { recordLog, type RecordedLog } from '../store/backends.ts';
import { makeLaidOutFolder } from '../store/laid-out-folder.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createFakeExports, type FakeExports } from './fake-exports.ts';

/** The noon at which the clock of each file of tests begins. */
export const NOON = Date.UTC(2026, 0, 31, 12);
/** How long files are kept. */
export const KEEP_MS = 3_600_000;
/** How long failures that may pass are waited for. */
export const PATIENCE_MS = 60_000;
/** The caller of the tests. */
export const ANN = 'ann';

/** Exports over the real store, queue and warehouse, and a provider that each test tells what to do. */
export interface OpenedExports {
  readonly provider: FakeExports;
  readonly backend: ExportBackend;
  readonly tasks: ExportTasks;
  readonly clock: ManualClock;
  readonly log: RecordedLog;
  readonly dataSources: DataSources;
  /** The data folder. */
  readonly folder: string;
  /** The same with other limits. */
  withLimits(limits: Partial<TaskLimits>): ExportTasks;
  /** Let time pass until the answer is one. */
  until<T>(look: () => Promise<T | null | undefined | false>): Promise<T>;
  /** Let time pass until a task is in one of these states; by default, has ended. */
  untilState(id: string, ...states: ExportState[]): Promise<ExportTask>;
  /** Export what is given, and rows of one day in CSV in its absence, to the end. */
  run(request?: Partial<CreateExportRequest>): Promise<ExportTask>;
  /** The only file of a task, and its bytes: as many, and with the SHA-256, that are told. */
  read(task: ExportTask): Promise<ExportFile & { readonly bytes: Buffer }>;
  /** Stop, and start again in the same folder, as the next process does. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** A request for rows of 1 January 2026 as CSV, with what the test says otherwise. */
export function rowsRequest(
  request: Partial<CreateExportRequest> = {},
  rows: Partial<Extract<CreateExportRequest['source'], { rows: unknown }>['rows']> = {},
): CreateExportRequest {
  const period = { dates: { from: '2026-01-01', to: '2026-01-01' } };
  const source = { rows: { source: 'fake', table: 'rows', period, filters: [], ...rows } };
  return { source, format: 'CSV', compression: 'NONE', csv: { lineEnding: 'LF' }, ...request };
}

/** A data source of which only key, time zone and capabilities matter. */
export function dataSourceOf(key: string, capabilities: ProviderCapabilities, timezone = 'UTC'): DataSource {
  return {
    key,
    name: key,
    provider: { id: 'fake', name: 'Fake', docsUrl: 'https://fake.example' },
    connection: {
      timezone,
      capabilities,
      catalog: {
        metrics: [],
        dimensions: [{ key: 'country', name: 'Country', description: '' }],
        dimensionFamilies: [],
        measurableProperties: [],
        listEvents: () => Promise.resolve(['install']),
      },
      checkAccess: () => Promise.resolve(),
      allowances: () => [],
    },
  };
}

/** What a file of tests may want otherwise. */
interface ExportOptions {
  readonly concurrency?: number;
  readonly reports?: Reports;
  readonly datasets?: DatasetTables;
  readonly clock?: ManualClock;
}

/** Open exports over the embedded database, for one file of tests. */
export async function openExports(
  others: readonly DataSource[] = [],
  { concurrency = 2, reports, datasets, clock = new ManualClock(NOON) }: ExportOptions = {},
): Promise<OpenedExports> {
  const folder = await makeLaidOutFolder();
  const log = recordLog();
  const provider = createFakeExports();
  const fake = dataSourceOf('fake', { exports: provider.capability });
  const withDatasets = datasets ? { ...fake, connection: { ...fake.connection, datasets } } : fake;
  const dataSources = new DataSources([withDatasets, ...others]);
  const eventNames = { list: () => Promise.resolve([]), listFor: () => Promise.resolve([]) };
  const openAgain = () =>
    openBackend(
      {
        folder,
        databaseUrl: null,
        concurrency,
        keepMs: KEEP_MS,
        patienceMs: PATIENCE_MS,
        memoryLimitMiB: 128,
        datasetBytes: 2 ** 30,
      },
      {
        dataSources,
        clock,
        log,
        createReports: (deadline) => reports ?? createReports({ dataSources, eventNames, clock, log }, deadline),
      },
    );
  let backend = await openAgain();
  const open = () => Promise.resolve(backend);
  const withLimits = (limits: Partial<TaskLimits>) =>
    createExportTasks({ dataSources, clock, limits: { perPrincipal: 100, inTotal: 100, ...limits }, open });
  const tasks = withLimits({});

  const until: OpenedExports['until'] = async (look) => {
    for (let tries = 0; tries < 3_000; tries++) {
      const found = await look();
      if (found !== null && found !== undefined && found !== false) return found;
      await clock.advance(500);
      await delay(2);
    }
    throw new Error('What was waited for did not come');
  };
  const untilState: OpenedExports['untilState'] = (id, ...states) => {
    const wanted = states.length > 0 ? states : ENDED;
    return until(async () => {
      const task = await backend.store.findTask(id);
      return task && wanted.includes(task.state) && task;
    });
  };
  return {
    provider,
    get backend() {
      return backend;
    },
    tasks,
    clock,
    log,
    dataSources,
    folder,
    withLimits,
    until,
    untilState,
    run: async (request = {}) => untilState((await tasks.create(rowsRequest(request), ANN)).id),
    read: async (task) => {
      const [file, ...more] = await tasks.files(task);
      if (!file || more.length > 0) throw new Error('There is not exactly one file');
      const bytes = await readFile(backend.artefacts.filePath(task.id, file.name));
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      if (bytes.length !== file.byteSize || sha256 !== file.sha256) throw new Error('The file is not the one told');
      return { ...file, bytes };
    },
    async reopen() {
      await backend.close();
      backend = await openAgain();
    },
    async close() {
      await backend.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const ENDED: readonly ExportState[] = ['CANCELLED', 'SUCCEEDED', 'FAILED', 'EXPIRED'];
