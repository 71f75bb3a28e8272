import { assertMeasurable } from '../analytics/catalog.ts';
import type { CohortAnalysisRequest, CohortValue } from '../analytics/cohort-analysis.ts';
import type { DataSource } from '../analytics/data-source.ts';
import type { QueryLimits } from '../analytics/query-limits.ts';
import { assertFilterOperators } from '../analytics/query-limits.ts';
import { InvalidQueryError } from '../errors.ts';
import { assertEventSent, checkFilters } from './query-checks.ts';
import { refusal, type SingleSourceServices } from './single-source.ts';

/** Whose value is asked for, and through what. */
interface ValueContext {
  readonly dataSource: DataSource;
  readonly limits: QueryLimits;
  readonly takesValue: boolean;
  readonly services: SingleSourceServices;
}

/** Given what a question says a cohort is worth, return it checked; null where it does not say, which asks for revenue. */
export async function resolveValue(
  value: CohortAnalysisRequest['value'],
  { dataSource, limits, takesValue, services }: ValueContext,
): Promise<CohortValue | null> {
  if (!value) return null;
  if (!takesValue) throw refusal("query.value: the value is the provider's own; leave it out", dataSource);
  const { name, measure, property = null } = value;
  if (measure !== 'SUM' && measure !== 'COUNT') {
    throw refusal(`query.value.measure: ${measure} is not available. Allowed: SUM, COUNT`, dataSource);
  }
  if ((measure === 'SUM') !== (property !== null)) {
    throw new InvalidQueryError(
      measure === 'SUM'
        ? 'query.value.property: SUM needs the property to add up'
        : 'query.value.property: COUNT takes none; did you mean measure SUM?',
    );
  }
  const filters = checkFilters(dataSource, value.filters, 'query.value.filters');
  assertFilterOperators(filters, limits, dataSource.key);
  if (property !== null) {
    const place = { path: 'query.value.property', sourceKey: dataSource.key };
    assertMeasurable(dataSource.connection.catalog, property, place);
  }
  await assertEventSent({ dataSource, ...services }, name, 'query.value.name');
  return { event: { event: name, filters, name }, property };
}
