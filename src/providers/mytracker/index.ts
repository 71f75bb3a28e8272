import { defineProvider } from '../../analytics/provider.ts';
import { createMytrackerClient } from './client.ts';
import { mytrackerConfig } from './config.ts';
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
      catalog: {
        metrics: [],
        dimensions: [],
        dimensionFamilies: [],
        measurableProperties: [],
        listEvents: () => Promise.resolve(null),
      },
      checkAccess: client.fetchQuotas,
      allowances: client.allowances,
    };
  },
});
