import type { DimensionValue, Unit } from '../../analytics/catalog.ts';
import type { Accounting, CohortCell, CohortOffset, CohortValue } from '../../analytics/cohort-analysis.ts';
import type { Interval, Period } from '../../analytics/period.ts';
import { QueryLimitError } from '../../errors.ts';
import type { AnalysisTools } from './analysis-tools.ts';
import { MAX_CELLS, placeCells, toCohortGroups, tooManyCells, type CohortGroup } from './cohort-groups.ts';
import { createCohortTimes } from './cohort-times.ts';
import { toCohortValuesSql, type CohortValuesQuestion } from './cohort-values-sql.ts';
import type { EventRelation } from './event-relation.ts';

/** What values by cohort are computed with. */
export interface CohortValuesTools extends AnalysisTools {
  /** Until when rows are known, in milliseconds since the epoch: what has not ended by then is not complete. */
  readonly asOf: number;
  /** ISO 4217 code of the column `revenue`; null where unknown. */
  readonly currency: string | null;
}

/** What values by cohort are asked for. */
export interface CohortMeasures extends CohortValuesQuestion {
  readonly period: Period;
  readonly interval: Interval;
  readonly accounting: Accounting;
  readonly offsetBy: CohortOffset;
  /** Which days, where offsets are days; null for all, up to 400. */
  readonly days: readonly number[] | null;
  readonly measure: 'REVENUE' | 'ARPU' | 'ARPPU';
  readonly cumulative: boolean;
  /** Values behind this offset are not looked at; null to add up all that are known, for what users have brought so far. */
  readonly lastOffset: number | null;
}

/** Those who entered together, with the measure at each offset and, as `soFar`, over all offsets that are looked at. */
export interface MeasuredCohort {
  readonly cohort: string | null;
  readonly isTotal: boolean;
  readonly dimensions: readonly DimensionValue[];
  readonly size: number;
  readonly cells: readonly CohortCell[];
  readonly soFar: number | null;
}

/** Given events and what is asked of cohorts, return their rows; docs/definitions/cohorts.md says what counts. */
export async function measureCohorts(
  events: EventRelation,
  question: CohortMeasures,
  { database, signal, asOf }: CohortValuesTools,
): Promise<MeasuredCohort[]> {
  if (question.accounting !== 'GROSS') {
    throw new QueryLimitError(
      `query.accounting: ${question.accounting} is not computed from exported rows, which hold what users paid. Allowed: GROSS`,
    );
  }
  const times = createCohortTimes({ ...question, asOf });
  const rows = await database.rows(toCohortValuesSql(events, question, { times, limit: MAX_CELLS + 1 }), signal);
  if (rows.length > MAX_CELLS) throw tooManyCells();
  const groups = toCohortGroups(rows, { times, breakdown: question.breakdown, hasTotals: true });
  const places = placeCells(groups, question.days, times);
  return groups.map((group, index) => {
    const { place, dimensions, size } = group;
    const valueAt = createValues(group, question);
    const cells = (places[index] ?? []).map(({ offset, isComplete }): CohortCell => {
      return { offset, value: isComplete ? valueAt(offset) : null, share: null, isComplete };
    });
    const soFar = createValues(group, { ...question, cumulative: true })(Infinity);
    return { cohort: place.cohort, isTotal: place.cohort === null, dimensions, size, cells, soFar };
  });
}

/** Given what was counted of a cohort, return the measure at an offset. */
function createValues(
  { size, numbers }: CohortGroup,
  { measure, cumulative }: Pick<CohortMeasures, 'measure' | 'cumulative'>,
): (offset: number) => number | null {
  const amountAt = cumulative ? addUp(numbers) : (offset: number) => toAmount(numbers.get(offset));
  return (offset) => {
    const { sum, payers } = amountAt(offset);
    const value = measure === 'REVENUE' ? sum : sum / (measure === 'ARPU' ? size : payers);
    // Nobody to divide by, or more than a number can be.
    return Number.isFinite(value) ? value : null;
  };
}

interface Amount {
  readonly sum: number;
  /** How many users have a value above zero. */
  readonly payers: number;
}

function toAmount([sum = 0, payers = 0]: readonly number[] = []): Amount {
  return { sum, payers };
}

/** What there is up to each offset; whoever pays again is no other payer. */
function addUp(numbers: CohortGroup['numbers']): (offset: number) => Amount {
  const amounts: Amount[] = [];
  let all = toAmount();
  const last = Math.max(-1, ...numbers.keys());
  for (let offset = 0; offset <= last; offset += 1) {
    const [sum = 0, , newPayers = 0] = numbers.get(offset) ?? [];
    all = { sum: all.sum + sum, payers: all.payers + newPayers };
    amounts.push(all);
  }
  return (offset) => amounts[offset] ?? all;
}

/** Given what is added up and in which currency revenue is, return what the values of a measure are. */
export function unitOf(
  value: CohortValue | null,
  measure: CohortMeasures['measure'],
  currency: string | null,
): { readonly unit: Unit; readonly currency: string | null } {
  const isRevenue = value === null || value.property === 'revenue';
  if (isRevenue && currency !== null) return { unit: 'MONEY', currency };
  return { unit: value?.property === null && measure === 'REVENUE' ? 'COUNT' : 'NUMBER', currency: null };
}
