import { defineProvider } from '../../analytics/provider.ts';
import { createInstalClient } from './client.ts';
import { instalConfig } from './config.ts';
import { createExports } from './exports.ts';
import { DIMENSIONS, toFactTables, toMetrics } from './fact-tables.ts';
import { createTable } from './table.ts';

/** Instal: a network for ads of apps; it exports what an advertiser's campaigns have cost and brought. */
export default defineProvider({
  id: 'instal',
  name: 'Instal',
  docsUrl: 'http://docs.instal.com/api/adv_bulk_export_api/',
  config: instalConfig,
  connect: (config, { createHttpClient, clock }) => {
    const client = createInstalClient(config, createHttpClient);
    return {
      timezone: config.timezone,
      capabilities: { exports: createExports(client, config, clock) },
      // What rows of another advertiser are told apart by: only a hash of it is kept.
      datasets: {
        identity: `${config.baseUrl} ${config.token}`,
        facts: toFactTables(createTable(config.currency), config),
      },
      catalog: {
        metrics: toMetrics(config.currency),
        dimensions: DIMENSIONS,
        dimensionFamilies: [],
        measurableProperties: [],
        listEvents: () => Promise.resolve(null),
      },
      checkAccess: client.checkToken,
      allowances: client.allowances,
    };
  },
});
