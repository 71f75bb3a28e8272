import { describe, expect, it } from 'vitest';
import type { RowsLayout } from '../../src/analytics/exports.ts';
import { startWarehouse } from './staged-parts.ts';

const { stage, convertToText, convert, warehouse } = startWarehouse();

const HEADER = ['ts', 'names', 'values', 'when'];
const layout: RowsLayout = {
  dialect: { delimiter: ',', header: HEADER, columns: HEADER, nullTexts: ['\\N', ''] },
  columns: [
    { name: 'at', type: 'DATETIME', source: { kind: 'EPOCH_SECONDS', column: 'ts' } },
    { name: 'name', type: 'TEXT', source: { kind: 'CONSTANT', value: 'it\'s, "one"' } },
    { name: 'properties', type: 'JSON', source: { kind: 'OBJECT', names: 'names', values: 'values' } },
    { name: 'local', type: 'DATETIME', source: { kind: 'WALL_CLOCK', column: 'when' } },
  ],
};

const rows = (...lines: string[]) => stage([HEADER.join(','), ...lines, ''].join('\n'));

const GOOD = [
  `1767225600,"['plan','n']","['a\\'b','7']",2026-01-01 13:05`,
  `0,[],[],2026-01-02`,
  `\\N,\\N,\\N,\\N`,
  `253402300799,"['only']",[],2026-01-03T00:00:59`,
];

describe('columns that are made of others', () => {
  it('are moments, constants and objects in text', async () => {
    const text = await convertToText({ parts: [rows(...GOOD)], layout, format: 'JSONL' });
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        at: '2026-01-01T00:00:00Z',
        name: 'it\'s, "one"',
        properties: { plan: "a'b", n: '7' },
        local: '2026-01-01T13:05:00Z',
      },
      { at: null, name: 'it\'s, "one"', properties: {}, local: '2026-01-02T00:00:00Z' },
      { at: null, name: 'it\'s, "one"', properties: null, local: null },
      { at: '9999-12-31T23:59:59Z', name: 'it\'s, "one"', properties: { only: null }, local: '2026-01-03T00:00:59Z' },
    ]);
  });

  it('have types in Parquet', async () => {
    const { path } = await convert({ parts: [rows(...GOOD)], layout, format: 'PARQUET' });
    const found = await warehouse.database.rows(
      `select epoch_ms("at"), name, properties::varchar, epoch_ms(local) from read_parquet('${path}')`,
      new AbortController().signal,
    );
    expect(found.map((row) => row.map((cell) => (typeof cell === 'bigint' ? Number(cell) : cell)))).toEqual([
      [Date.UTC(2026, 0, 1), 'it\'s, "one"', `{"plan":"a'b","n":"7"}`, Date.UTC(2026, 0, 1, 13, 5)],
      [null, 'it\'s, "one"', '{}', Date.UTC(2026, 0, 2)],
      [null, 'it\'s, "one"', null, null],
      [253402300799000, 'it\'s, "one"', '{"only":null}', Date.UTC(2026, 0, 3, 0, 0, 59)],
    ]);
  });

  it.each([
    ['seconds', `yesterday,[],[],2026-01-01`, 'at'],
    ['seconds of another age', `999999999999999,[],[],2026-01-01`, 'at'],
    ['a list', `0,"['a'",[],2026-01-01`, 'properties'],
    ['a day', `0,[],[],01.02.2026`, 'local'],
    ['a day of the calendar', `0,[],[],2026-02-30`, 'local'],
  ])('are refused where their cell is not %s', async (_what, line, column) => {
    for (const format of ['CSV', 'PARQUET'] as const) {
      await expect(convert({ parts: [rows(GOOD[0] ?? '', line)], layout, format })).rejects.toThrow(`"${column}"`);
    }
  });
});
