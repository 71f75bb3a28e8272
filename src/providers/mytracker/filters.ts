import type { ExportFilter } from '../../analytics/exports.ts';
import type { LocatedFilter } from '../../analytics/filters.ts';
import { didYouMean, nearMatches } from '../../analytics/near-matches.ts';
import { InvalidQueryError, QueryLimitError } from '../../errors.ts';
import { toCountryId } from './countries.ts';
import { FILTER_RULES, type FilterRule } from './filter-rules.ts';

/** Parameters of a request, in order; a name may come several times. */
export type Parameters = readonly (readonly [name: string, value: string])[];

/** Given the name of an event, return what its table can be filtered by. */
export function toTableFilters(event: string): readonly ExportFilter[] {
  return rulesOf(event).map(({ name, description, maxValues }) => ({ name, description, maxValues }));
}

/** Given filters of an event's table, return the parameters that say the same; throws where MyTracker cannot say it. */
export function toFilterParameters(filters: readonly LocatedFilter[], event: string): Parameters {
  const rules = rulesOf(event);
  const pairs = filters.map((filter) => {
    const rule = rules.find(({ name }) => name === filter.dimension);
    if (!rule)
      throw new InvalidQueryError(`${filter.path}.dimension: ${event} cannot be filtered by "${filter.dimension}"`);
    return { filter, rule };
  });
  pairs.forEach(({ filter, rule }, index) => {
    const before = pairs.slice(0, index).find((other) => other.rule.parameter === rule.parameter);
    if (!before) return;
    throw new QueryLimitError(
      `${filter.path}.dimension: MyTracker takes one filter by ${rule.parameter}, and there is "${before.filter.dimension}" already`,
    );
  });
  return pairs.flatMap(({ filter, rule }) => toParameters(filter, rule));
}

function rulesOf(event: string): readonly FilterRule[] {
  return FILTER_RULES.filter(({ events }) => events === 'ALL' || events.includes(event));
}

function toParameters(filter: LocatedFilter, rule: FilterRule): Parameters {
  assertOperator(filter, rule);
  const values = filter.values.map((value, index) => toValue(value, rule, `${filter.path}.values[${index}]`));
  const { parameter } = rule;
  const pairs: Parameters =
    rule.writtenAs === 'COMMAS'
      ? [[parameter, values.join(',')]]
      : values.map((value) => [rule.writtenAs === 'ARRAY' ? `${parameter}[]` : parameter, value]);
  return rule.inversion !== null && filter.operator === 'IS_NOT' ? [...pairs, [rule.inversion, '1']] : pairs;
}

function assertOperator({ operator, path }: LocatedFilter, { name, inversion }: FilterRule): void {
  if (operator === 'IS' || (operator === 'IS_NOT' && inversion !== null)) return;
  const allowed = inversion === null ? 'IS' : 'IS, IS_NOT';
  throw new QueryLimitError(`${path}.operator: ${operator} is not available with ${name}. Allowed: ${allowed}`);
}

function toValue(value: string, rule: FilterRule, path: string): string {
  if (rule.values === 'COUNTRIES') return toCountry(value, path);
  if (rule.values instanceof RegExp) {
    if (rule.values.test(value)) return value;
    throw new InvalidQueryError(`${path}: "${value}" is not ${rule.expected}`);
  }
  if (Object.hasOwn(rule.values, value)) return value;
  const words = Object.entries(rule.values).find(([, meaning]) => meaning === value.toLowerCase())?.[0];
  if (words !== undefined) return words;
  const known = Object.entries(rule.values).map(([key, meaning]) => `${key} (${meaning})`);
  const suggestion = didYouMean(nearMatches(value, Object.values(rule.values)));
  throw new InvalidQueryError(`${path}: "${value}" is not ${rule.expected}.${suggestion} Known: ${known.join(', ')}`);
}

function toCountry(code: string, path: string): string {
  const id = toCountryId(code);
  if (id !== undefined) return id;
  throw new InvalidQueryError(
    `${path}: "${code}" is no ISO 3166-1 code of two letters that MyTracker's dictionary has a country for. Use idCountry for an id of its own`,
  );
}
