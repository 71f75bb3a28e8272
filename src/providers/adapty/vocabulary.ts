import type { Accounting } from '../../analytics/cohort-analysis.ts';
import type { Interval, Period } from '../../analytics/period.ts';
import { createTimeAxis } from '../../analytics/time-axis.ts';
import { QueryLimitError } from '../../errors.ts';
import type { AdaptyVersion } from './config.ts';
import { ATTRIBUTION_WORDS, OFFER_WORDS, PRODUCT_FILTER_WORDS, toKey, toWord } from './dimensions.ts';

/** Adapty's words for the length of a bucket. */
export type PeriodUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';

const PERIOD_UNITS = {
  DAY: 'day',
  WEEK: 'week',
  MONTH: 'month',
  QUARTER: 'quarter',
  YEAR: 'year',
} as const satisfies Partial<Record<Interval, PeriodUnit>>;

/** The intervals that can be asked for. */
export const INTERVALS: readonly Interval[] = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR', 'TOTAL'];

/** Adapty's key for each accounting. */
export const ACCOUNTING_KEYS: Readonly<Record<Accounting, 'revenue' | 'proceeds' | 'net_revenue'>> = {
  GROSS: 'revenue',
  PROCEEDS: 'proceeds',
  NET: 'net_revenue',
};

// Seen by a public client of the live API; not documented. (checked 2026-11)
const MAX_DAYS_BY_DAY = 365;

/** Given an interval and its period, return the unit that asks for it: for `TOTAL` one that holds the whole period, if one does. */
export function toPeriodUnit(interval: Interval, period: Period): PeriodUnit {
  const unit = interval === 'TOTAL' ? widestUnit(period) : PERIOD_UNITS[interval as keyof typeof PERIOD_UNITS];
  if (unit === 'day' && period.dayCount > MAX_DAYS_BY_DAY) {
    throw new QueryLimitError(
      `query.interval: DAY goes with at most ${MAX_DAYS_BY_DAY} days at Adapty, ${period.dayCount} were asked for. Ask for a shorter period, or for WEEK or MONTH`,
    );
  }
  return unit;
}

function widestUnit(period: Period): PeriodUnit {
  const { firstDay, lastDay } = period;
  const isIn = (interval: keyof typeof PERIOD_UNITS) => createTimeAxis(period, interval).epochs.length === 1;
  if (firstDay === lastDay) return 'day';
  if (period.dayCount <= 7 && isIn('WEEK')) return 'week';
  if (firstDay.slice(0, 4) !== lastDay.slice(0, 4)) return 'month';
  if (isIn('MONTH')) return 'month';
  return isIn('QUARTER') ? 'quarter' : 'year';
}

/** The days of a period, as Adapty wants them: both are included. */
export function toDays({ firstDay, lastDay }: Period): readonly [string, string] {
  return [firstDay, lastDay];
}

/** Given a period, return the time zone to send; refuses an offset, which Adapty does not know. */
export function toTimezone({ timezone }: Period): string {
  if (/^[A-Za-z]/.test(timezone)) return timezone;
  throw new QueryLimitError(`query.timezone: Adapty takes names such as Europe/Stockholm, not the offset ${timezone}`);
}

/** What an endpoint, or a chart of it, can be split and filtered by, in Adapty's words. */
export interface Vocabulary {
  /** What it is called in a refusal. */
  readonly subject: string;
  readonly segmentations: readonly string[];
  readonly filters: readonly string[];
}

const FILTERS_2026 = [...ATTRIBUTION_WORDS, ...PRODUCT_FILTER_WORDS, ...OFFER_WORDS];

/** The filters of the 2024 document, the same for every endpoint. */
export const FILTERS_2024: readonly string[] = [
  ...ATTRIBUTION_WORDS,
  ...PRODUCT_FILTER_WORDS,
  'app_id',
  'placement_id',
  'audience_id',
  'ab_test_id',
  'paywalls_group_id',
  'paywall_id',
  'placement_audience_version_id',
  'state',
  'purchase_container_id',
  'renewal_period',
];

/** What everything but single charts and lifetime values can be split by; in 2024 charts as well. */
export const COMMON_SEGMENTATIONS: readonly string[] = [
  'app_id',
  'period',
  'renewal_status',
  'cancellation_reason',
  'store_product_id',
  'country',
  'store',
  'purchase_container_id',
  'paywall_id',
  'audience_id',
  'placement_id',
  'attribution_source',
  'attribution_status',
  'attribution_channel',
  'attribution_campaign',
  'attribution_adgroup',
  'attribution_adset',
  'attribution_creative',
  'duration',
];

/** Of lifetime values, which have other words for the same things: dimension's key to word. */
export const LIFETIME_VALUE_WORDS: ReadonlyMap<string, string> = new Map([
  ['country', 'country'],
  ['product', 'product'],
  ['paywall', 'paywall'],
  ['paywalls_group_id', 'paywalls_group'],
  ['audience', 'audience'],
  ['placement', 'placement'],
  ['subscription_duration', 'duration'],
  ['store', 'store'],
]);

/** The filters of every endpoint but charts. */
export function filtersOf(version: AdaptyVersion): readonly string[] {
  return version === '2024' ? FILTERS_2024 : FILTERS_2026;
}

/** The filters of conversions, funnels and retention: the 2024 document knows one more in the requests that it prints as answers. */
export function filtersOfStages(version: AdaptyVersion): readonly string[] {
  return version === '2024' ? [...FILTERS_2024, 'segment_id'] : FILTERS_2026;
}

/** Given a breakdown of one dimension at the most, return Adapty's segmentation; refuses what the subject does not take. */
export function toSegmentation(
  breakdown: readonly string[],
  { subject, segmentations }: Pick<Vocabulary, 'subject' | 'segmentations'>,
): string | undefined {
  const [dimension] = breakdown;
  if (dimension === undefined) return undefined;
  const word = toWord(dimension);
  if (segmentations.includes(word)) return word;
  throw new QueryLimitError(
    `query.breakdown: Adapty does not split ${subject} by ${dimension}. It takes: ${segmentations.map(toKey).join(', ')}`,
  );
}
