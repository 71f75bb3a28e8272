import type { CohortOffset } from '../analytics/cohort-analysis.ts';
import type { FunnelStepQuery } from '../analytics/funnels.ts';
import type { Interval, Period } from '../analytics/period.ts';
import type { EventQuestion, EventSource } from './event-rows.ts';

const DAY_MS = 86_400_000;

/** How long before a period users are looked for who entered earlier: whoever entered there does not enter for the first time in it. */
export const LOOK_BACK_DAYS = 90;

/** No bucket of such an interval is longer, in days. */
const MOST_DAYS: Readonly<Record<Interval, number>> = {
  MINUTE: 1,
  HOUR: 1,
  DAY: 1,
  WEEK: 7,
  MONTH: 31,
  QUARTER: 92,
  YEAR: 366,
  TOTAL: 1,
};

/** How long after their entry users are followed. */
export interface Horizon {
  readonly interval: Interval;
  readonly offsetBy: CohortOffset;
  /** The last offset; null for as many as there are. */
  readonly lastOffset: number | null;
}

/** Given a period and how long users are followed, return until when events are needed, in milliseconds since the epoch. */
export function horizonOf({ end }: Pick<Period, 'end'>, { interval, offsetBy, lastOffset }: Horizon): number {
  if (lastOffset === null) return Number.MAX_SAFE_INTEGER;
  const days = offsetBy === 'DAY' ? 1 : MOST_DAYS[interval];
  return end.epochMilliseconds + (lastOffset + 1) * days * DAY_MS;
}

/** The entry that a question names, else the data source's own; null for a user's first event of any name. */
export function entryOf(asked: FunnelStepQuery | null, { events }: EventSource): FunnelStepQuery | null {
  const { entryEvent } = events;
  return asked ?? (entryEvent === null ? null : { event: entryEvent, filters: [], name: entryEvent });
}

/** When events are needed of users who enter in a period and are followed until a moment. */
export function spanOfCohorts(
  { start }: Pick<Period, 'start'>,
  { isFirstTime, until }: { readonly isFirstTime: boolean; readonly until: number },
): EventQuestion['spans'][number] {
  return { start: start.epochMilliseconds - (isFirstTime ? LOOK_BACK_DAYS * DAY_MS : 0), end: until };
}
