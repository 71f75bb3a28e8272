import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest();
});
afterAll(() => server.close());

/** Six days in minutes are 8,640 points; twelve countries of them are more rows than a table may have. */
const question = (fields: string, seriesLimit: number) => `{
  metrics(query: {
    select: [{ source: "sandbox-openpanel", metric: { event: { name: "search" } } }]
    period: { dates: { from: "2026-06-01", to: "2026-06-06" } }
    interval: MINUTE, breakdown: ["country"], seriesLimit: ${seriesLimit}
  }) { series { total } ${fields} }
  dataSource(key: "sandbox-openpanel") { key }
}`;

describe('a report too large for one table', () => {
  it.each(['csv', 'table { rowCount }'])('fails with a code where %s is asked for', async (fields) => {
    const { data, errors } = await server.ask(question(fields, 12));
    expect(data).toEqual({ metrics: null, dataSource: { key: 'sandbox-openpanel' } });
    expect(errors).toMatchObject([
      {
        path: ['metrics', fields.split(' ')[0]],
        message: /103680 rows are more than the 100000 rows that one table may have\. Ask for a shorter period/,
        extensions: { code: 'RESULT_TOO_LARGE' },
      },
    ]);
  });

  it('fits as a wide table', async () => {
    const data = await server.query<{ metrics: { csv: string } }>(question('csv(options: { layout: WIDE })', 12));
    expect(data.metrics.csv.split('\r\n')).toHaveLength(8640 + 2);
  });

  it('fits with fewer groups', async () => {
    const data = await server.query<{ metrics: { table: { rowCount: number } } }>(question('table { rowCount }', 11));
    expect(data.metrics.table.rowCount).toBe(95_040);
  });

  it('is answered where no table is asked for', async () => {
    const { metrics } = await server.query<{ metrics: { series: object[] } }>(question('', 12));
    expect(metrics.series).toHaveLength(12);
  });
});
