import { InvalidQueryError } from '../errors.ts';
import type { Deadline } from './deadline.ts';
import { didYouMean, nearMatches } from './near-matches.ts';

/** What a number counts or measures. `DISTINCT_COUNT` (of users, sessions) is never summed over time or groups. */
export const UNITS = ['COUNT', 'DISTINCT_COUNT', 'MONEY', 'FRACTION', 'DURATION', 'NUMBER'] as const;
export type Unit = (typeof UNITS)[number];

/** A metric that a data source can be asked for by key. */
export interface Metric {
  readonly key: string;
  readonly name: string;
  readonly unit: Unit;
  /** ISO 4217 code of a `MONEY` metric. */
  readonly currency: string | null;
  /** Whether values of different buckets or groups may be added up. */
  readonly isAdditive: boolean;
  readonly description: string;
}

/** Something to filter or break down by. */
export interface Dimension {
  readonly key: string;
  readonly name: string;
  readonly description: string;
}

/** One dimension's value; null where the provider does not know it. */
export interface DimensionValue {
  readonly dimension: string;
  readonly value: string | null;
  /** The provider's own word for the dimension, where ours is another. */
  readonly nativeDimension?: string;
  /** The provider's own word for the value, where ours is another. */
  readonly nativeValue?: string;
}

/** Given the dimensions that were asked for and the groups of the answer, return them all: a saved chart brings its own. */
export function toBreakdown(
  asked: readonly string[],
  groups: readonly { readonly dimensions: readonly DimensionValue[] }[],
): readonly string[] {
  const answered = groups.flatMap(({ dimensions }) => dimensions.map(({ dimension }) => dimension));
  return [...new Set([...asked, ...answered])];
}

/** A family of dimensions named by a prefix and a free part, such as `properties.` + the property's own name. */
export interface DimensionFamily {
  readonly prefix: string;
  readonly description: string;
}

/** The words a data source understands. */
export interface ProviderCatalog {
  readonly metrics: readonly Metric[];
  readonly dimensions: readonly Dimension[];
  readonly dimensionFamilies: readonly DimensionFamily[];
  /** What events can be summed and averaged by, besides the dimension families. */
  readonly measurableProperties: readonly string[];
  /** Names of the events that were ever sent; null where the provider cannot list them, and then any name is accepted. */
  listEvents(deadline: Deadline): Promise<readonly string[] | null>;
}

/** Where an unknown name was met: the argument's path, and the data source it was asked of. */
export interface NamePlace {
  readonly path: string;
  readonly sourceKey: string;
}

/** Given a metric's key, return its definition; throws `BAD_USER_INPUT` with near matches. */
export function requireMetric(catalog: ProviderCatalog, key: string, where: NamePlace): Metric {
  const metric = catalog.metrics.find((candidate) => candidate.key === key);
  if (metric) return metric;
  const keys = catalog.metrics.map((candidate) => candidate.key);
  throw unknownName({ kind: 'metric', name: key }, keys, where);
}

/** Throw `BAD_USER_INPUT` with near matches where a dimension is not in the catalog. */
export function assertKnownDimension(catalog: ProviderCatalog, key: string, where: NamePlace): void {
  const isKnown =
    catalog.dimensions.some((dimension) => dimension.key === key) ||
    catalog.dimensionFamilies.some(({ prefix }) => key.startsWith(prefix) && key.length > prefix.length);
  if (isKnown) return;
  const keys = catalog.dimensions.map((dimension) => dimension.key);
  const families = catalog.dimensionFamilies.map(({ prefix }) => `${prefix}<name>`);
  throw unknownName({ kind: 'dimension', name: key }, [...keys, ...families], where);
}

/** Throw `BAD_USER_INPUT` with near matches where a property cannot be summed or averaged. */
export function assertMeasurable(catalog: ProviderCatalog, property: string, where: NamePlace): void {
  const { measurableProperties, dimensionFamilies } = catalog;
  const isInFamily = dimensionFamilies.some(
    ({ prefix }) => property.startsWith(prefix) && property.length > prefix.length,
  );
  if (isInFamily || measurableProperties.includes(property)) return;
  const families = dimensionFamilies.map(({ prefix }) => `${prefix}${property}`);
  throw unknownName({ kind: 'numeric property', name: property }, [...families, ...measurableProperties], where);
}

/** Throw `BAD_USER_INPUT` with near matches where an event was never sent; `known` null accepts every name. */
export function assertKnownEvent(known: readonly string[] | null, name: string, where: NamePlace): void {
  if (known === null || known.includes(name)) return;
  throw unknownName({ kind: 'event', name: name }, known, where);
}

const MOST_LISTED = 20;

function unknownName(
  { kind, name }: { readonly kind: string; readonly name: string },
  known: readonly string[],
  { path, sourceKey }: NamePlace,
): Error {
  const suggestion = didYouMean(nearMatches(name, known));
  const listed = known.slice(0, MOST_LISTED).join(', ') + (known.length > MOST_LISTED ? ', …' : '');
  const all = suggestion === '' ? ` Known: ${listed || 'none'}.` : '';
  return new InvalidQueryError(`${path}: "${sourceKey}" has no ${kind} "${name}".${suggestion}${all}`);
}
