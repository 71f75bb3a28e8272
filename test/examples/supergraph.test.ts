import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createExport, lookAt, rowsOf, untilEnded } from './supergraph/exports.ts';
import { checkTypes } from './supergraph/install.ts';
import { readWalk } from './supergraph/readme.ts';
import { CALLERS, countRequests, GATEWAYS, startStack, type Stack } from './supergraph/stack.ts';
import { askOverServerSentEvents, askOverWebSocket } from './supergraph/subscriptions.ts';

// Exports, and programs that start, take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 1_200_000 });

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

const ONE_WEEK = { source: 'sandbox-openpanel', period: { preset: 'LAST_7_DAYS' } };

/** The names of what somebody who signed in has done in the seven days before 16 June, in the order of the alphabet. */
function eventsOf(user: number): string[] {
  const { events } = stack.tributary.world();
  const from = Date.parse('2026-06-09T00:00:00Z');
  return Array.from({ length: events.length }, (_, index) => index)
    .filter((index) => events.user[index] === user && events.anonymous[index] === 0)
    .filter((index) => (events.timeMs[index] ?? 0) >= from)
    .map((index) => events.names[events.name[index] ?? -1] ?? '')
    .sort();
}

interface AskedCustomer {
  readonly customer: {
    readonly users: readonly { readonly events: { readonly nodes: readonly { name: string }[] } }[];
  };
}

describe.each(GATEWAYS)('behind %s', (name) => {
  const ask = <Data = Record<string, unknown>>(query: string, variables: object = {}) =>
    stack.gateways[name].ask<Data>({ query, variables, authorization: CALLERS.ann });

  it('a data source has its app', async () => {
    const { data, errors } = await ask('{ dataSources { key app { name team } } }');
    expect(errors).toBeUndefined();
    expect(data['dataSources']).toEqual([
      { key: 'sandbox-adapty', app: { name: 'Wellness for phones', team: 'Mobile' } },
      { key: 'sandbox-growingio', app: { name: 'Wellness for China', team: 'Shanghai' } },
      { key: 'sandbox-instal', app: { name: 'Wellness for phones', team: 'Mobile' } },
      { key: 'sandbox-mytracker', app: { name: 'Wellness for phones', team: 'Mobile' } },
      { key: 'sandbox-openpanel', app: { name: 'Wellness in the browser', team: 'Web' } },
    ]);
  });

  it("an app's data sources are asked for in one request", async () => {
    const before = countRequests(stack.tributary);
    const { data, errors } = await ask('{ apps { id dataSources { name timezone health { isHealthy } } } }');
    expect(errors).toBeUndefined();
    const sourceOf = (provider: string, timezone: string) => {
      return { name: `Sandbox (${provider})`, timezone, health: { isHealthy: true } };
    };
    expect(data['apps']).toEqual([
      {
        id: 'mobile',
        dataSources: [sourceOf('Adapty', 'UTC'), sourceOf('Instal', 'UTC'), sourceOf('MyTracker', 'Europe/Moscow')],
      },
      { id: 'web', dataSources: [sourceOf('OpenPanel', 'UTC')] },
      { id: 'china', dataSources: [sourceOf('GrowingIO', 'Asia/Shanghai')] },
    ]);
    expect(countRequests(stack.tributary) - before).toBe(1);
  });

  it('an app has the words of its data sources', async () => {
    const { data, errors } = await ask('{ app(id: "web") { dataSources { catalog { metrics { key } } } } }');
    expect(errors).toBeUndefined();
    const metrics = expect.arrayContaining([{ key: 'sessions' }, { key: 'unique_users' }]) as object;
    expect(data).toEqual({ app: { dataSources: [{ catalog: { metrics } }] } });
  });

  it('an event leads to the customer', async () => {
    const { data, errors } = await ask<{ events: { nodes: { name: string; user: unknown }[] } }>(
      `query ($query: EventsQuery!) {
        events(query: $query) { nodes { name user { nativeId customer { name users { nativeId } } } } } }`,
      { query: { ...ONE_WEEK, filters: [{ dimension: 'user_id', operator: 'IS', values: ['user_0gz3'] }] } },
    );
    expect(errors).toBeUndefined();
    expect(data.events.nodes.map((node) => node.name).sort()).toEqual(eventsOf(21_999));
    const customer = { name: 'Kestrel Books', users: [{ nativeId: 'user_0gz2' }, { nativeId: 'user_0gz3' }] };
    for (const { user } of data.events.nodes) expect(user).toEqual({ nativeId: 'user_0gz3', customer });
  });

  it('somebody who is no customer has none', async () => {
    const { data, errors } = await ask(
      '{ user(source: "sandbox-openpanel", nativeId: "user_0gz0") { customer { id } } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ user: { customer: null } });
  });

  it('a customer leads to who their users are and what they did, in one request', async () => {
    const before = countRequests(stack.tributary);
    const { data, errors } = await ask<AskedCustomer>(`{ customer(id: "kestrel-books") {
      plan accountManager
      users { nativeId source { name } events(period: { preset: LAST_7_DAYS }) { nodes { name } } profile { firstName } }
    } }`);
    expect(errors).toBeUndefined();
    expect(countRequests(stack.tributary) - before).toBe(1);
    expect(data.customer).toMatchObject({ plan: 'TEAM', accountManager: 'Maja Lind' });
    const users = data.customer.users.map(({ events: { nodes }, ...user }) => {
      return { ...user, events: nodes.map((node) => node.name).sort() };
    });
    expect(users).toEqual(
      [21_998, 21_999].map((index) => {
        const { id, firstName } = stack.tributary.world().users[index] ?? {};
        const source = { name: 'Sandbox (OpenPanel)' };
        return { nativeId: id, source, events: eventsOf(index), profile: { firstName } };
      }),
    );
  });

  it('a node of Tributary has what the others know of it', async () => {
    const { data: found } = await ask<{ user: { id: string } }>(
      '{ user(source: "sandbox-openpanel", nativeId: "10427") { id } }',
    );
    const document = 'query ($id: ID!) { node(id: $id) { __typename id ... on User { customer { name } } } }';
    const { data, errors } = await ask(document, { id: found.user.id });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ node: { __typename: 'User', id: found.user.id, customer: { name: 'Hartmann & Söhne' } } });
  });

  it('a failure keeps its code, its place and what is beside it', async () => {
    const { data, errors } = await ask('{ dataSource(key: "sandbox-instal") { name dashboards { id } app { id } } }');
    expect(data).toEqual({ dataSource: { name: 'Sandbox (Instal)', dashboards: null, app: { id: 'mobile' } } });
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('Instal has no dashboards') as string,
        path: ['dataSource', 'dashboards'],
        extensions: { code: 'CAPABILITY_NOT_SUPPORTED', source: 'sandbox-instal', provider: 'instal' },
      },
    ]);
  });

  it('wrong input keeps its code', async () => {
    const { errors } = await ask('query ($query: EventsQuery!) { events(query: $query, first: 0) { nodes { id } } }', {
      query: ONE_WEEK,
    });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it.each([
    ['without a key', undefined],
    ['with a key that is not known', 'Bearer key-of-nobody'],
  ])('nobody is answered %s', async (_how, authorization) => {
    const { data, errors } = await stack.gateways[name].ask({
      query: '{ dataSources { key } }',
      ...(authorization !== undefined && { authorization }),
    });
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it("an export is made, and is its maker's only", async () => {
    const gateway = stack.gateways[name];
    const { exportTask, userErrors } = await createExport(gateway, rowsOf('sandbox-instal', 'report'));
    expect(userErrors).toEqual([]);
    expect(exportTask).toMatchObject({ state: 'QUEUED', source: { key: 'sandbox-instal', app: { id: 'mobile' } } });
    const id = exportTask?.id ?? '';
    const files = [{ rowCount: expect.any(Number) as number }];
    expect(await untilEnded(gateway, id)).toEqual({ state: 'SUCCEEDED', files });
    expect((await lookAt(gateway, id, CALLERS.bob)).data).toEqual({ exportTask: null });
  });

  it('mistakes in the input of an export are told', async () => {
    const input = rowsOf('sandbox-instal', 'nothing');
    const { exportTask, userErrors } = await createExport(stack.gateways[name], input);
    expect(exportTask).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'BAD_USER_INPUT', path: ['input', 'source', 'rows', 'table'] }]);
  });

  it('the walk of the README has its answer', async () => {
    const walk = readWalk();
    const { data, errors } = await ask(walk.query);
    expect(errors).toBeUndefined();
    expect({ data }).toEqual(walk.answer);
  });
});

interface ToldTask {
  readonly exportTask: { readonly state: string; readonly progress: number | null };
}

const WATCH = 'subscription ($id: ID!) { exportTask(id: $id) { state progress } }';

describe.each([
  ['Hive Gateway', 'server-sent events', askOverServerSentEvents],
  ['Hive Gateway', 'WebSockets', askOverWebSocket],
  ['Hive Gateway, composed by Apollo', 'WebSockets', askOverWebSocket],
] as const)('behind %s, over %s', (name, _transport, subscribe) => {
  it('an export is told of until it has ended', async () => {
    const gateway = stack.gateways[name];
    const { exportTask } = await createExport(gateway, rowsOf('sandbox-mytracker', 'installs'));
    expect(exportTask?.state).toBe('QUEUED');
    const variables = { id: exportTask?.id };
    const told = await subscribe<ToldTask>(gateway, { query: WATCH, variables, authorization: CALLERS.ann });
    const states = told.map(({ data }) => data.exportTask.state);
    expect([...new Set(states)].filter((state) => state !== 'QUEUED')).toEqual(['RUNNING', 'SUCCEEDED']);
    expect(told.at(-1)?.data).toEqual({ exportTask: { state: 'SUCCEEDED', progress: 1 } });
    const progress = told.map(({ data }) => data.exportTask.progress ?? 0);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  it("somebody else's export is not there, whoever was told of it before", async () => {
    const gateway = stack.gateways[name];
    const { exportTask } = await createExport(gateway, rowsOf('sandbox-instal', 'report'));
    const variables = { id: exportTask?.id };
    const told = await subscribe<ToldTask>(gateway, { query: WATCH, variables, authorization: CALLERS.bob });
    expect(told).toMatchObject([{ errors: [{ extensions: { code: 'EXPORT_TASK_NOT_FOUND' } }] }]);
  });

  it('nobody is told anything without a key, at once', async () => {
    const told = await subscribe<ToldTask>(stack.gateways[name], { query: WATCH, variables: { id: 'x' } });
    // Hive has no words for a connection that is refused.
    expect(told).toMatchObject([{ errors: [expect.any(Object)] }]);
    expect(told[0]).not.toHaveProperty('data.exportTask');
  });
});

describe.each(['Hive Gateway', 'Hive Gateway, composed by Apollo'] as const)('%s', (name) => {
  const ask = (query: string) => stack.gateways[name].ask({ query, authorization: CALLERS.ann });
  const membersOf = (count: number) =>
    `{ dataSource(key: "sandbox-growingio") { cohorts(first: ${count}) { nodes { members(first: ${count}) { nodes { userId } } } } } }`;

  it('tells what is asked for and costs little', async () => {
    const answer = await ask(membersOf(3));
    expect(answer.errors).toBeUndefined();
    expect(answer).toMatchObject({ extensions: { cost: { max: 10_000 } } });
  });

  it('refuses what costs too much, before Tributary is asked', async () => {
    const before = countRequests(stack.tributary);
    const { data, errors } = await ask(membersOf(1000));
    expect(data).toEqual({ dataSource: null });
    expect(errors).toMatchObject([{ extensions: { code: 'COST_ESTIMATED_TOO_EXPENSIVE', cost: { max: 10_000 } } }]);
    expect(countRequests(stack.tributary)).toBe(before);
  });
});

describe('the example', () => {
  it('is sound TypeScript', async () => {
    expect(await checkTypes()).toBe('');
  });
});
