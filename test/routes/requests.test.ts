import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configure } from '../server/fake-openpanel.ts';
import { errorOf, operationWith, request } from '../server/plain-request.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest({ config: configure({ app: 'http://127.0.0.1:9' }) });
});
afterAll(() => server.close());

const post = (body: string) => request(server.url, { ...operationWith({}), body });

describe('a request that is not understood', () => {
  it.each([
    ['broken JSON', '{"query":', 400],
    ['no body', '', 400],
    ['a list', '[{"query":"{ dataSources { key } }"}]', 400],
    ['a word', '"{ dataSources { key } }"', 400],
    ['no query', '{"operationName":"A"}', 400],
    ['a query of another type', '{"query":1}', 400],
    ['variables of another type', '{"query":"{ dataSources { key } }","variables":"none"}', 400],
    ['a body too large', JSON.stringify({ query: `# ${'x'.repeat(2 ** 20)}` }), 413],
  ])('for %s gets JSON', async (_mistake, body, status) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(errorOf(answer).code).toMatch(/^BAD_/);
  });

  it.each([
    ['GET', '/nothing'],
    ['POST', '/nothing'],
    ['DELETE', '/graphql'],
    ['GET', '/__proto__'],
    ['GET', '/%2e%2e/package.json'],
  ])('for %s %s gets JSON', async (method, path) => {
    const answer = await request(server.url, { method, path });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(errorOf(answer).message).not.toBe('');
  });

  it('for an address that is none gets JSON', async () => {
    const answer = await request(server.url, { path: '/%zz' });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).code).toBe('BAD_USER_INPUT');
    expect(errorOf(answer).message).toMatch(/not a valid url/);
  });

  it('for another place says where to start', async () => {
    const answer = await request(server.url, { path: '/query?secret=1' });
    expect(answer.status).toBe(404);
    expect(errorOf(answer)).toEqual({
      code: 'NOT_FOUND',
      message: 'There is nothing at GET /query. Ask at POST /graphql, start at GET /.',
    });
  });

  it('is nothing unexpected to the log', () => {
    const levels = server.logged.map((line) => (JSON.parse(line) as { level: number }).level);
    expect(Math.max(...levels)).toBeLessThan(50);
  });
});

describe('a request that is understood', () => {
  it.each(['application/json', 'application/json; charset=utf-8'])('may be sent as %s', async (type) => {
    expect((await request(server.url, operationWith({ 'content-type': type }))).status).toBe(200);
  });

  it('is answered as the media type of GraphQL where that is wanted', async () => {
    const accept = 'application/graphql-response+json';
    const answer = await request(server.url, operationWith({ accept }));
    expect(answer.headers['content-type']).toContain(accept);
  });

  it('is answered with 200 even where a field fails', async () => {
    const query = '{ dataSources { dashboards { id } } }';
    const answer = await request(server.url, { ...operationWith({}), body: JSON.stringify({ query }) });
    expect(answer.status).toBe(200);
    expect(errorOf(answer).code).toBe('CAPABILITY_NOT_SUPPORTED');
  });

  it('carries the id that the log has', async () => {
    const { errors } = await server.ask('{ dataSource(key: "app") { catalog { events } } }');
    const id = errors?.[0]?.extensions.requestId ?? 'none';
    expect(server.logged.some((line) => line.includes(id))).toBe(true);
  });
});

describe('the log of requests', () => {
  it('has the path of each, and nothing behind its question mark', async () => {
    const asked = new URLSearchParams({
      query: '{ dataSource(key: "app") { key } }',
      variables: '{"id":"anna@example.com"}',
    });
    const headers = { 'apollo-require-preflight': 'yes' };
    await request(server.url, { path: `/graphql?${asked.toString()}`, headers });
    await request(server.url, { path: '/exports/1/export.csv?expires=2&signature=as-good-as-a-key' });
    const lines = server.logged.map((line) => JSON.parse(line) as { req?: object });
    expect(lines.flatMap(({ req }) => req ?? [])).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ method: 'GET', path: '/graphql' }),
        expect.objectContaining({ method: 'GET', path: '/exports/1/export.csv' }),
      ]),
    );
    const written = server.logged.join();
    for (const secret of ['anna', 'as-good-as-a-key', 'dataSource(key']) expect(written).not.toContain(secret);
    expect(written).not.toContain(encodeURIComponent('dataSource('));
  });
});
