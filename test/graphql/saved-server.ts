import { onTestFinished } from 'vitest';
import type { ProviderCapabilities } from '../../src/analytics/provider.ts';
import openpanel from '../../src/providers/openpanel/index.ts';
import {
  capabilitiesOf,
  chart,
  cohort,
  counts,
  dashboard,
  type AskedOfSaved,
  type Saved,
} from '../reports/fake-saved.ts';
import { createFakeProvider } from '../reports/fake-source.ts';
import { configure } from '../server/fake-openpanel.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';
import { retentionRow } from '../tabular/reports.ts';

/** Two dashboards that share a chart, two cohorts of three, and three definitions. */
export const SAVED: Partial<Saved> = {
  dashboards: [
    dashboard('d2', { name: 'Growth', updatedAt: '2026-06-10' }),
    dashboard('d1', { name: 'Sales', kind: 'realtimeV2', scope: 'project', creator: 'Ada', createdAt: '2026-01-02' }),
  ],
  charts: {
    d1: [
      chart('m1', { name: 'Visits', nativeKind: 'chart', creator: 'Bo', createdAt: '2026-02-03' }),
      chart('f1', { name: 'Checkout', kind: 'FUNNEL' }),
      chart('r1', { name: 'Back', kind: 'RETENTION' }),
      chart('u1', { name: 'Clicks', kind: 'UNKNOWN', nativeKind: 'heatmap' }),
      chart('u2', { name: 'Mystery', kind: 'UNKNOWN' }),
    ],
    d2: [chart('m1', { name: 'Visits' }), chart('lost', { name: 'Lost' })],
  },
  cohorts: [cohort('c1', { size: 3, userKind: 'cs1', updatedAt: '2026-06-15' }), cohort('c2')],
  members: {
    idName: 'cs1',
    attributeNames: ['city', 'plan'],
    members: [
      { userId: '007', attributes: ['Oslo', null] },
      { userId: '8', attributes: ['=1', 'pro'] },
      { userId: '9', attributes: [null, null] },
    ],
  },
  eventDefinitions: ['Click', 'Click', 'View'].map((name, index) => ({
    nativeId: `e${index + 1}`,
    name,
    kind: 'clck',
  })),
  series: { m1: [counts([1, 2, null], { name: 'visits', total: 3 })] },
  funnel: {
    steps: [
      { name: 'View', count: 8, medianTimeFromPreviousMs: null },
      { name: 'Pay', count: 2, medianTimeFromPreviousMs: null },
    ],
    groups: [],
  },
  retention: { rows: [retentionRow({}, 10, 5)] },
};

/** A server with what somebody saved, and what its provider was asked. */
export interface SavedServer extends ServerUnderTest {
  readonly asked: AskedOfSaved;
}

/** Start a server on 16 June 2026 whose data source `shop` has saved things, while `plain` has none; it ends with the test. */
export async function startSavedServer(
  given: Partial<Saved> = {},
  change: (capabilities: ReturnType<typeof capabilitiesOf>['capabilities']) => ProviderCapabilities = (all) => all,
): Promise<SavedServer> {
  const { capabilities, asked } = capabilitiesOf({ ...SAVED, ...given });
  const { dataSources } = JSON.parse(configure({ plain: 'http://127.0.0.1:9' })) as { dataSources: object[] };
  const server = await startServerUnderTest({
    config: JSON.stringify({ dataSources: [{ key: 'shop', provider: 'fake' }, ...dataSources] }),
    providers: [createFakeProvider(change(capabilities)), openpanel],
  });
  onTestFinished(() => server.close());
  return { ...server, asked };
}
