import { defineProvider } from '../../analytics/provider.ts';
import { createInstalClient } from './client.ts';
import { instalConfig } from './config.ts';
import { createMetrics } from './metrics.ts';
import { METRICS } from './vocabulary.ts';

/** Instal. Scaffolded: it speaks the example API of README.md until the vendor's own takes its place. */
export default defineProvider({
  id: 'instal',
  name: 'Instal',
  docsUrl: 'https://instal.example/docs',
  config: instalConfig,
  connect: (config, { createHttpClient, clock }) => {
    const client = createInstalClient(config, createHttpClient);
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
