import { z } from 'zod';
import { tablesOf } from '../analytics/datasets.ts';
import { RETENTION_ENTRIES, RETENTION_MODES, type RetentionCapability } from '../analytics/retention.ts';
import { MAX_OFFSETS } from '../warehouse/analyses/cohort-times.ts';
import { computeRetention } from '../warehouse/analyses/retention.ts';
import { entryOf, horizonOf, spanOfCohorts } from './cohort-events.ts';
import type { ComputingServices } from './computing.ts';
import { cohortLimitsOf } from './event-limits.ts';
import { readEvents, type EventSource } from './event-rows.ts';

/** Given whose events, return retention that is computed over them. */
export function createEventRetention(source: EventSource, services: ComputingServices): RetentionCapability {
  return {
    answeredBy: 'COMPUTED',
    limits: cohortLimitsOf(source.dataSource),
    retention: {
      modes: RETENTION_MODES,
      entryKinds: RETENTION_ENTRIES,
      offsetBy: 'PERIOD',
      takesEvents: true,
      maxOffsets: MAX_OFFSETS,
    },
    options: z.strictObject({}),
    async fetchRetention(query, deadline) {
      const { period, interval, offsets, returning, waitMs, mode } = query;
      const entry = entryOf(query.entry, source);
      // Whether somebody came back later is known from all that came later.
      const lastOffset = mode === 'ROLLING' ? null : offsets;
      const until = horizonOf(period, { interval, offsetBy: 'PERIOD', lastOffset });
      const tables = [entry, returning].flatMap((step) => tablesOf(source.events, step && [step.event]));
      const span = spanOfCohorts(period, { isFirstTime: query.entryKind === 'FIRST_TIME', until });
      const question = { tables, spans: [span] };
      const { relation, freshness, knownUntil } = await readEvents(source, question, {
        wait: { waitMs, deadline },
        services,
      });
      const tools = { database: await services.database(), signal: deadline.signal, asOf: knownUntil };
      return { ...(await computeRetention(relation, { ...query, entry }, tools)), freshness };
    },
  };
}
