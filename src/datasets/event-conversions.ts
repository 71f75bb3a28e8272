import { z } from 'zod';
import { tablesOf } from '../analytics/datasets.ts';
import type { ConversionPoint, ConversionsCapability } from '../analytics/conversions.ts';
import { computeConversion } from '../warehouse/analyses/conversion.ts';
import type { ComputingServices } from './computing.ts';
import { eventLimitsOf } from './event-limits.ts';
import { readEvents, toTimes, type EventSource } from './event-rows.ts';

/** Given whose events, return conversions that are computed over them. */
export function createEventConversions(source: EventSource, services: ComputingServices): ConversionsCapability {
  return {
    answeredBy: 'COMPUTED',
    limits: eventLimitsOf(source.dataSource),
    conversion: { points: ['event'] },
    options: z.strictObject({}),
    async fetchConversion(query, deadline) {
      const { from, to, period, comparison, waitMs } = query;
      const periods = [period, ...(comparison ? [comparison.period] : [])];
      const question = { tables: tablesOf(source.events, [from, to].map(eventOf)), spans: periods.map(toTimes) };
      const { relation, freshness } = await readEvents(source, question, { wait: { waitMs, deadline }, services });
      const tools = { database: await services.database(), signal: deadline.signal };
      const conversion = await computeConversion(relation, query, tools);
      return { ...conversion, freshness: { ...freshness, isSettled: freshness.isSettled && !period.isRunning } };
    },
  };
}

function eventOf(point: ConversionPoint): string {
  // Stages of a subscription are refused before anything is asked.
  return point.kind === 'event' ? point.name : '';
}
