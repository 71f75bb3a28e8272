import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  CAPABILITY_NAMES,
  type CapabilityName,
  type Provider,
  type ProviderCapabilities,
} from '../../src/analytics/provider.ts';
import type { ComputingServices } from '../../src/datasets/computing.ts';
import { withComputed } from '../../src/datasets/with-computed.ts';
import { NotReadyError } from '../../src/errors.ts';
import { providers } from '../../src/providers/registry.generated.ts';
import { connectProvider, readSampleConfig, SOURCE_KEY, type ConnectedProvider } from '../support/connect-provider.ts';
import { failureOf } from '../support/failure-of.ts';
import { readAnswers } from './answers-table.ts';
import { CONTRACTS } from './contracts.ts';

const NOWHERE = 'http://127.0.0.1:9';
const NO_ROWS = 'No rows are read here';
const NAMES = Object.keys(CAPABILITY_NAMES) as CapabilityName[];
const answers = readAnswers();

describe('the page of answers', () => {
  it('has a row for each provider, and a cell for each capability', () => {
    expect([...answers.keys()]).toEqual(providers.map(({ name }) => name));
    const columns = Object.values(CAPABILITY_NAMES).toSorted();
    for (const row of answers.values()) expect([...row.keys()].toSorted()).toEqual(columns);
  });
});

for (const provider of providers as readonly Provider[]) {
  const sampleConfig = await readSampleConfig(provider.id);

  describe(`${provider.name}, as the page of answers says,`, () => {
    for (const name of NAMES) {
      const cell = answers.get(provider.name)?.get(CAPABILITY_NAMES[name]) ?? '';
      const connect = () => connectProvider(toOffered(provider), sampleConfig?.(NOWHERE) ?? {});

      it(`${name}: ${cell}`, async () => {
        await using connected = connect();
        const capability = connected.dataSource.connection.capabilities[name];
        if (!capability) return await expectRefusal(name, { cell, connected });
        expect([cell.split(',')[0], answeredByOf(capability)]).toEqual(
          cell.startsWith('computed') ? ['computed', 'COMPUTED'] : ['native', 'NATIVE'],
        );
        CONTRACTS[name].assertOffered(capability);
        if (name === 'funnels') expectOrders(connected, cell);
        if (cell === 'computed') await expectComputed(name, connected);
      });
    }
  });
}

/** The provider, connected as the server does it, but that no rows ever come and that it takes any event on trust. */
function toOffered(provider: Provider): Provider {
  return {
    ...provider,
    connect(config, services) {
      const own = provider.connect(config, services);
      const connection = { ...own, catalog: { ...own.catalog, listEvents: () => Promise.resolve(null) } };
      const dataSource = { key: SOURCE_KEY, name: 'Sample', provider, connection };
      const { clock } = services;
      const datasets = { read: refuse, prepare: refuse, describe: refuse } satisfies ComputingServices['datasets'];
      return withComputed(dataSource, { datasets, clock, database: refuse }).connection;
    },
  };
}

function refuse(): Promise<never> {
  return Promise.reject(new NotReadyError(NO_ROWS));
}

function answeredByOf(capability: NonNullable<ProviderCapabilities[CapabilityName]>): string {
  return ('answeredBy' in capability ? capability.answeredBy : undefined) ?? 'NATIVE';
}

/** The smallest question of a kind, with a metric that there is. */
function ask(name: CapabilityName, connected: ConnectedProvider) {
  const { dataSource, clock } = connected;
  const [metric] = dataSource.connection.catalog.metrics;
  const query = {
    ...CONTRACTS[name].smallest,
    ...(metric && name === 'metrics' && { select: [{ source: SOURCE_KEY, metric: { key: metric.key }, filters: [] }] }),
  };
  const operation = { clock, deadline: connected.deadline() };
  return failureOf(CONTRACTS[name].ask(query, { reports: connected.begin(), dataSource, operation }));
}

async function expectRefusal(
  name: CapabilityName,
  { cell, connected }: { readonly cell: string; readonly connected: ConnectedProvider },
): Promise<void> {
  expect(cell).not.toMatch(/^(native|computed|)$/);
  const { provider } = connected.dataSource;
  const error = await ask(name, connected);
  expect(error).toMatchObject({ code: 'CAPABILITY_NOT_SUPPORTED', isRetryable: false });
  const start = `${provider.name} has no ${CAPABILITY_NAMES[name]} (data source "${SOURCE_KEY}"). It offers: `;
  expect(error.message.startsWith(start)).toBe(true);
  expect(error.message.endsWith(`. It ${cell}.`), `"${error.message}" says that it ${cell}`).toBe(true);
}

/** What the page says of the orders of funnels is what the capability says. */
function expectOrders({ dataSource }: ConnectedProvider, cell: string): void {
  const { maxSteps, orders = [], computedOrders = [] } = dataSource.connection.capabilities.funnels?.funnel ?? {};
  const [, said] = /computed where (.*)/.exec(cell) ?? [];
  expect(said?.split(' or ') ?? []).toEqual(computedOrders);
  // Fixed and saved funnels say so.
  expect(cell.includes('saved ones') || cell.includes('its own steps')).toBe(maxSteps === 0);
  if (cell.startsWith('native')) expect(orders.length).toBeGreaterThan(computedOrders.length);
}

/** A question gets as far as to the rows, and takes no options of a provider. */
async function expectComputed(name: CapabilityName, connected: ConnectedProvider): Promise<void> {
  const capability = connected.dataSource.connection.capabilities[name];
  if (!capability || !('options' in capability)) throw new Error(`${name} takes no options`);
  expect(capability.options.safeParse({})).toEqual({ success: true, data: {} });
  expect(capability.options.safeParse({ anything: 1 }).success).toBe(false);
  expect(z.toJSONSchema(capability.options)).toMatchObject({ properties: {}, additionalProperties: false });
  const error = await ask(name, connected);
  expect(error).toMatchObject({ code: 'NOT_READY', isRetryable: true });
  expect(error.message).toContain(NO_ROWS);
}
