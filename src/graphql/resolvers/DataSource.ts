import { z } from 'zod';
import { toGlobalId } from '../../analytics/global-id.ts';
import { LISTING_LIMITS } from '../../analytics/query-limits.ts';
import type { ConversionLimits } from '../../analytics/conversions.ts';
import type { FunnelLimits } from '../../analytics/funnels.ts';
import type { CapabilityName, ProviderCapabilities } from '../../analytics/provider.ts';
import { MAX_POINTS } from '../../analytics/time-axis.ts';
import type { CapabilityKind, DataSourceResolvers } from '../__generated__/resolvers.ts';
import { toDateTime, toDuration } from '../instants.ts';
import { toProviderName } from '../provider-name.ts';
import { findDataSource } from '../references.ts';

/** What each capability is called in the schema. */
const KINDS: Readonly<Record<CapabilityName, CapabilityKind>> = {
  metrics: 'METRICS',
  funnels: 'FUNNEL',
  conversions: 'CONVERSION',
  retention: 'RETENTION',
  'cohort-analysis': 'COHORT_ANALYSIS',
  'lifetime-value': 'LIFETIME_VALUE',
  events: 'EVENTS',
  users: 'USERS',
  'event-definitions': 'EVENT_DEFINITIONS',
  cohorts: 'COHORTS',
  dashboards: 'DASHBOARDS',
  exports: 'EXPORTS',
};

/** A configured provider. */
export const DataSource: DataSourceResolvers = {
  __resolveReference: findDataSource,
  id: ({ key }) => toGlobalId('DataSource', key),
  provider: ({ provider }) => toProviderName(provider.id),
  docsUrl: ({ provider }) => provider.docsUrl,
  timezone: ({ connection }) => connection.timezone,
  capabilities: ({ connection }) =>
    (Object.keys(KINDS) as CapabilityName[]).flatMap((name) => {
      const capability = connection.capabilities[name];
      if (!capability) return [];
      return {
        kind: KINDS[name],
        answeredBy: ('answeredBy' in capability && capability.answeredBy) || ('NATIVE' as const),
        limits: toLimits(capability),
        optionsSchema: 'options' in capability ? toOptionsSchema(capability.options) : null,
      };
    }),
  catalog: (dataSource) => dataSource,
  health: async (dataSource, _arguments, { reports }) => {
    const { isHealthy, checkedAt, latencyMs, problem } = await reports.health(dataSource);
    return { isHealthy, checkedAt: toDateTime(checkedAt), latency: toDuration(latencyMs), problem };
  },
  allowance: ({ connection }) => [...connection.allowances()],
  datasets: async (dataSource, _arguments, { datasets }) => [...(await datasets.list(dataSource))],
  dashboards: async (dataSource, _arguments, { reports }) => [...(await reports.listings.dashboards(dataSource))],
  dashboard: (dataSource, { nativeId }, { reports }) => reports.listings.dashboard(dataSource, nativeId),
  cohorts: (dataSource, { first, after }, { reports }) =>
    reports.listings.cohorts(dataSource, { first, after: after ?? null }),
  eventDefinitions: (dataSource, { first, after }, { reports }) =>
    reports.listings.eventDefinitions(dataSource, { first, after: after ?? null }),
};

type AnyCapability = NonNullable<ProviderCapabilities[CapabilityName]>;

function toLimits(capability: AnyCapability) {
  const { timezones, maxPoints, ...limits } = 'limits' in capability ? capability.limits : LISTING_LIMITS;
  return {
    ...limits,
    maxPoints: maxPoints ?? MAX_POINTS,
    anyTimezone: timezones === 'ANY',
    takesChart: takesChart(capability),
    measures: 'measures' in capability ? capability.measures : [],
    funnel: 'funnel' in capability ? toFunnelLimits(capability.funnel) : null,
    conversion: 'conversion' in capability ? toConversionLimits(capability.conversion) : null,
    retention: 'retention' in capability ? capability.retention : null,
    cohortAnalysis: 'cohortAnalysis' in capability ? capability.cohortAnalysis : null,
    lifetimeValue: 'lifetimeValue' in capability ? capability.lifetimeValue : null,
  };
}

function takesChart(capability: AnyCapability): boolean {
  const own =
    'funnel' in capability ? capability.funnel : 'retention' in capability ? capability.retention : capability;
  return 'takesChart' in own && own.takesChart === true;
}

function toFunnelLimits({ conversionWindowMs, ...limits }: FunnelLimits) {
  return {
    ...limits,
    minConversionWindow: toDuration(conversionWindowMs?.min ?? null),
    maxConversionWindow: toDuration(conversionWindowMs?.max ?? null),
  };
}

function toConversionLimits({ points }: ConversionLimits) {
  return { points: points.map((kind) => (kind === 'event' ? ('EVENT' as const) : ('SUBSCRIPTION' as const))) };
}

function toOptionsSchema(options: z.ZodType): Record<string, unknown> | null {
  const schema = z.toJSONSchema(options, { io: 'input' });
  return Object.keys(schema.properties ?? {}).length === 0 ? null : schema;
}
