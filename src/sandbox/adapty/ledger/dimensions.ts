import type { RequestFilters } from '../requests/filters.ts';
import type { Profile, Sale } from './facts.ts';

/** Somebody or something that has dimensions: a person, a sale, one period of it. */
export interface Subject {
  readonly profile: Profile;
  readonly sale?: Sale;
  readonly period?: number;
}

const PEOPLE_DIMENSIONS = /^(app_id|default|country|store|attribution_\w+)$/;

/** Whether people have a dimension, or only purchases. */
export function isOfPeople(dimension: string): boolean {
  return PEOPLE_DIMENSIONS.test(dimension);
}

/** The value a subject has in a dimension; empty for unknown. */
export function valueOf({ profile, sale, period }: Subject, dimension: string): string {
  if (isOfPeople(dimension)) return profile.attributes[dimension] ?? '';
  switch (dimension) {
    case 'period':
      return String(period ?? sale?.payments.length ?? '');
    // The free trials are introductory offers; everything paid here is paid in full.
    case 'offer_category':
      return isTrial(sale, period) ? 'introductory' : 'no_offer';
    case 'offer_type':
      return isTrial(sale, period) ? 'free_trial' : '';
    default:
      return sale?.attributes[dimension] ?? '';
  }
}

function isTrial(sale: Sale | undefined, period: number | undefined): boolean {
  return period === undefined ? sale?.trial !== undefined : period === 0;
}

const NOT_DIMENSIONS = /^(date|compare_date|timezone|state|subscription_duration|profiles_counting_method)|_(from|to)$/;

/** Makes the test for the filters of a request; who bought nothing cannot fail a filter on purchases. */
export function createTest(filters: RequestFilters): (subject: Subject) => boolean {
  const conditions = Object.entries(filters).flatMap(([name, values]) => {
    if (NOT_DIMENSIONS.test(name) || !Array.isArray(values) || values.length === 0) return [];
    const dimension = name === 'renewal_period' ? 'period' : name;
    return [{ dimension, isOfPeople: isOfPeople(dimension), allowed: new Set<unknown>(values) }];
  });
  return (subject) =>
    conditions.every(
      ({ dimension, isOfPeople, allowed }) =>
        (!isOfPeople && !subject.sale) || allowed.has(valueOf(subject, dimension)),
    );
}
