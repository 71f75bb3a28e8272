import type { LifetimeValueResult } from '../../analytics/lifetime-value.ts';
import { measureCohorts, unitOf, type CohortMeasures, type CohortValuesTools } from './cohort-values.ts';
import type { EventRelation } from './event-relation.ts';

/** What lifetime values are asked. */
export type LifetimeValueQuestion = Omit<CohortMeasures, 'measure' | 'cumulative' | 'days' | 'lastOffset'>;

/** Given events and a question, return what a user of each cohort has been worth: up to each offset, and up to now. */
export async function computeLifetimeValue(
  events: EventRelation,
  question: LifetimeValueQuestion,
  tools: CohortValuesTools,
): Promise<Omit<LifetimeValueResult, 'freshness'>> {
  const measures = { ...question, days: null, measure: 'ARPU', cumulative: true, lastOffset: null } as const;
  const rows = await measureCohorts(events, measures, tools);
  return {
    rows: rows.map(({ soFar, ...row }) => ({ ...row, lifetimeValue: soFar })),
    currency: unitOf(question.value, 'ARPU', tools.currency).currency,
  };
}
