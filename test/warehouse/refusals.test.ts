import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../../src/analytics/column-types.ts';
import { InvalidQueryError } from '../../src/errors.ts';
import { ConversionError } from '../../src/warehouse/conversion-error.ts';
import type { FileFormat } from '../../src/warehouse/convert-parts.ts';
import { createDatabase } from '../../src/warehouse/database.ts';
import { layoutOf, layoutWith, startWarehouse } from './staged-parts.ts';

const { stage, convert, folder, warehouse } = startWarehouse();
const layout = layoutOf({ a: 'INTEGER', b: 'TEXT' });

async function failureOf(conversion: Parameters<typeof convert>[0], run = convert): Promise<ConversionError> {
  const error: unknown = await run(conversion).then(
    () => new Error('Nothing failed'),
    (reason: unknown) => reason,
  );
  if (error instanceof ConversionError) return error;
  throw error;
}

describe('a part that is not what was announced', () => {
  const good = 'a,b\n1,x\n';

  it.each([
    ['other names', 'a,c\n1,x\n', 'HEADER', 1],
    ['another order', 'b,a\nx,1\n', 'HEADER', 1],
    ['too few names', 'a\n1\n', 'HEADER', 1],
    ['nothing', '', 'HEADER', 1],
    ['a row too short', 'a,b\n"1","x\ny"\n\n2\n', 'ROW', 5],
    ['a row too long', 'a,b\n1,x\n2,y,z\n', 'ROW', 3],
    ['quotes that do not close', 'a,b\n1,x\n2,"y\n', 'ROW', 3],
    ['bytes that are not UTF-8', Buffer.from('a,b\n1,x\n2,\xff\n', 'latin1'), 'ENCODING', 3],
  ])('is refused with %s, part and line', async (_what, content, failure, line) => {
    const error = await failureOf({ parts: [stage(good), stage(content)], layout });
    expect(error.failure).toBe(failure);
    expect(error.place).toEqual({ part: 2, line });
  });

  it('says which columns are missing', async () => {
    const { message } = await failureOf({ parts: [stage('a,c\n')], layout });
    expect(message).toBe('A part has other columns than announced: without "b" and with "c" (part 1, line 1)');
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['without its end', (bytes: Buffer) => bytes.subarray(0, bytes.length - 8)],
    [
      'damaged',
      (bytes: Buffer) => Buffer.from(bytes.map((byte, index) => (index === bytes.length - 6 ? byte ^ 1 : byte))),
    ],
  ])('is refused where gzip is %s', async (_what, damage) => {
    const content = `a,b\n${Array.from({ length: 5_000 }, (_, row) => `${row},${Math.sin(row)}\n`).join('')}`;
    const { failure, place } = await failureOf({ parts: [stage(damage(gzipSync(content)))], layout });
    expect({ failure, place }).toEqual({ failure: 'COMPRESSION', place: { part: 1 } });
  });

  it('is the first of several, and none of those expanded is left', async () => {
    const [whole, cut] = [gzipSync('a,b\n1,x\n'), gzipSync('a,b\n1,x\n').subarray(0, -4)];
    for (const parts of [
      [whole, cut, cut, whole],
      [whole, whole, whole, gzipSync('a,c\n1,x\n'), cut],
    ]) {
      const { place } = await failureOf({ parts: parts.map((content) => stage(content)), layout });
      expect(place.part).toBe(1 + parts.findIndex((content) => content !== whole));
      expect(readdirSync(join(folder, 'work', 'temporary'))).toEqual([]);
    }
  });

  it('leaves nothing behind', async () => {
    await failureOf({ parts: [stage(gzipSync('a,b\n1,x\n2\n'))], layout, name: 'nothing' });
    expect(readdirSync(join(folder, 'files')).filter((name) => name.startsWith('nothing'))).toEqual([]);
    expect(readdirSync(join(folder, 'work', 'temporary'))).toEqual([]);
  });
});

describe('a cell that is not of its type', () => {
  it('is named by column, count and the first line', async () => {
    const parts = [
      stage('a,b\n1,"two\nlines"\n2,x\n'),
      stage('a,b\n\n3,"say ""two\nlines"" more"\nfour,x\n5.5,x\n'),
      stage('a,b\nsix,x\n'),
    ];
    const error = await failureOf({ parts, layout });
    expect(error.failure).toBe('CELL');
    expect(error.place).toEqual({ column: 'a', count: 3, part: 2, line: 5 });
    expect(error.message).toBe('3 cells are no INTEGER (column "a", part 2, line 5)');
  });

  it.each<[ColumnType, string]>([
    ['INTEGER', '1.5'],
    ['INTEGER', '1e3'],
    ['INTEGER', ' 1'],
    ['INTEGER', '""'],
    ['NUMBER', '1_000'],
    ['NUMBER', ' 1'],
    ['NUMBER', '"1,5"'],
    ['NUMBER', '1e999'],
    ['NUMBER', '.'],
    ['DURATION', '12s'],
    ['BOOLEAN', 'yes'],
    ['DATE', '2026-02-30'],
    ['DATE', '2026-1-5'],
    ['DATE', '2026/01/05'],
    ['DATE', '0000-00-00'],
    ['DATETIME', '2026-01-01 00:00:00'],
    ['DATETIME', '2026-01-01T00:00:00'],
    ['DATETIME', '2026-01-01T25:00:00Z'],
    ['LIST', '{}'],
    ['LIST', '"[1,]"'],
    ['JSON', '{a:1}'],
    ['JSON', 'NaN'],
    ['JSON', '"{""a"":-Infinity}"'],
  ])('fails a column of %s: %s', async (type, cell) => {
    const parts = [stage(`c,d\n,\n${cell},\n`)];
    for (const format of ['CSV', 'JSONL', 'PARQUET', 'XLSX'] satisfies FileFormat[]) {
      const error = await failureOf({ parts, layout: { ...layoutOf({ c: type, d: 'TEXT' }) }, format });
      expect(error.place).toEqual({ column: 'c', count: 1, part: 1, line: 3 });
    }
  });

  it.each(['[a]', "['a'", "['a' 'b']", "['a\\x']", "'a'"])('fails a quoted list: %s', async (cell) => {
    const quoted = layoutWith(['l', 'm'], 'LIST', { kind: 'QUOTED_LIST', column: 'l' });
    const { failure } = await failureOf({ parts: [stage(`l,m\n"${cell}",\n`)], layout: quoted });
    expect(failure).toBe('CELL');
  });

  it('fails a ratio', async () => {
    const ratio = layoutWith(['p', 'w'], 'NUMBER', { kind: 'RATIO', part: 'p', whole: 'w' });
    const { place } = await failureOf({ parts: [stage('p,w\n1,2\n1,two\n')], layout: ratio });
    expect(place).toEqual({ column: 'made', count: 1, part: 1, line: 3 });
  });
});

describe('a file that cannot be written', () => {
  // What is written to /dev/full meets a full disk, and DuckDB looks where links lead.
  const device = startWarehouse(['/dev']);

  it('is refused where gzip makes no sense', async () => {
    const parts = [stage('a,b\n1,x\n')];
    await expect(convert({ parts, layout, format: 'XLSX', compression: 'GZIP' })).rejects.toThrow(InvalidQueryError);
    await expect(convert({ parts, layout, format: 'PARQUET', compression: 'GZIP' })).rejects.toThrow(InvalidQueryError);
  });

  it.each<FileFormat>(['CSV', 'PARQUET', 'XLSX'])('says that the disk is full: %s', async (format) => {
    const full = join(device.folder, 'full');
    const path = join(full, `export.${format.toLowerCase()}`);
    mkdirSync(full, { recursive: true });
    symlinkSync('/dev/full', path);
    const conversion = { parts: [device.stage('a,b\n1,x\n')], layout, format, folder: full };
    const { failure } = await failureOf(conversion, device.convert);
    expect(failure).toBe('DISK_FULL');
    expect(existsSync(path)).toBe(false);
  });

  it('reads and writes nothing outside of its folders', async () => {
    await expect(convert({ parts: ['/etc/hostname'], layout: layoutOf({}) })).rejects.toThrow();
    const outside = mkdtempSync(join(tmpdir(), 'tributary-outside-'));
    await expect(convert({ parts: [stage('a,b\n1,x\n')], layout, folder: outside })).rejects.toThrow();
    expect(existsSync(join(outside, 'export.csv'))).toBe(false);
    rmSync(outside, { recursive: true });
  });
});

describe('an end', () => {
  it('comes before the start', async () => {
    const reason = new Error('cancelled');
    await expect(warehouse.countRows(stage('a,b\n'), layout.dialect, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  const options = { temporaryFolder: join(folder, 'temporary'), folders: [folder], memoryLimitMiB: 64, threads: 1 };
  const endless = 'select sum(hash(x)) from range(1000000000000) numbers(x)';

  it('interrupts a statement', async () => {
    const database = createDatabase(options);
    const ended = new AbortController();
    const reason = new Error('cancelled');
    // What ends before the database has started never begins.
    await database.run('select 1', ended.signal);
    const answer = database.run(endless, ended.signal);
    setTimeout(() => ended.abort(reason), 50);
    await expect(answer).rejects.toBe(reason);
    await database.close();
  });

  it('comes before the database has started', async () => {
    const database = createDatabase(options);
    const answer = database.run('select 1', new AbortController().signal).catch((error: unknown) => error);
    await database.close();
    expect(String(await answer)).toBe('Error: The warehouse is closed.');
  });

  it('interrupts what runs where all is closed, and lets nothing begin', async () => {
    const database = createDatabase(options);
    const { signal } = new AbortController();
    await database.run('select 1', signal);
    const answer = database.run(endless, signal).catch((error: unknown) => error);
    await database.close();
    expect(String(await answer)).toBe('Error: The warehouse is closed.');
    await expect(database.run('select 1', signal)).rejects.toThrow('The warehouse is closed.');
  });
});
