import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { createColumn, toRows } from '../../src/tabular/column-table.ts';
import { DEFAULT_CSV_OPTIONS } from '../../src/tabular/csv.ts';
import type { FileFormat } from '../../src/warehouse/convert-parts.ts';
import { layoutOf, layoutWith, startWarehouse } from './staged-parts.ts';

const { warehouse, folder, stage, convert, convertToText } = startWarehouse();
const signal = new AbortController().signal;

const TYPES = {
  day: 'DATE',
  at: 'DATETIME',
  text: 'TEXT',
  number: 'NUMBER',
  whole: 'INTEGER',
  flag: 'BOOLEAN',
  list: 'LIST',
  json: 'JSON',
} as const;
const layout = layoutOf(TYPES);
const FIRST =
  '2026-01-31,2026-01-31T23:00:00+02:00,"a ""b""\nc",0.1,9007199254740993,true,"[""x"",""y""]","{""a"": 1.50}"';
const PART = `${Object.keys(TYPES).join(',')}\n${FIRST}\n,,,,,,,\n`;

describe('every file', () => {
  it.each<[FileFormat, string, string]>([
    ['CSV', 'export.csv', 'text/csv; charset=utf-8'],
    ['TSV', 'export.tsv', 'text/tab-separated-values; charset=utf-8'],
    ['JSONL', 'export.jsonl', 'application/x-ndjson'],
    ['PARQUET', 'export.parquet', 'application/vnd.apache.parquet'],
    ['XLSX', 'export.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ])('has a name, a size, a checksum and its rows counted: %s', async (format, name, mediaType) => {
    const file = await convert({ parts: [stage(PART)], layout, format });
    const bytes = readFileSync(file.path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(file).toEqual({ name, path: file.path, mediaType, rowCount: 2, byteSize: bytes.length, sha256 });
  });

  it.each<FileFormat>(['CSV', 'TSV', 'JSONL'])('of text may be compressed: %s', async (format) => {
    const parts = [stage(PART)];
    const csv = { ...DEFAULT_CSV_OPTIONS, header: false, byteOrderMark: true };
    const plain = readFileSync((await convert({ parts, layout, format, csv })).path);
    const file = await convert({ parts, layout, format, csv, compression: 'GZIP' });
    const bytes = readFileSync(file.path);
    expect(gunzipSync(bytes)).toEqual(plain);
    expect(file).toMatchObject({
      name: `export.${format.toLowerCase()}.gz`,
      mediaType: 'application/gzip',
      byteSize: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });
});

describe('CSV', () => {
  it('is read by others as it was written', async () => {
    const rows = [
      ['a"b', 'c,d', 'e\r\nf'],
      ['=1+1', ' g', ''],
    ];
    const part = stage(`x,y,z\n"a""b","c,d","e\r\nf"\n=1+1, g,""\n`);
    const csv = { ...DEFAULT_CSV_OPTIONS, formulas: 'RAW' } as const;
    const text = await convertToText({ parts: [part], layout: layoutOf({ x: 'TEXT', y: 'TEXT', z: 'TEXT' }), csv });
    expect(parse(text)).toEqual([['x', 'y', 'z'], ...rows]);
    expect(Papa.parse(text, { newline: '\r\n', skipEmptyLines: true }).data).toEqual([['x', 'y', 'z'], ...rows]);
  });
});

describe('lines of JSON', () => {
  it('have an object each, with nulls, digits and lists kept', async () => {
    const [first, second, ...others] = (await convertToText({ parts: [stage(PART)], layout, format: 'JSONL' })).split(
      '\n',
    );
    expect(first).toBe(
      '{"day":"2026-01-31","at":"2026-01-31T23:00:00+02:00","text":"a \\"b\\"\\nc","number":0.1,"whole":9007199254740993,"flag":true,"list":["x","y"],"json":{"a": 1.50}}',
    );
    expect(JSON.parse(second ?? '')).toEqual(Object.fromEntries(Object.keys(TYPES).map((name) => [name, null])));
    expect(others).toEqual(['']);
  });

  it('stay on one line, whatever cells and names hold', async () => {
    const names = ['a"\n\0', 'b'];
    const texts = ['\u0000\u0001\u001F\u2028"\\/\r\n', '\t'];
    const columns = names.map((name, index) => createColumn({ name, type: 'TEXT', values: [texts[index] ?? ''] }));
    const json = createColumn({ name: 'j', type: 'JSON', values: ['{\r\n"a":\n[1]}'] });
    const part = await warehouse.toPart({ columns: [...columns, json], rowCount: 1 }, folder);
    const text = await convertToText({ parts: [part.path], layout: part.layout, format: 'JSONL' });
    expect(text.trimEnd().split(/[\r\n]/)).toHaveLength(1);
    expect(JSON.parse(text)).toEqual({ [names[0] ?? '']: texts[0], b: texts[1], j: { a: [1] } });
  });
});

describe('Parquet', () => {
  async function read(path: string, query: string): Promise<unknown[][]> {
    const connection = await (await DuckDBInstance.create()).connect();
    return (await connection.runAndReadAll(query.replace('$file', `'${path}'`))).getRowsJson();
  }

  it('has types', async () => {
    const { path } = await convert({ parts: [stage(PART)], layout, format: 'PARQUET' });
    expect(await read(path, 'select column_name, column_type from (describe select * from $file)')).toEqual([
      ['day', 'DATE'],
      ['at', 'TIMESTAMP WITH TIME ZONE'],
      ['text', 'VARCHAR'],
      ['number', 'DOUBLE'],
      ['whole', 'BIGINT'],
      ['flag', 'BOOLEAN'],
      ['list', 'VARCHAR[]'],
      ['json', 'JSON'],
    ]);
    const [first, second] = await read(path, 'select epoch_ms("at"), * exclude ("at") from $file');
    expect(first).toEqual([
      String(Date.UTC(2026, 0, 31, 21)),
      '2026-01-31',
      'a "b"\nc',
      0.1,
      '9007199254740993',
      true,
      ['x', 'y'],
      '{"a": 1.50}',
    ]);
    expect(second).toEqual(Array.from({ length: 8 }, () => null));
    expect(await read(path, 'select distinct compression from parquet_metadata($file)')).toEqual([['ZSTD']]);
  });

  it('has no infinite ratios', async () => {
    const ratio = layoutWith(['p', 'w'], 'NUMBER', { kind: 'RATIO', part: 'p', whole: 'w' });
    const parts = [stage('p,w\n1,4\n1,0\n0,0\n1e308,1e-308\n')];
    const { path } = await convert({ parts, layout: ratio, format: 'PARQUET' });
    expect(await read(path, 'select made from $file')).toEqual([[0.25], [null], [null], [null]]);
  });

  it('keeps the digits of whole numbers beyond 64 bits', async () => {
    const digits = '9'.repeat(38);
    const { path } = await convert({
      parts: [stage(`a,b\n1,1\n${digits},2\n`)],
      layout: layoutOf({ a: 'INTEGER', b: 'INTEGER' }),
      format: 'PARQUET',
    });
    expect(await read(path, 'select a, typeof(a), typeof(b) from $file')).toEqual([
      ['1', 'DECIMAL(38,0)', 'BIGINT'],
      [digits, 'DECIMAL(38,0)', 'BIGINT'],
    ]);
  });

  it('refuses whole numbers that no type of it holds', async () => {
    const parts = [stage(`a,b\n1,1\n${'9'.repeat(39)},2\n`)];
    await expect(
      convert({ parts, layout: layoutOf({ a: 'INTEGER', b: 'INTEGER' }), format: 'PARQUET' }),
    ).rejects.toThrow('1 cell is no INTEGER (column "a", part 1, line 3)');
  });
});

describe('workbooks', () => {
  it('have dates, numbers and texts', async () => {
    const { path } = await convert({ parts: [stage(PART)], layout, format: 'XLSX' });
    const { sheets } = await readXlsx(readFileSync(path));
    expect(sheets).toHaveLength(1);
    expect(sheets[0]?.rows.slice(0, 2)).toEqual([
      Object.keys(TYPES),
      [
        new Date('2026-01-31'),
        new Date('2026-01-31T21:00:00Z'),
        'a "b"\nc',
        0.1,
        '9007199254740993',
        true,
        '["x","y"]',
        '{"a": 1.50}',
      ],
    ]);
  });

  it('go on in further sheets, each with the header', async () => {
    const rows = Array.from({ length: 7 }, (_, row) => `${row},x\n`).join('');
    const file = await convert({
      parts: [stage(`a,b\n${rows}`)],
      layout: layoutOf({ a: 'INTEGER', b: 'TEXT' }),
      format: 'XLSX',
      sheetRows: 4,
    });
    expect(file.rowCount).toBe(7);
    const { sheets } = await readXlsx(readFileSync(file.path));
    expect(sheets.map((sheet) => sheet.rows.map(([a]) => a))).toEqual([
      ['a', 0, 1, 2],
      ['a', 3, 4, 5],
      ['a', 6],
    ]);
  });

  it('keep what XML cannot hold, and what reads like its escapes', async () => {
    const texts = ['\u0000\u0001\u001F', '_x0041_', 'a\r\nb', '\uFFFE\uFFFF', ' lead', '=1+1', '<&>"\'', '😀'];
    const table = { rowCount: texts.length, columns: [createColumn({ name: 't', type: 'TEXT', values: texts })] };
    const part = await warehouse.toPart(table, folder);
    const { path } = await convert({ parts: [part.path], layout: part.layout, format: 'XLSX' });
    const { sheets } = await readXlsx(readFileSync(path));
    expect(sheets[0]?.rows.slice(1).map(([text]) => text)).toEqual(texts);
  });

  it('have days before March 1900 as texts', async () => {
    const part = stage('a,b\n1900-02-28,\n1900-03-01,\n');
    const { path } = await convert({ parts: [part], layout: layoutOf({ a: 'DATE', b: 'TEXT' }), format: 'XLSX' });
    const { sheets } = await readXlsx(readFileSync(path));
    expect(sheets[0]?.rows.slice(1).map(([day]) => day)).toEqual(['1900-02-28', new Date('1900-03-01')]);
  });

  it('refuse a text that no cell holds', async () => {
    const parts = [stage(`a,b\n1,${'x'.repeat(32_767)}\n2,${'x'.repeat(32_768)}\n`)];
    const failure = convert({ parts, layout: layoutOf({ a: 'INTEGER', b: 'TEXT' }), format: 'XLSX' });
    await expect(failure).rejects.toMatchObject({ failure: 'CELL_TOO_LONG', place: { column: 'b' } });
    await expect(failure).rejects.toThrow('Row 2 has a text of 32768 characters');
  });
});

describe('a preview', () => {
  it('is the first rows, with the cells a table has', async () => {
    const parts = [stage(PART), stage(PART)];
    const table = await warehouse.preview({ parts, layout, first: 3 }, signal);
    const first = [
      '2026-01-31',
      '2026-01-31T23:00:00+02:00',
      'a "b"\nc',
      0.1,
      '9007199254740993',
      true,
      '["x","y"]',
      '{"a": 1.50}',
    ];
    const nothing = first.map(() => null);
    expect(toRows(table)).toEqual([first, nothing, first]);
    expect(table.columns.map(({ name, type }) => [name, type])).toEqual(Object.entries(TYPES));
  });
});

describe('a count', () => {
  it('is of rows, not of lines', async () => {
    expect(await warehouse.countRows(stage(PART), layout.dialect, signal)).toBe(2);
  });

  it('fails where a part is cut off', async () => {
    await expect(warehouse.countRows(stage(`${PART}2026-01-01,"`), layout.dialect, signal)).rejects.toThrow(
      'A row has quotes that do not close (part 1, line 5)',
    );
  });
});

describe('an end', () => {
  const rows = Array.from({ length: 300_000 }, (_, row) => `${row},text ${row}\n`).join('');
  const small = layoutOf({ a: 'INTEGER', b: 'TEXT' });

  it.each<FileFormat>(['CSV', 'XLSX'])('interrupts what runs: %s', async (format) => {
    const ended = new AbortController();
    const reason = new Error('cancelled');
    const conversion = {
      parts: [stage(`a,b\n${rows}`)],
      layout: small,
      format,
      compression: 'NONE',
      csv: DEFAULT_CSV_OPTIONS,
      folder,
      name: 'ended',
    } as const;
    const file = warehouse.convert(conversion, ended.signal);
    setTimeout(() => ended.abort(reason), 30);
    await expect(file).rejects.toBe(reason);
    // It goes on working.
    expect(await warehouse.countRows(stage('a,b\n1,x\n'), small.dialect, signal)).toBe(1);
  });
});
