import type { DataSource } from '../analytics/data-source.ts';
import type { ProviderCapabilities, ProviderConnection } from '../analytics/provider.ts';
import { toEventCatalog } from '../warehouse/analyses/event-catalog.ts';
import type { ComputingServices } from './computing.ts';
import { createEventCohortAnalysis, createEventLifetimeValue } from './event-cohorts.ts';
import { createEventConversions } from './event-conversions.ts';
import { createEventFunnels } from './event-funnels.ts';
import { createEventMetrics } from './event-metrics.ts';
import { createEventRetention } from './event-retention.ts';
import { columnsOf, type EventSource } from './event-rows.ts';
import { withComputedFunnels } from './funnels-beside-native.ts';
import { createFactMetrics } from './fact-metrics.ts';

/** Given a data source, return it with the analyses that are computed over its exported rows, where its provider does not answer them itself. */
export function withComputed(dataSource: DataSource, services: ComputingServices): DataSource {
  const { connection } = dataSource;
  const { facts = [], events } = connection.datasets ?? {};
  const computed: ProviderCapabilities = {
    ...(events && createEventCapabilities({ dataSource, events }, services)),
    ...(facts.length > 0 && { metrics: createFactMetrics(dataSource, facts, services) }),
  };
  const { funnels } = connection.capabilities;
  const capabilities = {
    ...computed,
    ...connection.capabilities,
    // Fixed and saved funnels are others than those whose steps are named.
    ...(funnels &&
      computed.funnels &&
      funnels.funnel.maxSteps > 0 && {
        funnels: withComputedFunnels(funnels, computed.funnels),
      }),
  };
  const isOfEvents = events !== undefined && facts.length === 0 && connection.capabilities.metrics === undefined;
  const catalog = isOfEvents ? withEventMetrics(connection.catalog, { dataSource, events }) : connection.catalog;
  return { ...dataSource, connection: { ...connection, capabilities, catalog } };
}

function createEventCapabilities(source: EventSource, services: ComputingServices): ProviderCapabilities {
  return {
    metrics: createEventMetrics(source, services),
    funnels: createEventFunnels(source, services),
    conversions: createEventConversions(source, services),
    retention: createEventRetention(source, services),
    'cohort-analysis': createEventCohortAnalysis(source, services),
    'lifetime-value': createEventLifetimeValue(source, services),
  };
}

/** The metrics that events have by themselves stand beside those that the provider names. */
function withEventMetrics(
  catalog: ProviderConnection['catalog'],
  { events }: EventSource,
): ProviderConnection['catalog'] {
  return {
    ...catalog,
    metrics: [...catalog.metrics, ...toEventCatalog({ columns: columnsOf(events) }, events.currency)],
  };
}
