import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readWalk } from './supergraph/readme.ts';

const FOLDER = join(import.meta.dirname, '../../examples/supergraph');
const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

const supergraph = z.strictObject({
  federation_version: z.literal(2),
  subgraphs: z.record(
    z.string(),
    z.strictObject({ routing_url: z.url(), schema: z.strictObject({ subgraph_url: z.url() }) }),
  ),
});

// Only what the file says, in the words of Apollo Router 2 (its configuration reference, read 2026-11).
const router = z.strictObject({
  supergraph: z.strictObject({ listen: z.string(), path: z.string() }),
  headers: z.strictObject({
    subgraphs: z.record(
      z.string(),
      z.strictObject({ request: z.array(z.strictObject({ propagate: z.strictObject({ named: z.string() }) })) }),
    ),
  }),
  include_subgraph_errors: z.strictObject({ all: z.boolean() }),
  subscription: z.strictObject({
    enabled: z.boolean(),
    mode: z.strictObject({
      passthrough: z.strictObject({
        subgraphs: z.record(
          z.string(),
          z.strictObject({ path: z.string(), protocol: z.enum(['graphql_ws', 'graphql_transport_ws']) }),
        ),
      }),
    }),
  }),
  cors: z.strictObject({ policies: z.array(z.strictObject({ origins: z.array(z.url()) })) }),
  demand_control: z.strictObject({
    enabled: z.boolean(),
    mode: z.enum(['measure', 'enforce']),
    strategy: z.strictObject({ static_estimated: z.strictObject({ list_size: z.int(), max: z.int() }) }),
  }),
});

const { subgraphs } = supergraph.parse(parse(read('supergraph.yaml')));

describe('supergraph.yaml', () => {
  it('names the three subgraphs, each where it listens', () => {
    const ports = Object.entries(subgraphs).map(([name, { routing_url: url }]) => [name, new URL(url).port]);
    expect(Object.fromEntries(ports)).toEqual({ tributary: '4000', apps: '4001', customers: '4002' });
    expect(read('apps.ts')).toContain('?? 4001');
    expect(read('customers.ts')).toContain('?? 4002');
  });

  it('fetches the schema from where questions are sent', () => {
    for (const { routing_url: url, schema } of Object.values(subgraphs)) expect(schema.subgraph_url).toBe(url);
  });
});

describe('router.yaml', () => {
  const settings = router.parse(parse(read('router.yaml')));

  it('listens where the other gateways do', () => {
    const { listen, path } = settings.supergraph;
    expect(`http://${listen}${path}`).toBe('http://127.0.0.1:4003/graphql');
    expect(read('gateway.config.ts')).toContain('?? 4003');
    expect(read('apollo-gateway.ts')).toContain('?? 4003');
  });

  it('hands the key to Tributary, and to nobody else', () => {
    const request = [{ propagate: { named: 'authorization' } }];
    expect(settings.headers.subgraphs).toEqual({ tributary: { request } });
  });

  it('subscribes at the subgraph that has subscriptions, where it answers', () => {
    const { passthrough } = settings.subscription.mode;
    const path = new URL(subgraphs['tributary']?.routing_url ?? '').pathname;
    expect(passthrough.subgraphs).toEqual({ tributary: { path, protocol: 'graphql_ws' } });
  });

  it('measures by the same maximum that Hive Gateway refuses by, and refuses nothing', () => {
    const { mode, strategy } = settings.demand_control;
    expect(mode).toBe('measure');
    expect(read('gateway.config.ts')).toContain(
      `maxCost: ${strategy.static_estimated.max.toLocaleString('en').replace(',', '_')}`,
    );
  });
});

describe('the README', () => {
  it('shows the file that it asks with', () => {
    expect(readWalk().query).toBe(read('customer.graphql'));
  });
});

describe('the subgraphs of the company', () => {
  it.each(['apps.graphql', 'customers.graphql'])('%s describes each field of its own', (file) => {
    const sdl = read(file).replace(/^extend schema.*$/m, '');
    const directives = 'directive @key(fields: String!, resolvable: Boolean) repeatable on OBJECT\n';
    const types = Object.values(buildSchema(directives + sdl).getTypeMap()).filter(isObjectType);
    for (const type of types.filter(({ name }) => !name.startsWith('__') && name !== 'Query')) {
      expect(type.description, type.name).toBeTruthy();
    }
  });
});
