import type { DataSource } from '../analytics/data-source.ts';
import type { ComputingServices } from './computing.ts';
import { createFactMetrics } from './fact-metrics.ts';

/** Given a data source, return it with the analyses that are computed over its exported rows, where its provider does not answer them itself. */
export function withComputed(dataSource: DataSource, services: ComputingServices): DataSource {
  const { connection } = dataSource;
  const { capabilities, datasets } = connection;
  if (!datasets) return dataSource;
  const { facts = [] } = datasets;
  const metrics = facts.length > 0 ? { metrics: createFactMetrics(dataSource, facts, services) } : {};
  return { ...dataSource, connection: { ...connection, capabilities: { ...metrics, ...capabilities } } };
}
