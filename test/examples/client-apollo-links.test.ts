import { createHash } from 'node:crypto';
import { ApolloClient, CombinedGraphQLErrors, gql, InMemoryCache, ServerError } from '@apollo/client';
import { BatchHttpLink } from '@apollo/client/link/batch-http';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startServer } from '../http/local-server.ts';
import { configure } from '../server/fake-openpanel.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';
import { createApolloClient, readSchemaFacts, type ApolloOptions, type SchemaFacts } from './apollo-client.ts';
import { createRecordedFetch } from './recorded-fetch.ts';

const KEY = 'key-of-a-page-4711';
const HASH = createHash('sha256').update(KEY).digest('hex');

let server: ServerUnderTest;
let url: string;
let facts: SchemaFacts;

beforeAll(async () => {
  server = await startServerUnderTest();
  url = `${server.url}/graphql`;
  facts = await readSchemaFacts(url);
});
afterAll(() => server.close());

function connect(options: Partial<ApolloOptions> = {}): ApolloClient {
  const client = createApolloClient({ url, facts, ...options });
  onTestFinished(() => client.stop());
  return client;
}

const SOURCES = gql`
  query Sources {
    dataSources {
      id
      key
    }
  }
`;

const MIXED = gql`
  query Mixed($period: PeriodInput!) {
    dataSources {
      id
    }
    metrics(query: { select: [{ source: "nowhere", metric: { key: "events" } }], period: $period }) {
      csv
    }
  }
`;
const mixed = { query: MIXED, variables: { period: { preset: 'LAST_7_DAYS' } } };

describe('Apollo Client reads an error', () => {
  it('by its code, and throws it where nothing else is said', async () => {
    const failure = await connect()
      .query(mixed)
      .catch((error: unknown) => error);
    expect(CombinedGraphQLErrors.is(failure) && failure.errors).toMatchObject([
      { path: ['metrics'], extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) } },
    ]);
  });

  it('beside the rest of the answer with the policy "all"', async () => {
    const { data, error } = await connect().query<{ dataSources: unknown[]; metrics: null }>({
      ...mixed,
      errorPolicy: 'all',
    });
    expect(data?.dataSources).toHaveLength(server.dataSourceKeys.length);
    expect(data?.metrics).toBeNull();
    expect(CombinedGraphQLErrors.is(error) && error.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('of a document that does not fit the schema', async () => {
    const query = gql`
      query {
        nothingOfThatName
      }
    `;
    const failure = await connect()
      .query({ query })
      .catch((error: unknown) => error);
    expect(CombinedGraphQLErrors.is(failure) && failure.errors).toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  });

  it('of a missing key', async () => {
    const guarded = await startServerUnderTest({ env: { TRIBUTARY_API_KEYS: `page:${HASH}` } });
    onTestFinished(() => guarded.close());
    const guardedUrl = `${guarded.url}/graphql`;
    const failure = await connect({ url: guardedUrl })
      .query({ query: SOURCES })
      .catch((error: unknown) => error);
    expect(CombinedGraphQLErrors.is(failure) || ServerError.is(failure)).toBe(true);
    expect(JSON.stringify(ServerError.is(failure) ? failure.bodyText : failure)).toContain('UNAUTHENTICATED');
    const { data } = await connect({ url: guardedUrl, apiKey: KEY }).query<{ dataSources: unknown[] }>({
      query: SOURCES,
    });
    expect(data?.dataSources).toHaveLength(guarded.dataSourceKeys.length);
  });
});

describe('operations by their hash', () => {
  it('are sent by GET, with their text only the first time', async () => {
    const { fetch, sent } = createRecordedFetch();
    const client = connect({ fetch, hashes: true });
    const first = await client.query({ query: SOURCES, fetchPolicy: 'network-only' });
    const second = await client.query({ query: SOURCES, fetchPolicy: 'network-only' });
    expect(second.data).toEqual(first.data);
    expect(
      sent.map(({ method, body, url: { searchParams } }) => [method, Boolean(body?.query), searchParams.has('query')]),
    ).toEqual([
      ['GET', false, false],
      ['POST', true, false],
      ['GET', false, false],
    ]);
  });

  it('do not keep mutations from being sent by POST', async () => {
    const { fetch, sent } = createRecordedFetch();
    const mutation = gql`
      mutation {
        deleteExport(input: { id: "none" }) {
          deletedId
          userErrors {
            code
          }
        }
      }
    `;
    const { data } = await connect({ fetch, hashes: true }).mutate({ mutation });
    expect(data).toMatchObject({ deleteExport: { deletedId: null, userErrors: [{ code: 'EXPORT_TASK_NOT_FOUND' }] } });
    expect(sent.map(({ method }) => method)).toEqual(['POST', 'POST']);
  });
});

describe('several operations in one request', () => {
  it('are refused, and the error says so', async () => {
    const link = new BatchHttpLink({ uri: url, batchMax: 2 });
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    onTestFinished(() => client.stop());
    const asked = await Promise.allSettled([
      client.query({ query: SOURCES }),
      client.query({
        query: gql`
          query {
            dataSource(key: "sandbox-openpanel") {
              id
            }
          }
        `,
      }),
    ]);
    for (const { status } of asked) expect(status).toBe('rejected');
    for (const outcome of asked) {
      const reason: unknown = outcome.status === 'rejected' ? outcome.reason : null;
      // The link counts the answers before it looks at them, and hands out what it got beside its own complaint.
      expect(JSON.stringify(reason)).toContain('batching is off');
    }
  });
});

describe('a question that nobody waits for any more', () => {
  const slow = {
    query: gql`
      query {
        metrics(
          query: {
            select: [{ source: "app", metric: { event: { name: "sign_up" } } }]
            period: { preset: LAST_7_DAYS }
          }
        ) {
          csv
        }
      }
    `,
  };

  async function startSlow() {
    const provider = await startServer(() => undefined);
    // Without a deadline of its own while the test looks: only leaving can end the question.
    const env = { REQUEST_TIMEOUT_MS: '3600000' };
    const slowServer = await startServerUnderTest({ env, config: configure({ app: provider.url }) });
    onTestFinished(() => slowServer.close());
    return { provider, client: connect({ url: `${slowServer.url}/graphql` }) };
  }
  const generous = { timeout: 30_000, interval: 10 };

  it('is dropped at the provider too, once its signal aborts', async () => {
    const { provider, client } = await startSlow();
    const leaving = new AbortController();
    const asked = client
      .query({ ...slow, context: { fetchOptions: { signal: leaving.signal } } })
      .catch((error: unknown) => error);
    await vi.waitFor(() => expect(provider.requests).not.toEqual([]), generous);
    leaving.abort();
    expect(await asked).toMatchObject({ name: 'AbortError' });
    await vi.waitFor(() => expect(provider.connections()).toBe(0), generous);
  }, 60_000);

  it('is dropped at the provider too, once nobody looks at it', async () => {
    const { provider, client } = await startSlow();
    const subscription = client.watchQuery(slow).subscribe(() => undefined);
    await vi.waitFor(() => expect(provider.requests).not.toEqual([]), generous);
    subscription.unsubscribe();
    await vi.waitFor(() => expect(provider.connections()).toBe(0), generous);
  }, 60_000);
});
