import type { RowsQuery } from '../../analytics/exports.ts';
import { didYouMean, nearMatches } from '../../analytics/near-matches.ts';
import { InvalidQueryError, QueryLimitError } from '../../errors.ts';
import type { Parameters } from './filters.ts';
import { optionsOf } from './options.ts';
import { TIMEZONES, toOfferedTimezone } from './timezones.ts';

// https://docs.tracker.my.com/api/export-api/raw/create (checked 2026-11)
const LEAST_AGE_MS = 3 * 3_600_000;

/** Given a question and the time of day, return the parameters of its time; null where nothing of it has passed yet. */
export function toTimeParameters(query: RowsQuery, now: number): Parameters | null {
  const { period } = query;
  const zone: Parameters = [['timezone', requireTimezone(period.timezone)]];
  const availability = toAvailability(query, now);
  if (period.isWholeDays && optionsOf(query).byTimestamps !== true) {
    if (period.start.epochMilliseconds > now) return null;
    return [['dateFrom', period.firstDay], ['dateTo', lastDayOf(query, now)], ...zone, ...availability];
  }
  const from = firstSecondOf(period.start.epochMilliseconds);
  const to = Math.min(lastSecondBefore(period.end.epochMilliseconds), Math.floor(now / 1000));
  if (from > to) return null;
  return [['tsFrom', String(from)], ['tsTo', String(to)], ...zone, ...availability];
}

/** A day that has not begun is refused. */
function lastDayOf({ period }: RowsQuery, now: number): string {
  const { lastDay, end } = period;
  if (end.epochMilliseconds <= now) return lastDay;
  const ahead = now - end.epochMilliseconds;
  const today = end.add({ milliseconds: ahead }).toPlainDate().toString();
  return today < lastDay ? today : lastDay;
}

function requireTimezone(name: string): string {
  const offered = toOfferedTimezone(name);
  if (offered !== null) return offered;
  throw new QueryLimitError(
    `timezone: "${name}" is not among the ${TIMEZONES.length} time zones that MyTracker takes.${didYouMean(nearMatches(name, TIMEZONES))} Allowed: ${TIMEZONES.join(', ')}`,
  );
}

function toAvailability(query: RowsQuery, now: number): Parameters {
  const { availableFrom, availableTo } = optionsOf(query);
  if (
    availableFrom !== undefined &&
    availableTo !== undefined &&
    Date.parse(availableFrom) >= Date.parse(availableTo)
  ) {
    throw new InvalidQueryError(`options.availableFrom: ${availableFrom} is not before availableTo, ${availableTo}`);
  }
  const parameters: [string, string][] = [];
  if (availableFrom !== undefined) {
    const from = firstSecondOf(Date.parse(availableFrom));
    assertSettled({ seconds: from, name: 'availableFrom', value: availableFrom }, now);
    parameters.push(['availabilityTsFrom', String(from)]);
  }
  if (availableTo !== undefined) {
    const to = lastSecondBefore(Date.parse(availableTo));
    assertSettled({ seconds: to, name: 'availableTo', value: availableTo }, now);
    parameters.push(['availabilityTsTo', String(to)]);
  }
  return parameters;
}

function assertSettled({ seconds, name, value }: { seconds: number; name: string; value: string }, now: number): void {
  const latest = now - LEAST_AGE_MS;
  if (seconds * 1000 < latest) return;
  const last = new Date(Math.floor(latest / 1000 - 1) * 1000).toISOString().replace('.000', '');
  throw new QueryLimitError(`options.${name}: ${value} is less than three hours ago; ${last} can be asked for`);
}

/** MyTracker counts in whole seconds, and both ends belong to its window. */
function firstSecondOf(start: number): number {
  return Math.ceil(start / 1000);
}

/** The end of a window is not in it: its last second is the one before, and the next window begins with the one after. */
function lastSecondBefore(end: number): number {
  return Math.floor((end - 1) / 1000);
}
