import { gql, type ApolloClient, type TypedDocumentNode } from '@apollo/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startSavedServer } from '../graphql/saved-server.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';
import { createApolloClient, readSchemaFacts, type SchemaFacts } from './apollo-client.ts';
import { show } from './apollo-answers.ts';
import { createRecordedFetch, type RecordedFetch } from './recorded-fetch.ts';

let server: ServerUnderTest;
let facts: SchemaFacts;
let recorded: RecordedFetch;
let client: ApolloClient;

beforeAll(async () => {
  server = await startServerUnderTest();
  facts = await readSchemaFacts(`${server.url}/graphql`);
});
afterAll(() => server.close());
beforeEach(() => {
  recorded = createRecordedFetch();
  client = createApolloClient({ url: `${server.url}/graphql`, facts, fetch: recorded.fetch });
});
afterEach(() => client.stop());

const extract = () => client.cache.extract() as Record<string, Record<string, unknown>>;

describe("Apollo Client's cache", () => {
  it('keeps a data source that two questions ask for as one thing', async () => {
    await client.query({
      query: gql`
        {
          dataSource(key: "sandbox-openpanel") {
            id
            name
          }
        }
      `,
    });
    await client.query({
      query: gql`
        {
          dataSources(provider: OPENPANEL) {
            id
            key
            timezone
          }
        }
      `,
    });
    const entries = Object.entries(extract()).filter(([key]) => key.startsWith('DataSource:'));
    expect(entries).toHaveLength(1);
    expect(entries[0]?.[1]).toMatchObject({ name: 'Sandbox (OpenPanel)', key: 'sandbox-openpanel', timezone: 'UTC' });
  });

  it('answers a question from the parts that others have asked for', async () => {
    const key = 'sandbox-openpanel';
    await client.query({
      query: gql`
        query ($key: String!) {
          dataSource(key: $key) {
            id
            catalog {
              metrics {
                key
              }
            }
          }
        }
      `,
      variables: { key },
    });
    await client.query({
      query: gql`
        query ($key: String!) {
          dataSource(key: $key) {
            id
            catalog {
              dimensions {
                key
              }
            }
          }
        }
      `,
      variables: { key },
    });
    const both = gql`
      query ($key: String!) {
        dataSource(key: $key) {
          catalog {
            metrics {
              key
            }
            dimensions {
              key
            }
          }
        }
      }
    `;
    const { data } = await client.query<{ dataSource: { catalog: Record<string, unknown[]> } }>({
      query: both,
      variables: { key },
    });
    expect(data?.dataSource.catalog['metrics']?.length).toBeGreaterThan(1);
    expect(data?.dataSource.catalog['dimensions']?.length).toBeGreaterThan(1);
    expect(recorded.sent).toHaveLength(2);
  });

  it('keeps two reports apart, and joins what is asked of one', async () => {
    const total = (name: string) => ({
      select: [{ source: 'sandbox-openpanel', metric: { event: { name } } }],
      period: { dates: { from: '2026-06-01', to: '2026-06-07' } },
      interval: 'TOTAL',
    });
    const variables = { signUps: total('sign_up'), purchases: total('purchase') };
    const { data } = await client.query<Record<string, { series: { name: string; total: number }[] }>>({
      query: gql`
        query ($signUps: MetricsQuery!, $purchases: MetricsQuery!) {
          signUps: metrics(query: $signUps) {
            series {
              name
              total
            }
          }
          purchases: metrics(query: $purchases) {
            series {
              name
              total
            }
          }
        }
      `,
      variables,
    });
    await client.query({
      query: gql`
        query ($signUps: MetricsQuery!) {
          metrics(query: $signUps) {
            csv
          }
        }
      `,
      variables,
    });
    const again = await client.query<Record<string, unknown>>({
      query: gql`
        query ($signUps: MetricsQuery!, $purchases: MetricsQuery!) {
          signUps: metrics(query: $signUps) {
            csv
            series {
              name
              total
            }
          }
          purchases: metrics(query: $purchases) {
            series {
              name
              total
            }
          }
        }
      `,
      variables,
      fetchPolicy: 'cache-only',
    });
    const counted = (name: string) => ({ series: [{ name, total: countEvents(name) }] });
    expect(data).toMatchObject({ signUps: counted('sign_up'), purchases: counted('purchase') });
    expect(again.data).toMatchObject({
      ...data,
      signUps: { csv: expect.stringContaining(`,${countEvents('sign_up')},`) },
    });
    expect(recorded.sent).toHaveLength(2);
  });
});

/** Events of a name from 1 to 7 June, counted over the world. */
function countEvents(name: string): number {
  const { events } = server.world();
  const [from, to] = [Date.parse('2026-06-01T00:00:00Z'), Date.parse('2026-06-08T00:00:00Z')];
  let count = 0;
  for (let index = 0; index < events.length; index++) {
    const at = events.timeMs[index] ?? 0;
    if (at >= from && at < to && events.names[events.name[index] ?? -1] === name) count++;
  }
  return count;
}

interface EventsData {
  readonly events: {
    readonly totalCount: number;
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string; readonly at: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const EVENTS: TypedDocumentNode<EventsData, { query: object; first: number; after?: string | null }> = gql`
  query ($query: EventsQuery!, $first: Int!, $after: String) {
    events(query: $query, first: $first, after: $after) {
      totalCount
      edges {
        cursor
        node {
          id
          at
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

const purchases = (day: string) => ({
  source: 'sandbox-openpanel',
  names: ['purchase'],
  period: { dates: { from: day, to: day } },
});

describe('pages', () => {
  it('of events are put together by fetchMore, each event once', async () => {
    const variables = { query: purchases('2026-06-10'), first: 7 };
    const watched = client.watchQuery({ query: EVENTS, variables });
    const shown = show(watched);
    let { events } = await shown.until();
    const { totalCount } = events;
    expect(totalCount).toBeGreaterThan(14);
    while (events.pageInfo.hasNextPage) {
      const before = events.edges.length;
      const after = events.pageInfo.endCursor;
      await watched.fetchMore({ variables: { after } });
      ({ events } = await shown.until((data) => data.events.edges.length > before));
      // Asked for twice, a page is still there once.
      await watched.fetchMore({ variables: { after } });
      expect(client.readQuery({ query: EVENTS, variables })?.events).toEqual(events);
      expect(events.edges).toHaveLength(Math.min(before + 7, totalCount));
    }
    const ids = events.edges.map(({ node }) => node.id);
    expect(new Set(ids).size).toBe(totalCount);
    expect(recorded.sent).toHaveLength(1 + 2 * (Math.ceil(totalCount / 7) - 1));
  }, 60_000);

  it('of two questions stay apart', async () => {
    const days = ['2026-06-10', '2026-06-11'] as const;
    const ask = async (day: string) => {
      const { data } = await client.query({ query: EVENTS, variables: { query: purchases(day), first: 3 } });
      return data?.events.edges.map(({ node }) => node.at.slice(0, 10));
    };
    for (const day of [...days, ...days]) expect(await ask(day)).toEqual([day, day, day]);
    expect(recorded.sent).toHaveLength(2);
  });

  it("of a data source's cohorts are put together", async () => {
    const cohorts: TypedDocumentNode<CohortsData, { first: number; after?: string | null }> = gql`
      query ($first: Int!, $after: String) {
        dataSource(key: "sandbox-growingio") {
          id
          cohorts(first: $first, after: $after) {
            totalCount
            edges {
              cursor
              node {
                id
                name
              }
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    `;
    const whole = await client.query({ query: cohorts, variables: { first: 1000 }, fetchPolicy: 'no-cache' });
    const expected = whole.data?.dataSource.cohorts.edges.map(({ node }) => node.id) ?? [];
    expect(expected.length).toBeGreaterThan(1);
    const watched = client.watchQuery({ query: cohorts, variables: { first: 1 } });
    const shown = show(watched);
    let { dataSource } = await shown.until();
    while (dataSource.cohorts.pageInfo.hasNextPage) {
      const before = dataSource.cohorts.edges.length;
      await watched.fetchMore({ variables: { after: dataSource.cohorts.pageInfo.endCursor } });
      ({ dataSource } = await shown.until((data) => data.dataSource.cohorts.edges.length > before));
    }
    expect(dataSource.cohorts.edges.map(({ node }) => node.id)).toEqual(expected);
  }, 60_000);
});

interface CohortsData {
  readonly dataSource: {
    readonly cohorts: {
      readonly edges: readonly { readonly node: { readonly id: string; readonly name: string } }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

describe('a fragment on an interface', () => {
  const charts = gql`
    fragment ChartLine on SavedChart {
      id
      kind
      name
    }
    fragment Rows on Tabular {
      csv(options: { lineEnding: LF })
    }
    query ($period: PeriodInput!) {
      dataSource(key: "shop") {
        id
        dashboard(nativeId: "d1") {
          id
          charts {
            ...ChartLine
            ... on MetricsChart {
              report(period: $period) {
                ...Rows
              }
            }
          }
        }
      }
    }
  `;
  const variables = { period: { dates: { from: '2026-06-01', to: '2026-06-03' } } };
  interface ChartsData {
    readonly dataSource: {
      readonly dashboard: {
        readonly charts: readonly {
          readonly __typename: string;
          readonly id: string;
          readonly kind: string;
          readonly report?: { readonly csv: string };
        }[];
      };
    };
  }

  async function askForCharts() {
    const saved = await startSavedServer();
    const url = `${saved.url}/graphql`;
    const asking = createApolloClient({ url, facts: await readSchemaFacts(url) });
    onTestFinished(() => asking.stop());
    const { data } = await asking.query<ChartsData>({ query: charts, variables });
    return { asking, data, found: data?.dataSource.dashboard.charts ?? [] };
  }

  it('is read from the cache for every type of it', async () => {
    const { asking, data, found } = await askForCharts();
    expect(found.map(({ __typename: type, kind }) => `${type} ${kind}`)).toEqual([
      'MetricsChart METRICS',
      'FunnelChart FUNNEL',
      'RetentionChart RETENTION',
      'UnknownChart UNKNOWN',
      'UnknownChart UNKNOWN',
    ]);
    expect(found.map(({ report }) => report?.csv.split('\n').length)).toEqual([5, ...Array<undefined>(4)]);
    const again = await asking.query<ChartsData>({ query: charts, variables, fetchPolicy: 'cache-only' });
    expect(again.data).toEqual(data);
    const fragment = gql`
      fragment ChartKind on SavedChart {
        kind
      }
    `;
    for (const { __typename: type, id, kind } of found) {
      expect(asking.readFragment({ id: `${type}:${id}`, fragment })).toEqual({ __typename: type, kind });
    }
  });

  it('works for whatever a global id belongs to', async () => {
    const { asking, found } = await askForCharts();
    const query = gql`
      fragment Identity on Node {
        id
      }
      query ($id: ID!) {
        node(id: $id) {
          ...Identity
          ... on SavedChart {
            source {
              id
              key
            }
          }
        }
      }
    `;
    for (const { id, __typename: type } of found) {
      const { data } = await asking.query<{ node: object }>({ query, variables: { id } });
      expect(data?.node).toMatchObject({ __typename: type, id, source: { key: 'shop' } });
    }
  });
});
