import { createTest, isOfPeople, valueOf } from '../ledger/dimensions.ts';
import type { Subject } from '../ledger/dimensions.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ParsedRequest, CommonBody } from '../requests/parse-request.ts';
import type { DateRange } from '../requests/schemas.ts';
import { findBucket, toBuckets } from './buckets.ts';
import type { Bucket } from './buckets.ts';

/** A request beside what answers it. */
export interface Question<Body> {
  readonly body: Body;
  readonly ledger: Ledger;
  readonly segmentation: string | undefined;
  /** The whole range as one bucket; absent when it has not begun. */
  readonly whole: Bucket | undefined;
  /** The buckets of a unit over the range, or over another one. */
  bucketsOf(unit: string, range?: DateRange): Bucket[];
  /** Whether the filters let somebody or something pass. */
  readonly test: (subject: Subject) => boolean;
}

/** The answer of an endpoint. */
export interface Answer {
  readonly json: unknown;
  /** The same as a table: header and rows. */
  readonly table: readonly (readonly (string | number | null)[])[];
}

/** Puts a request beside what answers it. */
export function toQuestion<Body extends CommonBody>(
  { body, range, timeZone, segmentation }: ParsedRequest<Body>,
  { ledger, nowMs }: { ledger: Ledger; nowMs: number },
): Question<Body> {
  const bucketsOf = (unit: string, asked: DateRange = range): Bucket[] => toBuckets(asked, unit, { timeZone, nowMs });
  return { body, ledger, segmentation, whole: bucketsOf('none')[0], bucketsOf, test: createTest(body.filters) };
}

/** Whether an instant is in a bucket. */
export function isIn(bucket: Bucket | undefined, ms: number): boolean {
  return bucket !== undefined && ms >= bucket.startMs && ms < bucket.endMs;
}

/** What can be split into segments: a subject, at the date that counts. */
export interface DatedSubject extends Subject {
  readonly atMs: number;
}

/** One row of a segmented answer. */
export interface Group<Member> {
  readonly title: string;
  readonly type: 'total' | 'single';
  readonly members: readonly Member[];
  /** Whether somebody or something belongs to it. */
  readonly has: (subject: DatedSubject) => boolean;
}

const DATE_UNITS = ['day', 'week', 'month', 'quarter', 'year'];

/**
 * Splits members into the total and, where asked for, the segments; the largest segments first, buckets by date.
 * The title of a segment is the value its filter takes, so that it is empty where the value is unknown.
 */
export function toGroups<Member extends DatedSubject>(
  members: readonly Member[],
  { segmentation, bucketsOf }: Pick<Question<unknown>, 'segmentation' | 'bucketsOf'>,
): Group<Member>[] {
  const total: Group<Member> = { title: 'Total', type: 'total', members, has: () => true };
  if (segmentation === undefined) return [total];
  const isByDate = DATE_UNITS.includes(segmentation);
  const keyOf = isByDate ? byDate(bucketsOf(segmentation)) : byValue(segmentation);
  const isOfPurchases = !isByDate && !isOfPeople(segmentation);
  // Who bought nothing belongs to every segment that only a purchase has.
  const isInAll = (subject: Subject): boolean => isOfPurchases && !subject.sale;
  const split = new Map<string, Member[]>();
  for (const member of members) {
    if (isInAll(member)) continue;
    const key = keyOf(member);
    const known = split.get(key);
    if (known) known.push(member);
    else split.set(key, [member]);
  }
  const singles = [...split].map(([title, some]): Group<Member> => ({
    title,
    type: 'single',
    members: some,
    has: (subject) => isInAll(subject) || keyOf(subject) === title,
  }));
  singles.sort((a, b) => (isByDate ? 0 : b.members.length - a.members.length) || (a.title < b.title ? -1 : 1));
  return [total, ...singles];
}

function byValue(dimension: string): (subject: Subject) => string {
  return (subject) => valueOf(subject, dimension);
}

function byDate(buckets: readonly Bucket[]): (subject: { readonly atMs: number }) => string {
  return ({ atMs }) => buckets[findBucket(buckets, atMs)]?.day ?? '';
}

/** A share in percent; 0 of nothing. */
export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (part / whole) * 100;
}

/** Cents as dollars. */
export function dollars(cents: number): number {
  return cents / 100;
}

/** A quotient; 0 where there is nothing to divide by. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
