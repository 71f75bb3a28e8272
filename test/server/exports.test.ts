import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parse as parseCsv } from 'csv-parse/sync';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { toAdDays } from '../../src/sandbox/world.ts';
import { change, createExport, fetchFile, lookAt, runExport, untilEnded } from './export-tasks.ts';
import { dates } from './metrics-question.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest({ hasDatabase: true });
});
afterAll(() => server.close());

const MAY = dates('2026-05-01', '2026-05-31');
const sumOf = (rows: readonly Record<string, string>[], column: string): number =>
  rows.reduce((sum, row) => sum + Number(row[column]), 0);
const read = (bytes: Buffer): Record<string, string>[] => parseCsv(bytes, { columns: true });

describe('an export of', () => {
  it("MyTracker's custom events holds every event of the world once", async () => {
    const { events, users } = server.world();
    const rows = { source: 'sandbox-mytracker', table: 'customEvents', columns: ['tsEvent', 'eventName', 'idProfile'] };
    // Four days in the past: nothing of them arrives late any more.
    const period = dates('2026-05-04', '2026-05-07');
    const task = await runExport(server, { source: { rows: { ...rows, period, timezone: 'UTC' } } });
    expect(task).toMatchObject({ state: 'SUCCEEDED', error: null, completeness: 'COMPLETE' });
    const [from, to] = [Date.parse('2026-05-04T00:00:00Z'), Date.parse('2026-05-08T00:00:00Z')];
    const expected = new Map<string, number>();
    for (let index = 0; index < events.length; index++) {
      const at = events.timeMs[index] ?? 0;
      if (at < from || at >= to || users[events.user[index] ?? -1] === undefined) continue;
      const name = events.names[events.name[index] ?? -1] ?? '';
      expected.set(name, (expected.get(name) ?? 0) + 1);
    }
    const found = new Map<string, number>();
    for (const { eventName = '' } of read(await fetchFile(task))) found.set(eventName, (found.get(eventName) ?? 0) + 1);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    expect(task.rowCount).toBe([...expected.values()].reduce((sum, count) => sum + count, 0));
  });

  it("Instal's report adds up to what the world's clicks cost", async () => {
    const task = await runExport(server, {
      source: { rows: { source: 'sandbox-instal', table: 'report', period: MAY } },
      compression: 'GZIP',
    });
    const rows = read(gunzipSync(await fetchFile(task)));
    const days = toAdDays(server.world()).filter(
      ({ date, campaign }) => campaign.network === 'Instal' && date >= '2026-05-01' && date <= '2026-05-31',
    );
    expect(sumOf(rows, 'clicks_aggr')).toBe(days.reduce((sum, { clicks }) => sum + clicks, 0));
    expect(sumOf(rows, 'cost_aggr')).toBeCloseTo(
      days.reduce((sum, { cost }) => sum + cost, 0),
      6,
    );
    expect(sumOf(rows, 'conversions_aggr')).toBe(days.reduce((sum, { installs }) => sum + installs, 0));
  });

  it('a report has the bytes of its csv field', async () => {
    const query = {
      select: [{ source: 'sandbox-openpanel', metric: { event: { name: 'sign_up' } } }],
      period: MAY,
      breakdown: ['country'],
    };
    const task = await runExport(server, { source: { report: { metrics: query } } });
    const { metrics } = await server.query<{ metrics: { csv: string } }>(
      'query ($query: MetricsQuery!) { metrics(query: $query) { csv } }',
      { query },
    );
    expect((await fetchFile(task)).toString()).toBe(metrics.csv);
  });

  it("a cohort's members has the bytes of its csv field", async () => {
    const document = '{ dataSource(key: "sandbox-growingio") { cohorts(first: 1) { nodes { id csv } } } }';
    const { dataSource } = await server.query<{
      dataSource: { cohorts: { nodes: { id: string; csv: string }[] } };
    }>(document);
    const [cohort] = dataSource.cohorts.nodes;
    const task = await runExport(server, { source: { cohortMembers: cohort?.id } });
    expect((await fetchFile(task)).toString()).toBe(cohort?.csv);
  });

  it("OpenPanel's events has the bytes of the csv of their pages", async () => {
    const period = dates('2026-05-04', '2026-05-04');
    const task = await runExport(server, {
      source: { rows: { source: 'sandbox-openpanel', table: 'events', period } },
    });
    const { events } = await server.query<{ events: { totalCount: number; csv: string } }>(
      'query ($period: PeriodInput!) { events(query: { source: "sandbox-openpanel", period: $period }, first: 1000) { totalCount csv } }',
      { period },
    );
    const text = (await fetchFile(task)).toString();
    expect(task.rowCount).toBe(events.totalCount);
    expect(text.startsWith(events.csv)).toBe(true);
  });

  it("the provider's own files are its bytes", async () => {
    const task = await runExport(server, {
      source: { rows: { source: 'sandbox-mytracker', table: 'installs', period: dates('2026-05-04', '2026-05-04') } },
      format: 'PROVIDER_NATIVE',
    });
    expect(task.files).toMatchObject([{ name: 'part-00001.csv.gz', rowCount: null }]);
    const bytes = await fetchFile(task);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(task.files[0]?.sha256);
    expect(read(gunzipSync(bytes)).length).toBeGreaterThan(10);
  });
});

describe('an export task', () => {
  const installs = { source: 'sandbox-mytracker', table: 'installs', period: MAY };

  it('is told of over WebSockets until it has ended', async () => {
    const { exportTask } = await createExport(server, { source: { rows: installs }, format: 'PARQUET' });
    const client = createClient({ url: `${server.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
    const seen: { state: string; progress: number | null }[] = [];
    for await (const { data } of client.iterate<{ exportTask: (typeof seen)[number] }>({
      query: 'subscription ($id: ID!) { exportTask(id: $id) { state progress } }',
      variables: { id: exportTask?.id },
    })) {
      if (data) seen.push(data.exportTask);
    }
    await client.dispose();
    expect(seen.at(-1)).toEqual({ state: 'SUCCEEDED', progress: 1 });
    const progress = seen.map((one) => one.progress ?? 0);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(new Set(progress).size).toBeGreaterThan(1);
  });

  it('is not subscribed to by POST', async () => {
    const { errors } = await server.ask('subscription { exportTask(id: "x") { state } }');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('is cancelled, tried once more and deleted', async () => {
    const { exportTask } = await createExport(server, { source: { rows: installs } });
    const id = exportTask?.id ?? '';
    expect((await change(server, 'cancelExport', id)).userErrors).toEqual([]);
    expect(await untilEnded(server, id)).toMatchObject({ state: 'CANCELLED', attempt: 1, files: [] });
    expect((await change(server, 'retryExport', id)).exportTask).toMatchObject({ id, attempt: 2 });
    expect(await untilEnded(server, id)).toMatchObject({ state: 'SUCCEEDED', attempt: 2 });
    expect((await change(server, 'retryExport', id)).userErrors).toMatchObject([{ path: ['input', 'id'] }]);
    const deleted = await server.query<{ deleteExport: { deletedId: string; userErrors: unknown[] } }>(
      'mutation ($id: ID!) { deleteExport(input: { id: $id }) { deletedId userErrors { code } } }',
      { id },
    );
    expect(deleted.deleteExport).toEqual({ deletedId: id, userErrors: [] });
    expect(await lookAt(server, id)).toBeNull();
  });

  it('is found again by its idempotency key', async () => {
    const input = { source: { rows: installs }, idempotencyKey: 'monthly installs' };
    const first = await createExport(server, input);
    expect((await createExport(server, input)).exportTask?.id).toBe(first.exportTask?.id);
    const other = await createExport(server, { ...input, format: 'JSONL' });
    expect(other.userErrors).toMatchObject([{ code: 'BAD_USER_INPUT', path: ['input', 'idempotencyKey'] }]);
  });

  it('is listed, the newest first', async () => {
    const document = `query ($after: String) { exportTasks(first: 2, after: $after, filter: { sources: ["sandbox-mytracker"] }) {
      totalCount nodes { id createdAt source { key } } pageInfo { hasNextPage endCursor } } }`;
    interface Listed {
      exportTasks: {
        totalCount: number;
        nodes: { id: string; createdAt: string; source: { key: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    }
    const ids: string[] = [];
    let after: string | null = null;
    let total: number;
    do {
      const { exportTasks }: Listed = await server.query<Listed>(document, { after });
      ids.push(...exportTasks.nodes.map(({ id }) => id));
      total = exportTasks.totalCount;
      after = exportTasks.pageInfo.hasNextPage ? exportTasks.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(ids).size).toBe(total);
    expect(ids).toHaveLength(total);
  });

  it.each([
    ['an unknown table', { source: { rows: { ...installs, table: 'install' } } }, ['input', 'source', 'rows', 'table']],
    [
      'a compressed Parquet',
      { source: { rows: installs }, format: 'PARQUET', compression: 'GZIP' },
      ['input', 'compression'],
    ],
    ['an unknown cohort', { source: { cohortMembers: 'x' } }, ['input', 'source', 'cohortMembers']],
  ])('is not made of %s', async (_title, input, path) => {
    const { exportTask, userErrors } = await createExport(server, input);
    expect(exportTask).toBeNull();
    expect(userErrors).toMatchObject([{ path }]);
  });
});
