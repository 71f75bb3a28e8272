import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../analytics/deadline.ts';
import type { FailureLog } from '../reports/failures.ts';
import { openDatabase, type StoreLog } from '../store/database.ts';
import type { LostTasks } from '../store/export-leases.ts';
import { createExportStore, type ExportStore } from '../store/export-store.ts';
import { migrateDatabase } from '../store/migrations.ts';
import { createQueue, type Queue } from '../store/queue.ts';
import { createTurns } from '../store/turns.ts';
import { createWarehouse, type Warehouse } from '../warehouse/warehouse.ts';
import { createKeptDays, type KeptDays } from '../warehouse/kept-days.ts';
import { createArtefacts, type Artefacts } from './artefacts.ts';
import { createChanges } from './changes.ts';
import { createConvert, createPreview, createWritePart } from './convert.ts';
import { SERVER_PRINCIPAL } from './dataset-tasks.ts';
import { createDeliver } from './delivery.ts';
import { endLostCancels } from './end-cancelled.ts';
import { leaseFrom } from './heartbeat.ts';
import { sourceOf, type SourceTools } from './source-of.ts';
import { createWorker, type WorkerTools } from './worker.ts';

/** What keeps tasks and works on them, opened. */
export interface ExportBackend {
  readonly store: ExportStore;
  readonly queue: Queue;
  readonly artefacts: Artefacts;
  readonly warehouse: Warehouse;
  readonly keptDays: KeptDays;
  /** Tell everybody who watches a task to look again. */
  changed(taskId: string): void;
  /** When to look at a task: at once, after each change, and now and then. Ends with the signal. */
  changes(taskId: string, signal: AbortSignal): AsyncIterable<void>;
  /** Stop working, within a bounded time; what is not finished goes on after the next start. */
  close(): Promise<void>;
}

/** Where exports are kept, and how much they may take. */
export interface ExportSettings {
  /** The data folder, which this process owns. */
  readonly folder: string;
  /** Null for Postgres in this process, in the data folder. */
  readonly databaseUrl: string | null;
  /** How many tasks are worked on at the same time. */
  readonly concurrency: number;
  /** How long files are kept, in milliseconds. */
  readonly keepMs: number;
  /** Longest time without success before a failure that may pass is final, in milliseconds. */
  readonly patienceMs: number;
  /** What DuckDB may use. */
  readonly memoryLimitMiB: number;
  /** What days of tables that questions are answered from may take on disk, in bytes. */
  readonly datasetBytes: number;
}

/** What opening needs of the house. */
export interface BackendServices extends Omit<SourceTools, 'writePart'> {
  readonly clock: Clock;
  readonly log: StoreLog & FailureLog;
}

/** The queue of callers' tasks. */
export const EXPORTS_QUEUE = 'exports';
/** The queue of tasks that fetch what questions are answered from: a report that is exported may wait for one of them. */
export const DATASETS_QUEUE = 'datasets';

const SWEEP_MS = 15_000;
const MAX_RESTARTS = 3;

/** Open what keeps tasks, take up what an earlier process has left, and begin to work. */
export async function openBackend(settings: ExportSettings, services: BackendServices): Promise<ExportBackend> {
  const { folder, databaseUrl, concurrency, keepMs, patienceMs, memoryLimitMiB } = settings;
  const { clock, log } = services;
  const exportsFolder = join(folder, 'exports');
  await mkdir(exportsFolder, { recursive: true, mode: 0o700 });
  const database = await openDatabase({ url: databaseUrl, folder, log });
  await migrateDatabase(database, { now: clock.now() });
  const store = createExportStore(database, clock);
  const queue = await createQueue(database, { log });
  const datasetsFolder = join(folder, 'datasets');
  const folders = [exportsFolder, datasetsFolder];
  const warehouse = createWarehouse({ folder: join(folder, 'warehouse'), folders, memoryLimitMiB });
  const keptDays = createKeptDays(datasetsFolder, { clock, turns: createTurns() });
  const artefacts = createArtefacts(exportsFolder, keepMs);
  const { changed, changes } = createChanges(clock);
  const writePart = createWritePart(warehouse);
  const tools: WorkerTools = {
    store: toldOf(store, changed),
    artefacts,
    deliver: createDeliver({ warehouse, convert: createConvert(warehouse), artefacts, keptDays }),
    preview: createPreview(warehouse),
    clock,
    log,
    workerId: randomUUID(),
    patienceMs,
    maxRestarts: MAX_RESTARTS,
    sourceOf: (task) => sourceOf(task, { ...services, writePart }),
    changed,
  };

  // Nobody else has this data folder: whatever is still called running in its database was left by a process that is gone.
  const lostCancels = await takeUp({ queue, tools }, databaseUrl === null ? 'ALL' : 'LEASE_OVER');
  // A process that ended between forgetting a task and removing its rows has left a folder that nobody needs.
  await artefacts.removeOthers(new Set(await store.listIdsWithFiles()));
  for (const name of [EXPORTS_QUEUE, DATASETS_QUEUE]) await queue.work(name, { concurrency }, createWorker(tools));
  const stopped = new AbortController();
  const sweeping = sweep({ queue, tools, lostCancels, keptDays, settings }, stopped.signal);
  return {
    store,
    queue,
    artefacts,
    warehouse,
    keptDays,
    changed,
    changes,
    async close() {
      stopped.abort();
      await queue.close();
      await sweeping;
      await warehouse.close();
      await database.close();
    },
  };
}

interface Crew {
  readonly queue: Queue;
  readonly tools: WorkerTools;
}

/** Take over what lost its worker. Returns which tasks are to be cancelled. */
async function takeUp({ queue, tools }: Crew, which: LostTasks): Promise<readonly string[]> {
  const { store } = tools;
  await store.requeueLost(which);
  // Also those whose process ended between keeping them and queueing them: what is queued already is not queued twice.
  for (const id of await store.findQueued()) {
    const isFetch = (await store.findTask(id))?.principal === SERVER_PRINCIPAL;
    await queue.send(isFetch ? DATASETS_QUEUE : EXPORTS_QUEUE, id);
  }
  return store.takeLostCancels(which, leaseFrom(tools));
}

interface Sweeping extends Crew {
  readonly lostCancels: readonly string[];
  readonly keptDays: KeptDays;
  readonly settings: ExportSettings;
}

/** From time to time: take over what other workers have lost, and remove files whose time is over. */
async function sweep({ lostCancels, keptDays, settings, ...crew }: Sweeping, signal: AbortSignal): Promise<void> {
  const { store, artefacts, clock, log } = crew.tools;
  await endLostCancels(lostCancels, crew.tools, signal);
  while (!signal.aborted) {
    try {
      await clock.sleep(SWEEP_MS, signal);
      await endLostCancels(await takeUp(crew, 'LEASE_OVER'), crew.tools, signal);
      for (const id of await store.findExpired()) {
        if (await store.expire(id)) await artefacts.remove(id);
      }
      await removeOldFetches(crew.tools, clock.now() - settings.keepMs);
      await keptDays.trim(settings.datasetBytes);
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, 'exports could not be swept');
    }
  }
}

const ENDED = ['SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED'] as const;

/** Tasks that fetched days are nobody's to delete. What they fetched stays. */
async function removeOldFetches({ store, artefacts }: WorkerTools, createdBefore: number): Promise<void> {
  const filter = { principal: SERVER_PRINCIPAL, states: ENDED, createdBefore };
  for (const { id } of (await store.listTasks(filter, { first: 100 })).tasks) {
    await store.deleteTask(id);
    await artefacts.remove(id);
  }
}

/** The store, telling those who watch of each progress. */
function toldOf(store: ExportStore, changed: (taskId: string) => void): ExportStore {
  return {
    ...store,
    async updateProgress(id, progress) {
      const task = await store.updateProgress(id, progress);
      changed(id);
      return task;
    },
  };
}
