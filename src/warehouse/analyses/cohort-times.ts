import { Temporal } from 'temporal-polyfill';
import type { CohortOffset } from '../../analytics/cohort-analysis.ts';
import { createPeriod, type Interval, type Period } from '../../analytics/period.ts';
import { createTimeAxis } from '../../analytics/time-axis.ts';
import { QueryLimitError } from '../../errors.ts';
import { toBuckets, type Buckets } from './buckets.ts';

/** Most offsets after 0 where the question does not say how many. */
export const MAX_OFFSETS = 400;

/** When those of a row entered: the first and the last offset bucket, by index. */
export interface CohortPlace {
  /** First day of the cohort's bucket, YYYY-MM-DD; null for all cohorts together. */
  readonly cohort: string | null;
  readonly first: number;
  readonly last: number;
}

/** The cohorts of a question, and the buckets of time that their offsets are counted in. */
export interface CohortTimes {
  /** What an entry falls into, by the index of the cohort. */
  readonly cohorts: Buckets;
  /** What an event falls into: those that have begun, from the period's start until when rows are known. */
  readonly offsets: Buckets;
  /** How many of these have ended. */
  readonly endedCount: number;
  /** By the index of the cohort: those that have begun. */
  readonly places: readonly CohortPlace[];
  /** All cohorts of the period, those that have not begun as well. */
  readonly total: CohortPlace;
}

/** What cohorts are made of. */
export interface CohortQuestion {
  readonly period: Period;
  readonly interval: Interval;
  readonly offsetBy: CohortOffset;
  /** Until when rows are known, in milliseconds since the epoch. */
  readonly asOf: number;
  /** The last offset whose events matter, for whichever cohort; null where all that are known do. */
  readonly lastOffset: number | null;
}

/** Given a question, return its cohorts and offsets; refuses buckets that are no days, and offsets that are no buckets. */
export function createCohortTimes(question: CohortQuestion): CohortTimes {
  const { period, interval, asOf } = question;
  const stepLength = toStepLength(question);
  if (interval === 'HOUR' || interval === 'MINUTE') {
    throw new QueryLimitError(`query.interval: cohorts are of a DAY or longer, not of ${interval}`);
  }
  const steps = createSteps(question, stepLength);
  const { epochs, dates } = createTimeAxis(period, interval);
  const begun = (dates ?? []).filter((_, index) => (epochs[index] ?? asOf) < asOf);
  const lastOf = (index: number): number => {
    const next = epochs[index + 1];
    return (next === undefined ? steps.periodCount : steps.epochs.indexOf(next)) - 1;
  };
  return {
    cohorts: toBuckets(period, { epochs }),
    offsets: steps.begun,
    endedCount: steps.endedCount,
    places: begun.map((cohort, index) => ({
      cohort,
      first: index === 0 ? 0 : steps.epochs.indexOf(epochs[index] ?? 0),
      last: lastOf(index),
    })),
    total: { cohort: null, first: 0, last: steps.periodCount - 1 },
  };
}

function toStepLength({ interval, offsetBy }: CohortQuestion): StepLength {
  if (offsetBy === 'DAY') return 'DAY';
  if (offsetBy === 'RENEWAL') {
    throw new QueryLimitError('query.offsetBy: RENEWAL is not computed from exported rows. Allowed: PERIOD, DAY');
  }
  const length = STEP_LENGTHS.find((one) => one === interval);
  if (length !== undefined) return length;
  throw new QueryLimitError(
    `query.interval: ${interval} is not available. Allowed: ${STEP_LENGTHS.join(', ')}; TOTAL with offsets by DAY`,
  );
}

const STEP_LENGTHS = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const;
type StepLength = (typeof STEP_LENGTHS)[number];

/** More days than any bucket of that length has: so many later, the next one has begun. */
const DAYS_BEYOND: Readonly<Record<StepLength, number>> = { DAY: 2, WEEK: 8, MONTH: 32, QUARTER: 93, YEAR: 367 };

interface Steps {
  readonly begun: Buckets;
  readonly endedCount: number;
  /** Starts of the buckets of the period, begun or not, and of those that rows are known of. */
  readonly epochs: readonly number[];
  /** How many of them the period has. */
  readonly periodCount: number;
}

function createSteps({ period, asOf, lastOffset }: CohortQuestion, length: StepLength): Steps {
  const { timezone, start, end } = period;
  const days = DAYS_BEYOND[length];
  const known = Math.max(asOf, end.epochMilliseconds);
  const needed = lastOffset === null ? known : end.add({ days: days * (lastOffset + 1) }).epochMilliseconds;
  const horizon = Temporal.Instant.fromEpochMilliseconds(Math.min(known, needed)).toZonedDateTimeISO(timezone);
  const { epochs } = createTimeAxis(createPeriod(start, horizon.add({ days }), { timezone, now: asOf }), length);
  const periodCount = epochs.filter((epoch) => epoch < end.epochMilliseconds).length;
  const neededCount = lastOffset === null ? Infinity : periodCount + lastOffset;
  const begun = epochs.filter((epoch, index) => start.epochMilliseconds < asOf && epoch < asOf && index < neededCount);
  const next = epochs[begun.length] ?? asOf;
  return {
    begun: { starts: begun, end: Math.min(next, asOf) },
    endedCount: begun.length > 0 && next > asOf ? begun.length - 1 : begun.length,
    epochs,
    periodCount,
  };
}

/** How far the time of a cell has come: not begun for anybody, begun for some, passed for everybody. */
export type CellTime = 'TO_COME' | 'RUNNING' | 'PASSED';

/** Given whom a row is about and an offset, return how far its time has come. */
export function timeOfCell(
  { first, last }: CohortPlace,
  offset: number,
  { offsets, endedCount }: CohortTimes,
): CellTime {
  if (first + offset >= offsets.starts.length) return 'TO_COME';
  return last + offset < endedCount ? 'PASSED' : 'RUNNING';
}
