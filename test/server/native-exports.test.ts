import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/analytics/global-id.ts';
import { startAdapty } from '../../src/sandbox/adapty/start-adapty.ts';
import type { RunningEmulator } from '../../src/sandbox/define-emulator.ts';
import { createExport, fetchFile, runExport, type AskedTask } from './export-tasks.ts';
import { readWorld, startGrowingioUnderTest, type GrowingioKey, type GrowingioUnderTest } from './growingio-server.ts';
import { dates } from './metrics-question.ts';
import { TODAY } from './running-server.ts';

let adapty: Readonly<Record<'app' | 'app-2024', RunningEmulator>>;
let server: GrowingioUnderTest;

beforeAll(async () => {
  const world = readWorld();
  const start = (apiVersion: string) =>
    startAdapty({ world, apiVersion, clock: () => Date.parse(`${TODAY}T12:00:00Z`), rateLimit: 10_000 });
  const [app, old] = await Promise.all([start('2026'), start('2024')]);
  adapty = { app, 'app-2024': old };
  const more = Object.entries(adapty).map(([key, { dataSource }]) => ({ ...dataSource, key, requestsPerSecond: 100 }));
  // In more than one file, which only today's API has.
  server = await startGrowingioUnderTest(world, { more, emulator: { maxUsersPerFile: 900 } });
});
afterAll(async () => {
  await server.close();
  await Promise.all(Object.values(adapty).map((one) => one.close()));
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Ask an emulated Adapty for a CSV by hand; returns the SHA-256 of its bytes. */
async function digestOfCsv(key: 'app' | 'app-2024', endpoint: string, body: object): Promise<string> {
  const { baseUrl, dataSource } = adapty[key];
  const response = await fetch(`${baseUrl}/api/v1/client-api/metrics/${endpoint}/`, {
    method: 'POST',
    headers: { authorization: `Api-Key ${String(dataSource['secretKey'])}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, format: 'csv' }),
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  return sha256(new Uint8Array(await response.arrayBuffer()));
}

/** The digests of the files of a task that must have succeeded: as told, and as fetched. */
async function digestsOf(task: AskedTask): Promise<string[]> {
  expect(task).toMatchObject({ state: 'SUCCEEDED', error: null, rowCount: null });
  expect(task.files.map(({ name }) => name)).toEqual(task.files.map((_file, index) => `part-0000${index + 1}.csv`));
  const fetched = await Promise.all(task.files.map((_file, index) => fetchFile(task, index)));
  expect(task.files.map((file) => file.sha256)).toEqual(fetched.map(sha256));
  expect(fetched.every(({ length }) => length > 20)).toBe(true);
  return fetched.map(sha256);
}

const native = (report: object): object => ({ source: { report }, format: 'PROVIDER_NATIVE' });

const MAY = { date: ['2026-05-01', '2026-05-31'] };
const period = dates('2026-05-01', '2026-05-31');
const stage = (name: string): object => ({ subscription: { stage: name } });

describe("Adapty's own CSV", () => {
  const common = { source: 'app', period };

  it.each<[title: string, report: object, endpoint: string, body: object]>([
    ['a funnel', { funnel: { ...common, breakdown: ['store'] } }, 'funnel', { filters: MAY, segmentation: 'store' }],
    [
      'a conversion',
      { conversion: { ...common, from: stage('TRIAL'), to: stage('PAID'), interval: 'WEEK' } },
      'conversion',
      { filters: MAY, period_unit: 'week', from_period: 0, to_period: 1 },
    ],
    [
      'a retention',
      { retention: { ...common, interval: 'MONTH' } },
      'retention',
      { filters: MAY, period_unit: 'month', use_trial: false },
    ],
    [
      'a cohort analysis',
      { cohortAnalysis: { ...common, interval: 'WEEK', measure: 'SUBSCRIBERS', offsetBy: 'DAY' } },
      'cohort',
      { filters: MAY, period_unit: 'week', period_type: 'days', value_field: 'subscribers' },
    ],
    [
      'a lifetime value',
      { lifetimeValue: { ...common, interval: 'WEEK', offsetBy: 'RENEWAL' } },
      'ltv',
      { filters: MAY, period_unit: 'week', period_type: 'renewals', segmentation: 'week' },
    ],
  ])('of %s has the bytes of a request made by hand', async (_title, report, endpoint, body) => {
    const task = await runExport(server, native(report));
    expect(await digestsOf(task)).toEqual([await digestOfCsv('app', endpoint, body)]);
  });

  it('of metrics is a file for each chart', async () => {
    const select = ['revenue', 'installs', 'net_revenue'].map((key) => ({ source: 'app', metric: { key } }));
    const filters = [{ dimension: 'country', operator: 'IS', values: ['SE', 'US'] }];
    const query = { select, period, filters, interval: 'DAY', breakdown: ['store'] };
    const body = { filters: { ...MAY, country: ['SE', 'US'] }, period_unit: 'day', segmentation: 'store' };
    const task = await runExport(server, native({ metrics: query }));
    expect(await digestsOf(task)).toEqual([
      await digestOfCsv('app', 'analytics', { ...body, chart_id: 'revenue' }),
      await digestOfCsv('app', 'analytics', { ...body, chart_id: 'installs' }),
    ]);
  });

  it('of 2024 is asked for as its document says', async () => {
    const cohortAnalysis = { source: 'app-2024', period, interval: 'MONTH', measure: 'REVENUE', offsetBy: 'RENEWAL' };
    const task = await runExport(server, native({ cohortAnalysis }));
    const body = { filters: { ...MAY, timezone: 'UTC' }, period_unit: 'month', accounting_type: 'revenue' };
    expect(await digestsOf(task)).toEqual([await digestOfCsv('app-2024', 'cohort', body)]);
  });
});

describe("GrowingIO's own users.csv", () => {
  const PAYERS = 's1QhY7Mf';
  const TOKEN = 'SandboxConsoleToken0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHI';
  const ask = (key: GrowingioKey, path: string) =>
    fetch(`${server.relays[key].url}${path}`, {
      headers: { authorization: TOKEN, 'x-client-id': 'example-public-key-0001' },
    });
  const exportMembers = (key: GrowingioKey) =>
    runExport(server, { source: { cohortMembers: toGlobalId('Cohort', key, PAYERS) }, format: 'PROVIDER_NATIVE' });
  const digest = async (response: Response) => {
    expect(response.status).toBe(200);
    return sha256(new Uint8Array(await response.arrayBuffer()));
  };

  it('has the bytes of the 2024 API', async () => {
    const task = await exportMembers('older');
    const path = `/projects/pRoj3ct1/segmentations/${PAYERS}/users.csv`;
    expect(await digestsOf(task)).toEqual([await digest(await ask('older', path))]);
  });

  it('has the bytes of every link of today', async () => {
    const task = await exportMembers('today');
    const path = `/v3/exporter/projects/pRoj3ct1/segmentations/${PAYERS}/users`;
    let answer: { readonly status: string; readonly downloadLinks?: readonly string[] };
    do answer = (await (await ask('today', path)).json()) as typeof answer;
    while (answer.status === 'doing');
    const links = answer.downloadLinks ?? [];
    expect(links.length).toBeGreaterThan(1);
    const digests = await Promise.all(links.map(async (link) => digest(await fetch(link))));
    expect(await digestsOf(task)).toEqual(digests);
  });
});

describe("a provider's own file is refused", () => {
  const allowed = 'Allowed: CSV, TSV, JSONL, PARQUET, XLSX';
  const revenueOf = (...sources: readonly string[]) => ({
    metrics: { select: sources.map((source) => ({ source, metric: { key: 'revenue' } })), period },
  });

  it.each<[title: string, report: object, words: string]>([
    ['where several are asked', revenueOf('app', 'app-2024'), 'the report asks several: "app", "app-2024"'],
    ['where a document has no format', revenueOf('app-2024'), 'Adapty has no file of its own for metrics'],
    [
      'where nobody writes one',
      { funnel: { source: 'today', period, chart: 'x' } },
      'GrowingIO has no file of its own for funnels',
    ],
  ])('%s', async (_title, report, words) => {
    const { exportTask, userErrors } = await createExport(server, native(report));
    expect(exportTask).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'QUERY_NOT_SUPPORTED', path: ['input', 'format'] }]);
    expect(userErrors[0]?.message).toContain(words);
    expect(userErrors[0]?.message).toContain(allowed);
  });
});
