import { z } from 'zod';

import { INTERVALS, schemaParts } from './requests/schemas.ts';

/** Named ranges of the document of 2024. */
export const RANGES_2024 = [
  'today',
  'yesterday',
  'last_7_days',
  'last_30_days',
  'this_month',
  'last_month',
  'this_year',
  'last_year',
  'all_time',
] as const;

const { chartEvent, breakdowns, includes } = schemaParts;

const funnelEvent = chartEvent.extend({ displayName: z.string().optional() });

const period = {
  range: z.enum(RANGES_2024).default('last_30_days'),
  startDate: z.string().optional(),
  endDate: z.string().optional(),
};

/** Query of /export/events. */
export const eventsQuery2024 = z.object({
  projectId: z.string().optional(),
  project_id: z.string().optional(),
  event: z.union([z.string(), z.array(z.string())]).optional(),
  start: z.string().optional(),
  end: z.string().optional(),
  page: z.coerce.number().int().default(1),
  limit: z.coerce.number().int().default(50),
  includes,
});

/** Query of /export/charts: the document shows events as names, the service wanted objects; both are taken. */
export const chartQuery2024 = z.object({
  projectId: z.string(),
  events: z.array(z.union([z.string().transform((name) => chartEvent.parse({ name })), chartEvent])).default([]),
  breakdowns,
  interval: z.enum(INTERVALS).default('day'),
  ...period,
  previous: z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(false),
  chartType: z.string().default('linear'),
  metric: z.enum(['sum', 'average', 'min', 'max']).default('sum'),
  limit: z.coerce.number().int().min(0).optional(),
  offset: z.coerce.number().int().min(0).default(0),
});

/** Query of /export/funnel. */
export const funnelQuery2024 = z.object({ projectId: z.string(), events: z.array(funnelEvent).default([]), ...period });

/** A named range of 2024. */
export type Range2024 = (typeof RANGES_2024)[number];
