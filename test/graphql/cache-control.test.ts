import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { toGlobalId } from '../../src/analytics/global-id.ts';
import { startServer } from '../http/local-server.ts';
import { configure, openpanel } from '../server/fake-openpanel.ts';
import { OPERATION_PATH, request, type PlainAnswer } from '../server/plain-request.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

const SOURCE = 'sandbox-openpanel';
const METRICS = `metrics(query: { select: [{ source: "${SOURCE}", metric: { key: "events" } }], period: { preset: LAST_7_DAYS } })`;
const EVENTS = `events(query: { source: "${SOURCE}", period: { preset: YESTERDAY } }, first: 1)`;
const PREFLIGHT = { 'apollo-require-preflight': '1' };
const TASK_ID = toGlobalId('ExportTask', '00000000-0000-4000-8000-000000000001');
const VARY = ['Origin', 'accept', 'accept-encoding', 'authorization'];

// The first question of a server waits for its world, and the first task for its database: seconds, on a busy machine a minute.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest({ hasDatabase: true });
});
afterAll(() => server.close());

const get = (query: string, headers: Record<string, string> = {}, url = server.url) =>
  request(url, {
    path: `/graphql?${new URLSearchParams({ query }).toString()}`,
    headers: { ...PREFLIGHT, ...headers },
  });
const post = (query: string, headers: Record<string, string> = {}) =>
  request(server.url, {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
const keptFor = ({ headers }: PlainAnswer) => headers['cache-control'];

describe('an answer is kept', () => {
  it.each([
    ['for as long as a report holds', `{ ${METRICS} { series { total } } }`, 'max-age=60, public'],
    ['for as long as the data sources hold', '{ dataSources { key } }', 'max-age=60, public'],
    ['for the least of its parts', `{ dataSources { key } ${EVENTS} { totalCount } }`, 'max-age=30, private'],
    [
      'by nobody else where it is about people',
      `{ user(source: "${SOURCE}", nativeId: "a") { nativeId } }`,
      'max-age=60, private',
    ],
    [
      'as what is found by an id',
      `{ node(id: "${toGlobalId('DataSource', SOURCE)}") { id ... on DataSource { key } } }`,
      'max-age=60, public',
    ],
    [
      'as the entities of a router',
      `{ _entities(representations: [{ __typename: "DataSource", key: "${SOURCE}" }]) { ... on DataSource { name } } }`,
      'max-age=60, public',
    ],
  ])('%s', async (_how, query, expected) => {
    const answers = [await get(query), await post(query)];
    for (const answer of answers) {
      expect(JSON.parse(answer.text)).not.toHaveProperty('errors');
      expect(answer.status).toBe(200);
    }
    expect(answers.map(keptFor)).toEqual([expected, expected]);
  });

  it.each([
    ['the health of a data source', `{ dataSource(key: "${SOURCE}") { key health { isReachable } } }`],
    ['what is left of an allowance', `{ dataSource(key: "${SOURCE}") { allowance { name } } }`],
    ['kept rows', '{ datasets { table } }'],
    ['tasks', '{ exportTasks { totalCount } }'],
    ['a task', `{ exportTask(id: "${TASK_ID}") { state } }`],
    ['a task by its id', `{ node(id: "${TASK_ID}") { id ... on ExportTask { state } } }`],
    ['what may be a task', `{ node(id: "${TASK_ID}") { id } }`],
    ['the schema', '{ __schema { queryType { name } } }'],
    ['the schema as a router reads it', '{ _service { sdl } }'],
    ['nothing but the name of a type', '{ __typename }'],
    ['what lacks a part', `{ dataSources { key } dataSource(key: "${SOURCE}") { cohorts(first: 0) { totalCount } } }`],
    ['mistakes', '{ nothing }'],
  ])('never: %s', async (_what, query) => {
    for (const answer of [await get(query), await post(query)]) {
      expect(keptFor(answer)).toBe('no-store');
      expect(answer.headers.etag).toBeUndefined();
    }
  });

  it('never after a mutation', async () => {
    const answer = await post(`mutation { cancelExport(input: { id: "${TASK_ID}" }) { userErrors { message } } }`);
    expect(answer.text).toContain('userErrors');
    expect(keptFor(answer)).toBe('no-store');
  });
});

describe('an answer that lacks a data source', () => {
  it('is kept by nobody, though nothing of it has failed', async () => {
    const provider = await startServer(openpanel());
    const config = configure({ app: provider.url, gone: 'http://127.0.0.1:9' });
    const partial = await startServerUnderTest({ config });
    onTestFinished(() => partial.close());
    const ask = (...sources: string[]) => {
      const select = sources.map((source) => `{ source: "${source}", metric: { key: "events" } }`).join(', ');
      return get(
        `{ metrics(query: { select: [${select}], period: { preset: LAST_7_DAYS } }) { series { total } } }`,
        {},
        partial.url,
      );
    };
    const whole = await ask('app');
    expect([whole.text, keptFor(whole)]).toEqual([
      '{"data":{"metrics":{"series":[{"total":7}]}}}\n',
      'max-age=60, public',
    ]);
    const lacking = await ask('app', 'gone');
    expect([lacking.text, keptFor(lacking)]).toEqual(['{"data":{"metrics":{"series":[{"total":7}]}}}\n', 'no-store']);
  });
});

describe('whoever says who they are', () => {
  it.each([
    ['Authorization', { authorization: 'Bearer anything' }],
    ['Cookie', { cookie: 'a=b' }],
  ])('by %s alone may keep the answer', async (_header, headers: Record<string, string>) => {
    const query = '{ dataSources { key } }';
    expect(keptFor(await get(query, headers))).toBe('max-age=60, private');
    expect(keptFor(await get(query))).toBe('max-age=60, public');
  });

  it('by a key alone may keep the answer', async () => {
    const hash = createHash('sha256').update('the-key').digest('hex');
    const guarded = await startServerUnderTest({
      config: configure({ app: 'http://127.0.0.1:9' }),
      env: { TRIBUTARY_API_KEYS: `me:${hash}` },
    });
    onTestFinished(() => guarded.close());
    const query = '{ dataSources { key } }';
    const answer = await get(query, { authorization: 'Bearer the-key' }, guarded.url);
    expect(keptFor(answer)).toBe('max-age=60, private');
    const refused = await get(query, {}, guarded.url);
    expect([refused.status, keptFor(refused)]).toEqual([401, 'no-store']);
  });
});

describe('caches are told', () => {
  it.each([
    ['answers', () => get('{ dataSources { key } }')],
    ['mistakes', () => get('{ nothing }')],
    ['refusals', () => request(server.url, { path: '/nothing' })],
    ['the page', () => request(server.url, { path: '/' })],
  ])('what %s depend on', async (_what, ask) => {
    expect((await ask()).headers.vary?.split(', ')).toEqual(VARY);
  });

  it.each([
    ['GET', '/nothing', 404],
    ['DELETE', '/graphql', 405],
    ['GET', '/graphql?query={dataSources{key}}', 400],
    ['GET', '/%zz', 400],
    ['GET', '/exports/none/files/a.csv', 404],
    ['GET', '/health/live', 200],
    ['GET', '/health/ready', 200],
  ])('to keep nothing of %s %s', async (method, path, status) => {
    const answer = await request(server.url, { method, path });
    expect([answer.status, keptFor(answer)]).toEqual([status, 'no-store']);
  });

  it('to ask again for the pages', async () => {
    expect(keptFor(await request(server.url, { path: '/' }))).toBe('no-cache');
    expect(keptFor(await request(server.url, { headers: { accept: 'text/html' } }))).toBe('no-store');
  });
});

describe('the tag of an answer', () => {
  const QUERY = `{ ${METRICS} { series { total points { at value } } } }`;
  const tagOf = ({ headers }: PlainAnswer) => headers.etag ?? 'none';

  it('is weak, and the same for the same answer', async () => {
    const first = await get(QUERY);
    expect(tagOf(first)).toMatch(/^W\/"[\w-]{27}"$/);
    for (const headers of [{}, { 'accept-encoding': 'gzip' }, { 'accept-encoding': 'br' }]) {
      expect(tagOf(await get(QUERY, headers))).toBe(tagOf(first));
    }
    expect(tagOf(await get(QUERY.replace('LAST_7', 'LAST_30')))).not.toBe(tagOf(first));
  });

  it('saves whoever has it already the body', async () => {
    const first = await get(QUERY);
    const tag = tagOf(first);
    const known = [tag, '*', `"other", ${tag}`, `${tag},W/"other"`, tag.slice(2)];
    for (const ifNoneMatch of known) {
      const answer = await get(QUERY, { 'if-none-match': ifNoneMatch, 'accept-encoding': 'br' });
      expect({ ifNoneMatch, status: answer.status, text: answer.text }).toEqual({ ifNoneMatch, status: 304, text: '' });
      const { etag, vary, 'cache-control': cacheControl } = first.headers;
      expect(answer.headers).toMatchObject({ etag, vary, 'cache-control': cacheControl });
      for (const header of ['content-type', 'content-encoding', 'content-length']) {
        expect(answer.headers).not.toHaveProperty(header);
      }
    }
  });

  it('saves nobody else anything', async () => {
    const tag = tagOf(await get(QUERY));
    for (const ifNoneMatch of ['"other"', '', tag.toUpperCase(), `x${tag}`]) {
      expect((await get(QUERY, { 'if-none-match': ifNoneMatch })).status).toBe(200);
    }
  });

  it('is for GET', async () => {
    const tag = tagOf(await get(QUERY));
    const answer = await post(QUERY, { 'if-none-match': tag });
    expect(answer.status).toBe(200);
    expect(answer.headers.etag).toBeUndefined();
  });

  it('is not on what may not be kept', async () => {
    const answer = await get('{ __typename }', { 'if-none-match': '*' });
    expect([answer.status, answer.headers.etag]).toEqual([200, undefined]);
  });

  it('is on the page as well', async () => {
    const tag = tagOf(await request(server.url, { path: '/' }));
    const answer = await request(server.url, { path: '/', headers: { 'if-none-match': tag } });
    expect(answer).toMatchObject({ status: 304, text: '', headers: { etag: tag, 'cache-control': 'no-cache' } });
  });

  it('is another where the answer is', async () => {
    const other = await startServerUnderTest({ config: configure({ app: 'http://127.0.0.1:9' }) });
    onTestFinished(() => other.close());
    const asked = { path: OPERATION_PATH, headers: PREFLIGHT };
    expect(tagOf(await request(other.url, asked))).not.toBe(tagOf(await request(server.url, asked)));
  });
});
