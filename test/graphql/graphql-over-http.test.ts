import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../http/local-server.ts';
import { configure, openpanel } from '../server/fake-openpanel.ts';
import { errorOf, request, type PlainAnswer } from '../server/plain-request.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

const RESPONSE_JSON = 'application/graphql-response+json';
const JSON_TYPE = { 'content-type': 'application/json' };
const PREFLIGHT = { 'apollo-require-preflight': '1' };
const SUBSCRIPTION = 'subscription { exportTask(id: "RXhwb3J0VGFzazph") { state } }';
const EVENTS = '{ events(query: { source: "app", period: { preset: TODAY } }) { totalCount } }';
const MUTATION = 'mutation { cancelExport(input: { id: "RXhwb3J0VGFzazph" }) { userErrors { message } } }';

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest({ config: configure({ app: 'http://127.0.0.1:9' }) });
});
afterAll(() => server.close());

const post = (body: unknown, headers: Record<string, string> = {}) =>
  request(server.url, {
    method: 'POST',
    headers: { ...JSON_TYPE, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  request(server.url, {
    path: `/graphql?${new URLSearchParams(parameters).toString()}`,
    headers: { ...PREFLIGHT, ...headers },
  });

/** Send bytes that no client would, and return what comes back until the connection is closed. */
function sendRaw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

const mediaTypeOf = ({ headers }: PlainAnswer) => headers['content-type']?.split(';')[0];

describe('an operation that cannot be executed', () => {
  const MISTAKES: [string, object, string][] = [
    ['does not parse', { query: '{' }, 'GRAPHQL_PARSE_FAILED'],
    ['asks for what is not there', { query: '{ nothing }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['has variables of the wrong type', { query: 'query ($id: ID!) { node(id: $id) { id } }' }, 'BAD_USER_INPUT'],
    ['is not named', { query: 'query A { __typename } query B { __typename }' }, 'OPERATION_RESOLUTION_FAILURE'],
  ];

  it.each(MISTAKES)('because it %s has a status that fits the media type', async (_what, body, code) => {
    for (const [accept, status, type] of [
      ['application/json', 200, 'application/json'],
      ['*/*', 200, 'application/json'],
      [RESPONSE_JSON, 400, RESPONSE_JSON],
      [`${RESPONSE_JSON}, application/json;q=0.9`, 400, RESPONSE_JSON],
    ] as const) {
      const answer = await post(body, { accept });
      expect({ accept, status: answer.status, type: mediaTypeOf(answer) }).toEqual({ accept, status, type });
      expect(errorOf(answer).code).toBe(code);
      expect(JSON.parse(answer.text)).not.toHaveProperty('data');
    }
  });

  it('is answered alike where no Accept is sent', async () => {
    expect(await post({ query: '{' })).toMatchObject({ status: 200 });
  });
});

describe('a request that is none', () => {
  const TOO_LARGE = JSON.stringify({ query: `# ${'x'.repeat(2 ** 20)}` });

  it.each<[string, string, Record<string, string>, number, RegExp]>([
    ['broken JSON', '{"query":', {}, 400, /not valid JSON.*\{"query":/],
    ['no body', '', {}, 400, /no body.*\{"query":/],
    ['a list', '[{"query":"{ __typename }"}]', {}, 400, /batching is off.*one operation at a time/],
    ['a word', '"{ __typename }"', {}, 400, /POST body/],
    ['a query that is a number', '{"query":1}', {}, 400, /must be strings/],
    ['no query', '{"operationName":"A"}', {}, 400, /non-empty `query`/],
    ['a prototype', '{"__proto__":{"a":1},"query":"{ __typename }"}', {}, 400, /not valid JSON|forbidden/],
    ['a body too large', TOO_LARGE, {}, 413, /1048576 bytes/],
    ['text', '{ __typename }', { 'content-type': 'text/plain' }, 415, /text\/plain.*only application\/json/],
    [
      'a form',
      'query=%7B__typename%7D',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      /only application\/json/,
    ],
    ['a document', '{ __typename }', { 'content-type': 'application/graphql' }, 415, /only application\/json/],
    ['a compressed body', 'x', { 'content-encoding': 'gzip' }, 415, /not as gzip/],
  ])('%s is refused in the media type that was asked for', async (_what, body, headers, status, message) => {
    for (const type of ['application/json', RESPONSE_JSON]) {
      const answer = await post(body, { ...headers, accept: type });
      expect({ status: answer.status, type: mediaTypeOf(answer) }).toEqual({ status, type });
      expect(errorOf(answer).message).toMatch(message);
      expect(errorOf(answer).code).toMatch(/^BAD_/);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('says what bodies may be compressed with', async () => {
    expect((await post('x', { 'content-encoding': 'br' })).headers['accept-encoding']).toBe('identity');
    expect((await post({ query: '{ __typename }' }, { 'content-encoding': 'identity' })).status).toBe(200);
  });

  it('is refused without Content-Type', async () => {
    const answer = await request(server.url, { method: 'POST', body: '{"query":"{ __typename }"}' });
    expect(answer.status).toBe(415);
    expect(errorOf(answer).message).toContain('Content-Type is missing');
  });

  it('is refused with an address that is too long', async () => {
    const answer = await get({ query: `{ __typename } # ${'x'.repeat(17_000)}` });
    expect(answer.status).toBe(431);
    expect(errorOf(answer).message).toContain('by POST');
  });

  it('is refused with a method of nobody', async () => {
    const response = await sendRaw(server.url, 'FETCH /graphql HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(response).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(response).toContain('content-type: application/json; charset=utf-8');
    expect(response.split('\r\n\r\n')[1]).toBe(
      '{"errors":[{"message":"This is no method of HTTP. Ask at POST /graphql, start at GET /.","extensions":{"code":"BAD_USER_INPUT"}}]}',
    );
  });
});

describe('what is answered', () => {
  it.each([
    ['application/json', 200],
    ['application/json; charset=utf-8', 200],
    [RESPONSE_JSON, 200],
    ['application/*', 200],
    ['*/*', 200],
    ['text/html, application/json;q=0.5', 200],
    ['text/html', 406],
    ['text/event-stream', 406],
    ['multipart/mixed;subscriptionSpec="1.0"', 406],
    ['image/*', 406],
    ['application/json;q=0', 406],
    ['application/xml, application/json; q=0.0', 406],
  ])('to Accept: %s is %i', async (accept, status) => {
    const answer = await post({ query: '{ __typename }' }, { accept });
    expect(answer.status).toBe(status);
    if (status === 406)
      expect(errorOf(answer).message).toMatch(/application\/json.*application\/graphql-response\+json/);
  });

  it('is refused before a provider is asked', async () => {
    let asked = 0;
    const provider = openpanel();
    const { url } = await startServer((response, incoming) => {
      asked += 1;
      provider(response, incoming);
    });
    const other = await startServerUnderTest({ config: configure({ app: url }) });
    onTestFinished(() => other.close());
    const body = JSON.stringify({ query: EVENTS });
    const statuses: number[] = [];
    for (const accept of ['image/png', 'application/json']) {
      expect(asked).toBe(0);
      statuses.push((await request(other.url, { headers: { ...JSON_TYPE, accept }, body })).status);
    }
    expect(statuses).toEqual([406, 200]);
    expect(asked).toBeGreaterThan(0);
  });

  it('is a page for a browser, and for nobody else', async () => {
    const page = await request(server.url, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
    expect(page).toMatchObject({ status: 200, text: /<!DOCTYPE html>/i });
    expect(mediaTypeOf(page)).toBe('text/html');
  });
});

describe('the methods', () => {
  it.each([
    ['DELETE', '/graphql', 'GET, POST, OPTIONS'],
    ['PUT', '/graphql', 'GET, POST, OPTIONS'],
    ['PATCH', '/graphql?query={__typename}', 'GET, POST, OPTIONS'],
    ['HEAD', '/graphql', 'GET, POST, OPTIONS'],
    ['POST', '/', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/health/live', 'GET, HEAD, OPTIONS'],
  ])('that are allowed are named to %s %s', async (method, path, allow) => {
    const answer = await request(server.url, { method, path });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe(allow);
    if (method !== 'HEAD') expect(errorOf(answer)).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

  it('are told by OPTIONS, also to what is no page', async () => {
    const answer = await request(server.url, { method: 'OPTIONS' });
    expect(answer).toMatchObject({ status: 204, text: '', headers: { allow: 'GET, POST, OPTIONS' } });
    expect((await request(server.url, { method: 'OPTIONS', path: '/nothing' })).status).toBe(404);
  });

  it('are GET for queries', async () => {
    const answer = await get({
      query: 'query A($key: String!) { dataSource(key: $key) { key } } query B { __typename }',
      operationName: 'A',
      variables: '{"key":"app"}',
    });
    expect(answer).toMatchObject({ status: 200, text: '{"data":{"dataSource":{"key":"app"}}}\n' });
  });

  it('are not GET for queries without a header that no page can send', async () => {
    const answer = await request(server.url, { path: '/graphql?query={__typename}' });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).message).toContain('apollo-require-preflight');
  });

  it('are not GET for mutations', async () => {
    const answer = await get({ query: MUTATION });
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    expect(errorOf(answer).message).toContain('mutation');
  });

  it.each([
    ['variables that are no JSON', { variables: '{' }],
    ['variables that are no object', { variables: '[1]' }],
    ['extensions that are no object', { extensions: '"x"' }],
  ])('refuse a GET with %s', async (_what, more) => {
    const answer = await get({ query: '{ __typename }', ...more });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).message).toContain('JSON');
  });
});

describe('a subscription', () => {
  it.each([
    ['POST', () => post({ query: SUBSCRIPTION })],
    ['POST, in the media type of GraphQL', () => post({ query: SUBSCRIPTION }, { accept: RESPONSE_JSON })],
    [
      'POST, of a client that could read parts',
      () => post({ query: SUBSCRIPTION }, { accept: 'multipart/mixed;subscriptionSpec=1.0,application/json' }),
    ],
    [
      'POST, by name',
      () =>
        post({
          query: `query A { __typename } ${SUBSCRIPTION.replace('subscription', 'subscription B')}`,
          operationName: 'B',
        }),
    ],
    ['GET', () => get({ query: SUBSCRIPTION })],
  ])('is refused by %s', async (_method, ask) => {
    const answer = await ask();
    expect(answer.status).toBe(400);
    expect(answer.headers.allow).toBeUndefined();
    expect(errorOf(answer)).toEqual({
      code: 'BAD_USER_INPUT',
      message:
        'Subscriptions are answered over WebSockets (graphql-transport-ws) at this address, and not by GET or POST.',
    });
  });

  it('is refused as a stream of events, with a word on where to ask', async () => {
    for (const answer of [
      await post({ query: SUBSCRIPTION }, { accept: 'text/event-stream' }),
      await get({ query: SUBSCRIPTION }, { accept: 'text/event-stream' }),
    ]) {
      expect(answer.status).toBe(406);
      expect(errorOf(answer).message).toMatch(/WebSockets \(graphql-transport-ws\).*text\/event-stream/);
    }
  });
});
