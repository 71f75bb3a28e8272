import { z } from 'zod';
import type { DataSource as DataSourceValue } from '../../analytics/data-source.ts';
import type { EventMeasure } from '../../analytics/metrics.ts';
import type { CapabilityName } from '../../analytics/provider.ts';
import type { QueryLimits } from '../../analytics/query-limits.ts';
import { MAX_POINTS } from '../../analytics/time-axis.ts';
import type { CapabilityKind, DataSourceResolvers } from '../__generated__/resolvers.ts';
import { parseGlobalId, toGlobalId } from '../global-id.ts';
import { toDateTime, toDuration } from '../instants.ts';
import { toProviderName } from '../provider-name.ts';

/** What each capability is called in the schema. */
const KINDS: Readonly<Record<CapabilityName, CapabilityKind>> = {
  metrics: 'METRICS',
  funnels: 'FUNNEL',
  events: 'EVENTS',
  dashboards: 'DASHBOARDS',
};

/** A configured provider. */
export const DataSource: DataSourceResolvers = {
  __resolveReference: ({ id }, { dataSources }) => {
    const parsed = parseGlobalId(id);
    return parsed?.type === 'DataSource' ? (dataSources.find(parsed.key) ?? null) : null;
  },
  id: ({ key }) => toGlobalId('DataSource', key),
  provider: ({ provider }) => toProviderName(provider.id),
  docsUrl: ({ provider }) => provider.docsUrl,
  timezone: ({ connection }) => connection.timezone,
  capabilities: ({ connection }) =>
    (Object.keys(KINDS) as CapabilityName[]).flatMap((name) => {
      const capability = connection.capabilities[name];
      if (!capability) return [];
      const measures = 'measures' in capability ? capability.measures : [];
      return {
        kind: KINDS[name],
        answeredBy: 'NATIVE' as const,
        limits: toLimits(capability.limits, measures),
        optionsSchema: 'options' in capability ? toOptionsSchema(capability.options) : null,
      };
    }),
  catalog: (dataSource) => dataSource,
  health: async (dataSource, _arguments, { reports }) => {
    const { isHealthy, checkedAt, latencyMs, problem } = await reports.health(dataSource);
    return { isHealthy, checkedAt: toDateTime(checkedAt), latency: toDuration(latencyMs), problem };
  },
  allowance: ({ connection }) => [...connection.allowances()],
  dashboards: async (dataSource, _arguments, { reports }) =>
    (await reports.dashboards(dataSource)).map((dashboard) => toDashboard(dashboard, dataSource)),
};

function toDashboard<T extends { readonly nativeId: string }>(dashboard: T, source: DataSourceValue) {
  return { ...dashboard, source, id: toGlobalId('Dashboard', `${source.key}:${dashboard.nativeId}`) };
}

function toLimits({ funnel, timezones, maxPoints, ...limits }: QueryLimits, measures: readonly EventMeasure[]) {
  return {
    ...limits,
    maxPoints: maxPoints ?? MAX_POINTS,
    anyTimezone: timezones === 'ANY',
    measures,
    funnel: funnel
      ? {
          ...funnel,
          minConversionWindow: toDuration(funnel.conversionWindowMs.min),
          maxConversionWindow: toDuration(funnel.conversionWindowMs.max),
        }
      : null,
  };
}

function toOptionsSchema(options: z.ZodType): Record<string, unknown> | null {
  const schema = z.toJSONSchema(options, { io: 'input' });
  return Object.keys(schema.properties ?? {}).length === 0 ? null : schema;
}
