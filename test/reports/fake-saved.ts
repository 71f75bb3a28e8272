import type { Cohort, CohortMembers } from '../../src/analytics/cohorts.ts';
import type { Dashboard, SavedChart } from '../../src/analytics/dashboards.ts';
import type { EventDefinition } from '../../src/analytics/event-definitions.ts';
import type { Freshness } from '../../src/analytics/freshness.ts';
import type { FunnelQuery, FunnelResult } from '../../src/analytics/funnels.ts';
import type { MetricsQuery, ProviderSeries } from '../../src/analytics/metrics.ts';
import type { ProviderCapabilities } from '../../src/analytics/provider.ts';
import type { RetentionQuery, RetentionResult } from '../../src/analytics/retention.ts';
import { ProviderRejectedError } from '../../src/errors.ts';
import { FRESHNESS, LIMITS, OPTIONS } from './fake-source.ts';

/** What somebody saved at the fake provider, and what it answers when that is asked for. */
export interface Saved {
  readonly dashboards: readonly Dashboard[];
  /** The charts of each dashboard, by the dashboard's id. */
  readonly charts: Readonly<Record<string, readonly SavedChart[]>>;
  readonly cohorts: readonly Cohort[];
  readonly members: Omit<CohortMembers, 'freshness'>;
  readonly eventDefinitions: readonly EventDefinition[];
  /** The series of each chart of numbers, by the chart's id; any other chart is refused. */
  readonly series: Readonly<Record<string, readonly Omit<ProviderSeries, 'selection'>[]>>;
  readonly funnel: Pick<FunnelResult, 'steps' | 'groups'>;
  readonly retention: Pick<RetentionResult, 'rows' | 'groupsOverlap'>;
  readonly freshness: Freshness;
}

/** What the fake provider was asked, in order. */
export interface AskedOfSaved {
  /** Lists by their names: `dashboards`, `charts of d1`, `cohorts`, `members of c1`, `event definitions`. */
  readonly lists: string[];
  readonly metrics: MetricsQuery[];
  readonly funnels: FunnelQuery[];
  readonly retentions: RetentionQuery[];
}

/** A dashboard of which only the id and the name are known, with what the test says otherwise. */
export function dashboard(nativeId: string, given: Partial<Dashboard> = {}): Dashboard {
  const unknown = { kind: null, scope: null, creator: null, updater: null, createdAt: null, updatedAt: null };
  return { nativeId, name: nativeId.toUpperCase(), ...unknown, ...given };
}

/** A chart of numbers, with what the test says otherwise. */
export function chart(nativeId: string, given: Partial<SavedChart> = {}): SavedChart {
  const unknown = { nativeKind: null, creator: null, createdAt: null };
  return { nativeId, name: nativeId.toUpperCase(), kind: 'METRICS', ...unknown, ...given };
}

/** A cohort of which only the id and the name are known, with what the test says otherwise. */
export function cohort(nativeId: string, given: Partial<Cohort> = {}): Cohort {
  return { nativeId, name: nativeId.toUpperCase(), size: null, userKind: null, updatedAt: null, ...given };
}

/** A series of counts, one a bucket, with what the test says otherwise. */
export function counts(values: readonly (number | null)[], given: Partial<ProviderSeries> = {}) {
  const alone = {
    dimensions: [],
    unit: 'COUNT',
    currency: null,
    total: null,
    previousTotal: null,
    previous: null,
  } as const;
  return { ...alone, values, ...given };
}

const NOTHING: Saved = {
  dashboards: [],
  charts: {},
  cohorts: [],
  members: { idName: 'id', attributeNames: [], members: [] },
  eventDefinitions: [],
  series: {},
  funnel: { steps: [], groups: [] },
  retention: { rows: [] },
  freshness: FRESHNESS,
};

/** Given what is saved, return the capabilities of a provider that holds just that and takes nothing but saved charts. */
export function capabilitiesOf(given: Partial<Saved> = {}): {
  readonly capabilities: Required<
    Pick<ProviderCapabilities, 'metrics' | 'funnels' | 'retention' | 'event-definitions' | 'cohorts' | 'dashboards'>
  >;
  readonly asked: AskedOfSaved;
} {
  const saved = { ...NOTHING, ...given };
  const asked: AskedOfSaved = { lists: [], metrics: [], funnels: [], retentions: [] };
  const list = <T>(name: string, answer: T | undefined): Promise<T> => {
    asked.lists.push(name);
    return answer === undefined ? Promise.reject(new ProviderRejectedError(`no ${name}`)) : Promise.resolve(answer);
  };
  const common = { limits: { ...LIMITS, maxBreakdowns: 0, filterOperators: [] }, options: OPTIONS };
  const { freshness } = saved;
  const capabilities = {
    metrics: {
      ...common,
      measures: [],
      takesChart: true,
      fetchMetrics: async (query: MetricsQuery) => {
        asked.metrics.push(query);
        const series = query.selections.flatMap(({ metric }, selection) =>
          seriesOf(metric.kind === 'chart' ? metric.nativeId : metric.kind, saved).map((one) => ({
            ...one,
            selection,
          })),
        );
        return Promise.resolve({ series, freshness });
      },
    },
    funnels: {
      ...common,
      funnel: {
        ...{ minSteps: 0, maxSteps: 0, orders: ['ORDERED'], countBy: ['USERS'], takesChart: true },
        conversionWindowMs: { min: 86_400_000, max: 90 * 86_400_000, step: 86_400_000 },
        ...{ supportsStepFilters: false, supportsExclusions: false },
      },
      fetchFunnel: (query: FunnelQuery) => {
        asked.funnels.push(query);
        return Promise.resolve({ ...saved.funnel, conversionWindowMs: 7 * 86_400_000, freshness });
      },
    },
    retention: {
      ...common,
      retention: {
        ...{ modes: ['N_DAY'], entryKinds: ['FIRST_TIME'], offsetBy: 'PERIOD' },
        ...{ takesEvents: false, takesChart: true, maxOffsets: null },
      },
      fetchRetention: (query: RetentionQuery) => {
        asked.retentions.push(query);
        return Promise.resolve({ ...saved.retention, freshness });
      },
    },
    'event-definitions': { listEventDefinitions: () => list('event definitions', saved.eventDefinitions) },
    cohorts: {
      listCohorts: () => list('cohorts', saved.cohorts),
      readMembers: (id: string) => list(`members of ${id}`, { ...saved.members, freshness }),
    },
    dashboards: {
      listDashboards: () => list('dashboards', saved.dashboards),
      listCharts: (id: string) => list(`charts of ${id}`, saved.charts[id]),
    },
  } as const satisfies ProviderCapabilities;
  return { capabilities, asked };
}

function seriesOf(chartId: string, { series }: Saved): readonly Omit<ProviderSeries, 'selection'>[] {
  const found = series[chartId];
  if (!found) throw new ProviderRejectedError(`no chart ${chartId}`);
  return found;
}
