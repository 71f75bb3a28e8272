import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Clock, Deadline } from '../../analytics/deadline.ts';
import { freshAnswer } from '../../analytics/freshness.ts';
import type { Event, EventPage, EventPosition, EventsCapability, EventsQuery } from '../../analytics/events.ts';
import type { OpenpanelClient } from './client.ts';
import type { OpenpanelConfig } from './config.ts';
import { readBehind, type Reading } from './event-paging.ts';
import type { OpenpanelEventResponse } from './responses.ts';
import { ALL_OPERATORS, toFilters, toKnown } from './vocabulary.ts';

// 50 until April 2025, 1000 since. https://openpanel.dev/docs/api/export (checked 2026-11)
const MAX_PAGE_SIZE = { '2024': 50, '2026': 1000 } as const;

const ALWAYS_INCLUDED = [
  'properties',
  'sessionId',
  'region',
  'osVersion',
  'browserVersion',
  'device',
  'brand',
  'model',
  'origin',
  'referrer',
  'referrerName',
  'referrerType',
  'revenue',
];

const eventsOptions = z.strictObject({
  includes: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Further fields, which appear in `attributes`: profile, meta, longitude, latitude, sdkName, sdkVersion, importedAt, duration. `profile` and `meta` make answers slower.',
    ),
});

/** Given a client, return the raw events of its project. */
export function createEvents(client: OpenpanelClient, config: OpenpanelConfig, clock: Clock): EventsCapability {
  return {
    limits: {
      intervals: [],
      maxPoints: null,
      maxDays: null,
      earliestDate: config.earliestDate ?? null,
      maxBreakdowns: 0,
      // The 2024 document has no filters on events.
      filterOperators: config.apiVersion === '2024' ? [] : ALL_OPERATORS,
      timezones: 'ANY',
      supportsInstants: true,
    },
    options: eventsOptions,
    readEvents: (query, { after, pageSize }, deadline) => {
      const reading: Reading = {
        query,
        pageSize,
        maxLimit: MAX_PAGE_SIZE[config.apiVersion],
        fetchListingPage: (page, until) => client.readEvents({ ...page, ...toParameters(query) }, until),
      };
      return readPages(reading, { after, deadline, clock });
    },
  };
}

function toParameters({ names, filters, options }: EventsQuery) {
  const { includes } = eventsOptions.parse(options);
  return { names, includes: [...ALWAYS_INCLUDED, ...includes], filters: toFilters(filters) };
}

async function* readPages(
  reading: Reading,
  { after, deadline, clock }: { after: EventPosition | null; deadline: Deadline; clock: Clock },
): AsyncIterable<EventPage> {
  for (let position = after, hasMore = true; hasMore;) {
    const behind = await readBehind(reading, position, deadline);
    const events = behind.events.map(({ event }) => toEvent(event));
    const positions = behind.events.map(({ event, rank }) => ({ at: event.createdAt, id: event.id, rank }));
    yield {
      events,
      positions,
      totalCount: behind.totalCount,
      lateArrivals: behind.lateArrivals,
      hasMore: behind.hasMore,
      freshness: freshAnswer(reading.query.period, clock.now()),
    };
    position = positions.at(-1) ?? position;
    hasMore = behind.hasMore;
  }
}

/** Given an event in OpenPanel's words, return it in ours; what has no field of ours stays in `attributes`. */
function toEvent({ projectId: _projectId, ...response }: OpenpanelEventResponse): Event {
  const { id, name, createdAt, profileId, sessionId, deviceId, country, region, city, os, osVersion, ...rest } =
    response;
  const { browser, browserVersion, device, path, referrer, revenue, properties, ...attributes } = rest;
  return {
    id,
    name,
    at: Temporal.Instant.from(createdAt).toString({ smallestUnit: 'millisecond' }),
    userId: toKnown(profileId),
    sessionId: toKnown(sessionId),
    deviceId: toKnown(deviceId),
    country: toKnown(country),
    region: toKnown(region),
    city: toKnown(city),
    os: toKnown(os),
    osVersion: toKnown(osVersion),
    browser: toKnown(browser),
    browserVersion: toKnown(browserVersion),
    device: toKnown(device),
    path: toKnown(path),
    referrer: toKnown(referrer),
    revenue: revenue ?? null,
    properties: properties ?? {},
    attributes,
  };
}
