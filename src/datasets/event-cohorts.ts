import { z } from 'zod';
import type { CohortAnalysisCapability, CohortAnalysisQuery } from '../analytics/cohort-analysis.ts';
import { tablesOf, type EventTable } from '../analytics/datasets.ts';
import type { Deadline } from '../analytics/deadline.ts';
import type { FunnelStepQuery } from '../analytics/funnels.ts';
import type { LifetimeValueCapability, LifetimeValueQuery } from '../analytics/lifetime-value.ts';
import { computeCohortAnalysis } from '../warehouse/analyses/cohort-analysis.ts';
import { computeLifetimeValue } from '../warehouse/analyses/lifetime-value.ts';
import { entryOf, horizonOf, spanOfCohorts } from './cohort-events.ts';
import type { ComputingServices } from './computing.ts';
import { cohortLimitsOf } from './event-limits.ts';
import { readEvents, type EventSource } from './event-rows.ts';

const OFFSETS = ['PERIOD', 'DAY'] as const;

/** Given whose events, return cohort analyses that are computed over them. Without revenue, the question must say what users are worth. */
export function createEventCohortAnalysis(source: EventSource, services: ComputingServices): CohortAnalysisCapability {
  return {
    answeredBy: 'COMPUTED',
    limits: cohortLimitsOf(source.dataSource),
    cohortAnalysis: {
      measures: ['REVENUE', 'ARPU', 'ARPPU'],
      accountings: ['GROSS'],
      offsetBy: OFFSETS,
      takesEvents: true,
      takesValue: true,
      supportsCumulative: true,
    },
    options: z.strictObject({}),
    async fetchCohortAnalysis(query, deadline) {
      const { days } = query;
      const lastOffset = query.offsetBy === 'DAY' && days !== null ? Math.max(...days) : null;
      const { entry, relation, freshness, tools } = await readCohorts(
        source,
        { query, lastOffset, deadline },
        services,
      );
      return { ...(await computeCohortAnalysis(relation, { ...query, entry }, tools)), freshness };
    },
  };
}

/** Given whose events, return lifetime values that are computed over them. Without revenue, the question must say what users are worth. */
export function createEventLifetimeValue(source: EventSource, services: ComputingServices): LifetimeValueCapability {
  return {
    answeredBy: 'COMPUTED',
    limits: cohortLimitsOf(source.dataSource),
    lifetimeValue: { accountings: ['GROSS'], offsetBy: OFFSETS, takesEvents: true, takesValue: true },
    options: z.strictObject({}),
    async fetchLifetimeValue(query, deadline) {
      const asked = { query, lastOffset: null, deadline };
      const { entry, relation, freshness, tools } = await readCohorts(source, asked, services);
      return { ...(await computeLifetimeValue(relation, { ...query, entry }, tools)), freshness };
    },
  };
}

interface AskedCohorts {
  readonly query: CohortAnalysisQuery | LifetimeValueQuery;
  readonly lastOffset: number | null;
  readonly deadline: Deadline;
}

/** The events of cohorts: those with which users enter, and those that bring something. */
async function readCohorts(
  source: EventSource,
  { query, lastOffset, deadline }: AskedCohorts,
  services: ComputingServices,
) {
  const { period, interval, offsetBy, value, waitMs } = query;
  const entry: FunnelStepQuery | null = entryOf(query.entry, source);
  const until = horizonOf(period, { interval, offsetBy, lastOffset });
  const { events } = source;
  const valued = value ? tablesOf(events, [value.event.event]) : events.tables.filter(hasRevenue);
  const tables = [...tablesOf(events, entry && [entry.event]), ...valued];
  const question = { tables, spans: [spanOfCohorts(period, { isFirstTime: true, until })] };
  const { relation, freshness, knownUntil } = await readEvents(source, question, {
    wait: { waitMs, deadline },
    services,
  });
  const { currency } = events;
  const tools = { database: await services.database(), signal: deadline.signal, asOf: knownUntil, currency };
  return { entry, relation, freshness, tools };
}

function hasRevenue({ columns }: EventTable): boolean {
  return columns.some(({ name }) => name === 'revenue');
}
