import type { Metric } from '../../analytics/catalog.ts';
import type { MetricRef } from '../../analytics/metrics.ts';

/** What Mytracker can be asked for by key. */
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

/** Given a metric, return Mytracker's name for it. */
export function toMetricName(metric: MetricRef): string {
  if (metric.kind === 'catalog') return metric.metric.key;
  return metric.kind === 'event' ? metric.name : metric.nativeId;
}
