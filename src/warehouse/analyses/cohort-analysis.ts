import type { CohortAnalysisQuery, CohortAnalysisResult } from '../../analytics/cohort-analysis.ts';
import { QueryLimitError } from '../../errors.ts';
import { MAX_OFFSETS } from './cohort-times.ts';
import { measureCohorts, unitOf, type CohortMeasures, type CohortValuesTools } from './cohort-values.ts';
import type { EventRelation } from './event-relation.ts';

/** What a cohort analysis is asked. */
export type CohortAnalysisQuestion = Omit<CohortMeasures, 'measure' | 'lastOffset'> &
  Pick<CohortAnalysisQuery, 'measure'>;

const MEASURES = ['REVENUE', 'ARPU', 'ARPPU'] as const;

/** Given events and a question, return what became of the cohorts; a cell that is not complete has no value. */
export async function computeCohortAnalysis(
  events: EventRelation,
  question: CohortAnalysisQuestion,
  tools: CohortValuesTools,
): Promise<Omit<CohortAnalysisResult, 'freshness'>> {
  const measure = toMeasure(question);
  const lastOffset = Math.max(...(question.days ?? [MAX_OFFSETS]));
  const rows = await measureCohorts(events, { ...question, measure, lastOffset }, tools);
  return {
    rows: rows.map(({ soFar: _soFar, ...row }) => row),
    ...unitOf(question.value, measure, tools.currency),
  };
}

function toMeasure({ measure }: CohortAnalysisQuestion): CohortMeasures['measure'] {
  const known = MEASURES.find((one) => one === measure);
  if (known) return known;
  throw new QueryLimitError(
    `query.measure: ${measure} is not computed from exported rows. Allowed: ${MEASURES.join(', ')}`,
  );
}
