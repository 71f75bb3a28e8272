import { describe, expect, it } from 'vitest';
import type { Deadline } from '../../../src/analytics/deadline.ts';
import { openpanelConfig } from '../../../src/providers/openpanel/config.ts';
import type { OpenpanelClient } from '../../../src/providers/openpanel/client.ts';
import openpanel from '../../../src/providers/openpanel/index.ts';
import { CONTRACTS } from '../../contract/contracts.ts';
import { connectProvider } from '../../support/connect-provider.ts';
import { failureOf } from '../../support/failure-of.ts';
import { loadFixtures, type Exchange, type Fixture } from '../../support/fixture.ts';
import { startReplayServer } from '../../support/replay-server.ts';
import { connectClient } from './connect-openpanel.ts';
import { sampleConfig } from './sample-config.ts';

// Answers of a running OpenPanel, some to requests we would never make: what is asked here only has to lead to the same
// endpoint, and whatever it sends is answered with the recording.
const recordings = loadFixtures('openpanel/fixtures/recorded');
const answered = recordings.filter(({ response }) => response.status === 200);
const refused = recordings.filter(({ response }) => response.status !== 200);
const named = (fixtures: readonly Fixture[]) => fixtures.map((fixture) => [fixture.name, fixture] as const);
const of = (path: string) => named(answered.filter(({ request }) => request.path === path));

const charts = of('/export/charts');
const events = of('/export/events');
const funnels = named(answered.filter(({ request }) => request.path.endsWith('/funnel')));
const nameLists = named(answered.filter(({ request }) => request.path.endsWith('/events/names')));

describe('recorded exchanges', () => {
  it('are all looked at', () => {
    const cases = [...charts, ...events, ...funnels, ...nameLists, ...named(refused)].map(([name]) => name);
    expect(cases.sort()).toEqual(recordings.map(({ name }) => name).sort());
    expect(recordings).toHaveLength(80);
  });

  it.each(charts)('%s is read as series', async (_name, fixture) => {
    expect((await ask('metrics', fixture)).plain).toEqual(fixture.expected);
  });

  it.each(funnels)('%s is read as steps', async (_name, fixture) => {
    expect((await ask('funnels', fixture)).plain).toEqual(fixture.expected);
  });

  it.each(events)('%s is read as events', async (_name, fixture) => {
    const { data, meta } = fixture.response.body as unknown as Listing;
    const { plain, assertSound } = await ask('events', fixture);
    const { events: read, totalCount } = plain as { events: Record<string, unknown>[]; totalCount: number };
    expect({ count: read.length, totalCount }).toEqual(fixture.expected);
    expect(totalCount).toBe(meta.totalCount);
    expect(read).toEqual(data.map((row) => expect.objectContaining(toFields(row))));
    for (const [index, row] of data.entries()) expectNothingLost(row, read[index] ?? {});
    assertSound();
  });

  it.each(nameLists)('%s is read as names', async (_name, fixture) => {
    await using server = await startReplayServer(() => fixture.response);
    await using connected = connectProvider(openpanel, sampleConfig(server.url));
    expect(await connected.begin().eventNames(connected.dataSource)).toEqual(fixture.expected);
  });

  it.each(named(refused))('%s is the error it should be', async (_name, fixture) => {
    const { code, says } = fixture.expected as { code: string; says: string };
    await using server = await startReplayServer(() => fixture.response);
    await using connected = connectClient(openpanelConfig.parse(sampleConfig(server.url)));
    const error = await failureOf(request(connected.client, fixture.request, connected.deadline));
    expect(error).toMatchObject({ code, origin: { source: 'sample', provider: 'openpanel' } });
    expect(error.message).toContain(says);
    // What a database says about its tables is nobody's business.
    expect(error.message).not.toContain('SELECT');
  });
});

interface Listing {
  readonly meta: { readonly totalCount: number };
  readonly data: readonly Readonly<Record<string, unknown>>[];
}

/** Ask a recording's question of a server that answers the recording once, and then has no more events. */
async function ask(capability: 'metrics' | 'funnels' | 'events', { name: _name, ...fixture }: Fixture) {
  let isFirst = true;
  await using server = await startReplayServer(({ path }) => {
    if (path.endsWith('/events/names')) return NO_SUCH_ROUTE;
    const { response } = fixture;
    if (path === '/export/events' && !isFirst) return { ...response, body: { ...(response.body as object), data: [] } };
    isFirst = false;
    return response;
  });
  const config = { ...sampleConfig(server.url), ...fixture.config };
  await using connected = connectProvider(openpanel, config, fixture.now);
  return await CONTRACTS[capability].ask(fixture.query ?? {}, {
    reports: connected.begin(),
    dataSource: connected.dataSource,
  });
}

const NO_SUCH_ROUTE: Exchange['response'] = {
  status: 404,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: { message: 'Route GET:/insights/acme-web/events/names not found', error: 'Not Found', statusCode: 404 },
};

/** The fields of ours that say the same as the row; "" and two zero bytes say nothing. */
function toFields(row: Readonly<Record<string, unknown>>) {
  const known = (key: string) => (['', '\u0000\u0000', undefined].includes(row[key] as string) ? null : row[key]);
  return {
    id: row['id'],
    name: row['name'],
    at: row['createdAt'],
    userId: known('profileId'),
    sessionId: known('sessionId'),
    deviceId: known('deviceId'),
    country: known('country'),
    city: known('city'),
    os: known('os'),
    browser: known('browser'),
    path: known('path'),
    properties: row['properties'] ?? {},
  };
}

/** What has no field of ours is in `attributes`, as it came. */
function expectNothingLost(row: Readonly<Record<string, unknown>>, event: Readonly<Record<string, unknown>>): void {
  const attributes = event['attributes'] as Record<string, unknown>;
  for (const key of ['profile', 'meta', 'groups', 'longitude', 'latitude', 'duration']) {
    expect(attributes[key], key).toEqual(row[key]);
  }
}

/** Make the kind of request that a recording answers. */
function request(client: OpenpanelClient, { path }: Exchange['request'], deadline: Deadline): Promise<unknown> {
  const window = { startDate: '2024-04-01T00:00:00Z', endDate: '2024-04-02T00:00:00Z' };
  const list = { start: '2024-04-01', end: '2024-04-01', page: 1, limit: 1, names: [], includes: [], filters: [] };
  switch (path.replace(/^\/insights\/[^/]+/, '/insights')) {
    case '/export/charts':
      return client.fetchChart(
        { ...window, events: ['a'], breakdowns: [], interval: 'day', previous: false, more: {} },
        deadline,
      );
    case '/export/events':
    case '/export/events/':
      return client.readEvents(list, deadline);
    case '/export/funnel':
      return client.fetchExportFunnel({ ...window, events: [] }, deadline);
    case '/insights/funnel':
      return client.fetchInsightsFunnel({ ...window, steps: [], windowHours: 24, groupBy: 'session_id' }, deadline);
    default:
      throw new Error(`No method of the client asks for ${path}`);
  }
}
