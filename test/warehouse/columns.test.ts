import { describe, expect, it } from 'vitest';
import { createColumn } from '../../src/tabular/column-table.ts';
import { DEFAULT_CSV_OPTIONS, toCsv } from '../../src/tabular/csv.ts';
import { layoutOf, layoutWith, startWarehouse } from './staged-parts.ts';

const { warehouse, folder, stage, stageGzip, convertToText } = startWarehouse();
const csv = { ...DEFAULT_CSV_OPTIONS, header: false, lineEnding: 'LF', nullText: 'null' } as const;

describe('columns', () => {
  it('take their cells from columns of the files, in an order of their own', async () => {
    const layout = {
      dialect: { delimiter: ';', header: ['a', 'A'], columns: ['a', 'A'], nullTexts: ['\\N', 'NULL'] },
      columns: [
        { name: 'second', type: 'TEXT', source: { kind: 'AS_IS', column: 'A' } },
        { name: 'first', type: 'INTEGER', source: { kind: 'AS_IS', column: 'a' } },
      ],
    } as const;
    const part = stage('\uFEFFa;A\r\n1;x\r\n\\N;"NULL"\r\n3;NULL\r\n4;\r\n');
    expect(await convertToText({ parts: [part], layout, csv })).toBe('x,1\nNULL,null\nnull,3\n,4\n');
  });

  it('look a cell up', async () => {
    const source = { kind: 'LOOK_UP', column: 'c', values: { '1': "it's", '2': '=two', '': 'none' } } as const;
    const layout = layoutWith(['c', 'd'], 'TEXT', source);
    const part = stage('c,d\n1,\n2,\n3,\n,\n"",\n');
    expect(await convertToText({ parts: [part], layout, csv })).toBe("it's\n'=two\nnull\nnull\nnone\n");
  });

  it('divide, and know nothing where there is nothing to divide by', async () => {
    const layout = layoutWith(['p', 'w'], 'NUMBER', { kind: 'RATIO', part: 'p', whole: 'w' });
    const part = stage('p,w\n1,4\n0,3\n3,0\n,5\n5,\n-1,0.3\n');
    expect(await convertToText({ parts: [part], layout, csv })).toBe(
      `0.25\n0\nnull\nnull\nnull\n${String(-1 / 0.3)}\n`,
    );
  });

  it('read lists in single quotes', async () => {
    const layout = layoutWith(['l'], 'LIST', { kind: 'QUOTED_LIST', column: 'l' });
    const cells = ["['a','b\\'c']", '[]', "['\\\\n', '\\n', '\\\\\\'', ',', '\"', ']']", "['é']"];
    const part = stage(`l\n${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join('\n')}\n`);
    const expected = [['a', "b'c"], [], ['\\n', '\n', "\\'", ',', '"', ']'], ['é']].map((list) => JSON.stringify(list));
    const lines = expected.map((text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text));
    expect(await convertToText({ parts: [part], layout, csv })).toBe(`${lines.join('\n')}\n`);
  });

  it('write numbers as the house does', async () => {
    const part = stage(
      'n,i\n1.50,007\n+.5,+5\n1e3,-0\n-0.0,12345678901234567890123456789012345678901234567890\nnan,\n-Inf,0\n',
    );
    expect(await convertToText({ parts: [part], layout: layoutOf({ n: 'NUMBER', i: 'INTEGER' }), csv })).toBe(
      '1.5,7\n0.5,5\n1000,-0\n-0,12345678901234567890123456789012345678901234567890\nnull,null\nnull,0\n',
    );
  });

  it('write numbers of more digits than a number has as that number', async () => {
    const part = stage('n,m\n9007199254740993,0.1000000000000000055511151231257827\n');
    expect(await convertToText({ parts: [part], layout: layoutOf({ n: 'NUMBER', m: 'NUMBER' }), csv })).toBe(
      '9007199254740992,0.1\n',
    );
  });

  it('look for formulas behind white space of every kind', async () => {
    const spaces = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter((one) =>
      /\s/.test(one),
    );
    const values = spaces.flatMap((space) => [`${space}=1`, `${space}x`]);
    const table = { rowCount: values.length, columns: [createColumn({ name: 't', type: 'TEXT', values })] };
    const { path, layout } = await warehouse.toPart(table, folder);
    expect(spaces.length).toBeGreaterThan(20);
    expect(await convertToText({ parts: [path], layout })).toBe(toCsv(table, DEFAULT_CSV_OPTIONS));
  });

  it('write true and false', async () => {
    const part = stage('b,c\n1,TRUE\n0,false\n,True\n');
    expect(await convertToText({ parts: [part], layout: layoutOf({ b: 'BOOLEAN', c: 'BOOLEAN' }), csv })).toBe(
      'true,true\nfalse,false\nnull,true\n',
    );
  });
});

describe('parts', () => {
  const layout = layoutOf({ a: 'INTEGER', b: 'TEXT' });

  it('are written in their order, compressed or not, whatever their line endings', async () => {
    const parts = [stage('a,b\r\n3,x\r\n'), stageGzip('a,b\n1,"y\r\nz"\n'), stage('a,b\n'), stage('a,b\n2,last')];
    expect(await convertToText({ parts, layout, csv })).toBe('3,x\n1,"y\r\nz"\n2,last\n');
  });

  it('may be none', async () => {
    expect(await convertToText({ parts: [], layout })).toBe('a,b\r\n');
  });

  it('may be without a header', async () => {
    const headless = { ...layout, dialect: { ...layout.dialect, header: null } };
    expect(await convertToText({ parts: [stage('1,x\n2,y\n')], layout: headless, csv })).toBe('1,x\n2,y\n');
  });

  it('of many members are read whole', async () => {
    const { gzipSync } = await import('node:zlib');
    const part = stage(Buffer.concat([gzipSync('a,b\n1,x\n'), gzipSync('2,y\n')]));
    expect(await convertToText({ parts: [part], layout, csv })).toBe('1,x\n2,y\n');
  });

  it('keep their rows where texts in quotes look like rows', async () => {
    // Large enough for several threads, one of which starts within a text and reads its lines as rows.
    const text = (row: number): string => `x\n${`${row},evil\n`.repeat(2_000)}0,y`;
    const rows = Array.from({ length: 2_000 }, (_, row) => `${row},"${text(row)}"\n`);
    const part = stage(`a,b\n${rows.join('')}`);
    const written = await convertToText({ parts: [part], layout, csv });
    expect(written === rows.join('')).toBe(true);
  });
});
