import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTurns, type Turns } from '../../src/store/turns.ts';
import { createKeptDays, type KeptDays } from '../../src/warehouse/kept-days.ts';
import { ManualClock } from '../support/manual-clock.ts';

/** More than anything here takes. */
const ROOM = 2 ** 20;
/** How long what was used stays, and a moment. */
const UNUSED_MS = 15 * 60_000 + 1;

const JANUARY = Array.from({ length: 28 }, (_, index) => `2026-01-${String(index + 1).padStart(2, '0')}`);

let folder: string;
let clock: ManualClock;
let turns: Turns;
let keptDays: KeptDays;
let dayFolder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-days-'));
  dayFolder = join(folder, 'kept', 'table', 'day=2026-01-01');
  clock = new ManualClock();
  turns = createTurns();
  keptDays = createKeptDays(join(folder, 'kept'), { clock, turns });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Keep one file of ten bytes for each day. */
async function keep(days: readonly string[], arrival = 'first'): Promise<void> {
  const files = await Promise.all(
    days.map(async (day) => {
      const path = join(folder, `${arrival}-${day}`);
      await writeFile(path, '0123456789');
      return { day, paths: [path], rowCount: 1, byteSize: 10 };
    }),
  );
  await keptDays.keep('table', { days, files, knownUntil: clock.now(), completeness: 'COMPLETE', arrival });
}

const listKept = async (): Promise<string[]> => [...(await keptDays.list('table')).keys()].toSorted();

describe('making room', () => {
  it('takes nothing of days that are being kept', async () => {
    let isKept = false;
    const keeping = keep(JANUARY).finally(() => (isKept = true));
    while (!isKept) await keptDays.trim(ROOM);
    await keeping;
    expect(await listKept()).toEqual(JANUARY);
  });

  it('takes nothing of days that are being kept anew, for want of room either', async () => {
    await keep(JANUARY);
    await clock.advance(UNUSED_MS);
    let isKept = false;
    const keeping = keep(JANUARY, 'second').finally(() => (isKept = true));
    while (!isKept) await keptDays.trim(0);
    await keeping;
    expect(await listKept()).toEqual(JANUARY);
  });

  it('takes no day that is used at the last moment', async () => {
    await keep(['2026-01-01']);
    await clock.advance(UNUSED_MS);
    let turnsTaken = 0;
    const late: Turns = {
      take: async (key, run) => {
        // The first looks for files that were replaced, the second removes the day.
        if (++turnsTaken === 2) await keptDays.touch('table', ['2026-01-01']);
        return turns.take(key, run);
      },
    };
    await createKeptDays(join(folder, 'kept'), { clock, turns: late }).trim(0);
    expect(turnsTaken).toBe(2);
    expect(await listKept()).toEqual(['2026-01-01']);
  });

  it('is over before a day of it is touched', async () => {
    await keep(['2026-01-01']);
    await clock.advance(UNUSED_MS);
    const removal = Promise.withResolvers<void>();
    const removing = turns.take(dayFolder, async () => {
      await removal.promise;
      await rm(dayFolder, { recursive: true });
    });
    const listed = keptDays.touch('table', ['2026-01-01']).then(listKept);
    await delay(50);
    removal.resolve();
    await removing;
    expect(await listed).toEqual([]);
  });

  it('takes files that were replaced, a quarter of an hour after their day was used', async () => {
    await keep(['2026-01-01']);
    await keep(['2026-01-01'], 'second');
    await keptDays.trim(ROOM);
    expect(await readdir(dayFolder)).toHaveLength(3);
    await clock.advance(UNUSED_MS);
    await keptDays.trim(ROOM);
    expect((await readdir(dayFolder)).toSorted()).toEqual(['day.json', 'second-0.parquet']);
  });

  it('counts what files take that are still there', async () => {
    await keep(['2026-01-01']);
    await keep(['2026-01-01'], 'second');
    const { size: note } = await stat(join(dayFolder, 'day.json'));
    await clock.advance(UNUSED_MS);
    await keptDays.trim(note + 10);
    expect(await listKept()).toEqual(['2026-01-01']);
    await keptDays.trim(note);
    expect(await listKept()).toEqual([]);
  });
});
