import { Temporal } from 'temporal-polyfill';
import type { DataSource } from '../analytics/data-source.ts';
import type { EventsQuery, EventsReport, EventsRequest } from '../analytics/events.ts';
import { fieldPath } from '../analytics/parse-input.ts';
import { createPeriod, resolvePeriod, type Period } from '../analytics/period.ts';
import { requireCapability } from '../analytics/provider.ts';
import { assertWithinLimits } from '../analytics/query-limits.ts';
import { InvalidQueryError, ProviderResponseError } from '../errors.ts';
import { formatCursor, parseCursor, type EventsCursor } from './events-cursor.ts';
import { assertEventSent, checkFilters, parseOptions, periodContext } from './query-checks.ts';
import { askSource, type SingleSourceServices } from './single-source.ts';

/** Most events of one page. */
export const MAX_EVENTS_PAGE = 1000;

/** Which page of the answer is wanted, and where the question stands. */
export interface EventsPaging {
  readonly first: number;
  /** A cursor's text; null for the first page. */
  readonly after: string | null;
  /** What messages call the argument that holds the question: `query` where left out, empty where its fields are arguments themselves. */
  readonly path?: string;
}

/** Given a question for events, return one page of the answer; every failure names its data source. */
export async function reportEvents(
  request: EventsRequest,
  { first, after, path = 'query' }: EventsPaging,
  services: SingleSourceServices,
): Promise<EventsReport> {
  if (first < 1 || first > MAX_EVENTS_PAGE) {
    throw new InvalidQueryError(`first: ${first} is not between 1 and ${MAX_EVENTS_PAGE}`);
  }
  const cursor = after === null ? null : parseCursor(after, request);
  return askSource(request, services, async (dataSource) => {
    const capability = requireCapability(dataSource, 'events');
    const query = await resolveEvents(request, { dataSource, cursor, path, services });
    const { start, end } = query.period;
    const window = { start: start.epochMilliseconds, end: end.epochMilliseconds };
    const reading = { after: cursor?.position ?? null, pageSize: first };
    for await (const page of capability.readEvents(query, reading, services.deadline)) {
      return {
        source: dataSource,
        period: query.period,
        events: page.events,
        cursors: page.positions.map((position) => formatCursor({ position, ...window }, request)),
        totalCount: page.totalCount,
        lateArrivals: page.lateArrivals,
        hasPreviousPage: cursor !== null,
        hasNextPage: page.hasMore,
        freshness: page.freshness,
      };
    }
    throw new ProviderResponseError(`${dataSource.provider.name} answered no page of events, not even an empty one`);
  });
}

/** Where a question for events is asked, and where it stands. */
interface AskingEvents {
  readonly dataSource: DataSource;
  readonly cursor: EventsCursor | null;
  readonly path: string;
  readonly services: SingleSourceServices;
}

async function resolveEvents(
  request: EventsRequest,
  { dataSource, cursor, path, services }: AskingEvents,
): Promise<EventsQuery> {
  const { limits, options } = requireCapability(dataSource, 'events');
  const now = services.clock.now();
  const context = periodContext(dataSource, { limits, timezone: request.timezone ?? null, now, path });
  const period = cursor ? periodOfCursor(cursor, context) : resolvePeriod(request.period, context);
  const filters = checkFilters(dataSource, request.filters, fieldPath(path, ['filters']));
  const [interval = 'TOTAL'] = limits.intervals;
  assertWithinLimits(
    { period, interval, breakdown: [], filters, path },
    { ...limits, intervals: [interval] },
    dataSource.key,
  );
  await Promise.all(
    request.names.map((name, index) =>
      assertEventSent({ dataSource, ...services }, name, fieldPath(path, ['names', index])),
    ),
  );
  return {
    period,
    names: request.names,
    filters,
    options: parseOptions(options, request.options, fieldPath(path, ['options'])),
  };
}

function periodOfCursor({ start, end }: EventsCursor, context: { timezone: string; now: number }): Period {
  const at = (epoch: number) => Temporal.Instant.fromEpochMilliseconds(epoch).toZonedDateTimeISO(context.timezone);
  return createPeriod(at(start), at(end), context);
}
