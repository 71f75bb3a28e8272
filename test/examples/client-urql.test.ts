import { gql, type AnyVariables, type Client, type OperationResult, type TypedDocumentNode } from '@urql/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';
import { createRecordedFetch, type RecordedFetch } from './recorded-fetch.ts';
import { createUrqlClient } from './urql-client.ts';

let server: ServerUnderTest;
let recorded: RecordedFetch;
let client: Client;

beforeAll(async () => {
  server = await startServerUnderTest({ hasDatabase: true });
}, 60_000);
afterAll(() => server.close());
beforeEach(() => {
  recorded = createRecordedFetch();
  client = createUrqlClient({ url: `${server.url}/graphql`, fetch: recorded.fetch });
});

const SOURCES: TypedDocumentNode<{ dataSources: { key: string }[] }> = gql`
  query Sources {
    dataSources {
      id
      key
    }
  }
`;

interface Task {
  readonly id: string;
  readonly state: string;
}

const TASKS: TypedDocumentNode<{ exportTasks: { nodes: Task[] } }> = gql`
  query Tasks {
    exportTasks {
      nodes {
        id
        state
      }
    }
  }
`;

const CREATE: TypedDocumentNode<
  { createExport: { exportTask: Task | null; userErrors: { code: string; path: string[] }[] } },
  { input: object }
> = gql`
  mutation Create($input: CreateExportInput!) {
    createExport(input: $input) {
      exportTask {
        id
        state
      }
      userErrors {
        code
        path
      }
    }
  }
`;

const WATCH: TypedDocumentNode<{ exportTask: Task }, { id: string }> = gql`
  subscription Watch($id: ID!) {
    exportTask(id: $id) {
      id
      state
    }
  }
`;

const rowsOf = (table: string) => ({
  source: {
    rows: { source: 'sandbox-mytracker', table, period: { dates: { from: '2026-06-01', to: '2026-06-07' } } },
  },
});

const generous = { timeout: 30_000, interval: 10 };

describe('urql', () => {
  it('asks by GET, and a second time its cache', async () => {
    const first = await client.query(SOURCES, {});
    const second = await client.query(SOURCES, {});
    expect(first.error).toBeUndefined();
    expect(first.data?.dataSources.map(({ key }) => key)).toEqual(server.dataSourceKeys);
    expect(second.data).toEqual(first.data);
    expect(recorded.sent.map(({ method, url }) => [method, url.searchParams.get('operationName')])).toEqual([
      ['GET', 'Sources'],
    ]);
    expect(recorded.sent[0]?.headers.get('accept')).toContain('application/graphql-response+json');
  });

  it('is refused a GET that any page could send', async () => {
    const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent('{ dataSources { id } }')}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Cross-Site Request Forgery');
  });

  it('reads an error by its code', async () => {
    const query = gql`
      query {
        metrics(query: { select: [{ source: "nowhere", metric: { key: "a" } }], period: { preset: LAST_7_DAYS } }) {
          csv
        }
        dataSources {
          key
        }
      }
    `;
    const { data, error } = await client.query<{ metrics: null; dataSources: unknown[] }>(query, {});
    expect(error?.graphQLErrors).toMatchObject([{ path: ['metrics'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(data).toMatchObject({ metrics: null, dataSources: expect.any(Array) });
  });

  it('asks again for lists of tasks once a mutation has answered a task', async () => {
    const shown: OperationResult<{ exportTasks: { nodes: Task[] } }, AnyVariables>[] = [];
    // Said, because an empty list names no type by itself.
    const context = { additionalTypenames: ['ExportTask'] };
    const { unsubscribe } = client.query(TASKS, {}, context).subscribe((result) => void shown.push(result));
    onTestFinished(unsubscribe);
    await vi.waitFor(() => expect(shown.at(-1)?.data?.exportTasks.nodes).toEqual([]), generous);
    const { data } = await client.mutation(CREATE, { input: rowsOf('customEvents') });
    const id = data?.createExport.exportTask?.id;
    expect(id).toEqual(expect.any(String));
    const idsShown = () => shown.at(-1)?.data?.exportTasks.nodes.map((task) => task.id);
    await vi.waitFor(() => expect(idsShown()).toEqual([id]), generous);
    expect(recorded.sent.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
  }, 60_000);

  it('reads what is wrong with the input as data', async () => {
    const { data, error } = await client.mutation(CREATE, { input: rowsOf('nothing') });
    expect(error).toBeUndefined();
    expect(data?.createExport).toMatchObject({
      exportTask: null,
      userErrors: [{ code: 'BAD_USER_INPUT', path: ['input', 'source', 'rows', 'table'] }],
    });
  });

  it('is told of an export over its socket until that has ended', async () => {
    const { data } = await client.mutation(CREATE, { input: rowsOf('installs') });
    const states: (string | undefined)[] = [];
    await new Promise<void>((resolve, reject) => {
      const { unsubscribe } = client
        .subscription(WATCH, { id: data?.createExport.exportTask?.id ?? '' })
        .subscribe(({ data: told, error }) => {
          if (error) reject(error);
          states.push(told?.exportTask.state);
          if (told?.exportTask.state === 'SUCCEEDED') resolve();
        });
      onTestFinished(unsubscribe);
    });
    expect(states.at(-1)).toBe('SUCCEEDED');
  }, 60_000);
});
