import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { ApiError } from './requests/api-error.ts';
import { authenticate, findProject } from './requests/authentication.ts';
import type { ProjectRefusal } from './requests/authentication.ts';
import { toChartAnswer, toDateWriter } from './chart-answers.ts';
import type { ChartAnswer } from './chart-answers.ts';
import { computeLines } from './charts.ts';
import { toChartWindow, toPreviousWindow } from './date-windows.ts';
import { listEvents } from './events/event-list.ts';
import { ALWAYS_TODAY, toEventRow } from './events/event-rows.ts';
import type { EventStore } from './events/event-store.ts';
import { computeFunnel } from './funnels.ts';
import type { Project } from './requests/projects.ts';
import { coerceQuery, describeIssues } from './requests/query.ts';
import { chartQuery, eventsQuery, insightsFunnelQuery } from './requests/schemas.ts';

/** What the routes answer from. */
export interface ApiOptions {
  readonly storeOf: (project: Project) => EventStore;
  readonly clock: () => number;
}

const HOUR_MS = 3_600_000;

/** Adds the routes of today's service. */
export function addRoutes2026(app: FastifyInstance, { storeOf, clock }: ApiOptions): void {
  app.get('/export/events', async (request) => {
    const query = parseQuery(eventsQuery, request);
    const project = requireProject(request, query.projectId ?? query.project_id);
    return answerEvents(storeOf(project), query, { project, nowMs: clock() });
  });
  app.get('/export/charts', async (request) => {
    const query = parseQuery(chartQuery, request);
    const project = requireProject(request, query.projectId ?? query.project_id);
    return answerChart(storeOf(project), query, { project, nowMs: clock() });
  });
  app.get<{ Params: { projectId: string } }>('/insights/:projectId/funnel', async (request) => {
    const query = parseQuery(insightsFunnelQuery, request);
    const project = requirePathProject(request);
    return answerFunnel(storeOf(project), query, { project, nowMs: clock() });
  });
  app.get<{ Params: { projectId: string } }>('/insights/:projectId/events/names', async (request) =>
    listNames(storeOf(requirePathProject(request))),
  );
}

interface Place {
  readonly project: Project;
  readonly nowMs: number;
}

// Validation comes before authentication: a bad query is 400 even without credentials.
function parseQuery<Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.infer<Schema> {
  const parsed = schema.safeParse(coerceQuery(request.query));
  if (parsed.success) return parsed.data;
  throw new ApiError(400, { status: 400, error: 'Error', message: describeIssues(parsed.error.issues) });
}

// These three bodies have no `error` key, unlike all others.
const REFUSALS: Readonly<Record<ProjectRefusal, readonly [status: number, message: string]>> = {
  missing: [400, 'project_id or projectId is required'],
  forbidden: [403, 'You do not have access to this project'],
  unknown: [404, 'Project not found'],
};

function requireProject(request: FastifyRequest, asked: string | undefined): Project {
  const project = findProject(authenticate(request.headers), asked);
  if (typeof project !== 'string') return project;
  const [status, message] = REFUSALS[project];
  throw new ApiError(status, { status, message });
}

function requirePathProject(request: FastifyRequest<{ Params: { projectId: string } }>): Project {
  const client = authenticate(request.headers);
  // A read client gets its own project here, whatever the path says.
  return requireProject(request, client.project ?? request.params.projectId);
}

function answerEvents(store: EventStore, query: z.infer<typeof eventsQuery>, { project, nowMs }: Place): unknown {
  const limit = Math.min(1000, Math.max(1, query.limit));
  const page = Math.max(1, query.page);
  const isDated = Boolean(query.start) && Boolean(query.end);
  const days = isDated ? { firstMs: parseDay(query.start), lastMs: parseDay(query.end) } : undefined;
  const names = query.event === undefined ? undefined : [query.event].flat();
  const { profileId, filters, includes } = query;
  const { totalCount, events } = listEvents(store, { names, profileId, filters, days, page, limit, nowMs });
  const style = { project, includes, nowMs, always: ALWAYS_TODAY };
  return {
    meta: { count: events.length, totalCount, pages: Math.ceil(totalCount / limit), current: page },
    data: events.map((event) => withoutDuration(toEventRow(store, event, style))),
  };
}

// `duration` is gone from today's answers, even for those who ask for it.
function withoutDuration({ duration: _, ...row }: Record<string, unknown>): Record<string, unknown> {
  return row;
}

// Only the UTC day counts, whatever the time of day says; `new Date` reads a bare day and a bare year, not 20240415.
function parseDay(value: unknown): number {
  return Date.parse(new Date(String(value)).toISOString().slice(0, 10));
}

function answerChart(store: EventStore, query: z.infer<typeof chartQuery>, { project, nowMs }: Place): ChartAnswer {
  const { timeZone } = project;
  const events = query.series ?? query.events ?? [];
  const breakdowns = query.breakdowns.map(({ name }) => name);
  const window = toChartWindow(query, { nowMs, timeZone });
  const chart = { events, breakdowns, interval: query.interval, timeZone };
  const lines = computeLines(store, { ...chart, window });
  const previous = query.previous ? computeLines(store, { ...chart, window: toPreviousWindow(window) }) : undefined;
  return toChartAnswer(lines, previous, { events: events.length, toDate: toDateWriter(query.interval) });
}

function answerFunnel(
  store: EventStore,
  query: z.infer<typeof insightsFunnelQuery>,
  { project, nowMs }: Place,
): unknown {
  const counts = computeFunnel(store, {
    steps: query.steps.map((name) => store.createTest(name, [])),
    window: toChartWindow(query, { nowMs, timeZone: project.timeZone }),
    withinMs: query.windowHours * HOUR_MS,
    groupBy: query.groupBy,
  });
  const total = counts[0] ?? 0;
  const completed = counts.at(-1) ?? 0;
  const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (part / whole) * 100);
  // The loss is that towards the next step, so that the last step has none.
  const losses = counts.slice(0, -1).map((users, step) => percent(users - (counts[step + 1] ?? 0), users));
  const highest = Math.max(...losses);
  return {
    steps: counts.map((users, step) => ({
      step: step + 1,
      eventName: query.steps[step],
      users,
      conversionRateFromStart: percent(users, total),
      dropoffPercent: losses[step] ?? null,
      isHighestDropoff: highest > 0 && losses.indexOf(highest) === step,
    })),
    totalUsers: total,
    completedUsers: completed,
    overallConversionRate: percent(completed, total),
  };
}

function listNames(store: EventStore): string[] {
  const { names, name } = store.world.events;
  const counts = names.map(() => 0);
  const isKnown = store.createTest('*', []);
  name.forEach((code, event) => {
    if (isKnown(event)) counts[code] = (counts[code] ?? 0) + 1;
  });
  return [...names.keys()]
    .filter((code) => (counts[code] ?? 0) > 0)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0))
    .map((code) => names[code] ?? '');
}
