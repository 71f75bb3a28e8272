import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MytrackerOptions } from '../../src/sandbox/mytracker/start-mytracker.ts';
import type { ExportTask } from '../../src/exports/task.ts';
import {
  countEvents,
  DAY,
  eventsRequest,
  NOON,
  startEmulatedMytracker,
  world,
  type StartedMytracker,
} from './emulated-mytracker.ts';
import { FastClock } from './fast-clock.ts';
import { ANN, openExports, type OpenedExports } from './open-exports.ts';

/** A request of the emulator, as its faults see it. */
interface Seen {
  readonly path: string;
  readonly count: number;
}

/** What is wrong with each MyTracker of these tests, by the key of its data source. */
const TROUBLES: Readonly<Record<string, Partial<MytrackerOptions>>> = {
  none: {},
  'cut off': { faults: { truncatedParts: [1] } },
  misnamed: { faults: { misnamedParts: [2] } },
  changing: { faults: { changingParts: [0, 1] } },
  'failing a while': {
    faults: {
      failureOf: ({ path, count }: Seen) =>
        /create\.json$|get\.json$|\.0\.csv\.gz$/.test(path) ? [500, 503][count - 1] : undefined,
    },
  },
  'failing always': { faults: { failureOf: ({ path }: Seen) => (path.endsWith('get.json') ? 500 : undefined) } },
  'full queue': { queueSize: 1, preparationMs: 6_000 },
  // An allowance that we do not know of.
  'used up': {
    preparationMs: 15_000,
    quotas: { user: [{ name: 'RequestsByUserPerTenSeconds', limit: 2, windowMs: 10_000 }] },
  },
  'wrong key': {},
  'no permission': {},
  'too many lines': { maxLines: 1_500 },
  'too many cells': { maxCells: 4_500 },
  interrupting: { faults: { interruptedExports: ['1', '2'] } },
  slow: { preparationMs: 60_000 },
};

const CONFIGS: Readonly<Record<string, object>> = {
  'wrong key': { secretKey: 'another' },
  'no permission': { userId: '10022', secretKey: 'sandboxkey0000mytracker2' },
};

const started = new Map<string, StartedMytracker>();
let exports: OpenedExports;

beforeAll(async () => {
  const clock = new FastClock(NOON);
  for (const [key, trouble] of Object.entries(TROUBLES)) {
    const options = { preparationMs: 1_000, linesPerPart: 1_000, ...trouble };
    started.set(key, await startEmulatedMytracker(clock, options, { key, ...CONFIGS[key] }));
  }
  exports = await openExports(
    [...started.values()].map(({ dataSource }) => dataSource),
    { clock, concurrency: 4 },
  );
}, 30_000);
afterAll(async () => {
  await exports.close();
  await Promise.all([...started.values()].map((one) => one.close()));
});
beforeEach(() => started.forEach(({ relay }) => relay.behave()));

const create = async (source: string, rows = {}) =>
  (await exports.tasks.create(eventsRequest({}, { source, ...rows }), ANN)).id;
const run = async (source: string): Promise<ExportTask> => exports.untilState(await create(source));
const countAsked = (source: string, method: string) => started.get(source)?.countAsked(method);

async function runToRows(source: string): Promise<Record<string, string>[]> {
  const task = await run(source);
  expect(task).toMatchObject({ state: 'SUCCEEDED', failure: null });
  return parse((await exports.read(task)).bytes, { columns: true });
}

const NOT_AS_ANNOUNCED = 'The rows of the export are not as announced: ';

describe("MyTracker's rows", () => {
  it('keep line ends and quotes in their cells', async () => {
    const found = new Set((await runToRows('none')).map(({ eventName }) => eventName));
    const { events } = world;
    const from = Date.parse(`${DAY}T00:00:00Z`);
    const expected = new Set<string>();
    for (let index = 0; index < events.length; index++) {
      const at = events.timeMs[index] ?? 0;
      if (at >= from && at < from + 86_400_000) expected.add(events.names[events.name[index] ?? -1] ?? '');
    }
    expect(found).toEqual(expected);
    expect([...expected].some((name) => name.includes('\n'))).toBe(true);
    expect([...expected].some((name) => name.includes('"'))).toBe(true);
  });

  it.each([
    ['a part that is cut off', 'cut off', 'A part is no whole gzip file (part 2)'],
    [
      'a part with another header',
      'misnamed',
      'A part has other columns than announced: without "tsEvent" and with "tsEventUnknown" (part 3, line 1)',
    ],
  ])('fail the export by name: %s', async (_what, source, message) => {
    const task = await run(source);
    expect(task).toMatchObject({
      state: 'FAILED',
      failure: { code: 'PROVIDER_RESPONSE_INVALID', message: NOT_AS_ANNOUNCED + message, isRetryable: false },
    });
    expect(await exports.tasks.files(task)).toEqual([]);
  });

  it('are whole where a file changes between two requests for parts of it', async () => {
    const relay = started.get('changing')?.relay;
    // Each file breaks off once; what is asked for next is of another state of it.
    const broken = new Set<string>();
    relay?.behave({ cutAfter: ({ name }) => (broken.size === broken.add(name).size ? null : 5_000) });
    expect(await runToRows('changing')).toHaveLength(countEvents());
    expect(broken.size).toBe(3);
    expect(relay?.opened).toHaveLength(6);
  });
});

describe('MyTracker itself', () => {
  it('may fail at each step for a while', async () => {
    expect(await runToRows('failing a while')).toHaveLength(countEvents());
    expect(countAsked('failing a while', 'create.json')).toBe(3);
  });

  it('may not fail for longer than patience lasts', async () => {
    const failure = { code: 'PROVIDER_UNAVAILABLE', isRetryable: true };
    expect(await run('failing always')).toMatchObject({ state: 'FAILED', failure });
    expect(countAsked('failing always', 'create.json')).toBe(1);
  }, 30_000);

  it('is waited for where its queue is full', async () => {
    const timezones = ['UTC', 'Europe/Moscow', 'Asia/Tokyo'];
    const ids = await Promise.all(timezones.map((timezone) => create('full queue', { timezone })));
    for (const id of ids) expect(await exports.untilState(id)).toMatchObject({ state: 'SUCCEEDED' });
    expect(countAsked('full queue', 'create.json')).toBeGreaterThan(3);
  }, 30_000);

  it('is waited for where an allowance is used up', async () => {
    expect(await runToRows('used up')).toHaveLength(countEvents());
    expect(countAsked('used up', 'create.json')).toBe(1);
  }, 30_000);

  it.each([
    ['the key is wrong', 'wrong key', 'PROVIDER_AUTH_FAILED', 'Access denied'],
    ['the user may not export', 'no permission', 'PROVIDER_REJECTED', 'Export permissions required'],
  ])('ends the export at once where %s', async (_what, source, code, words) => {
    const failure = { code, message: expect.stringContaining(words), isRetryable: false };
    expect(await run(source)).toMatchObject({ state: 'FAILED', failure });
    expect(countAsked(source, 'create.json')).toBe(1);
  });

  it.each(['too many lines', 'too many cells'])('gets shorter windows where there are %s', async (source) => {
    expect(await runToRows(source)).toHaveLength(countEvents());
    expect(countAsked(source, 'create.json')).toBeGreaterThan(2);
  });

  it('is asked anew where it has interrupted an export', async () => {
    expect(await runToRows('interrupting')).toHaveLength(countEvents());
    expect(countAsked('interrupting', 'create.json')).toBe(3);
  });

  it('is told of the end of an export that is cancelled halfway', async () => {
    const id = await create('slow');
    await exports.until(async () => (await exports.tasks.find(id, ANN))?.phase === 'WAITING');
    await exports.tasks.cancel(id, ANN);
    expect(await exports.untilState(id)).toMatchObject({ state: 'CANCELLED', failure: null });
    expect(countAsked('slow', 'cancel.json')).toBe(1);
  });
});
