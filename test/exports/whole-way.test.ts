import { existsSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toRows } from '../../src/tabular/column-table.ts';
import type { ExportPhase, ExportTask } from '../../src/exports/task.ts';
import { cutIntoFiles, fileOf, rowsOf } from './fake-exports.ts';
import { ANN, KEEP_MS, openExports, rowsRequest, type OpenedExports } from './open-exports.ts';

let exports: OpenedExports;

beforeAll(async () => (exports = await openExports()));
afterAll(() => exports.close());
beforeEach(() => exports.provider.behave());

const DAY = rowsOf(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2));

describe('an export', () => {
  it('becomes a file of CSV', async () => {
    expect(DAY).toHaveLength(144);
    const task = await exports.run();
    expect(task).toMatchObject({
      state: 'SUCCEEDED',
      phase: null,
      attempt: 1,
      progress: 1,
      rowCount: 144,
      expectedRowCount: null,
      completeness: 'COMPLETE',
      failure: null,
      source: 'fake',
    });
    const file = await exports.read(task);
    expect(file.bytes.toString()).toBe(fileOf(DAY));
    expect(file).toMatchObject({ name: 'export.csv', rowCount: 144, mediaType: 'text/csv; charset=utf-8' });
    expect(task.byteSize).toBe(file.bytes.length);
  });

  it('becomes lines of JSON', async () => {
    const { bytes } = await exports.read(await exports.run({ format: 'JSONL' }));
    const lines = bytes.toString().trimEnd().split('\n');
    expect(lines).toHaveLength(144);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      at: '2026-01-01T00:00:00.000Z',
      number: 2_945_376,
      name: 'name, 2945376',
      share: null,
    });
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ number: 2_945_377, name: 'name 2945377', share: 0.25 });
  });

  it('becomes a Parquet file', async () => {
    const task = await exports.run({ format: 'PARQUET' });
    await exports.read(task);
    const path = exports.backend.artefacts.filePath(task.id, 'export.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const rows = await connection.runAndReadAll(
      `select epoch_ms("at")::double, number::double, name, share from read_parquet('${path}')`,
    );
    connection.closeSync();
    const expected = DAY.map((_row, index) => {
      const number = 2_945_376 + index;
      const name = number % 3 === 0 ? `name, ${number}` : `name ${number}`;
      return [number * 600_000, number, name, number % 2 === 0 ? null : 0.25];
    });
    expect(rows.getRowsJS()).toEqual(expected);
  });

  it('takes the columns in the order asked for', async () => {
    const source = rowsRequest({}, { columns: ['share', 'number'] }).source;
    const { bytes } = await exports.read(await exports.run({ source }));
    expect(bytes.toString().split('\n').slice(0, 3)).toEqual(['share,number', ',2945376', '0.25,2945377']);
  });

  it('puts several parts together in their order', async () => {
    exports.provider.behave({
      filesOf: ({ from, to }) => cutIntoFiles(rowsOf(from, to), 5),
      announce: (content) => content.toString().trimEnd().split('\n').length - 1,
    });
    const task = await exports.run();
    expect((await exports.read(task)).bytes.toString()).toBe(fileOf(DAY));
    expect(task.expectedRowCount).toBe(144);
    expect(exports.provider.downloads).toHaveLength(5);
  });

  it('has a header only where the provider has no file', async () => {
    exports.provider.behave({ filesOf: () => [] });
    const task = await exports.run();
    expect(task).toMatchObject({ state: 'SUCCEEDED', rowCount: 0, completeness: 'COMPLETE' });
    expect((await exports.read(task)).bytes.toString()).toBe(fileOf([]));
    expect(await exports.tasks.preview(task, 5)).toMatchObject({ rowCount: 0 });
  });

  it("hands on the provider's own bytes", async () => {
    const files = cutIntoFiles(DAY, 2);
    exports.provider.behave({ filesOf: () => files });
    const task = await exports.run({ format: 'PROVIDER_NATIVE', csv: null });
    const told = await exports.tasks.files(task);
    expect(told.map(({ byteSize }) => byteSize)).toEqual(files.map((file) => file.length));
    // Nobody has counted their rows.
    expect(task).toMatchObject({ state: 'SUCCEEDED', rowCount: null });
    expect(await exports.tasks.preview(task, 5)).toBeNull();
  });

  it('shows its first rows', async () => {
    const task = await exports.run();
    const preview = await exports.tasks.preview(task, 2);
    if (!preview) throw new Error('there is no preview');
    expect(preview.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'at DATETIME',
      'number INTEGER',
      'name TEXT',
      'share NUMBER',
    ]);
    expect(toRows(preview)).toEqual([
      ['2026-01-01T00:00:00.000Z', 2_945_376, 'name, 2945376', null],
      ['2026-01-01T00:10:00.000Z', 2_945_377, 'name 2945377', 0.25],
    ]);
    expect(await exports.tasks.preview(task, 100)).toMatchObject({ rowCount: 100 });
  });

  it('goes through its phases, never back', async () => {
    const task = await exports.tasks.create(rowsRequest(), ANN);
    const seen: ExportTask[] = [];
    const watching = (async () => {
      for await (const one of exports.tasks.watch(task.id, ANN, new AbortController().signal)) seen.push(one);
    })();
    await exports.untilState(task.id);
    await watching;
    const progress = seen.map((one) => one.progress ?? 0);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    const order: ExportPhase[] = ['STARTING', 'WAITING', 'FETCHING', 'CONVERTING', 'PUBLISHING'];
    const phases = seen.flatMap(({ phase }) => phase ?? []).map((phase) => order.indexOf(phase));
    expect(phases).toEqual([...phases].sort((a, b) => a - b));
    expect(new Set(phases).size).toBeGreaterThan(2);
  });

  it('leaves nothing behind but its files', async () => {
    const task = await exports.run();
    const { artefacts } = exports.backend;
    await exports.until(async () => !existsSync(artefacts.partPath(task.id, { chunk: 0, position: 0 })));
    await exports.until(async () => !existsSync(artefacts.outputPath(task.id)));
  });

  it('is removed once its time is over', async () => {
    const task = await exports.run();
    expect(task.expiresAt).toBe((task.finishedAt ?? 0) + KEEP_MS);
    const { name } = await exports.read(task);
    await exports.clock.advance(KEEP_MS);
    const expired = await exports.untilState(task.id, 'EXPIRED');
    expect(await exports.tasks.files(expired)).toEqual([]);
    expect(await exports.tasks.preview(expired, 5)).toBeNull();
    await exports.until(async () => !existsSync(exports.backend.artefacts.filePath(task.id, name)));
  });
});
