import { z } from 'zod';

/** Named ranges of today's service. */
export const RANGES = [
  '30min',
  'lastHour',
  'last24h',
  'today',
  'yesterday',
  '7d',
  '30d',
  '3m',
  '6m',
  '12m',
  'monthToDate',
  'lastMonth',
  'yearToDate',
  'lastYear',
  'custom',
] as const;

/** Widths of a chart's buckets. */
export const INTERVALS = ['minute', 'hour', 'day', 'week', 'month'] as const;

const OPERATORS = [
  'is',
  'isNot',
  'contains',
  'doesNotContain',
  'startsWith',
  'endsWith',
  'regex',
  'isNull',
  'isNotNull',
  'gt',
  'lt',
  'gte',
  'lte',
  'inCohort',
  'notInCohort',
] as const;

const SEGMENTS = [
  'event',
  'user',
  'session',
  'group',
  'user_average',
  'one_event_per_user',
  'property_sum',
  'property_average',
  'property_max',
  'property_min',
] as const;

const eventFilter = z.object({
  id: z.string().optional(),
  name: z.string(),
  operator: z.enum(OPERATORS),
  value: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
  type: z.enum(['string', 'number', 'date', 'datetime', 'boolean']).optional(),
  cohortId: z.string().optional(),
  cohortIds: z.array(z.string()).optional(),
});

const chartEvent = z.object({
  name: z.string(),
  filters: z.array(eventFilter).default([]),
  segment: z.enum(SEGMENTS).default('event'),
  property: z.string().optional(),
});

const breakdowns = z.array(z.object({ id: z.string().optional(), name: z.string() })).default([]);

const project = { projectId: z.string().optional(), project_id: z.string().optional() };

/** Query of /export/charts today; unknown keys are dropped. */
export const chartQuery = z.object({
  ...project,
  series: z.array(chartEvent).optional(),
  events: z.array(chartEvent).optional(),
  breakdowns,
  interval: z.enum(INTERVALS).default('day'),
  range: z.enum(RANGES).default('30d'),
  previous: z.boolean().default(false),
  startDate: z.string().nullish(),
  endDate: z.string().nullish(),
});

const includes = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((value) => [value].flat().flatMap((names) => names.split(',').map((name) => name.trim())));

/** Query of /export/events today. */
export const eventsQuery = z.object({
  ...project,
  profileId: z.string().optional(),
  event: z.union([z.string(), z.array(z.string())]).optional(),
  start: z.any().optional(),
  end: z.any().optional(),
  page: z.coerce.number().default(1),
  limit: z.coerce.number().default(50),
  includes,
  filters: z.array(eventFilter).default([]),
});

/** Query of /insights/:projectId/funnel. */
export const insightsFunnelQuery = z.object({
  steps: z.preprocess(
    (value) => (value === undefined ? value : [value].flat()),
    z
      .array(z.string())
      .refine((steps) => steps.length >= 2 && steps.length <= 10, 'steps must have between 2 and 10 items'),
  ),
  windowHours: z.number().int().min(1).max(720).default(24),
  groupBy: z.enum(['session_id', 'profile_id']).default('session_id'),
  range: z.enum(RANGES).default('30d'),
  startDate: z.string().nullish(),
  endDate: z.string().nullish(),
});

/** A condition on an event's field. */
export type EventFilter = z.infer<typeof eventFilter>;

/** One line of a chart: which events, and what is counted of them. */
export type ChartEvent = z.infer<typeof chartEvent>;

/** What is counted. */
export type Segment = ChartEvent['segment'];

/** Width of a chart's buckets. */
export type Interval = (typeof INTERVALS)[number];

/** Pieces the schemas of both versions are made of. */
export const schemaParts = { chartEvent, eventFilter, breakdowns, project, includes };
