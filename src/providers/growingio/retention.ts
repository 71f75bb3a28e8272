import { z } from 'zod';
import type { Clock } from '../../analytics/deadline.ts';
import type { RetentionCapability } from '../../analytics/retention.ts';
import type { GrowingioClient } from './client.ts';
import type { GrowingioConfig } from './config.ts';
import { freshnessOf } from './freshness.ts';
import { limitsOf, requireChart } from './limits.ts';
import { readRetention } from './retention-rows.ts';
import { toTimeRange } from './time-range.ts';
import { RANGES } from './vocabulary.ts';

/** Given a client, return the saved retentions of its project. */
export function createRetention(client: GrowingioClient, config: GrowingioConfig, clock: Clock): RetentionCapability {
  return {
    limits: limitsOf(config, ['DAY', 'WEEK', 'MONTH']),
    retention: {
      modes: ['N_DAY'],
      // Which of them it is was saved with the chart and is not said: the default passes, and means nothing.
      entryKinds: ['FIRST_TIME'],
      offsetBy: 'PERIOD',
      takesEvents: false,
      takesChart: true,
      maxOffsets: null,
    },
    options: z.strictObject({}),
    async fetchRetention(query, deadline) {
      const { period, interval } = query;
      const range = RANGES[interval as keyof typeof RANGES];
      const request = { id: requireChart(query.chart), ...toTimeRange(period), range };
      const response = await client.fetchRetention(request, deadline);
      const now = clock.now();
      const { endsAt, ...retention } = readRetention(response, query, { config, now });
      return { ...retention, freshness: freshnessOf({ endsAt, rowCount: response.data.length, now }, config) };
    },
  };
}
