import { defineProvider } from '../../analytics/provider.ts';
import { createGrowingioClient } from './client.ts';
import { growingioConfig } from './config.ts';
import { createMetrics } from './metrics.ts';
import { METRICS } from './vocabulary.ts';

/** Growingio. Scaffolded: it speaks the example API of README.md until the vendor's own takes its place. */
export default defineProvider({
  id: 'growingio',
  name: 'Growingio',
  docsUrl: 'https://growingio.example/docs',
  config: growingioConfig,
  connect: (config, { createHttpClient, clock }) => {
    const client = createGrowingioClient(config, createHttpClient);
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
