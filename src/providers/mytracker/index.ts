import { defineProvider } from '../../analytics/provider.ts';
import { createMytrackerClient } from './client.ts';
import { mytrackerConfig } from './config.ts';
import { createMetrics } from './metrics.ts';
import { METRICS } from './vocabulary.ts';

/** Mytracker. Scaffolded: it speaks the example API of README.md until the vendor's own takes its place. */
export default defineProvider({
  id: 'mytracker',
  name: 'Mytracker',
  docsUrl: 'https://mytracker.example/docs',
  config: mytrackerConfig,
  connect: (config, { createHttpClient, clock }) => {
    const client = createMytrackerClient(config, createHttpClient);
    return {
      timezone: 'UTC',
      capabilities: { metrics: createMetrics(client, clock) },
      catalog: {
        metrics: METRICS,
        dimensions: [],
        dimensionFamilies: [],
        measurableProperties: [],
        listEvents: () => Promise.resolve(null),
      },
      checkAccess: async (deadline) => {
        await client.fetchAccount(deadline);
      },
      allowances: () => client.allowances(),
    };
  },
});
