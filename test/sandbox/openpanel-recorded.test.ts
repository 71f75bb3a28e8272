import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createWorld } from '../../src/sandbox/world.ts';
import { startOpenpanelClient, toHeaders } from './openpanel-client.ts';
import type { ClientName, Json, OpenpanelClient } from './openpanel-client.ts';

interface Exchange {
  readonly name: string;
  readonly client: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Json;
}

const UNKNOWN_CLIENT = 'ffffffff-ffff-4fff-8fff-ffffffffffff';
// The recordings are of another company: its projects and properties have their counterparts here.
const COUNTERPARTS: readonly (readonly [string, string])[] = [
  ['acme-web', 'sandbox-app'],
  ['acme-empty', 'sandbox-empty'],
  ['nordic-shop', 'sandbox-nordic'],
  ['properties.amount', 'properties.price'],
  ['properties.plan', 'properties.__title'],
  ['%22pro%22', '%22Home%22'],
  ['page=99', 'page=9999'],
];
const OWN_EVENTS = new Set(['charts-prop-float', 'charts-filter-gt-bad']);

const exchanges = JSON.parse(readFileSync(new URL('openpanel-recorded.json', import.meta.url), 'utf8')) as Exchange[];
const failures = exchanges.filter(({ status }) => status !== 200);
const successes = exchanges.filter(({ status }) => status === 200);

let openpanel: OpenpanelClient;

beforeAll(async () => {
  const world = createWorld({ today: '2024-05-01' });
  openpanel = await startOpenpanelClient({ world, clock: () => Date.UTC(2026, 10, 20, 17, 40) });
});
afterAll(() => openpanel.close());

function translate(exchange: Exchange): Exchange {
  let text = JSON.stringify(exchange);
  for (const [theirs, ours] of COUNTERPARTS) text = text.replaceAll(theirs, ours);
  // Only purchases have a price here.
  if (OWN_EVENTS.has(exchange.name)) text = text.replaceAll('screen_view', 'purchase');
  // Nobody signed up there on that day.
  if (exchange.name === 'charts-metric-bad-ignored') text = text.replaceAll('sign_up', 'nope');
  return JSON.parse(text) as Exchange;
}

async function replay(exchange: Exchange) {
  const headers =
    exchange.client === 'unknown'
      ? { ...toHeaders('read'), 'openpanel-client-id': UNKNOWN_CLIENT }
      : toHeaders(exchange.client as ClientName);
  return openpanel.get(exchange.path, headers);
}

// What a statement of the database looks like depends on the events; what it complains about does not.
function withoutStatement(body: Json): unknown {
  return body.status === 500 ? { ...body, message: body.message.split(/:? in scope/i)[0] } : body;
}

function shapeOf(value: unknown, key = ''): unknown {
  if (value === null || ['longitude', 'latitude', 'diff', 'count'].includes(key)) return 'value';
  if (Array.isArray(value)) return key === 'names' ? 'names' : value.slice(0, 1).map((item) => shapeOf(item));
  if (typeof value !== 'object') return typeof value;
  if (key === 'properties') return 'map';
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shapeOf(item, name)]));
}

describe('recorded exchanges with OpenPanel', () => {
  it.each(failures.map((exchange) => [exchange.name, exchange] as const))(
    'refuses %s with the recorded body',
    async (_, exchange) => {
      const expected = translate(exchange);
      const answer = await replay(expected);
      expect(answer.status).toBe(expected.status);
      expect(withoutStatement(answer.body)).toEqual(withoutStatement(expected.body));
      expect(answer.headers.has('x-ratelimit-limit')).toBe('x-ratelimit-limit' in expected.headers);
    },
  );

  it.each(successes.map((exchange) => [exchange.name, exchange] as const))(
    'answers %s in the recorded shape',
    async (_, exchange) => {
      const expected = translate(exchange);
      const answer = await replay(expected);
      expect(answer.status).toBe(200);
      expect(shapeOf(answer.body)).toEqual(shapeOf(expected.body));
    },
  );
});
