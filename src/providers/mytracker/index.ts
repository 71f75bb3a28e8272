import { defineProvider } from '../../analytics/provider.ts';
import { createMytrackerClient } from './client.ts';
import { mytrackerConfig } from './config.ts';
import { DIMENSION_FAMILIES, DIMENSIONS, toEventTables } from './event-tables.ts';
import { createExports } from './exports.ts';

/** MyTracker: mobile attribution and analytics; what it gives here are the rows themselves. */
export default defineProvider({
  id: 'mytracker',
  name: 'MyTracker',
  docsUrl: 'https://docs.tracker.my.com/api/export-api',
  config: mytrackerConfig,
  connect: (config, { createHttpClient, clock }) => {
    const client = createMytrackerClient(config, createHttpClient);
    return {
      timezone: config.timezone,
      capabilities: { exports: createExports(client, config, clock) },
      datasets: {
        // Where the data source is narrowed down to some apps, its rows are others.
        identity: JSON.stringify([config.baseUrl, config.userId, config.idApp, config.SDKKey]),
        events: toEventTables(config),
      },
      catalog: {
        metrics: [],
        dimensions: DIMENSIONS,
        dimensionFamilies: DIMENSION_FAMILIES,
        measurableProperties: config.revenue ? ['revenue'] : [],
        // MyTracker has no list of custom events: any name is taken on trust.
        listEvents: () => Promise.resolve(null),
      },
      checkAccess: client.fetchQuotas,
      allowances: client.allowances,
    };
  },
});
