import { z } from 'zod';
import { tablesOf, type EventTable } from '../analytics/datasets.ts';
import {
  COUNT_BY,
  FUNNEL_ORDERS,
  MAX_FUNNEL_STEPS,
  type FunnelQuery,
  type FunnelsCapability,
} from '../analytics/funnels.ts';
import { QueryLimitError } from '../errors.ts';
import { computeFunnel } from '../warehouse/analyses/funnel.ts';
import type { ComputingServices } from './computing.ts';
import { eventLimitsOf } from './event-limits.ts';
import { columnsOf, readEvents, toTimes, type EventSource } from './event-rows.ts';

const SECOND_MS = 1_000;
const LONGEST_WINDOW_MS = 400 * 86_400_000;

/** Given whose events, return funnels that are computed over them. */
export function createEventFunnels(source: EventSource, services: ComputingServices): FunnelsCapability {
  const hasSessions = columnsOf(source.events).has('session_id');
  return {
    answeredBy: 'COMPUTED',
    limits: eventLimitsOf(source.dataSource),
    funnel: {
      minSteps: 2,
      maxSteps: MAX_FUNNEL_STEPS,
      orders: FUNNEL_ORDERS,
      countBy: COUNT_BY.filter((key) => key === 'USERS' || hasSessions),
      conversionWindowMs: { min: SECOND_MS, max: LONGEST_WINDOW_MS, step: 1 },
      supportsStepFilters: true,
      supportsExclusions: true,
    },
    options: z.strictObject({}),
    async fetchFunnel(query, deadline) {
      const { steps, period, waitMs } = query;
      if (!steps) throw new QueryLimitError(`query.steps: "${source.dataSource.key}" has no fixed funnel`);
      const question = { tables: tablesFor({ ...query, steps }, source), spans: [toTimes(period)] };
      const { relation, freshness, knownUntil } = await readEvents(source, question, {
        wait: { waitMs, deadline },
        services,
      });
      const tools = { database: await services.database(), signal: deadline.signal, asOf: knownUntil };
      const funnel = await computeFunnel(relation, { ...query, steps }, tools);
      return { ...funnel, freshness: { ...freshness, isSettled: freshness.isSettled && !period.isRunning } };
    },
  };
}

/** Where the events of a funnel are; where nothing else may come between its steps, also where everything else is. */
function tablesFor(
  { steps, excluding, order }: FunnelQuery & { readonly steps: NonNullable<FunnelQuery['steps']> },
  { events }: EventSource,
): readonly EventTable[] {
  const named = tablesOf(
    events,
    [...steps, ...excluding].map(({ event }) => event),
  );
  return order === 'STRICT' ? [...named, ...tablesOf(events, null)] : named;
}
