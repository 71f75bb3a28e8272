import { Temporal } from 'temporal-polyfill';
import { defineProvider } from '../../analytics/provider.ts';
import { CATALOG_METRICS } from './charts.ts';
import { createAdaptyClient } from './client.ts';
import { createCohortAnalysis } from './cohort-analysis.ts';
import { adaptyConfig } from './config.ts';
import { createConversions } from './conversions.ts';
import { dimensionsOf } from './dimensions.ts';
import { createFunnels } from './funnels.ts';
import { createLifetimeValue } from './lifetime-value.ts';
import { createMetrics } from './metrics.ts';
import { createRetention } from './retention.ts';

/** Adapty: analytics of app subscriptions. */
export default defineProvider({
  id: 'adapty',
  name: 'Adapty',
  docsUrl: 'https://adapty.io/docs/export-analytics-api',
  config: adaptyConfig,
  connect: (config, { createHttpClient, clock }) => {
    const client = createAdaptyClient(config, createHttpClient);
    const { apiVersion, timezone } = config;
    return {
      timezone,
      capabilities: {
        metrics: createMetrics(client, config, clock),
        funnels: createFunnels(client, config, clock),
        conversions: createConversions(client, config, clock),
        retention: createRetention(client, config, clock),
        'cohort-analysis': createCohortAnalysis(client, config, clock),
        'lifetime-value': createLifetimeValue(client, config, clock),
      },
      catalog: {
        metrics: CATALOG_METRICS,
        dimensions: dimensionsOf(apiVersion),
        dimensionFamilies: [],
        measurableProperties: [],
        listEvents: () => Promise.resolve(null),
      },
      async checkAccess(deadline) {
        const now = Temporal.Instant.fromEpochMilliseconds(clock.now());
        const today = now.toZonedDateTimeISO(timezone).toPlainDate().toString();
        const filters = { date: [today, today] };
        const chartId = apiVersion === '2024' ? undefined : 'installs';
        const rest = { dateType: undefined, segmentation: undefined, periodUnit: 'day' } as const;
        await client.fetchAnalytics({ timezone, filters, chartId, ...rest }, deadline);
      },
      allowances: client.allowances,
    };
  },
});
