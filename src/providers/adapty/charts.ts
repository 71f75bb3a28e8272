import type { Metric } from '../../analytics/catalog.ts';
import type { Accounting } from '../../analytics/cohort-analysis.ts';
import { ATTRIBUTION_WORDS, OFFER_WORDS, PRODUCT_FILTER_WORDS, PRODUCT_WORDS } from './dimensions.ts';

/** FLOW: happens in a bucket and adds up. SNAPSHOT: how it stands at a bucket's end. AVERAGE: per somebody. */
type ChartKind = 'FLOW' | 'SNAPSHOT' | 'AVERAGE';

/** One chart of Adapty's dashboard. */
export interface Chart {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly isMoney: boolean;
  readonly kind: ChartKind;
  /** Whether refunds change values of the past. */
  readonly isMoving: boolean;
  /** Adapty's words that `segmentation` takes. */
  readonly segmentations: readonly string[];
  /** Adapty's words of the filters it takes, besides the dates. */
  readonly filters: readonly string[];
}

const A = ATTRIBUTION_WORDS;
const AP = [...A, ...PRODUCT_WORDS];
const APO = [...AP, ...OFFER_WORDS];
const OF_SUBSCRIPTIONS = [...AP, 'renewal_status', 'period', ...OFFER_WORDS];

const PRODUCT_FILTERS = [...A, ...PRODUCT_FILTER_WORDS];
const ALL_FILTERS = [...PRODUCT_FILTERS, ...OFFER_WORDS];

const FLOW = { isMoney: false, kind: 'FLOW', isMoving: false } as const;
const SNAPSHOT = { isMoney: false, kind: 'SNAPSHOT', isMoving: false } as const;
const OF_ALL = { segmentations: OF_SUBSCRIPTIONS, filters: ALL_FILTERS };
const OF_PURCHASES = { segmentations: AP, filters: ALL_FILTERS };
const OF_OFFERS = { segmentations: APO, filters: ALL_FILTERS };
const OF_STATES = { segmentations: AP, filters: PRODUCT_FILTERS };
const OF_ENDS = { segmentations: [...AP, 'cancellation_reason'], filters: PRODUCT_FILTERS };

/** The charts that Adapty documents. https://adapty.io/docs/api-specs/export-analytics-api.yaml (checked 2026-11) */
export const CHARTS: readonly Chart[] = [
  {
    id: 'revenue',
    name: 'Revenue',
    description: 'money taken; a refund counts on its own day',
    ...FLOW,
    isMoney: true,
    ...OF_ALL,
  },
  {
    id: 'mrr',
    name: 'MRR',
    description: 'monthly recurring revenue; refunds take it back from the past',
    ...SNAPSHOT,
    isMoney: true,
    isMoving: true,
    ...OF_ALL,
  },
  {
    id: 'arr',
    name: 'ARR',
    description: 'annual recurring revenue; refunds take it back from the past',
    ...SNAPSHOT,
    isMoney: true,
    isMoving: true,
    ...OF_ALL,
  },
  {
    id: 'arpu',
    name: 'ARPU',
    description: 'revenue per install',
    isMoney: true,
    kind: 'AVERAGE',
    isMoving: false,
    segmentations: [...A, 'period'],
    filters: A,
  },
  {
    id: 'arppu',
    name: 'ARPPU',
    description: 'revenue per paying user',
    isMoney: true,
    kind: 'AVERAGE',
    isMoving: true,
    segmentations: [...AP, 'renewal_status', 'period'],
    filters: ALL_FILTERS,
  },
  {
    id: 'refund_money',
    name: 'Refunded money',
    description: 'money given back',
    ...FLOW,
    isMoney: true,
    ...OF_PURCHASES,
  },
  {
    id: 'installs',
    name: 'Installs',
    description: 'Installs, as the app settings at Adapty define them.',
    ...FLOW,
    segmentations: A,
    filters: A,
  },
  { id: 'trials_new', name: 'New trials', description: 'Trials that began.', ...FLOW, ...OF_OFFERS },
  { id: 'trials_active', name: 'Active trials', description: 'Trials that are running.', ...SNAPSHOT, ...OF_ALL },
  {
    id: 'trials_renewal_cancelled',
    name: 'Cancelled trials',
    description: 'Trials whose renewal was cancelled.',
    ...FLOW,
    ...OF_STATES,
  },
  {
    id: 'trials_expired',
    name: 'Expired trials',
    description: 'Trials that ended without a purchase.',
    ...FLOW,
    ...OF_ENDS,
  },
  {
    id: 'subscriptions_new',
    name: 'New subscriptions',
    description: 'Subscriptions that began, directly or out of a trial.',
    ...FLOW,
    ...OF_OFFERS,
  },
  {
    id: 'subscriptions_active',
    name: 'Active subscriptions',
    description: 'Subscriptions that are paid for; refunds take them back from the past.',
    ...SNAPSHOT,
    isMoving: true,
    ...OF_ALL,
  },
  {
    id: 'subscriptions_renewal_cancelled',
    name: 'Cancelled subscriptions',
    description: 'Subscriptions whose renewal was cancelled.',
    ...FLOW,
    ...OF_STATES,
  },
  {
    id: 'subscriptions_expired',
    name: 'Expired subscriptions',
    description: 'Subscriptions that ended.',
    ...FLOW,
    ...OF_ENDS,
  },
  {
    id: 'grace_period',
    name: 'Grace period',
    description: 'Subscriptions that entered their grace period.',
    ...FLOW,
    ...OF_STATES,
  },
  {
    id: 'billing_issue',
    name: 'Billing issue',
    description: 'Subscriptions that ran into a billing issue.',
    ...FLOW,
    ...OF_STATES,
  },
  { id: 'refund_events', name: 'Refunds', description: 'Purchases that were refunded.', ...FLOW, ...OF_OFFERS },
  {
    id: 'non_subscriptions',
    name: 'Other purchases',
    description: 'Purchases that are no subscriptions.',
    ...FLOW,
    ...OF_PURCHASES,
  },
];

/** A metric of the catalog: a chart in one accounting; null for a chart that counts. */
export interface ChartMetric {
  readonly metric: Metric;
  readonly chart: Chart;
  readonly accounting: Accounting | null;
}

/** The metric whose chart the options name. */
export const OTHER_CHART: Metric = {
  key: 'other_chart',
  name: 'Other chart',
  unit: 'NUMBER',
  currency: null,
  isAdditive: false,
  description: 'The chart that `options: { chartId }` names, for what Adapty answers and does not document.',
};

const ACCOUNTING_WORDS: Readonly<Record<Accounting, { suffix: string; name: string; meaning: string }>> = {
  GROSS: { suffix: '', name: '', meaning: "before the store's commission" },
  PROCEEDS: { suffix: '_proceeds', name: ', proceeds', meaning: "after the store's commission" },
  NET: { suffix: '_net_revenue', name: ', net revenue', meaning: "after the store's commission and taxes" },
};

const CHART_METRICS: readonly ChartMetric[] = CHARTS.flatMap((chart): ChartMetric[] =>
  chart.isMoney
    ? (['GROSS', 'PROCEEDS', 'NET'] as const).map((accounting) => toMoneyMetric(chart, accounting))
    : [{ chart, accounting: null, metric: toCountMetric(chart) }],
);

const BY_KEY: ReadonlyMap<string, ChartMetric> = new Map(CHART_METRICS.map((one) => [one.metric.key, one]));

/** The metrics that can be asked for by key. */
export const CATALOG_METRICS: readonly Metric[] = [...CHART_METRICS.map(({ metric }) => metric), OTHER_CHART];

/** Given a metric's key, return what it is at Adapty; undefined for {@link OTHER_CHART}. */
export function findChartMetric(key: string): ChartMetric | undefined {
  return BY_KEY.get(key);
}

function toMoneyMetric(chart: Chart, accounting: Accounting): ChartMetric {
  const { suffix, name, meaning } = ACCOUNTING_WORDS[accounting];
  // Of the chart called revenue the accountings have names of their own: proceeds, net_revenue.
  const key = chart.id === 'revenue' && suffix !== '' ? suffix.slice(1) : `${chart.id}${suffix}`;
  const metric: Metric = {
    key,
    name: `${chart.name}${name}`,
    unit: 'MONEY',
    currency: 'USD',
    isAdditive: chart.kind === 'FLOW',
    description: `${chart.name}: ${chart.description}; ${meaning}.`,
  };
  return { metric, chart, accounting };
}

function toCountMetric({ id, name, kind, description }: Chart): Metric {
  const isAdditive = kind === 'FLOW';
  return { key: id, name, unit: isAdditive ? 'COUNT' : 'DISTINCT_COUNT', currency: null, isAdditive, description };
}
