import type { DataSource } from '../analytics/data-source.ts';
import type { DatasetTable } from '../analytics/datasets.ts';
import { endOfDay, listDays, toSpan, toSpans, type DaySpan } from '../analytics/day-span.ts';
import { createDeadline, hasTimedOut, type Clock, type Deadline } from '../analytics/deadline.ts';
import { combineCompleteness, type Completeness } from '../analytics/freshness.ts';
import { NotReadyError } from '../errors.ts';
import type { ExportBackend } from '../exports/backend.ts';
import { toTableFolder } from '../exports/dataset-tasks.ts';
import { createTurns } from '../store/turns.ts';
import type { KeptDay, KeptDays } from '../warehouse/kept-days.ts';
import { createFetches, type Fetches } from './fetches.ts';

/** Rows of data sources, kept day by day and fetched as they are asked for. */
export interface Datasets {
  /**
   * The days of a table. Waits for those that are missing, and throws `NOT_READY` with the task that fetches them where they are not there in time.
   * Days that may have changed since they were fetched are fetched again; where that takes too long, they are taken as they are.
   */
  read(table: TableOfSource, span: DaySpan, wait: Wait): Promise<DatasetRows>;
  /** Have days fetched before anybody asks for them; resolves with the ids of the tasks that fetch them, none where all are there. */
  prepare(table: TableOfSource, span: DaySpan): Promise<readonly string[]>;
  /** What is kept of a table. */
  describe(table: TableOfSource): Promise<Coverage>;
}

/** What is kept of a table. */
export interface Coverage {
  /** Each stretch of days that are kept, in order. */
  readonly spans: readonly DaySpan[];
  readonly rowCount: number;
  readonly byteSize: number;
  /** When the oldest day that may still change was fetched, in milliseconds since the epoch; null where there is none. */
  readonly knownUntil: number | null;
}

/** A table, and whose. */
export interface TableOfSource {
  readonly dataSource: DataSource;
  readonly table: DatasetTable;
}

/** How long somebody waits. */
export interface Wait {
  /** Milliseconds; null for the usual time. */
  readonly waitMs: number | null;
  readonly deadline: Deadline;
}

/** The rows of days, as they lie on disk. */
export interface DatasetRows {
  /** Parquet files; none where no day has rows. */
  readonly paths: readonly string[];
  /** All that happened before is among them, in milliseconds since the epoch. */
  readonly knownUntil: number;
  /** Whether nothing of them may change any more. */
  readonly isSettled: boolean;
  readonly completeness: Completeness;
}

/** What datasets need. */
export interface DatasetServices {
  readonly clock: Clock;
  /** What keeps rows and fetches rows, opened with the first question. */
  open(): Promise<ExportBackend>;
}

const USUAL_WAIT_MS = 10_000;
/** Of a request's time, what is left for computing and answering. */
const ANSWER_MS = 2_000;
/** Days that may still change are fetched again after this. */
const REFRESH_MS = 15 * 60_000;
const ASK_AGAIN_MS = 2_000;

/** Given what they need, return the datasets of all data sources. */
export function createDatasets({ clock, open }: DatasetServices): Datasets {
  const turns = createTurns();
  const fetches = createFetches({ open });

  /** Look what is there, and have fetched what is not: one question after the other, so that no day is fetched twice. */
  const plan = (of: TableOfSource, span: DaySpan): Promise<Plan> =>
    turns.take(toTableFolder(of.dataSource, of.table), async () =>
      planDays(of, span, { clock, fetches, keptDays: (await open()).keptDays }),
    );

  return {
    prepare: async (of, span) => (await plan(of, span)).taskIds,
    async describe({ dataSource, table }) {
      const { keptDays } = await open();
      const kept = [...(await keptDays.list(toTableFolder(dataSource, table))).values()];
      const unsettled = kept.filter((day) => !isSettled(day, table));
      return {
        spans: toSpans(kept.map(({ day }) => day).toSorted()),
        rowCount: kept.reduce((sum, { rowCount }) => sum + rowCount, 0),
        byteSize: kept.reduce((sum, { byteSize }) => sum + byteSize, 0),
        knownUntil: unsettled.length === 0 ? null : Math.min(...unsettled.map((day) => day.knownUntil)),
      };
    },
    async read(of, span, { waitMs, deadline }) {
      const until = toWaitEnd(clock, waitMs ?? USUAL_WAIT_MS, deadline);
      for (;;) {
        const { kept, missing, stale, taskIds } = await plan(of, span);
        const [firstTask] = taskIds;
        if (firstTask === undefined) return toRows(of.table, kept, clock.now());
        const end = await waitFor(taskIds, { fetches, until });
        if (end === 'ALL_ARRIVED') continue;
        deadline.signal.throwIfAborted();
        if (missing.length === 0) return toRows(of.table, kept, clock.now());
        if (end instanceof Error) throw end;
        throw notReady(of, [...missing, ...stale], firstTask);
      }
    },
  };
}

function toWaitEnd(clock: Clock, waitMs: number, deadline: Deadline): Deadline {
  const left = deadline.at - clock.now() - ANSWER_MS;
  return createDeadline(clock, Math.max(0, Math.min(waitMs, left)), deadline.signal);
}

interface Plan {
  readonly kept: readonly KeptDay[];
  /** Days that nothing is kept of. */
  readonly missing: readonly string[];
  /** Days that may have changed since they were fetched. */
  readonly stale: readonly string[];
  /** What fetches the missing and the stale ones. */
  readonly taskIds: readonly string[];
}

async function planDays(
  { dataSource, table }: TableOfSource,
  span: DaySpan,
  { clock, keptDays, fetches }: { clock: Clock; keptDays: KeptDays; fetches: Fetches },
): Promise<Plan> {
  const now = clock.now();
  const folder = toTableFolder(dataSource, table);
  // Days that have not begun have no rows.
  const days = listDays(span).filter((day) => day <= (toSpan({ start: now, end: now + 1 }, table.timezone)?.to ?? day));
  // Before they are listed, so that nobody makes room with what is listed.
  await keptDays.touch(folder, days);
  const known = await keptDays.list(folder);
  const kept = days.flatMap((day) => known.get(day) ?? []);
  const missing = days.filter((day) => !known.has(day));
  const stale = kept
    .filter((day) => !isSettled(day, table) && day.knownUntil + REFRESH_MS <= now)
    .map(({ day }) => day);
  const wanted = [...missing, ...stale].toSorted();
  const taskIds = wanted.length === 0 ? [] : await fetches.fetch({ dataSource, table }, wanted);
  return { kept, missing, stale, taskIds };
}

function isSettled({ day, knownUntil }: KeptDay, { timezone, settlesAfterMs }: DatasetTable): boolean {
  return knownUntil >= endOfDay(day, timezone) + settlesAfterMs;
}

function toRows(table: DatasetTable, kept: readonly KeptDay[], now: number): DatasetRows {
  return {
    paths: kept.flatMap(({ paths }) => paths),
    knownUntil: Math.min(now, ...kept.filter((day) => !isSettled(day, table)).map(({ knownUntil }) => knownUntil)),
    isSettled: kept.every((day) => isSettled(day, table)),
    completeness: combineCompleteness(kept.map(({ completeness }) => completeness)),
  };
}

/** Wait for tasks to end; resolves with the first failure, as soon as there is one. */
async function waitFor(
  taskIds: readonly string[],
  { fetches, until }: { fetches: Fetches; until: Deadline },
): Promise<'ALL_ARRIVED' | 'TIME_OVER' | Error> {
  try {
    await Promise.all(taskIds.map((taskId) => fetches.arrival(taskId, until.signal)));
    return 'ALL_ARRIVED';
  } catch (error) {
    if (hasTimedOut(until.signal)) return 'TIME_OVER';
    until.signal.throwIfAborted();
    if (error instanceof Error) return error;
    throw error;
  }
}

function notReady({ dataSource, table }: TableOfSource, days: readonly string[], exportTaskId: string): Error {
  const [from = '', to = ''] = [days.toSorted()[0], days.toSorted().at(-1)];
  return new NotReadyError(
    `The rows of ${table.name} of ${from} to ${to} are being fetched from "${dataSource.key}". Ask again, or wait for longer with \`waitFor\`.`,
    { exportTaskId, retryAfterMs: ASK_AGAIN_MS },
  );
}
