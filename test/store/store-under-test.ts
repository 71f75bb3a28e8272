import { createHash } from 'node:crypto';
import { createExportStore, type ExportStore } from '../../src/store/export-store.ts';
import type { NewTask } from '../../src/store/export-tasks.ts';
import { migrateDatabase } from '../../src/store/migrations.ts';
import { ManualClock } from '../support/manual-clock.ts';
import type { Backend } from './backends.ts';

/** The noon at which every test begins. */
export const NOON = Date.UTC(2026, 0, 31, 12);

/** A store without tasks, seen by two replicas. */
export interface StoreUnderTest {
  readonly store: ExportStore;
  readonly other: ExportStore;
  readonly clock: ManualClock;
  /** Make a task and have a worker, `worker-1` with a lease of a minute, take it. */
  startTask(id: string, task?: Partial<NewTask>): Promise<void>;
}

/** Empty a backend's database and return the store in it. */
export async function openStore(backend: Backend): Promise<StoreUnderTest> {
  const clock = new ManualClock(NOON);
  const database = await backend.openEmpty();
  await migrateDatabase(database, { now: clock.now() });
  const store = createExportStore(database, clock);
  return {
    store,
    other: createExportStore(await backend.openAgain(), clock),
    clock,
    startTask: async (id, task) => {
      await store.createTask(newTask(id, task), null);
      await store.transition(
        id,
        { from: 'QUEUED', to: 'RUNNING' },
        { workerId: 'worker-1', leaseUntil: clock.now() + 60_000, startedAt: clock.now() },
      );
    },
  };
}

/** A task that asks for rows of one data source. */
export function newTask(id: string, changed: Partial<NewTask> = {}): NewTask {
  return {
    id,
    principal: 'ann',
    source: 'sandbox-instal',
    request: {
      // Characters that a database may not want.
      what: { kind: 'ROWS', table: 'report', filters: [{ country: '\u0000\u0000' }] },
      format: 'CSV',
      compression: 'GZIP',
      csv: { delimiter: ';' },
    },
    requestHash: createHash('sha256').update('report').digest('hex'),
    ...changed,
  };
}
