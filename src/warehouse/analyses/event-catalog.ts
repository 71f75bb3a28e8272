import type { Metric } from '../../analytics/catalog.ts';
import type { EventMeasure } from '../../analytics/metrics.ts';
import type { EventRelation } from './event-relation.ts';

/** A metric of events of any name: what is measured, and by which column. */
export interface EventMetric extends Omit<Metric, 'currency'> {
  readonly measure: EventMeasure;
  /** What is summed; null for what is counted. */
  readonly property: string | null;
  /** The column without which it cannot be answered; null where every relation of events has it. */
  readonly needs: string | null;
}

/** The metrics that events have by themselves. */
export const EVENT_METRICS: readonly EventMetric[] = [
  {
    key: 'events',
    name: 'Events',
    unit: 'COUNT',
    isAdditive: true,
    description: 'Events of any name.',
    measure: 'COUNT',
    property: null,
    needs: null,
  },
  {
    key: 'unique_users',
    name: 'Unique users',
    unit: 'DISTINCT_COUNT',
    isAdditive: false,
    description: 'Distinct users with an event of any name.',
    measure: 'UNIQUE_USERS',
    property: null,
    needs: 'user_id',
  },
  {
    key: 'sessions',
    name: 'Sessions',
    unit: 'DISTINCT_COUNT',
    isAdditive: false,
    description: 'Distinct sessions with an event of any name.',
    measure: 'SESSIONS',
    property: null,
    needs: 'session_id',
  },
  {
    key: 'events_per_user',
    name: 'Events per user',
    unit: 'NUMBER',
    isAdditive: false,
    description: 'Events of any name that have a user, per distinct user.',
    measure: 'COUNT_PER_USER',
    property: null,
    needs: 'user_id',
  },
  {
    key: 'revenue',
    name: 'Revenue',
    unit: 'MONEY',
    isAdditive: true,
    description: 'Sum of the revenue of events of any name.',
    measure: 'SUM',
    property: 'revenue',
    needs: 'revenue',
  },
];

/** Given what rows have and the currency of their revenue (null where unknown), return the metrics that can be answered from them. */
export function toEventCatalog({ columns }: Pick<EventRelation, 'columns'>, currency: string | null): Metric[] {
  return EVENT_METRICS.filter(({ needs }) => needs === null || columns.has(needs)).map(
    ({ key, name, unit, isAdditive, description }) => {
      const isMoney = unit === 'MONEY';
      const known = isMoney && currency === null ? 'NUMBER' : unit;
      return { key, name, unit: known, currency: isMoney ? currency : null, isAdditive, description };
    },
  );
}
