import { z } from 'zod';
import type { Filter } from '../../analytics/filters.ts';
import type { Period } from '../../analytics/period.ts';
import { InvalidQueryError, QueryLimitError } from '../../errors.ts';
import type { AdaptyVersion } from './config.ts';
import { toKey, toWord } from './dimensions.ts';
import { toDays, toTimezone, type Vocabulary } from './vocabulary.ts';

/** The filters of a request, in Adapty's words. */
export type AdaptyFilters = Readonly<Record<string, unknown>>;

// Adapty compares letter by letter: "weekly" would match nothing, without a word.
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  duration: ['Weekly', 'Monthly', '2 months', '3 months', '6 months', 'Annual', 'Lifetime', 'Uncategorized'],
  store: ['app_store', 'play_store', 'stripe'],
  attribution_source: ['adjust', 'airbridge', 'apple_search_ads', 'appsflyer', 'branch', 'custom'],
  attribution_status: ['organic', 'non-organic', 'unknown'],
  offer_category: ['no_offer', 'introductory', 'promotional', 'offer_code', 'win_back', 'winback', 'retention'],
  offer_type: ['free_trial', 'pay_as_you_go', 'pay_up_front'],
  state: ['live', 'inactive', 'draft', 'archived'],
};

/** Options of every 2024 question: filters that hold a single value, which a dimension cannot. */
export const FILTER_OPTIONS_2024 = {
  subscriptionDuration: z
    .int()
    .optional()
    .describe('Sent as the filter `subscription_duration`, which holds one number.'),
  profilesCountingMethod: z
    .enum(['profile_id', 'customer_user_id', 'device_id'])
    .optional()
    .describe('What an install is. Left out: as the app settings at Adapty say.'),
};

/** What the filters of a request are made from. */
export interface FilterContext {
  readonly period: Period;
  readonly version: AdaptyVersion;
  readonly vocabulary: Pick<Vocabulary, 'subject' | 'filters'>;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Given the filters of a question, return those of a request; refuses what the endpoint or chart does not take. */
export function toAdaptyFilters(filters: readonly Filter[], context: FilterContext): AdaptyFilters {
  const { period, version, vocabulary, options } = context;
  const values = new Map<string, readonly string[]>();
  for (const { dimension, values: wanted } of filters) {
    const word = toWord(dimension);
    assertTaken(dimension, word, vocabulary);
    const spelt = wanted.map((value) => toSpelling(word, value));
    const before = values.get(word);
    const both = before ? before.filter((value) => spelt.includes(value)) : spelt;
    // An empty list would filter nothing at all.
    if (both.length === 0) throw new InvalidQueryError(`filters: those on ${dimension} exclude each other`);
    values.set(word, [...new Set(both)]);
  }
  return {
    date: toDays(period),
    ...Object.fromEntries([...values].map(([word, list]) => [word, toWireValues(word, list, version)])),
    ...(version === '2024' && {
      timezone: toTimezone(period),
      subscription_duration: options['subscriptionDuration'],
      profiles_counting_method: options['profilesCountingMethod'],
    }),
  };
}

function assertTaken(dimension: string, word: string, { subject, filters }: FilterContext['vocabulary']): void {
  if (filters.includes(word)) return;
  throw new QueryLimitError(
    `filters: Adapty does not filter ${subject} by ${dimension}. It takes: ${filters.map(toKey).join(', ')}`,
  );
}

function toSpelling(word: string, value: string): string {
  if (word === 'country') return value.toUpperCase();
  return SPELLINGS[word]?.find((known) => known.toLowerCase() === value.toLowerCase()) ?? value;
}

function toWireValues(word: string, values: readonly string[], version: AdaptyVersion): readonly unknown[] {
  if (word === 'renewal_period') return values.map(toPeriodNumber);
  return word === 'store_product_id' && version === '2024' ? values.map(toPair) : values;
}

function toPeriodNumber(value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw new InvalidQueryError(`filters: renewal_period is a number, "${value}" is none`);
}

// The 2024 document shows a product as two texts and does not say which; no id of a store has a slash.
function toPair(value: string): readonly string[] {
  const parts = value.split('/');
  if (parts.length === 2 && !parts.includes('')) return parts;
  throw new InvalidQueryError(
    `filters: with apiVersion 2024 a product is two texts, written with a slash between them; "${value}" is not`,
  );
}
