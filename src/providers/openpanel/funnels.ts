import { z } from 'zod';
import type { Clock, Deadline } from '../../analytics/deadline.ts';
import { freshAnswer } from '../../analytics/freshness.ts';
import type {
  FunnelLimits,
  FunnelQuery,
  FunnelResult,
  FunnelsCapability,
  FunnelStepCount,
} from '../../analytics/funnels.ts';
import { formatInstant } from '../../analytics/time-axis.ts';
import type { OpenpanelClient } from './client.ts';
import type { OpenpanelConfig } from './config.ts';
import { OPERATORS_2024, toFilters } from './vocabulary.ts';

const HOUR_MS = 3_600_000;
const DEFAULT_WINDOW_MS = 24 * HOUR_MS;

/** Given a client, return the funnels of its project. */
export function createFunnels(client: OpenpanelClient, config: OpenpanelConfig, clock: Clock): FunnelsCapability {
  const fetchCounts = config.apiVersion === '2024' ? fetchExportFunnel : fetchInsightsFunnel;
  return {
    limits: {
      intervals: ['TOTAL'],
      maxPoints: null,
      maxDays: null,
      earliestDate: config.earliestDate ?? null,
      maxBreakdowns: 0,
      filterOperators: config.apiVersion === '2024' ? OPERATORS_2024 : [],
      timezones: 'DATA_SOURCE',
      supportsInstants: true,
    },
    funnel: FUNNEL_LIMITS[config.apiVersion],
    options: z.strictObject({}),
    async fetchFunnel(query, deadline): Promise<FunnelResult> {
      return {
        steps: await fetchCounts(client, query, deadline),
        groups: [],
        conversionWindowMs: query.conversionWindowMs ?? DEFAULT_WINDOW_MS,
        freshness: freshAnswer(query.period, clock.now()),
      };
    },
  };
}

const FUNNEL_LIMITS: Readonly<Record<OpenpanelConfig['apiVersion'], FunnelLimits>> = {
  '2026': {
    minSteps: 2,
    maxSteps: 10,
    orders: ['ORDERED'],
    countBy: ['USERS', 'SESSIONS'],
    conversionWindowMs: { min: HOUR_MS, max: 720 * HOUR_MS, step: HOUR_MS },
    supportsStepFilters: false,
    supportsExclusions: false,
  },
  '2024': {
    minSteps: 2,
    maxSteps: 20,
    orders: ['ORDERED'],
    // It counted sessions, within 24 hours, and let nobody choose.
    countBy: ['SESSIONS'],
    conversionWindowMs: { min: DEFAULT_WINDOW_MS, max: DEFAULT_WINDOW_MS, step: HOUR_MS },
    supportsStepFilters: true,
    supportsExclusions: false,
  },
};

async function fetchInsightsFunnel(
  client: OpenpanelClient,
  query: FunnelQuery,
  deadline: Deadline,
): Promise<FunnelStepCount[]> {
  const steps = query.steps ?? [];
  const response = await client.fetchInsightsFunnel(
    {
      steps: steps.map(({ event }) => event),
      windowHours: (query.conversionWindowMs ?? DEFAULT_WINDOW_MS) / HOUR_MS,
      groupBy: query.countBy === 'USERS' ? 'profile_id' : 'session_id',
      ...windowOf(query),
    },
    deadline,
  );
  return steps.map(({ name }, index) => toStepCount(name, response.steps[index]?.users));
}

async function fetchExportFunnel(
  client: OpenpanelClient,
  query: FunnelQuery,
  deadline: Deadline,
): Promise<FunnelStepCount[]> {
  const steps = query.steps ?? [];
  const events = steps.map(({ event, filters }) => ({
    name: event,
    filters: toFilters([...query.filters, ...filters]),
  }));
  const response = await client.fetchExportFunnel({ events, ...windowOf(query) }, deadline);
  return steps.map(({ name }, index) => toStepCount(name, response.steps[index]?.count));
}

function toStepCount(name: string, count: number | undefined): FunnelStepCount {
  return { name, count: count ?? null, medianTimeFromPreviousMs: null };
}

// Both ends of the window belong to it and are whole seconds: the last second is where the period ends.
function windowOf({ period }: FunnelQuery): { startDate: string; endDate: string } {
  return { startDate: formatInstant(period.start), endDate: formatInstant(period.end.subtract({ seconds: 1 })) };
}
