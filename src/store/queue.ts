import { PgBoss, fromPglite } from 'pg-boss';
import type { ConstructorOptions } from 'pg-boss';
import type { Database, StoreLog } from './database.ts';
import { createRunningJobs } from './running-jobs.ts';
import { reasonOf, StoreError } from './store-error.ts';

/** Hands ids of work to whoever is free, in this process or another one. What is to be done, and whether still, is the handler's to know. */
export interface Queue {
  /** Queue an id, unless it is waiting already. */
  send(name: string, id: string): Promise<void>;
  /**
   * Have a handler called for ids, `concurrency` at a time, never twice at the same time for one id in this process. A handler that
   * throws is logged and not called again. One whose process ends, or whose signal is aborted by `close`, is called again elsewhere.
   */
  work(name: string, options: { readonly concurrency: number }, handler: Handler): Promise<void>;
  /** Take an id out of the queue, and abort the signal of its handler: at once in this process, within seconds elsewhere. */
  cancel(name: string, id: string): Promise<void>;
  /** Abort the signals of all handlers, wait for them for at most `withinMs` (default: 10 seconds, least: 1 second), and stop. */
  close(options?: { readonly withinMs?: number }): Promise<void>;
}

type Handler = (id: string, signal: AbortSignal) => Promise<void>;

/** The schema of pg-boss: not its default, because other programs may use pg-boss in the same database in another version. */
const SCHEMA = 'tributary_queue';

const CLOSE_WITHIN_MS = 10_000;
const HOUR_SECONDS = 60 * 60;
const DAY_SECONDS = 24 * HOUR_SECONDS;
// A job of a process that was killed is missed after 30 seconds, found within 10 and taken within 2.
const HEARTBEAT_SECONDS = 30;
const POLL_SECONDS = 2;
// How soon a handler learns that its job was cancelled in another process.
const HEARTBEAT_REFRESH_SECONDS = 5;

// One job for an id waits, however many run: an id can be queued again while its handler winds down.
const POLICY = 'short';

const QUEUE_OPTIONS = {
  notify: true,
  // The longest that pg-boss takes. A handler that runs longer is aborted and called again, and goes on where it was.
  expireInSeconds: DAY_SECONDS,
  retentionSeconds: 30 * DAY_SECONDS,
  deleteAfterSeconds: HOUR_SECONDS,
  // Handlers never fail as far as pg-boss knows: only jobs whose process is gone are tried again, and those always.
  retryLimit: 1_000,
  retryDelay: 0,
} as const;

interface QueueSettings {
  readonly log: StoreLog;
  /** How often to look for jobs whose process is gone. Default: 10 seconds. */
  readonly lookForLostSeconds?: number;
}

/** Given the database, return the queue in it. */
export async function createQueue(database: Database, settings: QueueSettings): Promise<Queue> {
  const { log } = settings;
  const boss = await startBoss(database, settings);
  const jobs = createRunningJobs();
  const opened = new Map<string, Promise<void>>();
  const open = (name: string) => {
    const known = opened.get(name) ?? openQueue(boss, database, name);
    opened.set(name, known);
    // Tried again by the next who asks.
    known.catch(() => opened.delete(name));
    return known;
  };

  return {
    send: async (name, id) => {
      await open(name);
      await boss.send(name, { id }, { singletonKey: id });
    },
    work: async (name, { concurrency }, handler) => {
      await open(name);
      const options = {
        pollingIntervalSeconds: POLL_SECONDS,
        notifyPollingIntervalSeconds: POLL_SECONDS,
        heartbeatRefreshSeconds: HEARTBEAT_REFRESH_SECONDS,
      };
      const runJob = async (id: string, job: AbortSignal) => {
        const end = await jobs.run(`${name} ${id}`, job, async (signal) => {
          try {
            await handler(id, signal);
          } catch (error) {
            if (!signal.aborted) log.error({ err: error, queue: name, id }, 'a job failed');
          }
        });
        // For pg-boss the job has failed: it is tried again, by whoever is still there.
        if (end === 'CLOSED') throw new Error('this process stops');
      };
      for (let count = 0; count < concurrency; count += 1) {
        const self: { worker?: string } = {};
        self.worker = await boss.work<{ id: string }>(name, options, async ([job]) => {
          if (job) await runJob(job.data.id, job.signal);
          // Who has just been busy looks for more at once, not at the next poll.
          if (self.worker !== undefined) boss.notifyWorker(self.worker);
        });
      }
    },
    cancel: async (name, id) => {
      await open(name);
      const found = await boss.findJobs(name, { key: id });
      const unfinished = found.filter(({ state }) => state === 'created' || state === 'retry' || state === 'active');
      if (unfinished.length > 0)
        await boss.cancel(
          name,
          unfinished.map((job) => job.id),
        );
      jobs.cancel(`${name} ${id}`);
    },
    close: async ({ withinMs = CLOSE_WITHIN_MS } = {}) => {
      jobs.close();
      await boss.stop({ graceful: true, timeout: withinMs });
    },
  };
}

async function startBoss(database: Database, { log, lookForLostSeconds = 10 }: QueueSettings): Promise<PgBoss> {
  const boss = new PgBoss(toOptions(database, lookForLostSeconds));
  // Its errors may carry a whole connection: only their words are logged.
  boss.on('error', (error) => log.error({ reason: reasonOf(error) }, 'the queue met an error'));
  boss.on('warning', ({ message, data }) => log.warn({ data }, message));
  try {
    return await boss.start();
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw new StoreError(`The queue cannot be started: ${reasonOf(error)}`, { cause: error });
  }
}

function toOptions({ backend }: Database, lookForLostSeconds: number): ConstructorOptions {
  const common = {
    schema: SCHEMA,
    schedule: false,
    useListenNotify: true,
    maintenanceIntervalSeconds: HOUR_SECONDS,
    // Nothing here depends on other jobs: the longest that pg-boss takes.
    flowIntervalSeconds: HOUR_SECONDS,
  };
  if (backend.kind === 'SERVER') {
    return {
      ...common,
      connectionString: backend.url,
      application_name: 'tributary-queue',
      max: 4,
      superviseIntervalSeconds: lookForLostSeconds,
      monitorIntervalSeconds: lookForLostSeconds,
    };
  }
  return {
    ...common,
    backend: 'pglite',
    db: fromPglite(backend.session),
    // PGlite has no background process, so no autovacuum to be warned about, and REINDEX CONCURRENTLY would hold up its only session.
    monitorVacuum: false,
    reindex: false,
  };
}

async function openQueue(boss: PgBoss, database: Database, name: string): Promise<void> {
  // Nobody else uses an embedded database, so there is no heartbeat to miss, and no laptop that slept through one.
  const heartbeatSeconds = database.backend.kind === 'SERVER' ? HEARTBEAT_SECONDS : null;
  await boss.createQueue(name, { policy: POLICY });
  // Also where a release before this one made it with other options.
  await boss.updateQueue(name, { ...QUEUE_OPTIONS, heartbeatSeconds });
  if (database.backend.kind === 'SERVER') return;
  // What is running when the owner of the database has only just come is what the owner before left behind.
  const left = await database.query<{ id: string }>(
    `select id from ${SCHEMA}.job where name = $1 and state = 'active'`,
    [name],
  );
  if (left.length > 0)
    await boss.fail(
      name,
      left.map(({ id }) => id),
    );
}
