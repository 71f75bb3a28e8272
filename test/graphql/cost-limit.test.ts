import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { errorOf, request } from '../server/plain-request.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

let server: ServerUnderTest;
let strict: ServerUnderTest;

beforeAll(async () => {
  [server, strict] = await Promise.all([
    startServerUnderTest({ hasDatabase: true }),
    startServerUnderTest({ hasDatabase: true, env: { OPERATION_COST_LIMIT: '50' } }),
  ]);
});
afterAll(() => Promise.all([server.close(), strict.close()]));

const post = (url: string, body: object, accept = 'application/graphql-response+json') =>
  request(url, { headers: { 'content-type': 'application/json', accept }, body: JSON.stringify(body) });

/** Cohorts of the data sources of cohorts: each level is 50 times the one before. */
const cohortsIn = (levels: number) =>
  `{ dataSource(key: "sandbox-openpanel") ${'{ cohorts { nodes { source '.repeat(levels)}{ key }${' } } }'.repeat(levels)} }`;
// 20 for the question, 1 for the period, 20 series of 1, 10 for the text
const COSTS_51 =
  'query ($source: String!) { metrics(query: { select: [{ source: $source, metric: { key: "events" } }], period: { preset: YESTERDAY }, interval: TOTAL }) { period { timezone } series { total } csv } }';
const VARIABLES = { source: 'sandbox-openpanel' };

describe('an operation that costs too much', () => {
  it('is refused before anything is asked, and told how to ask for less', async () => {
    const answer = await post(server.url, { query: cohortsIn(4) });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).code).toBe('RESULT_TOO_LARGE');
    expect(errorOf(answer).message).toBe(
      'The operation costs more than 100,000, which is the most that one may cost here: each object costs 1, a question 20, and lists multiply ' +
        'what is in them. Ask for fewer lists in one another, or for less of each with "first".',
    );
    expect(JSON.parse(answer.text)).not.toHaveProperty('data');
    expect(server.logged.join()).not.toContain('/cohorts');
  });

  it('has status 200 for who reads application/json alone', async () => {
    expect((await post(server.url, { query: cohortsIn(4) }, 'application/json')).status).toBe(200);
  });

  it('is refused at the limit that is set, and answered below it', async () => {
    const asked = { query: COSTS_51, variables: VARIABLES };
    expect(errorOf(await post(strict.url, asked)).message).toContain('more than 50,');
    const answer = await post(strict.url, { ...asked, query: COSTS_51.replace(' csv', '') });
    expect(JSON.parse(answer.text)).toMatchObject({ data: { metrics: { series: [{ total: expect.any(Number) }] } } });
  });

  it('is refused by GET', async () => {
    const search = new URLSearchParams({ query: cohortsIn(4) }).toString();
    const answer = await request(server.url, {
      path: `/graphql?${search}`,
      headers: { 'apollo-require-preflight': '1', accept: 'application/graphql-response+json' },
    });
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'RESULT_TOO_LARGE']);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('is refused as a subscription', async () => {
    const below = `source ${'{ cohorts { nodes { source '.repeat(4)}{ key }${' } } }'.repeat(4)}`;
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    const told = new Promise((resolve) => {
      client.subscribe(
        { query: `subscription { exportTask(id: "RXhwb3J0VGFzazph") { ${below} } }` },
        { next: resolve, error: resolve, complete: () => resolve('complete') },
      );
    });
    expect(await told).toMatchObject([{ extensions: { code: 'RESULT_TOO_LARGE' } }]);
    await client.dispose();
  });
});

describe('an operation that costs little', () => {
  it('may go as deep as it likes', async () => {
    const levels = 30;
    const query = cohortsIn(levels)
      .replaceAll('cohorts', 'cohorts(first: 1)')
      .replace('sandbox-openpanel', 'sandbox-growingio');
    const { data } = JSON.parse((await post(server.url, { query })).text) as { data: unknown };
    expect(JSON.stringify(data).match(/cohorts/g)).toHaveLength(levels);
  });
});
