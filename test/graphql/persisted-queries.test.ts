import { createHash } from 'node:crypto';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOperationStores } from '../../src/graphql/operation-stores.ts';
import { configure } from '../server/fake-openpanel.ts';
import { errorOf, request } from '../server/plain-request.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest({ config: configure({ app: 'http://127.0.0.1:9' }) });
});
afterAll(() => server.close());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const extensionsOf = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });
const post = (body: object, headers: Record<string, string> = {}) =>
  request(server.url, {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const get = (sha256Hash: string, more: Record<string, string> = {}) => {
  const parameters = new URLSearchParams({ extensions: JSON.stringify(extensionsOf(sha256Hash)), ...more });
  return request(server.url, {
    path: `/graphql?${parameters.toString()}`,
    headers: { 'apollo-require-preflight': '1' },
  });
};

/** A query that nobody has sent before. */
let count = 0;
const newQuery = () => `query Number${(count += 1)} { dataSources { key } }`;
const DATA = '{"data":{"dataSources":[{"key":"app"}]}}\n';

describe('a persisted query', () => {
  it('is asked for where only its hash is known to the caller', async () => {
    const hash = sha256(newQuery());
    for (const answer of [await get(hash), await post({ extensions: extensionsOf(hash) })]) {
      expect(answer.status).toBe(200);
      expect(errorOf(answer)).toEqual({ code: 'PERSISTED_QUERY_NOT_FOUND', message: 'PersistedQueryNotFound' });
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers.etag).toBeUndefined();
    }
  });

  it.each<[string, (query: string) => Promise<unknown>]>([
    ['POST', (query) => post({ query, extensions: extensionsOf(sha256(query)) })],
    ['GET', (query) => get(sha256(query), { query })],
  ])('that came by %s is known by its hash', async (_method, send) => {
    const query = newQuery();
    expect(await send(query)).toMatchObject({ status: 200, text: DATA });
    expect(await get(sha256(query))).toMatchObject({
      status: 200,
      text: DATA,
      headers: { 'cache-control': 'max-age=60, public' },
    });
    expect(await post({ extensions: extensionsOf(sha256(query)) })).toMatchObject({ status: 200, text: DATA });
  });

  it('takes variables and a name', async () => {
    const query = 'query A($key: String!) { dataSource(key: $key) { key } } query B { __typename }';
    await post({ query, operationName: 'B', extensions: extensionsOf(sha256(query)) });
    const answer = await get(sha256(query), { operationName: 'A', variables: '{"key":"app"}' });
    expect(answer.text).toBe('{"data":{"dataSource":{"key":"app"}}}\n');
  });

  it.each<[string, object, RegExp]>([
    ['the hash of another', { query: newQuery(), extensions: extensionsOf(sha256('another')) }, /sha does not match/],
    ['no hash', { query: newQuery(), extensions: { persistedQuery: { version: 1 } } }, /sha does not match/],
    ['another version', { extensions: { persistedQuery: { version: 2 } } }, /version/],
    ['no version', { extensions: { persistedQuery: 'x' } }, /version/],
  ])('with %s is refused', async (_what, body, message) => {
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const answer = await post(body, { accept });
      expect(answer.status).toBe(400);
      expect(errorOf(answer)).toMatchObject({ code: 'BAD_USER_INPUT', message });
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('is not remembered where it cannot be executed', async () => {
    const query = `${newQuery()} query`;
    expect((await post({ query, extensions: extensionsOf(sha256(query)) })).text).toContain('GRAPHQL_PARSE_FAILED');
    expect(errorOf(await get(sha256(query))).code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('of a mutation is not executed by GET', async () => {
    const query = 'mutation { __typename }';
    expect(await post({ query, extensions: extensionsOf(sha256(query)) })).toMatchObject({ status: 200 });
    expect(await get(sha256(query))).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  });

  it('is forgotten when too many have come since', async () => {
    const queries = Array.from({ length: 6 }, () => `${newQuery()} # ${'x'.repeat(900_000)}`);
    const hashes = queries.map(sha256);
    for (const [index, query] of queries.entries()) {
      const answer = await post({ query, extensions: extensionsOf(hashes[index] ?? '') });
      expect(answer.text).toBe(DATA);
    }
    expect(errorOf(await get(hashes[0] ?? '')).code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await get(hashes.at(-1) ?? '')).text).toBe(DATA);
  });
});

describe('Apollo Client', () => {
  it.each([false, true])(
    'sends a hash, then the query, and the next time the hash alone (by GET: %s)',
    async (byGet) => {
      const sent: string[] = [];
      const link = new PersistedQueryLink({ sha256, useGETForHashedQueries: byGet }).concat(
        new HttpLink({
          uri: `${server.url}/graphql`,
          fetch: (url, init) => {
            const text = init?.method === 'GET' ? new Request(url).url : (init?.body as string);
            sent.push(`${init?.method} ${/[?&]query=|"query":/.test(text) ? 'query' : 'hash'}`);
            return fetch(url, init);
          },
        }),
      );
      const query = gql(newQuery());
      const ask = async () => {
        const client = new ApolloClient({ link, cache: new InMemoryCache() });
        return (await client.query({ query })).data;
      };
      const expected = { dataSources: [{ __typename: 'DataSource', key: 'app' }] };
      expect([await ask(), await ask()]).toEqual([expected, expected]);
      const method = byGet ? 'GET' : 'POST';
      expect(sent).toEqual([`${method} hash`, 'POST query', `${method} hash`]);
    },
  );
});

describe('the documents that are kept', () => {
  const commented = (index: number) => parse(`{ a${index} } # ${'x'.repeat(300_000)}`);

  it('are counted with their comments', async () => {
    const { parsed } = createOperationStores();
    for (let index = 0; index < 4; index++) await parsed.set(String(index), commented(index));
    const found = await Promise.all([0, 1, 2, 3].map(async (index) => (await parsed.get(String(index))) !== undefined));
    expect(found).toEqual([false, true, true, true]);
  });

  it('hold none that is larger than all of them may be', async () => {
    const { parsed } = createOperationStores();
    await parsed.set('small', parse('{ a }'));
    await parsed.set('huge', parse(`{ a } # ${'x'.repeat(2 ** 20)}`));
    expect(await parsed.get('huge')).toBeUndefined();
    expect(await parsed.get('small')).toBeDefined();
  });
});
