import type { Dimension, DimensionFamily, Metric } from '../../analytics/catalog.ts';
import type { Filter, FilterOperator } from '../../analytics/filters.ts';
import type { EventMeasure } from '../../analytics/metrics.ts';
import type { Interval } from '../../analytics/period.ts';

/** What OpenPanel writes for a country it does not know. */
const UNKNOWN_COUNTRY = '\u0000\u0000';

/** OpenPanel's word for each interval it has. https://openpanel.dev/docs/api/export (checked 2026-11) */
export const INTERVALS: ReadonlyMap<Interval, string> = new Map([
  ['MINUTE', 'minute'],
  ['HOUR', 'hour'],
  ['DAY', 'day'],
  ['WEEK', 'week'],
  ['MONTH', 'month'],
]);

/** OpenPanel's segment for each measure. */
export const SEGMENTS: Readonly<Record<EventMeasure, string>> = {
  COUNT: 'event',
  UNIQUE_USERS: 'user',
  SESSIONS: 'session',
  COUNT_PER_USER: 'user_average',
  SUM: 'property_sum',
  AVERAGE: 'property_average',
  MIN: 'property_min',
  MAX: 'property_max',
};

/** OpenPanel's word for each filter operator, those of 2024 first. */
export const OPERATORS: Readonly<Record<FilterOperator, string>> = {
  IS: 'is',
  IS_NOT: 'isNot',
  CONTAINS: 'contains',
  NOT_CONTAINS: 'doesNotContain',
  STARTS_WITH: 'startsWith',
  ENDS_WITH: 'endsWith',
  MATCHES: 'regex',
  GT: 'gt',
  GTE: 'gte',
  LT: 'lt',
  LTE: 'lte',
  IS_SET: 'isNotNull',
  IS_NOT_SET: 'isNull',
};

/** Every operator, as today's API knows them. */
export const ALL_OPERATORS = Object.keys(OPERATORS) as readonly FilterOperator[];

/** The operators that the 2024 API knows. */
export const OPERATORS_2024: readonly FilterOperator[] = [
  'IS',
  'IS_NOT',
  'CONTAINS',
  'NOT_CONTAINS',
  'STARTS_WITH',
  'ENDS_WITH',
  'MATCHES',
];

interface Field {
  readonly key: string;
  /** OpenPanel's own name. */
  readonly field: string;
  readonly name: string;
  readonly description: string;
}

const FIELDS: readonly Field[] = [
  { key: 'country', field: 'country', name: 'Country', description: 'ISO 3166-1 alpha-2 code of the country.' },
  { key: 'region', field: 'region', name: 'Region', description: 'Region within the country.' },
  { key: 'city', field: 'city', name: 'City', description: 'City.' },
  { key: 'os', field: 'os', name: 'Operating system', description: 'Operating system, such as iOS.' },
  { key: 'os_version', field: 'os_version', name: 'OS version', description: 'Version of the operating system.' },
  { key: 'browser', field: 'browser', name: 'Browser', description: 'Browser, such as Chrome.' },
  { key: 'browser_version', field: 'browser_version', name: 'Browser version', description: 'Version of the browser.' },
  { key: 'device', field: 'device', name: 'Device', description: 'Kind of device, such as mobile.' },
  { key: 'brand', field: 'brand', name: 'Brand', description: 'Maker of the device.' },
  { key: 'model', field: 'model', name: 'Model', description: 'Model of the device.' },
  { key: 'path', field: 'path', name: 'Path', description: 'Page or screen.' },
  { key: 'origin', field: 'origin', name: 'Origin', description: 'Site that the page belongs to.' },
  { key: 'referrer', field: 'referrer', name: 'Referrer', description: 'Address the user came from.' },
  { key: 'referrer_name', field: 'referrer_name', name: 'Referrer name', description: 'Known name of the referrer.' },
  { key: 'referrer_type', field: 'referrer_type', name: 'Referrer type', description: 'Such as search or social.' },
  ...['source', 'medium', 'campaign', 'term', 'content'].map((part) => ({
    key: `utm_${part}`,
    field: `properties.__query.utm_${part}`,
    name: `UTM ${part}`,
    description: `The utm_${part} parameter of the page's address.`,
  })),
  { key: 'user_id', field: 'profile_id', name: 'User', description: 'The profile id.' },
  { key: 'session_id', field: 'session_id', name: 'Session', description: 'The session id.' },
  { key: 'device_id', field: 'device_id', name: 'Device id', description: 'The device id.' },
  { key: 'event', field: 'name', name: 'Event', description: 'The name of the event.' },
];

const FIELD_BY_KEY: ReadonlyMap<string, string> = new Map(FIELDS.map(({ key, field }) => [key, field]));

/** The dimensions with names of their own. */
export const DIMENSIONS: readonly Dimension[] = FIELDS.map(({ key, name, description }) => ({
  key,
  name,
  description,
}));

/** The dimensions named by a property. */
export const DIMENSION_FAMILIES: readonly DimensionFamily[] = [
  { prefix: 'properties.', description: 'A property of the event. `*` stands for any part of a nested name.' },
  {
    prefix: 'profile.',
    description: "A field of the user's profile, such as profile.email or profile.properties.plan.",
  },
  { prefix: 'group.', description: 'A field of a group the user belongs to.' },
];

/** Numeric columns that may be summed like a property. */
export const MEASURABLE_COLUMNS: readonly string[] = ['revenue', 'duration'];

/** The metrics over all events, with the segment that answers each. */
export const CATALOG_METRICS: readonly (Metric & { readonly measure: EventMeasure })[] = [
  {
    key: 'events',
    name: 'Events',
    unit: 'COUNT',
    currency: null,
    isAdditive: true,
    description: 'Events of any name.',
    measure: 'COUNT',
  },
  {
    key: 'unique_users',
    name: 'Unique users',
    unit: 'DISTINCT_COUNT',
    currency: null,
    isAdditive: false,
    description: 'Distinct profiles with an event of any name; anonymous devices count as profiles.',
    measure: 'UNIQUE_USERS',
  },
  {
    key: 'sessions',
    name: 'Sessions',
    unit: 'DISTINCT_COUNT',
    currency: null,
    isAdditive: false,
    description: 'Distinct sessions with an event of any name.',
    measure: 'SESSIONS',
  },
  {
    key: 'events_per_user',
    name: 'Events per user',
    unit: 'NUMBER',
    currency: null,
    isAdditive: false,
    description: 'Events of any name per distinct profile that has one.',
    measure: 'COUNT_PER_USER',
  },
];

/** A filter in OpenPanel's words. */
export interface OpenpanelFilter {
  readonly name: string;
  readonly operator: string;
  readonly value: readonly string[];
}

/** Given a dimension's key, return OpenPanel's field. */
export function toField(dimension: string): string {
  return FIELD_BY_KEY.get(dimension) ?? dimension;
}

/** Given filters, return them in OpenPanel's words. */
export function toFilters(filters: readonly Filter[]): OpenpanelFilter[] {
  return filters.map(({ dimension, operator, values }) => {
    const name = toField(dimension);
    // A country is two bytes that are never null: a missing one is two zero bytes.
    if (name === 'country' && operator === 'IS_NOT_SET') return { name, operator: 'is', value: [UNKNOWN_COUNTRY] };
    if (name === 'country' && operator === 'IS_SET') return { name, operator: 'isNot', value: [UNKNOWN_COUNTRY] };
    return { name, operator: OPERATORS[operator], value: values };
  });
}

/** Given a text of OpenPanel, return it; null where it stands for "not known". */
export function toKnown(text: string | number | null | undefined): string | null {
  return text === undefined || text === null || text === '' || text === UNKNOWN_COUNTRY ? null : String(text);
}

/**
 * Given a parameter's text, return what makes today's API read it as text. It guesses numbers, booleans and JSON in every
 * parameter (`projectId=12345` is refused as a number); a text that would be guessed is sent as a JSON string.
 */
export function toUnguessed(text: string): string {
  if (/^-?\d+(\.\d+)?$/.test(text)) return JSON.stringify(text);
  try {
    return JSON.parse(text) === null ? text : JSON.stringify(text);
  } catch {
    return text;
  }
}
