import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { layoutOf, layoutWith, startWarehouse } from './staged-parts.ts';

const { stage, convert } = startWarehouse();

describe('cells of Parquet', () => {
  it('are lists of the texts that were sent in single quotes', async () => {
    const lists = [
      [],
      ['a'],
      ['a', 'b'],
      ['', ''],
      ['\\'],
      ["'"],
      ['a\nb', '\0'],
      ["','"],
      [','],
      ['"'],
      ['[]'],
      ['é😀'],
    ];
    const sent = lists.map((items) => {
      const texts = items.map((item) => item.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\0', '\\0'));
      return `"[${texts.map((text) => `'${text.replaceAll('"', '""')}'`).join(',')}]"`;
    });
    const layout = layoutWith(['l', 'm'], 'LIST', { kind: 'QUOTED_LIST', column: 'l' });
    const part = stage(`l,m\n${sent.map((cell) => `${cell},\n`).join('')},x\n"[ 'a' , 'b' ]",\n`);
    const rows = await readParquet((await convert({ parts: [part], layout, format: 'PARQUET' })).path, 'made');
    expect(rows).toEqual([...lists, null, ['a', 'b']]);
  });

  it('are the values that were sent, in every way to write them', async () => {
    const part = stage(
      [
        'n,i,b,d,t',
        '12.50,007,1,2024-02-29,2024-02-29T23:30:00+05:30',
        '1e3,+5,FALSE,0999-01-01,1969-12-31T23:59:59.5Z',
        'nan,-0,True,,',
        ',,,,',
        '+.5,9223372036854775807,0,9999-12-31,2026-01-31T00:00:00-08\n',
      ].join('\n'),
    );
    const layout = layoutOf({ n: 'NUMBER', i: 'INTEGER', b: 'BOOLEAN', d: 'DATE', t: 'DATETIME' });
    const { path } = await convert({ parts: [part], layout, format: 'PARQUET' });
    expect(await readParquet(path, 'n')).toEqual([12.5, 1000, null, null, 0.5]);
    expect(await readParquet(path, 'i')).toEqual([7n, 5n, 0n, null, 9_223_372_036_854_775_807n]);
    expect(await readParquet(path, 'b')).toEqual([true, false, true, null, false]);
    expect(await readParquet(path, 'd::varchar')).toEqual(['2024-02-29', '0999-01-01', null, null, '9999-12-31']);
    const instants = ['2024-02-29T18:00:00Z', '1969-12-31T23:59:59.5Z', null, null, '2026-01-31T08:00:00Z'];
    expect(await readParquet(path, 'epoch_ms(t)::double')).toEqual(instants.map((at) => at && Date.parse(at)));
  });
});

/** One column of a file, or an expression over it, row by row. */
async function readParquet(path: string, expression: string): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const rows = await connection.runAndReadAll(`select ${expression} from read_parquet('${path}')`);
    return rows.getRowsJS().map(([cell]) => cell);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
