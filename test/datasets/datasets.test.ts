import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DataSource } from '../../src/analytics/data-source.ts';
import type { DatasetTable } from '../../src/analytics/datasets.ts';
import type { DaySpan } from '../../src/analytics/day-span.ts';
import { createDatasets, type DatasetRows, type Datasets } from '../../src/datasets/datasets.ts';
import { AppError, NotReadyError, ProviderAuthError } from '../../src/errors.ts';
import { toTableFolder } from '../../src/exports/dataset-tasks.ts';
import { ROWS_TABLE } from '../exports/fake-exports.ts';
import { ANN, KEEP_MS, NOON, openExports, type OpenedExports } from '../exports/open-exports.ts';

const DAY_MS = 86_400_000;

const TABLE: DatasetTable = {
  name: 'rows',
  description: 'A row for each ten minutes.',
  timezone: 'UTC',
  arrivesWithinMs: 0,
  settlesAfterMs: DAY_MS,
  toRowsQuery: (period) => ({
    table: ROWS_TABLE,
    columns: ROWS_TABLE.defaultColumns,
    period,
    filters: [],
    options: {},
  }),
  columns: [
    { name: 'at', type: 'DATETIME', source: { kind: 'AS_IS', column: 'at' } },
    { name: 'number', type: 'INTEGER', source: { kind: 'AS_IS', column: 'number' } },
  ],
};

let exports: OpenedExports;
let datasets: Datasets;
let dataSource: DataSource;

beforeAll(async () => {
  exports = await openExports([], { datasets: { identity: 'one', facts: [{ ...TABLE, grain: 'DAY', metrics: {} }] } });
  dataSource = exports.dataSources.require('fake', 'source');
});
afterAll(() => exports.close());
beforeEach(() => {
  exports.provider.behave();
  rmSync(folderOf(), { recursive: true, force: true });
  datasets = createDatasets({ clock: exports.clock, open: () => Promise.resolve(exports.backend) });
});

const folderOf = (): string => join(exports.folder, 'datasets', toTableFolder(dataSource, TABLE));

/** Ask for days while time passes. */
async function read(span: DaySpan, waitMs = 60_000): Promise<DatasetRows> {
  let ended: { rows: DatasetRows } | { error: unknown } | null = null;
  const deadline = { at: exports.clock.now() + 3_600_000, signal: new AbortController().signal };
  void datasets.read({ dataSource, table: TABLE }, span, { waitMs, deadline }).then(
    (rows) => (ended = { rows }),
    (error: unknown) => (ended = { error }),
  );
  const answer = await exports.until(() => Promise.resolve(ended));
  if ('error' in answer) throw answer.error;
  return answer.rows;
}

async function countRows({ paths }: DatasetRows): Promise<number> {
  const files = paths.map((path) => `'${path}'`).join(', ');
  const [[count] = []] = await exports.backend.warehouse.database.rows(
    `select count(distinct number) from read_parquet([${files}])`,
    new AbortController().signal,
  );
  return Number(count);
}

const spansAsked = (): string[] =>
  exports.provider.asked.map(({ from, to }) =>
    [from, to].map((at) => new Date(at).toISOString().slice(0, 10)).join(' '),
  );

describe('days of a table', () => {
  it('are fetched once, and only those that are missing', async () => {
    const first = await read({ from: '2026-01-05', to: '2026-01-07' });
    expect(spansAsked()).toEqual(['2026-01-05 2026-01-08']);
    expect(await countRows(first)).toBe(3 * 144);
    const more = await read({ from: '2026-01-04', to: '2026-01-09' });
    const [earlier, ...others] = spansAsked();
    expect([earlier, ...others.toSorted()]).toEqual([
      '2026-01-05 2026-01-08',
      '2026-01-04 2026-01-05',
      '2026-01-08 2026-01-10',
    ]);
    expect(await countRows(more)).toBe(6 * 144);
    expect(more).toMatchObject({ isSettled: true, completeness: 'COMPLETE' });
    await read({ from: '2026-01-05', to: '2026-01-09' });
    expect(exports.provider.asked).toHaveLength(3);
  });

  it('that two ask for at once are fetched once', async () => {
    const both = await Promise.all([
      read({ from: '2026-01-05', to: '2026-01-06' }),
      read({ from: '2026-01-06', to: '2026-01-07' }),
    ]);
    expect(await Promise.all(both.map(countRows))).toEqual([288, 288]);
    // Two tasks, worked on side by side.
    expect(spansAsked().toSorted()).toEqual(['2026-01-05 2026-01-07', '2026-01-07 2026-01-08']);
  });

  it('that do not come in time are NOT_READY, with the task that fetches them, and are there for the next', async () => {
    exports.provider.behave({
      check: ({ checks }, ready) => (checks < 8 ? { state: 'RUNNING', progress: 0.5 } : ready()),
    });
    const error: unknown = await read({ from: '2026-01-05', to: '2026-01-05' }, 1).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotReadyError);
    const { message, isRetryable, retryAfterMs, exportTaskId = '' } = error as AppError;
    expect(message).toBe(
      'The rows of rows of 2026-01-05 to 2026-01-05 are being fetched from "fake". Ask again, or wait for longer with `waitFor`.',
    );
    expect({ isRetryable, retryAfterMs }).toEqual({ isRetryable: true, retryAfterMs: 2000 });
    // Everybody may look at it; nobody may take it away.
    expect(await exports.tasks.find(exportTaskId, ANN)).toMatchObject({ source: 'fake' });
    await expect(exports.tasks.cancel(exportTaskId, ANN)).rejects.toThrow(
      'input.id: the task fetches rows for the questions of everybody; it ends by itself',
    );
    expect((await exports.tasks.list({ first: 10, after: null }, ANN)).tasks).toEqual([]);
    const task = await exports.untilState(exportTaskId);
    expect(task).toMatchObject({ state: 'SUCCEEDED', rowCount: 144, phase: null });
    expect(await exports.tasks.files(task)).toEqual([]);
    expect(await countRows(await read({ from: '2026-01-05', to: '2026-01-05' }, 1))).toBe(144);
    expect(exports.provider.asked).toHaveLength(1);
  });

  it('without rows are known to have none', async () => {
    exports.provider.behave({ filesOf: () => ['at,number,name,share\n'] });
    const none = await read({ from: '2026-01-05', to: '2026-01-06' });
    expect(none).toMatchObject({ paths: [], isSettled: true, completeness: 'COMPLETE' });
    await read({ from: '2026-01-05', to: '2026-01-06' });
    expect(exports.provider.asked).toHaveLength(1);
  });

  it('that may still change are fetched again after a quarter of an hour, and taken as they are where that fails', async () => {
    const today = new Date(exports.clock.now()).toISOString().slice(0, 10);
    const askedAt = exports.clock.now();
    const first = await read({ from: today, to: today });
    expect(first.isSettled).toBe(false);
    expect(first.knownUntil - askedAt).toBeLessThan(60_000);
    await read({ from: today, to: today });
    expect(exports.provider.asked).toHaveLength(1);
    await exports.clock.advance(15 * 60_000);
    const second = await read({ from: today, to: today });
    expect(exports.provider.asked).toHaveLength(2);
    expect(second.knownUntil).toBeGreaterThan(first.knownUntil);
    expect(second.paths).not.toEqual(first.paths);
    await exports.clock.advance(15 * 60_000);
    exports.provider.behave({
      onStart: () => {
        throw new ProviderAuthError('The key is not taken.');
      },
    });
    expect(await read({ from: today, to: today })).toEqual(second);
  });

  it('that have not begun are not asked for', async () => {
    const later = new Date(NOON + 40 * DAY_MS).toISOString().slice(0, 10);
    expect(await read({ from: later, to: later })).toMatchObject({ paths: [] });
    expect(exports.provider.asked).toEqual([]);
  });

  it('that cannot be fetched fail as the provider does', async () => {
    exports.provider.behave({
      onStart: () => {
        throw new ProviderAuthError('The key is not taken.');
      },
    });
    const error: unknown = await read({ from: '2026-01-05', to: '2026-01-05' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProviderAuthError);
    expect(error).toMatchObject({ message: 'The key is not taken.' });
  });

  it('that were deleted on disk are fetched again', async () => {
    const span = { from: '2026-01-05', to: '2026-01-06' };
    const [path = ''] = (await read(span)).paths;
    rmSync(path);
    expect(await countRows(await read(span))).toBe(288);
    expect(spansAsked()).toEqual(['2026-01-05 2026-01-07', '2026-01-05 2026-01-06']);
  });

  it('with rows of other days, or of none, are refused and not kept', async () => {
    exports.provider.behave({ filesOf: () => ['at,number,name,share\n2026-01-09T00:00:00Z,1,a,\n'] });
    await expect(read({ from: '2026-01-05', to: '2026-01-06' })).rejects.toThrow(
      '1 rows of the export are of 2026-01-09, and rows were asked for of 2026-01-05 to 2026-01-06.',
    );
    exports.provider.behave({ filesOf: () => ['at,number,name,share\n,1,a,\n'] });
    await expect(read({ from: '2026-01-05', to: '2026-01-06' })).rejects.toThrow(
      '1 rows of the export do not say when.',
    );
  });
});

describe('room on disk', () => {
  it('is made of the days that nobody has used for longest, not of those in use', async () => {
    const { keptDays } = exports.backend;
    await read({ from: '2026-01-05', to: '2026-01-05' });
    await exports.clock.advance(20 * 60_000);
    await read({ from: '2026-01-06', to: '2026-01-06' });
    await exports.clock.advance(20 * 60_000);
    await read({ from: '2026-01-05', to: '2026-01-05' });
    await keptDays.trim(1);
    expect(readdirSync(folderOf())).toEqual(['day=2026-01-05']);
    await exports.clock.advance(KEEP_MS);
    await keptDays.trim(1);
    expect(readdirSync(folderOf())).toEqual([]);
  });
});
