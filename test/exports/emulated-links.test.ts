import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExportTask } from '../../src/exports/task.ts';
import { openEmulatedInstal, reportRequest, type EmulatedInstal } from './emulated-instal.ts';
import { countEvents, eventsRequest, openEmulatedMytracker, type EmulatedMytracker } from './emulated-mytracker.ts';
import { ANN } from './open-exports.ts';

/** More than the emulator's 50,000 would be one file. */
const LINES_PER_PART = 1_000;
const LONG_AGO = 1_000_000_000;

/** Refuses the links of the first so many listings, from a part on. */
const refuseUntil =
  (listing: number, status: number, from = 0) =>
  (link: { name: string; listing: number }) =>
    link.listing <= listing && Number(/\.(\d+)\.csv/.exec(link.name)?.[1] ?? 0) >= from ? status : undefined;

describe("MyTracker's links", () => {
  let emulated: EmulatedMytracker;

  beforeAll(async () => {
    emulated = await openEmulatedMytracker({ preparationMs: 2_000, linesPerPart: LINES_PER_PART });
  }, 30_000);
  afterAll(() => emulated.close());
  beforeEach(() => emulated.relay.behave());

  const partCount = Math.ceil(countEvents() / LINES_PER_PART);

  async function run(): Promise<ExportTask> {
    const { id } = await emulated.exports.tasks.create(eventsRequest(), ANN);
    return emulated.exports.untilState(id);
  }

  async function expectWhole(): Promise<void> {
    const task = await run();
    expect(task).toMatchObject({ state: 'SUCCEEDED', failure: null, rowCount: countEvents() });
    // Some texts of the world have line ends in them.
    const rows = parse((await emulated.exports.read(task)).bytes, { columns: true });
    expect(rows).toHaveLength(countEvents());
  }

  /** Which links were opened: the number of the part, and of the listing. */
  const opened = () =>
    emulated.relay.opened.map(({ name, listing }) => `${/\.(\d+)\.csv/.exec(name)?.[1]} of ${listing}`);

  it.each([403, 404, 410])('are asked for again where one is refused with %i', async (status) => {
    expect(partCount).toBeGreaterThan(2);
    emulated.relay.behave({ refuse: refuseUntil(1, status, 1) });
    await expectWhole();
    expect(opened().slice(0, 4)).toEqual(['0 of 1', '1 of 1', '1 of 2', '2 of 2']);
    expect(opened()).toHaveLength(partCount + 1);
    expect(emulated.countAsked('create.json')).toBe(1);
  });

  it('are asked for again where their time is over, before any is opened', async () => {
    emulated.relay.behave({ endOf: (listing) => (listing === 1 ? LONG_AGO : null) });
    await expectWhole();
    expect(new Set(emulated.relay.opened.map(({ listing }) => listing))).toEqual(new Set([2]));
    expect(emulated.countAsked('create.json')).toBe(1);
  });

  it('cost a new export where the new ones are refused as well', async () => {
    emulated.relay.behave({ refuse: refuseUntil(2, 403, 1) });
    await expectWhole();
    expect(opened().slice(0, 4)).toEqual(['0 of 1', '1 of 1', '1 of 2', '0 of 3']);
    expect(emulated.countAsked('create.json')).toBe(2);
  });

  it('cost a new export at once where MyTracker has no others', async () => {
    let refusals = 0;
    emulated.relay.behave({ isLasting: true, refuse: () => (refusals++ === 1 ? 410 : undefined) });
    await expectWhole();
    expect(opened()).toHaveLength(2 + partCount);
    expect(emulated.countAsked('create.json')).toBe(2);
  });
});

describe('links of MyTracker that end before anybody can open them', () => {
  it('fail the export after three new ones', async () => {
    // The emulator refuses them by its own clock, and goes on handing them out.
    const emulated = await openEmulatedMytracker({ preparationMs: 1_000, linkLifetimeMs: 0 });
    emulated.relay.behave({ isLasting: true });
    try {
      const { id } = await emulated.exports.tasks.create(eventsRequest(), ANN);
      const failure = { code: 'PROVIDER_UNAVAILABLE', message: 'A link to a file of the export has ended.' };
      expect(await emulated.exports.untilState(id)).toMatchObject({ state: 'FAILED', failure });
      expect(emulated.countAsked('create.json')).toBe(4);
    } finally {
      await emulated.close();
    }
  }, 30_000);
});

describe("Instal's links", () => {
  let emulated: EmulatedInstal;

  beforeAll(async () => {
    emulated = await openEmulatedInstal();
  }, 30_000);
  afterAll(() => emulated.close());
  beforeEach(() => emulated.relay.behave());

  const countCreated = () => emulated.relay.asked.filter((path) => path.startsWith('POST')).length;

  async function run(): Promise<ExportTask> {
    const { id } = await emulated.exports.tasks.create(reportRequest(), ANN);
    return emulated.exports.untilState(id);
  }

  it.each([403, 404])('are asked for again where one is refused with %i', async (status) => {
    emulated.relay.behave({ refuse: refuseUntil(1, status) });
    const task = await run();
    expect(task).toMatchObject({ state: 'SUCCEEDED' });
    expect(emulated.relay.opened.map(({ listing }) => listing)).toEqual([1, 2]);
    expect(countCreated()).toBe(1);
    emulated.relay.behave();
    expect((await run()).rowCount).toBe(task.rowCount);
  });

  it('cost a new export where Instal has no others', async () => {
    let refusals = 0;
    emulated.relay.behave({ isLasting: true, refuse: () => (refusals++ === 0 ? 404 : undefined) });
    expect(await run()).toMatchObject({ state: 'SUCCEEDED' });
    expect(emulated.relay.opened).toHaveLength(2);
    expect(countCreated()).toBe(2);
  });
});

describe('links of Instal that end before anybody can open them', () => {
  it('fail the export after three new ones', async () => {
    const emulated = await openEmulatedInstal({ linkLifetimeMs: 0 });
    emulated.relay.behave({ isLasting: true });
    try {
      const { id } = await emulated.exports.tasks.create(reportRequest(), ANN);
      expect(await emulated.exports.untilState(id)).toMatchObject({
        state: 'FAILED',
        failure: { code: 'PROVIDER_UNAVAILABLE', isRetryable: true },
      });
      expect(emulated.relay.asked.filter((path) => path.startsWith('POST'))).toHaveLength(4);
    } finally {
      await emulated.close();
    }
  }, 30_000);
});
