import { z } from 'zod';
import { tablesOf } from '../analytics/datasets.ts';
import { EVENT_MEASURES, type MetricsCapability, type MetricsQuery } from '../analytics/metrics.ts';
import { computeEventMetrics } from '../warehouse/analyses/event-metrics.ts';
import type { ComputingServices } from './computing.ts';
import { eventLimitsOf } from './event-limits.ts';
import { columnsOf, readEvents, toTimes, type EventSource } from './event-rows.ts';

/** Given whose events, return metrics that are computed over them. */
export function createEventMetrics(source: EventSource, services: ComputingServices): MetricsCapability {
  const hasSessions = columnsOf(source.events).has('session_id');
  return {
    answeredBy: 'COMPUTED',
    limits: eventLimitsOf(source.dataSource),
    measures: EVENT_MEASURES.filter((measure) => measure !== 'SESSIONS' || hasSessions),
    options: z.strictObject({}),
    async fetchMetrics(query, deadline) {
      const { period, comparison, waitMs } = query;
      const periods = [period, ...(comparison ? [comparison.period] : [])];
      const question = { tables: tablesOf(source.events, namesOf(query)), spans: periods.map(toTimes) };
      const { relation, freshness } = await readEvents(source, question, { wait: { waitMs, deadline }, services });
      const { currency } = source.events;
      const tools = { database: await services.database(), signal: deadline.signal, currency };
      const { series } = await computeEventMetrics(relation, query, tools);
      return { series, freshness: { ...freshness, isSettled: freshness.isSettled && !period.isRunning } };
    },
  };
}

/** The names of the events that are measured; null where one of the metrics is of events of any name. */
function namesOf({ selections }: MetricsQuery): readonly string[] | null {
  const names = selections.map(({ metric }) => (metric.kind === 'event' ? metric.name : null));
  return names.includes(null) ? null : names.filter((name) => name !== null);
}
