import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';
import {
  composeByExample,
  startApolloGateway,
  startCompany,
  startHiveGateway,
  type Gateway,
} from './supergraph/gateways.ts';
import { installSupergraph } from './supergraph/install.ts';
import { countRequests } from './supergraph/stack.ts';
import { askOverServerSentEvents, askOverWebSocket } from './supergraph/subscriptions.ts';

// Programs that start take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 1_200_000 });

const TRIBUTARY_KEY = 'key-of-the-gateway';
const TOKEN_SECRET = 'secret-of-the-identity-provider';

let tributary: ServerUnderTest;
let supergraph: string;
let gateway: Gateway;
const started: (() => Promise<void>)[] = [];

beforeAll(async () => {
  await installSupergraph();
  const folder = await mkdtemp(join(tmpdir(), 'tributary-scopes-'));
  started.push(() => rm(folder, { recursive: true }));
  const hash = createHash('sha256').update(TRIBUTARY_KEY).digest('hex');
  tributary = await startServerUnderTest({
    env: { FEDERATION_AUTH_DIRECTIVES: '1', TRIBUTARY_API_KEYS: `gateway:${hash}` },
    hasDatabase: true,
  });
  started.push(() => tributary.close());
  const company = await startCompany();
  started.push(() => company.stop());
  const urls = { ...company, tributary: `${tributary.url}/graphql` };
  supergraph = await composeByExample(urls, `Bearer ${TRIBUTARY_KEY}`, folder);
  gateway = await startHiveGateway(supergraph, { file: 'scopes.config.ts', env: { TRIBUTARY_KEY, TOKEN_SECRET } });
  started.push(() => gateway.stop());
});
afterAll(async () => {
  for (const end of started.toReversed()) await end();
});

/** The `Authorization` of a caller with these scopes: a JWT as an identity provider signs it. */
function authorizationOf(scope: string, secret = TOKEN_SECRET): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const expiresAt = Math.floor(Date.now() / 1000) + 600;
  const signed = [
    { alg: 'HS256', typ: 'JWT' },
    { sub: 'somebody', scope, exp: expiresAt },
  ]
    .map(encode)
    .join('.');
  return `Bearer ${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

const ask = (scope: string, query: string) => gateway.ask({ query, authorization: authorizationOf(scope) });

const REFUSED = 'UNAUTHORIZED_FIELD_OR_TYPE';
const ONE_SOURCE = '{ dataSource(key: "sandbox-adapty") { key app { name } } }';
const CREATE = `mutation { createExport(input: { source: { rows: {
  source: "sandbox-mytracker", table: "installs", period: { preset: LAST_30_DAYS } } } }) { exportTask { id } userErrors { code } } }`;
const LIST = '{ exportTasks(first: 1) { nodes { state } } }';
/** Given what is asked of it, ask for `DataSource:sandbox-openpanel` by its global id. */
const askNode = (selection: string) => `{ node(id: "RGF0YVNvdXJjZTpzYW5kYm94LW9wZW5wYW5lbA") { ${selection} } }`;

describe('behind a gateway that asks for scopes', () => {
  it.each([
    ['a question, and what another subgraph adds to it', 'analytics:read', ONE_SOURCE],
    ['data sources that another subgraph leads to', 'analytics:read', '{ apps { dataSources { key name } } }'],
    ['an export, which is begun', 'exports:write', CREATE],
    ['exports, which are looked at', 'exports:read', LIST],
    ['what belongs to nobody, for everybody with a token', 'other', '{ apps { name } }'],
    ['a node as what it is', 'analytics:read', askNode('... on DataSource { id key }')],
    ['a node whatever it is', 'analytics:read exports:read', askNode('id')],
  ])('%s: opens with %s', async (_what, scope, query) => {
    const { data, errors } = await ask(scope, query);
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).not.toContain('null');
  });

  it.each([
    ['a question', 'exports:read', ONE_SOURCE, ['dataSource']],
    [
      'data sources that another subgraph leads to',
      'other',
      '{ apps { name dataSources { name } } }',
      ['apps', 'dataSources', 'name'],
    ],
    ['an export, which is begun', 'analytics:read exports:read', CREATE, ['createExport']],
    ['exports, which are looked at', 'exports:write', LIST, ['exportTasks']],
    [
      'the data source of an export',
      'exports:read',
      '{ exportTasks { nodes { source { key } } } }',
      ['exportTasks', 'nodes', 'source', 'key'],
    ],
    ['a node whatever it is, which may be an export', 'analytics:read', askNode('id'), ['node', 'id']],
  ])('%s: stays closed with %s, and Tributary is not asked', async (_what, scope, query, path) => {
    const before = countRequests(tributary);
    const { errors } = await ask(scope, query);
    expect(errors).toMatchObject([{ path, extensions: { code: REFUSED } }]);
    expect(countRequests(tributary)).toBe(before);
  });

  it.each([
    ['without a token', undefined],
    ['with a token that somebody else has signed', authorizationOf('analytics:read', 'another-secret')],
    ['with the key of the gateway', `Bearer ${TRIBUTARY_KEY}`],
  ])('nothing opens %s', async (_how, authorization) => {
    const before = countRequests(tributary);
    const answer = await gateway.ask({ query: '{ apps { name } }', ...(authorization && { authorization }) });
    expect(answer).not.toHaveProperty('data');
    expect(answer).toMatchObject({ errors: [expect.any(Object)] });
    expect(countRequests(tributary)).toBe(before);
  });
});

describe('an export, behind a gateway that asks for scopes', () => {
  it('is told of to whoever may look at exports', async () => {
    const { data } = await ask('exports:write', CREATE);
    const { id } = (data as { createExport: { exportTask: { id: string } } }).createExport.exportTask;
    const watch = { query: 'subscription ($id: ID!) { exportTask(id: $id) { state } }', variables: { id } };
    const told = await askOverServerSentEvents(gateway, { ...watch, authorization: authorizationOf('exports:read') });
    expect(told.at(-1)).toMatchObject({ data: { exportTask: { state: 'SUCCEEDED' } } });
    const others = { ...watch, authorization: authorizationOf('analytics:read') };
    const [refused] = await askOverServerSentEvents(gateway, others);
    expect(refused).toMatchObject({ data: null, errors: [{ extensions: { code: REFUSED } }] });
  });

  it('is not told of over WebSockets, whose parameters are no header', async () => {
    const query = 'subscription { exportTask(id: "x") { state } }';
    const told = await askOverWebSocket(gateway, { query, authorization: authorizationOf('exports:read') });
    expect(told).toMatchObject([{ errors: [{ message: 'Unauthenticated' }] }]);
    expect(told[0]).not.toHaveProperty('data');
  });
});

describe("Apollo's gateway for Node", () => {
  it('does not start where scopes are asked for, because it would not ask for them', async () => {
    await expect(startApolloGateway(supergraph)).rejects.toThrow(
      'requiresScopes/v0.1 is for: SECURITY but is unsupported',
    );
  });
});
