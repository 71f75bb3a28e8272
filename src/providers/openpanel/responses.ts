import { z } from 'zod';

const text = z.string();

/** An event of `/export/events`. What `includes` did not ask for is absent; values of `properties` are text. */
export const eventResponse = z.object({
  id: text,
  name: text,
  deviceId: text,
  profileId: text,
  projectId: text,
  createdAt: z.iso.datetime({ offset: true }),
  country: text,
  city: text,
  os: text,
  browser: text,
  path: text,
  // Until 2025 it came only where `includes` asked for it.
  sessionId: text.optional(),
  groups: z.array(text).optional(),
  duration: z.number().optional(),
  properties: z.record(text, z.unknown()).optional(),
  region: text.optional(),
  osVersion: text.optional(),
  browserVersion: text.optional(),
  device: text.optional(),
  brand: text.optional(),
  model: text.optional(),
  origin: text.optional(),
  referrer: text.optional(),
  referrerName: text.optional(),
  referrerType: text.optional(),
  sdkName: text.optional(),
  sdkVersion: text.optional(),
  longitude: z.number().nullish(),
  latitude: z.number().nullish(),
  revenue: z.number().nullish(),
  importedAt: text.optional(),
  profile: z.record(text, z.unknown()).nullish(),
  meta: z.record(text, z.unknown()).nullish(),
});
export type OpenpanelEventResponse = z.infer<typeof eventResponse>;

/** The body of `/export/events`. */
export const eventsResponse = z.object({
  meta: z.object({ count: z.number(), totalCount: z.number(), pages: z.number(), current: z.number() }),
  data: z.array(eventResponse),
});
export type OpenpanelEventsResponse = z.infer<typeof eventsResponse>;

// Servers before 2026 leave a name out, or say null, where today's say an empty text.
const profileText = text.nullish();
const profileMoment = z.iso.datetime({ offset: true }).nullish();

/** A profile, beside an event of its user; whatever else it says is kept. */
export const profileResponse = z.looseObject({
  id: text,
  projectId: text.optional(),
  firstName: profileText,
  lastName: profileText,
  email: profileText,
  avatar: profileText,
  /** Whether the app named the user; false for a device that nobody signed in on. */
  isExternal: z.boolean(),
  createdAt: profileMoment,
  lastSeenAt: profileMoment,
  properties: z.record(text, z.unknown()),
});
export type OpenpanelProfileResponse = z.infer<typeof profileResponse>;

/** The body of `/export/events` where only whose the events are is wanted. */
export const profilesResponse = z.object({
  data: z.array(z.object({ profileId: text, profile: profileResponse.nullish() })),
});
export type OpenpanelProfilesResponse = z.infer<typeof profilesResponse>;

const previous = z.object({ value: z.number().nullable() });

/** A series of `/export/charts`. `count` in a point is the segment's value; `metrics.count` is distinct profiles of the whole window. */
export const chartSeriesResponse = z.object({
  names: z.array(text),
  event: z.object({
    id: text,
    name: text,
    breakdowns: z.record(text, z.union([text, z.number(), z.null()])).optional(),
  }),
  metrics: z.object({
    sum: z.number().nullable(),
    count: z.number().optional(),
    previous: z.object({ count: previous.nullish() }).nullish(),
  }),
  data: z.array(z.object({ date: text, count: z.number().nullable(), previous: previous.nullish() })),
});
export type OpenpanelChartSeriesResponse = z.infer<typeof chartSeriesResponse>;

/** The body of `/export/charts`. */
export const chartResponse = z.object({ series: z.array(chartSeriesResponse) });
export type OpenpanelChartResponse = z.infer<typeof chartResponse>;

/** The body of `/insights/:projectId/funnel`. */
export const insightsFunnelResponse = z.object({
  steps: z.array(z.object({ step: z.number(), eventName: text, users: z.number() })),
  totalUsers: z.number(),
  completedUsers: z.number(),
});
export type OpenpanelInsightsFunnelResponse = z.infer<typeof insightsFunnelResponse>;

/** The body of the documented `/export/funnel`. Without sessions the percentages are NaN, which is null in JSON. */
export const exportFunnelResponse = z.object({
  totalSessions: z.number(),
  steps: z.array(
    z.object({
      event: z.object({ name: text, displayName: text }),
      count: z.number(),
      percent: z.number().nullable(),
      dropoffCount: z.number().nullable(),
      dropoffPercent: z.number().nullable(),
      previousCount: z.number(),
    }),
  ),
});
export type OpenpanelExportFunnelResponse = z.infer<typeof exportFunnelResponse>;

/** The body of `/insights/:projectId/events/names`. */
export const eventNamesResponse = z.array(text);

const errorResponse = z.union([
  z.object({ message: text, details: z.array(z.object({ message: text, path: z.array(z.unknown()) })).optional() }),
  z.object({ error: text }),
]);

/** Given the body of an error answer, return OpenPanel's explanation; undefined where there is none. */
export function explainError(body: unknown): string | undefined {
  const parsed = errorResponse.safeParse(body);
  if (!parsed.success) return undefined;
  if (!('message' in parsed.data)) return parsed.data.error;
  const { message, details = [] } = parsed.data;
  const more = details.map((detail) => `${detail.path.join('.')} ${detail.message}`);
  return [message, ...more].join(', ');
}
