import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../analytics/deadline.ts';
import type { Completeness } from '../analytics/freshness.ts';

/** The rows of one day of a table, kept as Parquet. A day without rows has no file. */
export interface KeptDay {
  /** YYYY-MM-DD, of the table's time zone. */
  readonly day: string;
  readonly paths: readonly string[];
  readonly rowCount: number;
  readonly byteSize: number;
  /** When its rows were asked for, in milliseconds since the epoch: later ones are not among them. */
  readonly knownUntil: number;
  readonly completeness: Completeness;
}

/** Rows that have arrived, to be kept. */
export interface ArrivedDays {
  /** Every day that was asked for. */
  readonly days: readonly string[];
  /** Those that have rows; files are moved from where they lie. */
  readonly files: readonly Pick<KeptDay, 'day' | 'paths' | 'rowCount' | 'byteSize'>[];
  readonly knownUntil: number;
  readonly completeness: Completeness;
  /** Told apart by it from the files that an earlier arrival has left. */
  readonly arrival: string;
}

/** The days of tables that are kept on disk: a folder for each table, in it one for each day. */
export interface KeptDays {
  /** The days of a table, by day. Looked up on disk: what was deleted there is not kept any more. */
  list(table: string): Promise<ReadonlyMap<string, KeptDay>>;
  /** Keep days in place of what is kept of them. Doing it again, after a loss of power for instance, does no harm. */
  keep(table: string, arrived: ArrivedDays): Promise<void>;
  /**
   * Remember that days of a table, those of them that are kept, are used now: those that nobody has used for longest go first. Whoever touches days
   * before listing them finds what is listed for a quarter of an hour.
   */
  touch(table: string, days: Iterable<string>): Promise<void>;
  /** Remove days until those that stay take at most `maxBytes`, and files that were replaced; nothing that was used within a quarter of an hour. */
  trim(maxBytes: number): Promise<void>;
}

const NOTE = 'day.json';
/** Who has just been told where files are still finds them. */
const IN_USE_MS = 15 * 60_000;

/** What is kept beside the files of a day. */
const note = z.object({
  files: z.array(z.string()),
  rowCount: z.int(),
  byteSize: z.int(),
  knownUntil: z.int(),
  completeness: z.enum(['COMPLETE', 'PARTIAL', 'TRUNCATED', 'SAMPLED']),
});

/** What keeping days needs. */
export interface KeptDaysServices {
  readonly clock: Pick<Clock, 'now'>;
  /** Lets things that share a key happen one after the other. */
  readonly turns: { take<T>(key: string, run: () => Promise<T>): Promise<T> };
}

/**
 * Given the folder of them all, which no other process uses, return the days that are kept in it. When a day was used last is the time of its note.
 * Files of a day that is being kept look like those that were replaced: whatever changes a day takes turns.
 */
export function createKeptDays(folder: string, { clock, turns }: KeptDaysServices): KeptDays {
  const dayFolder = (table: string, day: string) => join(folder, table, `day=${day}`);
  const touchDay = async (path: string): Promise<void> => {
    const now = new Date(clock.now());
    // Gone meanwhile: then there is nothing to remember.
    await utimes(join(path, NOTE), now, now).catch(() => undefined);
  };
  return {
    async list(table) {
      const names = await readdir(join(folder, table)).catch(() => []);
      const days = await Promise.all(names.map((name) => readDay(join(folder, table, name))));
      return new Map(days.flatMap((kept) => (kept ? [[kept.day, kept]] : [])));
    },

    async keep(table, { days, files, ...known }) {
      for (const day of days) {
        const path = dayFolder(table, day);
        const rows = files.find((one) => one.day === day) ?? NO_ROWS;
        await turns.take(path, async () => {
          await keepDay(path, rows, known);
          await touchDay(path);
        });
      }
    },

    async touch(table, days) {
      const paths = [...days].map((day) => dayFolder(table, day));
      await Promise.all(paths.map((path) => turns.take(path, () => touchDay(path))));
    },

    async trim(maxBytes) {
      const unusedSince = clock.now() - IN_USE_MS;
      const isInUse = async (path: string) => (await readUsedAt(path)) > unusedSince;
      const paths = await listDayFolders(folder);
      for (const path of paths) {
        await turns.take(path, async () => {
          if (!(await isInUse(path))) await removeReplaced(path);
        });
      }
      const days = await Promise.all(paths.map(measureDay));
      let byteSize = days.reduce((sum, { byteSize: bytes }) => sum + bytes, 0);
      for (const day of days.toSorted((a, b) => a.usedAt - b.usedAt)) {
        if (byteSize <= maxBytes) return;
        await turns.take(day.path, async () => {
          if (await isInUse(day.path)) return;
          await rm(day.path, { recursive: true, force: true });
          byteSize -= day.byteSize;
        });
      }
    },
  };
}

const NO_ROWS = { paths: [], rowCount: 0, byteSize: 0 };
const DAY_FOLDER = /^day=(\d{4}-\d{2}-\d{2})$/;

/** Put the rows of a day in place of what is kept of it. */
async function keepDay(
  folder: string,
  { paths, rowCount, byteSize }: Omit<ArrivedDays['files'][number], 'day'>,
  { arrival, knownUntil, completeness }: Omit<ArrivedDays, 'days' | 'files'>,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files = paths.map((_path, index) => `${arrival}-${index}.parquet`);
  for (const [index, path] of paths.entries()) await rename(path, join(folder, files[index] ?? basename(path)));
  const text = JSON.stringify({ files, rowCount, byteSize, knownUntil, completeness } satisfies z.infer<typeof note>);
  await writeFile(join(folder, `${NOTE}.${arrival}`), text, { flush: true });
  // From here on the new files count, all at once.
  await rename(join(folder, `${NOTE}.${arrival}`), join(folder, NOTE));
}

async function readDay(path: string): Promise<KeptDay | null> {
  const day = DAY_FOLDER.exec(basename(path))?.[1];
  const text = day === undefined ? null : await readFile(join(path, NOTE), 'utf8').catch(() => null);
  if (day === undefined || text === null) return null;
  const { files, ...known } = note.parse(JSON.parse(text));
  const paths = files.map((name) => join(path, name));
  // Whoever makes room by hand may take files and leave their note.
  const sizes = await Promise.all(paths.map((file) => stat(file).catch(() => null)));
  return sizes.includes(null) ? null : { day, paths, ...known };
}

interface DayOnDisk {
  readonly path: string;
  readonly byteSize: number;
  /** Milliseconds since the epoch. */
  readonly usedAt: number;
}

async function listDayFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && DAY_FOLDER.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
}

async function measureDay(path: string): Promise<DayOnDisk> {
  const names = await readdir(path).catch(() => []);
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(path, name)).catch(() => null))?.size ?? 0),
  );
  return { path, byteSize: sizes.reduce((sum, size) => sum + size, 0), usedAt: await readUsedAt(path) };
}

async function readUsedAt(path: string): Promise<number> {
  return (await stat(join(path, NOTE)).catch(() => null))?.mtimeMs ?? 0;
}

/** Remove what a note does not name. */
async function removeReplaced(path: string): Promise<void> {
  const kept = await readDay(path);
  const counted = new Set([NOTE, ...(kept?.paths ?? []).map((file) => basename(file))]);
  const names = await readdir(path).catch(() => []);
  for (const name of names) if (!counted.has(name)) await rm(join(path, name), { force: true });
}
