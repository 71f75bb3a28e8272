import { eventsReadByPage } from '../../analytics/datasets.ts';
import { defineProvider } from '../../analytics/provider.ts';
import { ProviderRejectedError } from '../../errors.ts';
import { createOpenpanelClient } from './client.ts';
import { openpanelConfig } from './config.ts';
import { createEvents } from './events.ts';
import { createFunnels } from './funnels.ts';
import { createMetrics } from './metrics.ts';
import { createUsers } from './users.ts';
import { CATALOG_METRICS, DIMENSION_FAMILIES, DIMENSIONS, MEASURABLE_COLUMNS } from './vocabulary.ts';

/** OpenPanel: open-source product analytics. */
export default defineProvider({
  id: 'openpanel',
  name: 'OpenPanel',
  docsUrl: 'https://openpanel.dev/docs/api/export',
  config: openpanelConfig,
  connect: (config, { createHttpClient, clock }) => {
    const client = createOpenpanelClient(config, createHttpClient);
    const is2024 = config.apiVersion === '2024';
    return {
      timezone: config.timezone,
      capabilities: {
        metrics: createMetrics(client, config, clock),
        funnels: createFunnels(client, config, clock),
        events: createEvents(client, config, clock),
        // The export API of 2024 cannot be asked for the events of one user.
        ...(!is2024 && { users: createUsers(client, config, clock) }),
      },
      // Its projects are told apart by their ids, its servers by their addresses.
      datasets: {
        identity: JSON.stringify([config.baseUrl, config.projectId]),
        events: eventsReadByPage(config.moneyProperties.includes('revenue') ? (config.currency ?? null) : null),
      },
      catalog: {
        // That `*` stands for every event is known of today's API only.
        metrics: is2024 ? [] : CATALOG_METRICS,
        dimensions: DIMENSIONS,
        dimensionFamilies: DIMENSION_FAMILIES,
        measurableProperties: MEASURABLE_COLUMNS,
        async listEvents(deadline) {
          if (is2024) return null;
          try {
            return await client.listEventNames(deadline);
          } catch (error) {
            // Servers older than April 2026 have no such route; then every name is taken on trust.
            if (error instanceof ProviderRejectedError) return null;
            throw error;
          }
        },
      },
      async checkAccess(deadline) {
        const today = new Date(clock.now()).toISOString().slice(0, 10);
        const one = { start: today, end: today, page: 1, limit: 1, names: [], includes: [], filters: [] };
        await client.readEvents(one, deadline);
      },
      allowances: client.allowances,
    };
  },
});
