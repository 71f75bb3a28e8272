import { defineProvider } from '../../analytics/provider.ts';
import { createGrowingioClient } from './client.ts';
import { createCohorts } from './cohorts.ts';
import { growingioConfig } from './config.ts';
import { createDashboards } from './dashboards.ts';
import { createEventDefinitions } from './event-definitions.ts';
import { TIMEZONE } from './freshness.ts';
import { createFunnels } from './funnels.ts';
import { createMetrics } from './metrics.ts';
import { createRetention } from './retention.ts';

/** GrowingIO: product analytics; what it exports are the reports that somebody saved there. */
export default defineProvider({
  id: 'growingio',
  name: 'GrowingIO',
  docsUrl: 'https://docs.growingio.com',
  config: growingioConfig,
  connect: (config, services) => {
    const client = createGrowingioClient(config, services);
    const { clock } = services;
    return {
      timezone: TIMEZONE,
      capabilities: {
        metrics: createMetrics(client, config, clock),
        funnels: createFunnels(client, config, clock),
        retention: createRetention(client, config, clock),
        'event-definitions': createEventDefinitions(client),
        cohorts: createCohorts(client, clock),
        dashboards: createDashboards(client),
      },
      catalog: {
        // What a chart measures and splits by is saved with it: there is nothing to ask for by name.
        metrics: [],
        dimensions: [],
        dimensionFamilies: [],
        measurableProperties: [],
        listEvents: () => Promise.resolve(null),
      },
      async checkAccess(deadline) {
        await client.fetchDashboards(deadline);
      },
      allowances: client.allowances,
    };
  },
});
