import { z } from 'zod';
import type { DataSource } from './data-source.ts';
import type { Deadline } from './deadline.ts';
import { filterInput, type LocatedFilter } from './filters.ts';
import type { Freshness } from './freshness.ts';
import { periodInput, timezoneInput, type Period } from './period.ts';
import type { QueryLimits } from './query-limits.ts';

/** The shape of the `events` argument. */
export const eventsRequestInput = z.object({
  source: z.string(),
  period: periodInput,
  timezone: timezoneInput.nullish(),
  names: z.array(z.string().min(1, 'must not be empty')).max(100, 'holds more than 100 names'),
  filters: z.array(filterInput),
  options: z.record(z.string(), z.unknown()).nullish(),
});

/** A question for the raw events of one data source. */
export type EventsRequest = z.infer<typeof eventsRequestInput>;

/** One event. What a provider does not say is null; what it says beyond these fields is in `attributes`. */
export interface Event {
  readonly id: string;
  readonly name: string;
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string;
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly deviceId: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly region: string | null;
  readonly city: string | null;
  readonly os: string | null;
  readonly osVersion: string | null;
  readonly browser: string | null;
  readonly browserVersion: string | null;
  readonly device: string | null;
  readonly path: string | null;
  readonly referrer: string | null;
  readonly revenue: number | null;
  /** The event's own properties, as sent. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** What else the provider says about the event, in its own words. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** An event, and whose it is. */
export interface SourceEvent extends Event {
  readonly source: DataSource;
}

/** What a provider is asked: everything checked against its limits and catalog. */
export interface EventsQuery {
  readonly period: Period;
  /** Empty for events of every name. */
  readonly names: readonly string[];
  readonly filters: readonly LocatedFilter[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** The last event a reader has seen. Reading goes on strictly after it: earlier in time, or at the same time by id. */
export interface EventPosition {
  readonly at: string;
  readonly id: string;
  /** How many events of the window came up to and including this one when it was read. */
  readonly rank: number;
}

/** Some events, newest first; events of the same time ordered by id. */
export interface EventPage {
  readonly events: readonly Event[];
  /** Where each event of the page stands; the same length as `events`. */
  readonly positions: readonly EventPosition[];
  /** All events of the window, where the provider counts them exactly. */
  readonly totalCount: number | null;
  /** How many events have turned up before the reader's position since it read there: they will not be seen. */
  readonly lateArrivals: number;
  readonly hasMore: boolean;
  readonly freshness: Freshness;
}

/** A data source that hands out raw events. */
export interface EventsCapability {
  readonly limits: QueryLimits;
  /** What only this provider understands, published as JSON Schema. */
  readonly options: z.ZodType<Record<string, unknown>>;
  /** Pages of the window from `after` (or its newest event) on, about `pageSize` events each, until it ends. */
  readEvents(
    query: EventsQuery,
    reading: { readonly after: EventPosition | null; readonly pageSize: number },
    deadline: Deadline,
  ): AsyncIterable<EventPage>;
}

/** One page of the answer to an {@link EventsRequest}. */
export interface EventsReport {
  readonly source: DataSource;
  readonly period: Period;
  readonly events: readonly Event[];
  /** What reads on behind each event of the page; the same length as `events`. */
  readonly cursors: readonly string[];
  readonly totalCount: number | null;
  readonly lateArrivals: number;
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
  readonly freshness: Freshness;
}
