import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { startKilledProvider, wholeFile } from './killed-provider.ts';

const SCRIPT = join(import.meta.dirname, 'export-until-killed.ts');

/** What a process may be at when it is killed; `OPENING`: it has not said anything yet. */
export const MOMENTS = ['OPENING', 'QUEUED', 'STARTING', 'WAITING', 'FETCHING', 'CONVERTING', 'PUBLISHING'] as const;
type Moment = (typeof MOMENTS)[number];

/** What is killed, and how often. */
export interface Killing {
  readonly folder: string;
  /** Null for the embedded database. */
  readonly databaseUrl: string | null;
  readonly kills: number;
  /** The same seed chooses the same moments. */
  readonly seed: number;
}

/** What became of the exports. */
export interface Killed {
  /** How often a process was killed at each moment. */
  readonly moments: Readonly<Record<Moment, number>>;
  readonly exports: readonly {
    readonly state: string;
    readonly hasReason: boolean;
    /** Whether it has exactly one file, of exactly the right rows, size and checksum. */
    readonly isRight: boolean;
  }[];
  /** How many exports there are in the store. */
  readonly totalCount: number;
}

const lineOf = z.object({
  at: z.string(),
  totalCount: z.number().optional(),
  ended: z
    .array(
      z.object({
        state: z.string(),
        rowCount: z.number().nullable(),
        failure: z.object({ code: z.string() }).nullable(),
        files: z.array(z.object({ path: z.string(), byteSize: z.number(), sha256: z.string() })),
      }),
    )
    .optional(),
});
type Line = z.infer<typeof lineOf>;

/** Kill processes that work on exports, one after the other, at random moments; then let the last one come to the end. */
export async function killExports({ folder, databaseUrl, kills, seed }: Killing): Promise<Killed> {
  const provider = await startKilledProvider();
  const random = createRandom(seed);
  const began = Date.now();
  const moments = Object.fromEntries(MOMENTS.map((moment) => [moment, 0])) as Record<Moment, number>;
  let count = 1;
  try {
    for (let killed = 0; killed < kills;) {
      const moment = MOMENTS[killed % MOMENTS.length] ?? 'OPENING';
      const run = { folder, databaseUrl, providerUrl: provider.url, count, began };
      // Opening takes longer than each of the other moments.
      const afterMs = random() * (moment === 'OPENING' ? 1_500 : 25);
      if (await runProcess(run, { moment, afterMs })) {
        // It has ended before that moment came: with one more to export, the next may meet it.
        count += 1;
      } else {
        moments[moment] += 1;
        killed += 1;
        if (killed % MOMENTS.length === 0) count += 1;
      }
    }
    const last = await runProcess({ folder, databaseUrl, providerUrl: provider.url, count, began }, null);
    if (!last?.ended) throw new Error('The last process has not come to its end');
    const expected = wholeFile();
    const exports = await Promise.all(
      last.ended.map(async ({ state, failure, files, rowCount }) => {
        const isCounted = rowCount === expected.split('\n').length - 2;
        const isRight =
          isCounted && files.length === 1 && (await Promise.all(files.map(isWhole(expected))))[0] === true;
        return { state, hasReason: failure !== null, isRight };
      }),
    );
    if (exports.length !== count) throw new Error(`There are ${exports.length} exports of ${count}`);
    return { moments, exports, totalCount: last.totalCount ?? 0 };
  } finally {
    provider.close();
  }
}

const isWhole =
  (expected: string) =>
  async ({ path, byteSize, sha256 }: { path: string; byteSize: number; sha256: string }): Promise<boolean> => {
    const bytes = await readFile(path).catch(() => null);
    // Told to be there, and is not.
    if (bytes === null) return false;
    const hash = createHash('sha256').update(bytes).digest('hex');
    return bytes.toString() === expected && bytes.length === byteSize && hash === sha256;
  };

interface Run {
  readonly folder: string;
  readonly databaseUrl: string | null;
  readonly providerUrl: string;
  readonly count: number;
  readonly began: number;
}

interface Kill {
  readonly moment: Moment;
  /** How long after it was seen to be at that moment. */
  readonly afterMs: number;
}

const LONGEST_RUN_MS = 60_000;

/** Run a process; resolves with its last line where it came to its end, with null where it was killed. */
async function runProcess(run: Run, kill: Kill | null): Promise<Line | null> {
  const { folder, databaseUrl, providerUrl, count, began } = run;
  const values = [folder, databaseUrl ?? '', providerUrl, String(count), String(began)];
  const child = spawn(process.execPath, [SCRIPT, ...values], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const timers: NodeJS.Timeout[] = [];
  let isKilled = false;
  const killAfter = (ms: number) => {
    timers.push(setTimeout(() => (isKilled = child.kill('SIGKILL')), ms));
  };
  const stuck = setTimeout(() => child.kill('SIGKILL'), LONGEST_RUN_MS);
  if (kill?.moment === 'OPENING') killAfter(kill.afterMs);
  let last: Line | null = null;
  try {
    for await (const text of createInterface({ input: child.stdout })) {
      const line = lineOf.parse(JSON.parse(text));
      if (line.at === 'END') last = line;
      if (line.at === kill?.moment && timers.length === 0) killAfter(kill.afterMs);
    }
    const code = await ended;
    if (isKilled && last === null) return null;
    if (last === null) throw new Error(`A process ended by itself, with ${code}, or was stuck`);
    return last;
  } finally {
    timers.forEach(clearTimeout);
    clearTimeout(stuck);
  }
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
