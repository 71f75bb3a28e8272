import { describe, expect, it } from 'vitest';
import type { ProviderCapabilities } from '../../src/analytics/provider.ts';
import { ProviderUnavailableError } from '../../src/errors.ts';
import type { Listings } from '../../src/reports/listings.ts';
import { failureOf } from '../support/failure-of.ts';
import { capabilitiesOf, chart, cohort, dashboard, type AskedOfSaved, type Saved } from './fake-saved.ts';
import { connectFake, FRESHNESS, ORIGIN } from './fake-source.ts';

const SAVED: Partial<Saved> = {
  dashboards: [dashboard('d1'), dashboard('d2', { kind: 'realtimeV2', updatedAt: '2026-11-01' })],
  charts: { d1: [chart('m1'), chart('f1', { kind: 'FUNNEL' })], d2: [chart('m1')] },
  cohorts: [cohort('c1', { size: 3 }), cohort('c2')],
  members: {
    idName: 'cs1',
    attributeNames: ['city'],
    members: ['007', '8', '9'].map((userId) => ({ userId, attributes: [null] })),
  },
  eventDefinitions: [
    { nativeId: 'e1', name: 'Click', kind: 'clck' },
    { nativeId: 'e2', name: 'Click', kind: null },
  ],
};
const ALL = { first: 50, after: null };

/** The listings of one operation on a source that holds these things, and what it was asked. */
function list(given: Partial<Saved> = SAVED) {
  const { capabilities, asked } = capabilitiesOf(given);
  return { ...connectListings(capabilities), asked };
}

function connectListings(capabilities: ProviderCapabilities) {
  const { begin, dataSource: source } = connectFake(capabilities);
  return { listings: begin().listings, source };
}

const listed = ({ lists }: AskedOfSaved): string[] => lists.toSorted();

describe('what is listed', () => {
  it('knows whose it is', async () => {
    const { listings, source } = list();
    expect(await listings.dashboards(source)).toEqual([
      { ...dashboard('d1'), source },
      { ...dashboard('d2', { kind: 'realtimeV2', updatedAt: '2026-11-01' }), source },
    ]);
    expect(await listings.charts({ source, nativeId: 'd1' })).toEqual([
      { ...chart('m1'), source, dashboardId: 'd1' },
      { ...chart('f1', { kind: 'FUNNEL' }), source, dashboardId: 'd1' },
    ]);
    expect((await listings.cohorts(source, ALL)).items).toMatchObject([
      { nativeId: 'c1', size: 3, source },
      { nativeId: 'c2', size: null, source },
    ]);
    expect((await listings.eventDefinitions(source, ALL)).items).toMatchObject([
      { nativeId: 'e1', kind: 'clck', source },
      { nativeId: 'e2', kind: null, source },
    ]);
  });

  it('is found by its id, or is not there', async () => {
    const { listings, source } = list();
    expect(await listings.dashboard(source, 'd2')).toMatchObject({ nativeId: 'd2', source });
    expect(await listings.cohort(source, 'c1')).toMatchObject({ nativeId: 'c1', source });
    expect(await listings.eventDefinition(source, 'e2')).toMatchObject({ nativeId: 'e2', source });
    expect(await listings.dashboard(source, 'c1')).toBeNull();
    expect(await listings.cohort(source, 'd1')).toBeNull();
    expect(await listings.eventDefinition(source, 'Click')).toBeNull();
  });

  it('comes page by page', async () => {
    const { listings, source } = list();
    const first = await listings.cohorts(source, { first: 1, after: null });
    expect(first).toMatchObject({ items: [{ nativeId: 'c1' }], totalCount: 2, hasNextPage: true });
    const after = first.cursors[0] ?? '';
    expect(await listings.cohorts(source, { first: 1, after })).toMatchObject({
      items: [{ nativeId: 'c2' }],
      hasPreviousPage: true,
      hasNextPage: false,
    });
  });

  it('holds members as pages and as a whole', async () => {
    const { listings, source } = list();
    const of = { ...cohort('c1'), source };
    const rest = { idName: 'cs1', attributeNames: ['city'], freshness: FRESHNESS };
    const { page, ...said } = await listings.members(of, { first: 2, after: null });
    expect(said).toEqual({ ...rest, source });
    expect(page).toMatchObject({ items: [{ userId: '007' }, { userId: '8' }], totalCount: 3, hasNextPage: true });
    expect(await listings.allMembers(of)).toMatchObject({
      ...rest,
      members: [{ userId: '007' }, { userId: '8' }, { userId: '9' }],
    });
  });
});

describe('one operation', () => {
  it('asks for each list once, however many fields want it', async () => {
    const { listings, source, asked } = list();
    const of = { ...cohort('c1'), source };
    await Promise.all([
      listings.dashboards(source),
      listings.dashboards(source),
      listings.dashboard(source, 'd1'),
      listings.dashboard(source, 'none'),
      listings.charts({ source, nativeId: 'd1' }),
      listings.charts({ source, nativeId: 'd1' }),
      listings.charts({ source, nativeId: 'd2' }),
      listings.cohorts(source, ALL),
      listings.cohorts(source, { first: 1, after: null }),
      listings.cohort(source, 'c2'),
      listings.members(of, ALL),
      listings.members({ ...of }, { first: 1, after: null }),
      listings.allMembers(of),
      listings.allMembers({ ...of, nativeId: 'c2' }),
      listings.eventDefinitions(source, ALL),
      listings.eventDefinition(source, 'e1'),
    ]);
    const lists = ['charts of d1', 'charts of d2', 'cohorts', 'dashboards', 'event definitions'];
    expect(listed(asked)).toEqual([...lists, 'members of c1', 'members of c2']);
  });

  it('asks again in the next operation', async () => {
    const { capabilities, asked } = capabilitiesOf(SAVED);
    const { begin, dataSource } = connectFake(capabilities);
    await begin().listings.dashboards(dataSource);
    await begin().listings.dashboards(dataSource);
    expect(asked.lists).toEqual(['dashboards', 'dashboards']);
  });

  it('asks apart for what two sources hold', async () => {
    const [one, other] = [list(), list({ dashboards: [dashboard('d3')] })];
    const { listings } = one;
    const both = await Promise.all([listings.dashboards(one.source), listings.dashboards(other.source)]);
    expect(both.map((found) => found.map(({ nativeId }) => nativeId))).toEqual([['d1', 'd2'], ['d3']]);
  });

  it('asks once for a list that cannot be had', async () => {
    const { listings, source, asked } = list();
    const gone = { source, nativeId: 'gone' };
    const [first, second] = await Promise.all([failureOf(listings.charts(gone)), failureOf(listings.charts(gone))]);
    expect(first).toBe(second);
    expect(asked.lists).toEqual(['charts of gone']);
  });
});

describe('a list that cannot be', () => {
  it('names the source where the provider refuses', async () => {
    const { listings, source } = list();
    expect(await failureOf(listings.charts({ source, nativeId: 'gone' }))).toMatchObject({
      code: 'PROVIDER_REJECTED',
      message: 'no charts of gone',
      origin: ORIGIN,
    });
  });

  it.each<[string, (listings: Listings, source: ReturnType<typeof list>['source']) => Promise<unknown>]>([
    ['dashboards', (listings, source) => listings.dashboard(source, 'd1')],
    ['charts', (listings, source) => listings.charts({ source, nativeId: 'd1' })],
    ['cohorts', (listings, source) => listings.cohorts(source, ALL)],
    ['members', (listings, source) => listings.members({ ...cohort('c1'), source }, ALL)],
    ['event definitions', (listings, source) => listings.eventDefinitions(source, ALL)],
  ])('names the source where the provider of %s is down', async (_what, ask) => {
    const down = () => Promise.reject(new ProviderUnavailableError('fake is down'));
    const { listings, source } = connectListings({
      dashboards: { listDashboards: down, listCharts: down },
      cohorts: { listCohorts: down, readMembers: down },
      'event-definitions': { listEventDefinitions: down },
    });
    expect(await failureOf(ask(listings, source))).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', origin: ORIGIN });
  });

  it.each<[string, (listings: Listings, source: ReturnType<typeof list>['source']) => Promise<unknown>]>([
    ['dashboards', (listings, source) => listings.dashboards(source)],
    ['cohorts', (listings, source) => listings.cohorts(source, ALL)],
    ['event definitions', (listings, source) => listings.eventDefinitions(source, ALL)],
  ])('says that the source has no %s', async (what, ask) => {
    const { metrics } = capabilitiesOf().capabilities;
    const { listings, source } = connectListings({ metrics });
    expect(await failureOf(ask(listings, source))).toMatchObject({
      code: 'CAPABILITY_NOT_SUPPORTED',
      message: `Fake has no ${what} (data source "sample"). It offers: metrics. It lists none of those that are saved there.`,
      origin: ORIGIN,
    });
  });

  it.each<[string, (listings: Listings, source: ReturnType<typeof list>['source'], first: number) => Promise<unknown>]>(
    [
      ['cohorts', (listings, source, first) => listings.cohorts(source, { first, after: null })],
      ['members', (listings, source, first) => listings.members({ ...cohort('c1'), source }, { first, after: null })],
      ['definitions', (listings, source, first) => listings.eventDefinitions(source, { first, after: null })],
    ],
  )('is not asked for where no page of %s can be cut', async (_what, ask) => {
    const { listings, source, asked } = list();
    for (const first of [0, 1001]) {
      const message = `first: ${first} is not between 1 and 1000`;
      const error = { code: 'BAD_USER_INPUT', message, origin: ORIGIN };
      expect(await failureOf(ask(listings, source, first))).toMatchObject(error);
    }
    expect(asked.lists).toEqual([]);
  });

  it('is not asked for behind a cursor that is none', async () => {
    const { listings, source, asked } = list();
    const error = await failureOf(listings.cohorts(source, { first: 1, after: 'c1' }));
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', message: 'after: is not a cursor of this list' });
    expect(asked.lists).toEqual([]);
  });
});
