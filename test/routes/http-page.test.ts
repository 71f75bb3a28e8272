import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configure } from '../server/fake-openpanel.ts';
import { errorOf, request, type PlainAnswer, type PlainRequest } from '../server/plain-request.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/http.md'), 'utf8');
const config = configure({ app: 'http://127.0.0.1:9' });
const JSON_TYPE = { 'content-type': 'application/json' };
const PREFLIGHT = { 'apollo-require-preflight': '1' };
const GRAPHQL_JSON = { ...JSON_TYPE, accept: 'application/graphql-response+json' };

let server: ServerUnderTest;
let guarded: ServerUnderTest;

beforeAll(async () => {
  const hash = createHash('sha256').update('a key').digest('hex');
  server = await startServerUnderTest({ config });
  guarded = await startServerUnderTest({ config, env: { TRIBUTARY_API_KEYS: `me:${hash}` } });
});
afterAll(async () => {
  await Promise.all([server.close(), guarded.close()]);
});

const post = (body: unknown, headers: Record<string, string> = JSON_TYPE): PlainRequest => ({
  method: 'POST',
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const get = (parameters: Record<string, string>, headers: Record<string, string> = PREFLIGHT): PlainRequest => ({
  path: `/graphql?${new URLSearchParams(parameters).toString()}`,
  headers,
});
const KEYS = { query: '{ dataSources { key } }' };
const NOTHING = { query: '{ nothing }' };
const COSTLY = { query: `{ dataSources { ${'cohorts { nodes { source { '.repeat(3)} key ${'} } }'.repeat(3)} } }` };
const ID = '"RXhwb3J0VGFzazph"';
const CANCEL = { query: `mutation { cancelExport(input: { id: ${ID} }) { userErrors { message } } }` };
const UNKNOWN_HASH = { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } };

/** By what the page says of when they are answered like that: the requests that are. */
const REQUESTS: Readonly<Record<string, readonly PlainRequest[]>> = {
  'the operation was executed, with or without errors in its fields': [post(KEYS), get(KEYS)],
  'it could not be executed, for `application/json`': [post(NOTHING), get(NOTHING)],
  'it could not be executed, for `application/graphql-response+json`': [post(NOTHING, GRAPHQL_JSON)],
  'only a hash was sent, and it is not known': [post(UNKNOWN_HASH)],
  '`If-None-Match` names the tag of the answer': [get(KEYS, { ...PREFLIGHT, 'if-none-match': '*' })],
  'the body is not JSON, or a list of operations': [post('{'), post(''), post([KEYS])],
  'the document goes more than 200 levels deep': [
    post({ query: '{ a '.repeat(201) }),
    get({ query: '{ a '.repeat(201) }),
  ],
  'it costs too much, for `application/json`': [post(COSTLY), get(COSTLY)],
  'it costs too much, for `application/graphql-response+json`': [post(COSTLY, GRAPHQL_JSON)],
  'there is no query, or a part of the request has the wrong type': [
    post({}),
    post({ query: '' }),
    post({ ...KEYS, variables: 'x' }),
    get({}),
  ],
  'a `GET` without a header that no page can send': [get(KEYS, {})],
  'a subscription by `GET` or `POST`': ['get', 'post'].map((method) => {
    const subscription = { query: `subscription { exportTask(id: ${ID}) { state } }` };
    return method === 'get' ? get(subscription) : post(subscription);
  }),
  'the server has API keys, and none of them came': [
    post(KEYS),
    post(KEYS, { ...JSON_TYPE, authorization: 'Bearer b' }),
  ],
  'the `Host` header names no host of this server': [post(KEYS, { ...JSON_TYPE, host: 'evil.example' })],
  'there is nothing at that path': [{ path: '/graphq' }, { ...post(KEYS), path: '/graphql/' }],
  'there is, but for other methods: `Allow` names them': [{ method: 'PUT' }, { method: 'POST', path: '/' }],
  'a mutation by `GET`: `Allow` is `POST`': [get(CANCEL)],
  '`Accept` allows neither media type; nothing was executed': [
    post(KEYS, { ...JSON_TYPE, accept: 'text/event-stream' }),
  ],
  'the body has more than 1 MiB': [post({ query: 'x'.repeat(2 ** 20) })],
  'the body is no `application/json`, or is compressed': [
    post(KEYS, { 'content-type': 'text/plain' }),
    post(KEYS, {}),
    post(KEYS, { ...JSON_TYPE, 'content-encoding': 'gzip' }),
  ],
  'address and headers have more than 16 KiB': [get({ query: 'x'.repeat(2 ** 14) })],
};

const rows = [...PAGE.matchAll(/^\| (\d{3}) +\| (?:`(\w+)`)? +\| (.+?) +\|$/gm)].map(
  ([, status = '', code = '', when = '']) => ({ status: Number(status), code, when }),
);

function codeOf(answer: PlainAnswer): string {
  if (answer.text === '' || !answer.text.includes('"errors"')) return '';
  return errorOf(answer).code;
}

describe('the page about HTTP', () => {
  it('has a request here for each of its rows', () => {
    expect(rows.map(({ when }) => when).toSorted()).toEqual(Object.keys(REQUESTS).toSorted());
  });

  it.each(rows)('says $status $code where $when', async ({ status, code, when }) => {
    const { url } = status === 401 ? guarded : server;
    for (const asked of REQUESTS[when] ?? []) {
      const answer = await request(url, asked);
      expect({ asked, status: answer.status, code: codeOf(answer) }).toEqual({ asked, status, code });
      const type = asked.headers?.['accept'] === GRAPHQL_JSON.accept ? GRAPHQL_JSON.accept : 'application/json';
      if (status !== 304) expect(answer.headers['content-type']).toContain(type);
    }
  });

  it('has commands that are answered', async () => {
    const commands = [...PAGE.matchAll(/^curl .+$/gm)].map(([command]) => command);
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      const headers = Object.fromEntries(
        [...command.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, name, value]) => [name, value]),
      );
      const [, body] = /-d '([^']+)'/.exec(command) ?? [];
      const [, query] = /--data-urlencode 'query=([^']+)'/.exec(command) ?? [];
      const answer = await request(server.url, {
        headers: headers as Record<string, string>,
        ...(body === undefined ? get({ query: query ?? '' }, headers as Record<string, string>) : { body }),
      });
      expect(answer).toMatchObject({ status: 200, text: '{"data":{"dataSources":[{"key":"app"}]}}\n' });
    }
  });

  it.each(['apollo-require-preflight', 'x-apollo-operation-name'])('names %s as what a GET may send', async (name) => {
    expect(PAGE).toContain(`\`${name}\``);
    expect((await request(server.url, get(KEYS, { [name]: 'x' }))).status).toBe(200);
  });

  it('names the type of a body as what a GET may send, too', async () => {
    expect((await request(server.url, get(KEYS, JSON_TYPE))).status).toBe(200);
  });
});
