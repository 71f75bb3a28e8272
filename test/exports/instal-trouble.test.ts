import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InstalOptions } from '../../src/sandbox/instal/start-instal.ts';
import type { ExportTask } from '../../src/exports/task.ts';
import { reportRequest, startEmulatedInstal, type StartedInstal } from './emulated-instal.ts';
import { NOON } from './emulated-mytracker.ts';
import { FastClock } from './fast-clock.ts';
import { ANN, openExports, type OpenedExports } from './open-exports.ts';

/** What is wrong with each Instal of these tests, by the key of its data source. */
const TROUBLES: Readonly<Record<string, Partial<InstalOptions>>> = {
  none: { isCompressed: false },
  failing: { outcomes: ['FAILURE', 'SUCCESS'] },
  revoking: { outcomes: ['REVOKED', 'SUCCESS'] },
  forgetting: { outcomes: ['PENDING', 'SUCCESS'] },
  'failing always': { outcomes: ['FAILURE'] },
  refusing: { outcomes: ['ERROR'] },
  'wrong token': {},
  slow: { rateLimit: 1 },
  compressing: { isCompressed: true },
  marking: { hasByteOrderMark: true },
};

const CONFIGS: Readonly<Record<string, object>> = {
  'wrong token': { token: 'another' },
  forgetting: { deadlineMinutes: 0.2 },
};

const started = new Map<string, StartedInstal>();
let exports: OpenedExports;

beforeAll(async () => {
  const clock = new FastClock(NOON);
  for (const [key, trouble] of Object.entries(TROUBLES)) {
    started.set(key, await startEmulatedInstal(clock, trouble, { key, ...CONFIGS[key] }));
  }
  exports = await openExports(
    [...started.values()].map(({ dataSource }) => dataSource),
    { clock },
  );
}, 30_000);
afterAll(async () => {
  await exports.close();
  await Promise.all([...started.values()].map((one) => one.close()));
});

const run = async (source: string): Promise<ExportTask> =>
  exports.untilState((await exports.tasks.create(reportRequest({}, source), ANN)).id);
const countCreated = (source: string) =>
  started.get(source)?.relay.asked.filter((path) => path.startsWith('POST')).length;

describe('Instal', () => {
  it.each([
    ['fails', 'failing'],
    ['is revoked', 'revoking'],
    ['is pending for ever', 'forgetting'],
  ])('is asked anew where an export %s', async (_what, source) => {
    const task = await run(source);
    expect(task).toMatchObject({ state: 'SUCCEEDED', failure: null });
    expect(task.rowCount).toBeGreaterThan(0);
    expect(countCreated(source)).toBe(2);
  });

  it.each([
    ['it queues no export', 'refusing', 'PROVIDER_REJECTED', 'no export was queued (ERROR)', 1],
    ['the token is wrong', 'wrong token', 'PROVIDER_AUTH_FAILED', 'Invalid token', 1],
    ['each export fails', 'failing always', 'PROVIDER_UNAVAILABLE', 'gave the export up (FAILURE)', 4],
  ])('fails the export where %s', async (_what, source, code, words, created) => {
    const failure = { code, message: expect.stringContaining(words) };
    expect(await run(source)).toMatchObject({ state: 'FAILED', failure });
    expect(countCreated(source)).toBe(created);
  });

  it('is waited for where it wants fewer requests', async () => {
    expect(await run('slow')).toMatchObject({ state: 'SUCCEEDED', failure: null });
    expect(countCreated('slow')).toBe(1);
  });

  it.each([
    ['compressed', 'compressing'],
    ['with a byte order mark', 'marking'],
  ])('may hand out files %s', async (_what, source) => {
    const { rowCount, byteSize } = await run('none');
    expect(rowCount).toBeGreaterThan(0);
    expect(await run(source)).toMatchObject({ state: 'SUCCEEDED', rowCount, byteSize });
  });
});
