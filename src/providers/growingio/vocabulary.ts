import type { Metric } from '../../analytics/catalog.ts';
import type { MetricRef } from '../../analytics/metrics.ts';

/** What Growingio can be asked for by key. */
export const METRICS: readonly Metric[] = [
  {
    key: 'visits',
    name: 'Visits',
    unit: 'COUNT',
    currency: null,
    isAdditive: true,
    description: 'How often somebody came, each visit counted.',
  },
];

/** Given a metric, return Growingio's name for it. */
export function toMetricName(metric: MetricRef): string {
  return metric.kind === 'catalog' ? metric.metric.key : metric.name;
}
