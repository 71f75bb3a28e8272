import { createHash } from 'node:crypto';
import { ClientError, gql, GraphQLClient } from 'graphql-request';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  PurchasesPageDocument,
  VisitToTrialDocument,
  type PurchasesPageQuery,
} from '../../examples/client-typescript/__generated__/graphql.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';
import { askByGet, askByPost } from './plain-fetch.ts';
import { createRecordedFetch } from './recorded-fetch.ts';

const KEY = 'key-of-a-script-4711';
const HASH = createHash('sha256').update(KEY).digest('hex');
const WEEK = { preset: 'LAST_7_DAYS' } as const;

let server: ServerUnderTest;
let url: string;

beforeAll(async () => {
  server = await startServerUnderTest({ env: { TRIBUTARY_API_KEYS: `script:${HASH}` } });
  url = `${server.url}/graphql`;
});
afterAll(() => server.close());

const headers = { authorization: `Bearer ${KEY}` };

describe('graphql-request', () => {
  it('asks with typed documents', async () => {
    const { fetch, sent } = createRecordedFetch();
    const client = new GraphQLClient(url, { headers, fetch });
    const { funnel } = await client.request(VisitToTrialDocument, { source: 'sandbox-openpanel', period: WEEK });
    expect(funnel?.csv.split('\n')[0]).toContain('step,name,count');
    expect(funnel?.conversionRate).toBeGreaterThan(0);
    expect(sent[0]?.headers.get('accept')).toContain('application/graphql-response+json');
  });

  it('asks by GET', async () => {
    const { fetch, sent } = createRecordedFetch();
    const client = new GraphQLClient(url, {
      method: 'GET',
      fetch,
      headers: { ...headers, 'apollo-require-preflight': 'true' },
    });
    const variables = { source: 'sandbox-openpanel', period: WEEK, first: 2 };
    const { events } = await client.request(PurchasesPageDocument, variables);
    expect(events?.nodes).toHaveLength(2);
    expect(sent.map(({ method }) => method)).toEqual(['GET']);
  });

  it('throws an error with its code', async () => {
    const client = new GraphQLClient(url, { headers });
    const failure = await client
      .request(VisitToTrialDocument, { source: 'nowhere', period: WEEK })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ClientError);
    expect((failure as ClientError).response).toMatchObject({
      status: 200,
      data: { funnel: null },
      errors: [{ path: ['funnel'], extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) } }],
    });
  });

  it('keeps the rest of an answer with the policy "all"', async () => {
    const client = new GraphQLClient(url, { headers, errorPolicy: 'all' });
    const document = gql`
      query ($source: String!) {
        dataSource(key: $source) {
          key
        }
        events(query: { source: $source, period: { preset: LAST_7_DAYS } }) {
          csv
        }
      }
    `;
    const { data, errors } = await client.rawRequest(document, { source: 'sandbox-instal' });
    expect(data).toEqual({ dataSource: { key: 'sandbox-instal' }, events: null });
    expect(errors).toMatchObject([
      {
        path: ['events'],
        extensions: { code: 'CAPABILITY_NOT_SUPPORTED', source: 'sandbox-instal', provider: 'instal' },
      },
    ]);
  });

  it.each([
    ['no key', {}],
    ['a wrong key', { authorization: 'Bearer nobody' }],
  ])('throws for %s', async (_kind, wrong: Record<string, string>) => {
    const client = new GraphQLClient(url, { headers: wrong });
    const failure = await client.request('{ dataSources { key } }').catch((error: unknown) => error);
    expect((failure as ClientError).response).toMatchObject({
      status: 401,
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });
});

describe('plain fetch', () => {
  const variables = { source: 'sandbox-openpanel', period: WEEK, first: 3 };
  const query = print(PurchasesPageDocument);

  it.each([
    ['POST', askByPost],
    ['GET', askByGet],
  ])('asks by %s and is answered in the media type of GraphQL', async (_method, ask) => {
    const response = await ask({ url, apiKey: KEY }, { query, variables });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/graphql-response\+json(;|$)/);
    const { data } = (await response.json()) as { data: PurchasesPageQuery };
    expect(data.events?.nodes).toHaveLength(3);
  });

  it.each([
    ['POST', askByPost],
    ['GET', askByGet],
  ])('tells by the status that nothing was answered by %s', async (_method, ask) => {
    const response = await ask({ url, apiKey: KEY }, { query: '{ nothingOfThatName }' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
  });

  it('changes nothing by GET', async () => {
    const mutation = 'mutation { deleteExport(input: { id: "none" }) { deletedId } }';
    const response = await askByGet({ url, apiKey: KEY }, { query: mutation });
    expect(response.status).toBe(405);
  });
});
