import type { Clock } from '../../analytics/deadline.ts';
import type { ExportsCapability } from '../../analytics/exports.ts';
import type { MytrackerClient } from './client.ts';
import type { MytrackerConfig } from './config.ts';
import { toCreateParameters } from './create-parameters.ts';
import { toLayout } from './layout.ts';
import { exportOptions } from './options.ts';
import { TABLES } from './tables.ts';
import { toUpstreamExport } from './upstream-export.ts';

/** The id of what need not be asked for, because nothing of its time has passed. */
const NOTHING = '';

const HOUR_MS = 3_600_000;

/** Given a client, return the raw export of its API user. */
export function createExports(client: MytrackerClient, config: MytrackerConfig, clock: Clock): ExportsCapability {
  return {
    limits: {
      intervals: ['TOTAL'],
      maxPoints: null,
      maxDays: null,
      earliestDate: config.earliestDate,
      maxBreakdowns: 0,
      filterOperators: ['IS', 'IS_NOT'],
      timezones: 'ANY',
      supportsInstants: true,
    },
    tables: TABLES,
    options: exportOptions,
    shortestWindowMs: HOUR_MS,
    layoutOf(query) {
      // What cannot be asked is refused as soon as it is known, which may be long before the start.
      toCreateParameters(query, config, clock.now());
      return toLayout(query);
    },
    async start(query, deadline) {
      const parameters = toCreateParameters(query, config, clock.now());
      return parameters === null ? NOTHING : client.createExport(parameters, deadline);
    },
    async check(id, _since, deadline) {
      return id === NOTHING ? { state: 'READY', files: [] } : toUpstreamExport(await client.fetchExport(id, deadline));
    },
    async cancel(id, deadline) {
      return id === NOTHING || client.cancelExport(id, deadline);
    },
    download: client.download,
  };
}
