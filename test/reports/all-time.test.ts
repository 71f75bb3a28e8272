import { describe, expect, it, onTestFinished } from 'vitest';
import { startCountedServer } from '../server/counted-provider.ts';
import { startServerUnderTest } from '../server/running-server.ts';

const operation = (source: string) => `{ metrics(query: {
  select: [{ source: "${source}", metric: { key: "events" } }], period: { preset: ALL_TIME }, interval: MONTH
}) { period { firstDay lastDay } series { total } } }`;

describe('all time', () => {
  it('begins with the first day of the sandbox', async () => {
    const server = await startServerUnderTest();
    onTestFinished(() => server.close());
    expect(await server.query(operation('sandbox-openpanel'))).toEqual({
      metrics: {
        period: { firstDay: '2026-02-16', lastDay: '2026-06-16' },
        series: [{ total: server.world().events.length }],
      },
    });
  });

  it('begins where the configuration says', async () => {
    const server = await startCountedServer({}, { earliestDate: '2026-05-01' });
    expect(await server.query(operation('app'))).toMatchObject({ metrics: { period: { firstDay: '2026-05-01' } } });
  });

  it('cannot be asked for where nobody knows when it began', async () => {
    const server = await startCountedServer();
    const { data, errors } = await server.ask(operation('app'));
    expect(data).toEqual({ metrics: null });
    expect(errors).toMatchObject([
      { message: /Set "earliestDate" on the data source/, extensions: { code: 'BAD_USER_INPUT', source: 'app' } },
    ]);
    expect(server.asked('charts')).toEqual([]);
  });
});
