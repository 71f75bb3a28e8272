import type { DataSource } from '../analytics/data-source.ts';
import type { Clock, Deadline } from '../analytics/deadline.ts';

const FRESH_MS = 5 * 60_000;
const RECENT_MS = 10_000;

/** The names of the events of each data source, asked for rarely; null where the provider cannot list them. */
export interface EventNames {
  /** The names, as known for at most five minutes. */
  list(dataSource: DataSource, deadline: Deadline): Promise<readonly string[] | null>;
  /** Names that hold `name`, if it was ever sent: asks again before it is taken for unknown. */
  listFor(dataSource: DataSource, name: string, deadline: Deadline): Promise<readonly string[] | null>;
}

/** Given a clock, return event names that are kept between questions. */
export function createEventNames(clock: Clock): EventNames {
  const kept = new WeakMap<DataSource, { readonly at: number; readonly names: readonly string[] | null }>();

  async function list(dataSource: DataSource, deadline: Deadline, maxAgeMs: number) {
    const known = kept.get(dataSource);
    if (known && clock.now() - known.at < maxAgeMs) return known.names;
    const names = await dataSource.connection.catalog.listEvents(deadline);
    kept.set(dataSource, { at: clock.now(), names });
    return names;
  }

  return {
    list: (dataSource, deadline) => list(dataSource, deadline, FRESH_MS),
    async listFor(dataSource, name, deadline) {
      const names = await list(dataSource, deadline, FRESH_MS);
      // An event may have been sent for the first time since we asked.
      return names === null || names.includes(name) ? names : list(dataSource, deadline, RECENT_MS);
    },
  };
}
