import { resolvePeriod, type Period } from '../../../src/analytics/period.ts';
import type { FunnelStepQuery } from '../../../src/analytics/funnels.ts';
import { relationOf } from './relation-of.ts';

const TYPES = {
  at: 'timestamp',
  name: 'varchar',
  user_id: 'varchar',
  country: 'varchar',
  revenue: 'double',
  properties: 'varchar',
} as const;

/** What an event may have besides its time, name and user. */
interface Extra {
  readonly country?: string;
  readonly revenue?: number;
  readonly properties?: string;
}

/** An event: `01-31 10:00` is a moment of 2026 in UTC, `01-31` its midnight; null is nobody known. */
export type LoggedEvent = readonly [at: string, name: string, user: string | null, extra?: Extra];

/** Given events, return a relation of them. */
export function logOf(events: readonly LoggedEvent[]) {
  return relationOf(
    TYPES,
    events.map(([at, name, user, { country = null, revenue = null, properties = null } = {}]) => {
      return { at: momentOf(at), name, user_id: user, country, revenue, properties };
    }),
  );
}

/** The moment of 2026 that a short text means, in UTC. */
export function momentOf(text: string): Date {
  const [day = '', time = '00:00'] = text.split(' ');
  return new Date(`2026-${day}T${time}Z`);
}

/** Days of 2026, the first and the last included. */
export function daysOf(from: string, to: string, timezone = 'UTC'): Period {
  const context = { timezone, now: Date.parse('2026-12-31T00:00Z'), earliestDate: null, path: 'query.period' };
  return resolvePeriod({ dates: { from: `2026-${from}`, to: `2026-${to}` } }, context);
}

/** Events of one name. */
export function eventsNamed(event: string): FunnelStepQuery {
  return { event, name: event, filters: [] };
}
