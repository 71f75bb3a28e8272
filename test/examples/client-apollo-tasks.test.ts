import { gql, type ApolloClient, type TypedDocumentNode } from '@apollo/client';
import { getOperationAST, OperationTypeNode, parse } from 'graphql';
import { lastValueFrom, tap } from 'rxjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';
import { show } from './apollo-answers.ts';
import { createApolloClient, readSchemaFacts, type SchemaFacts } from './apollo-client.ts';
import { createRecordedFetch, type RecordedFetch } from './recorded-fetch.ts';

let server: ServerUnderTest;
let facts: SchemaFacts;
let recorded: RecordedFetch;
let client: ApolloClient;

beforeAll(async () => {
  server = await startServerUnderTest({ hasDatabase: true });
  facts = await readSchemaFacts(`${server.url}/graphql`);
}, 60_000);
afterAll(() => server.close());
beforeEach(() => {
  recorded = createRecordedFetch();
  client = createApolloClient({ url: `${server.url}/graphql`, facts, fetch: recorded.fetch });
});
afterEach(() => client.stop());

interface Task {
  readonly id: string;
  readonly state: string;
  readonly files: readonly { readonly name: string }[];
}

const TASK = gql`
  fragment TaskLine on ExportTask {
    id
    state
    files {
      name
      url
    }
  }
`;

const CREATE: TypedDocumentNode<{ createExport: { exportTask: Task | null } }, { input: object }> = gql`
  ${TASK}
  mutation ($input: CreateExportInput!) {
    createExport(input: $input) {
      exportTask {
        ...TaskLine
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`;

const CANCEL: TypedDocumentNode<{ cancelExport: { exportTask: Task | null } }, { id: string }> = gql`
  ${TASK}
  mutation ($id: ID!) {
    cancelExport(input: { id: $id }) {
      exportTask {
        ...TaskLine
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`;

const DELETE: TypedDocumentNode<{ deleteExport: { deletedId: string | null } }, { id: string }> = gql`
  mutation ($id: ID!) {
    deleteExport(input: { id: $id }) {
      deletedId
      userErrors {
        code
        message
      }
    }
  }
`;

const LOOK: TypedDocumentNode<{ exportTask: Task | null }, { id: string }> = gql`
  ${TASK}
  query ($id: ID!) {
    exportTask(id: $id) {
      ...TaskLine
    }
  }
`;

const WATCH: TypedDocumentNode<{ exportTask: Task }, { id: string }> = gql`
  ${TASK}
  subscription ($id: ID!) {
    exportTask(id: $id) {
      ...TaskLine
    }
  }
`;

const LIST: TypedDocumentNode<
  {
    exportTasks: {
      readonly edges: readonly { readonly node: Task }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  },
  { first: number; after?: string | null }
> = gql`
  ${TASK}
  query ($first: Int!, $after: String) {
    exportTasks(first: $first, after: $after) {
      edges {
        cursor
        node {
          ...TaskLine
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

const WEEK = { dates: { from: '2026-06-01', to: '2026-06-07' } };
const REPORT = {
  source: {
    report: {
      metrics: { select: [{ source: 'sandbox-openpanel', metric: { event: { name: 'sign_up' } } }], period: WEEK },
    },
  },
};
const ROWS = { source: { rows: { source: 'sandbox-mytracker', table: 'installs', period: WEEK } } };

async function createTask(input: object): Promise<Task> {
  const { data } = await client.mutate({ mutation: CREATE, variables: { input } });
  if (!data?.createExport.exportTask) throw new Error('No task was made');
  return data.createExport.exportTask;
}

/** Follow a task to its end; returns every state that it was told to have. */
async function followToEnd(id: string): Promise<string[]> {
  const states: string[] = [];
  const told = client.subscribe({ query: WATCH, variables: { id } });
  await lastValueFrom(told.pipe(tap(({ data }) => void states.push(data?.exportTask.state ?? 'nothing'))));
  return states;
}

const queriesSent = () =>
  recorded.sent.filter(({ body }) => getOperationAST(parse(body?.query ?? ''))?.operation === OperationTypeNode.QUERY)
    .length;

describe('an export task in the cache of Apollo Client', () => {
  it('is brought up to date by the subscription, without asking again', async () => {
    const { id } = await createTask(ROWS);
    const shown = show(client.watchQuery({ query: LOOK, variables: { id } }));
    await shown.until();
    const states = await followToEnd(id);
    expect(states.at(-1)).toBe('SUCCEEDED');
    const { exportTask } = await shown.until((data) => data.exportTask?.state === 'SUCCEEDED');
    expect(exportTask?.files).toMatchObject([{ name: 'export.csv' }]);
    expect(queriesSent()).toBe(1);
  }, 60_000);

  it('is brought up to date by a mutation, without asking again', async () => {
    const { id } = await createTask(ROWS);
    const list = client.watchQuery({ query: LIST, variables: { first: 20 } });
    const shown = show(list);
    const stateIn = ({ exportTasks }: { exportTasks: { edges: readonly { node: Task }[] } }) =>
      exportTasks.edges.find(({ node }) => node.id === id)?.node.state;
    expect(['QUEUED', 'RUNNING']).toContain(stateIn(await shown.until()));
    const { data } = await client.mutate({ mutation: CANCEL, variables: { id } });
    const state = data?.cancelExport.exportTask?.state ?? 'none';
    expect(['CANCELLING', 'CANCELLED']).toContain(state);
    await shown.until((data) => stateIn(data) === state);
    await followToEnd(id);
    await shown.until((data) => stateIn(data) === 'CANCELLED');
    expect(queriesSent()).toBe(1);
  }, 60_000);

  it('leaves every list once it is removed', async () => {
    const { id } = await createTask(REPORT);
    await followToEnd(id);
    const list = client.watchQuery({ query: LIST, variables: { first: 20 } });
    const shown = show(list);
    const idsIn = ({ exportTasks }: { exportTasks: { edges: readonly { node: Task }[] } }) =>
      exportTasks.edges.map(({ node }) => node.id);
    expect(idsIn(await shown.until())).toContain(id);
    await client.mutate({
      mutation: DELETE,
      variables: { id },
      update(cache, { data }) {
        const deletedId = data?.deleteExport.deletedId;
        if (!deletedId) return;
        cache.evict({ id: `ExportTask:${deletedId}` });
        cache.gc();
      },
    });
    await shown.until((data) => !idsIn(data).includes(id));
    expect(queriesSent()).toBe(1);
  }, 60_000);

  it('is found page by page, each once, though new ones are made meanwhile', async () => {
    const made: string[] = [];
    for (let index = 0; index < 5; index++) made.unshift((await createTask(REPORT)).id);
    const list = client.watchQuery({ query: LIST, variables: { first: 2 } });
    const shown = show(list);
    let { exportTasks } = await shown.until();
    await createTask(REPORT);
    while (exportTasks.pageInfo.hasNextPage) {
      const before = exportTasks.edges.length;
      await list.fetchMore({ variables: { after: exportTasks.pageInfo.endCursor } });
      ({ exportTasks } = await shown.until((data) => data.exportTasks.edges.length > before));
    }
    const found = exportTasks.edges.map(({ node }) => node.id);
    expect(new Set(found).size).toBe(found.length);
    expect(found.slice(0, 5)).toEqual(made);
  }, 60_000);
});
