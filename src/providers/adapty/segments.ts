import type { DimensionValue } from '../../analytics/catalog.ts';
import { isCalendarDay } from '../../analytics/period.ts';
import { ProviderResponseError } from '../../errors.ts';

/** How Adapty names a part of an answer: a cohort, a value of a dimension, or all of them together. */
export interface Segment {
  readonly title?: string | null | undefined;
  readonly type?: string | null | undefined;
}

/** Whether a segment is all of them together. */
export function isTotal({ type, title }: Segment): boolean {
  return (type ?? title)?.toLowerCase() === 'total';
}

/** Given a segment of a breakdown, return its place in it; an empty title is a value that Adapty does not know. */
export function toDimensions({ title }: Segment, breakdown: readonly string[]): DimensionValue[] {
  return breakdown.map((dimension) => ({ dimension, value: toValue(dimension, title) }));
}

function toValue(dimension: string, title: string | null | undefined): string | null {
  if (title === undefined || title === null || title === '') return null;
  return dimension === 'country' && title.length === 2 ? title.toUpperCase() : title;
}

const DATE_TITLE = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/;

/** Given the segment of a cohort, return its first day as written, never shifted; throws where its title is no date. */
export function requireDay({ title }: Segment): string {
  const [whole, year, month = '01', day = '01'] = DATE_TITLE.exec(title ?? '') ?? [];
  const date = `${year}-${month}-${day}`;
  if (whole !== undefined && isCalendarDay(date)) return date;
  throw new ProviderResponseError('Adapty answered with a cohort whose title is no date.');
}
