import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';

import type { ApiOptions } from './api-2026.ts';
import { toChartAnswer } from './chart-answers.ts';
import type { ChartAnswer, Serie } from './chart-answers.ts';
import { computeLines } from './charts.ts';
import { parseInstant, toDatedWindow, toNamedWindow, toPreviousWindow, toWholeDays } from './date-windows.ts';
import type { ChartWindow, Now } from './date-windows.ts';
import { listEvents } from './events/event-list.ts';
import { toEventRow } from './events/event-rows.ts';
import type { EventStore } from './events/event-store.ts';
import { computeFunnel } from './funnels.ts';
import { ApiError } from './requests/api-error.ts';
import { authenticate, findProject } from './requests/authentication.ts';
import type { ApiClient, Project } from './requests/projects.ts';
import { chartQuery2024, eventsQuery2024, funnelQuery2024 } from './schemas-2024.ts';
import type { Range2024 } from './schemas-2024.ts';
import type { Interval } from './requests/schemas.ts';

const DAY_MS = 86_400_000;
const MAX_EVENTS = 50;
const MAX_SERIES = 300;

// The session's id comes only to those who ask for it; the visit's duration to everybody.
const ALWAYS_2024 = [
  'id',
  'name',
  'deviceId',
  'profileId',
  'projectId',
  'createdAt',
  'country',
  'city',
  'os',
  'browser',
  'path',
  'duration',
];

/** Adds the routes as the document of 2024 describes them. */
export function addRoutes2024(app: FastifyInstance, { storeOf, clock }: ApiOptions): void {
  app.get('/export/events', async (request) => {
    const client = authenticate(request.headers);
    const query = parseQuery(eventsQuery2024, request);
    const asked = query.projectId ?? query.project_id;
    if (asked === undefined) throw refuse(400, 'Bad Request', 'project_id is required');
    const project = requireProject(client, asked);
    return answerEvents(storeOf(project), query, { project, nowMs: clock() });
  });
  app.get('/export/charts', async (request) => {
    const client = authenticate(request.headers);
    const query = parseQuery(chartQuery2024, request);
    const project = requireProject(client, query.projectId);
    return answerChart(storeOf(project), query, { project, nowMs: clock() });
  });
  app.get('/export/funnel', async (request) => {
    const client = authenticate(request.headers);
    const query = parseQuery(funnelQuery2024, request);
    const project = requireProject(client, query.projectId);
    return answerFunnel(storeOf(project), query, { project, nowMs: clock() });
  });
}

interface Place {
  readonly project: Project;
  readonly nowMs: number;
}

function parseQuery<Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.infer<Schema> {
  const query = Object.entries(request.query as object).map(([key, value]) => [key, parseList(value)]);
  const parsed = schema.safeParse(Object.fromEntries(query));
  if (parsed.success) return parsed.data;
  const message = 'Invalid query parameters';
  throw new ApiError(400, { error: 'Bad Request', message, details: parsed.error.issues });
}

// Lists and objects travel as JSON; everything else is the text it looks like.
function parseList(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function refuse(status: number, error: string, message: string): ApiError {
  return new ApiError(status, { error, message });
}

function requireProject(client: ApiClient, asked: string): Project {
  const project = findProject(client, asked);
  if (typeof project !== 'string') return project;
  if (project === 'forbidden') throw refuse(403, 'Forbidden', 'You do not have access to this project');
  throw refuse(404, 'Not Found', 'Project not found');
}

function answerEvents(store: EventStore, query: z.infer<typeof eventsQuery2024>, { project, nowMs }: Place): unknown {
  const { start, end, includes } = query;
  const limit = Math.min(MAX_EVENTS, Math.max(1, query.limit));
  const page = Math.max(1, query.page);
  const firstMs = start === undefined ? -Infinity : startOfDay(start);
  const lastMs = end === undefined ? Infinity : startOfDay(end);
  const { totalCount, events } = listEvents(store, {
    names: query.event === undefined ? undefined : [query.event].flat(),
    profileId: undefined,
    filters: [],
    days: { firstMs, lastMs },
    page,
    limit,
    nowMs: undefined,
  });
  const style = { project, includes, nowMs, always: ALWAYS_2024 };
  return {
    meta: { count: events.length, totalCount, pages: Math.ceil(totalCount / limit), current: page },
    data: events.map((event) => toEventRow(store, event, style)),
  };
}

function startOfDay(text: string): number {
  return Math.floor(parseInstant(text) / DAY_MS) * DAY_MS;
}

interface PeriodQuery {
  readonly range: Range2024;
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
}

function toWindow(store: EventStore, query: PeriodQuery, now: Now): ChartWindow {
  return toDatedWindow(query, toRangeWindow(store, query.range, now));
}

const RANGES_OF_TODAY = {
  today: 'today',
  yesterday: 'yesterday',
  this_month: 'monthToDate',
  last_month: 'lastMonth',
  this_year: 'yearToDate',
  last_year: 'lastYear',
} as const;

function toRangeWindow({ world }: EventStore, range: Range2024, now: Now): ChartWindow {
  const today = toNamedWindow('today', now);
  const until = today.fillUntilMs;
  if (range === 'last_7_days') return toWholeDays(today.startMs - 6 * DAY_MS, until);
  if (range === 'last_30_days') return toWholeDays(today.startMs - 29 * DAY_MS, until);
  if (range !== 'all_time') return toNamedWindow(RANGES_OF_TODAY[range], now);
  const firstMs = Math.min(world.events.timeMs[0] ?? today.startMs, today.startMs);
  return toWholeDays(Math.floor(firstMs / DAY_MS) * DAY_MS, until);
}

function answerChart(store: EventStore, query: z.infer<typeof chartQuery2024>, { project, nowMs }: Place): ChartAnswer {
  const { timeZone } = project;
  const { events, interval, metric, offset, limit } = query;
  const window = toWindow(store, query, { nowMs, timeZone });
  const chart = { events, breakdowns: query.breakdowns.map(({ name }) => name), interval, timeZone };
  const lines = computeLines(store, { ...chart, window });
  const previous = query.previous ? computeLines(store, { ...chart, window: toPreviousWindow(window) }) : undefined;
  const style = { events: events.length, toDate: toDateWriter2024(interval) };
  const { series, metrics } = toChartAnswer(lines, previous, style);
  const sorted = [...series].sort((a, b) => b.metrics[metric] - a.metrics[metric]);
  const page = sorted.slice(offset, limit === undefined ? undefined : offset + limit);
  return { series: page.slice(0, MAX_SERIES).map(withoutCount), metrics };
}

// The number of people of a series came later.
function withoutCount({ metrics, ...serie }: Serie): Serie {
  const { previous, ...own } = metrics;
  return { ...serie, metrics: { ...omitCount(own), ...(previous && { previous: omitCount(previous) }) } };
}

function omitCount<Metrics extends { readonly count?: unknown }>({
  count: _,
  ...metrics
}: Metrics): Omit<Metrics, 'count'> {
  return metrics;
}

function toDateWriter2024(interval: Interval): (localTime: string) => string {
  // A day alone has no zone; it never had one.
  return (localTime) => (interval === 'day' ? localTime : `${localTime}Z`);
}

function answerFunnel(store: EventStore, query: z.infer<typeof funnelQuery2024>, { project, nowMs }: Place): unknown {
  const { events } = query;
  if (events.length === 0) return { totalSessions: 0, steps: [] };
  const counts = computeFunnel(store, {
    steps: events.map(({ name, filters }) => store.createTest(name, filters)),
    window: toWindow(store, query, { nowMs, timeZone: project.timeZone }),
    withinMs: DAY_MS,
    groupBy: 'session_id',
  });
  const totalSessions = counts[0] ?? 0;
  return {
    totalSessions,
    steps: counts.map((count, step) => {
      const event = events[step];
      const previousCount = counts[step - 1] ?? totalSessions;
      // With nobody to divide by the share is not a number, which JSON writes as null.
      return {
        event: { ...event, displayName: event?.displayName ?? event?.name },
        count,
        percent: (count / totalSessions) * 100,
        dropoffCount: previousCount - count,
        dropoffPercent: step === 0 ? 0 : 100 - (count / previousCount) * 100,
        previousCount,
      };
    }),
  };
}
