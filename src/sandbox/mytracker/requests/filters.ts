import { COUNTRY_IDS } from '../dictionaries/countries.ts';
import type { RawEvent } from '../dictionaries/events.ts';
import { SEGMENT_IDS } from '../dictionaries/segments.ts';
import { refuseArgument } from './api-error.ts';
import { findList, findText } from './parameters.ts';
import type { Parameters } from './parameters.ts';

/** The filters that take lists of ids. */
export const LIST_FILTERS = [
  'idApp',
  'idAccount',
  'idAd',
  'idCampaign',
  'idCountry',
  'idProject',
  'idPartner',
] as const;

/** The filters that take one value of a dictionary. */
export const VALUE_FILTERS = ['isVerified', 'idPurchaseType', 'rooted', 'idAdMediator', 'idSegment'] as const;

/** What is exported of an event's table; what is absent lets everything through. */
export interface Filters {
  readonly lists: Partial<Readonly<Record<(typeof LIST_FILTERS)[number] | 'SDKKey', ReadonlySet<string>>>>;
  readonly values: Partial<Readonly<Record<(typeof VALUE_FILTERS)[number], number>>>;
  readonly eventNames?: ReadonlySet<string>;
  /** Whether the named events are the ones left out. */
  readonly isInverted: boolean;
}

const MOST_VALUES = 1000;
const MEDIATORS = Array.from({ length: 49 }, (_, id) => id);
const PAYMENTS: readonly RawEvent[] = [
  'payments',
  'userPayments',
  'testPayments',
  'trialPayments',
  'userTrialPayments',
];
const CUSTOM: readonly RawEvent[] = ['customEvents', 'userCustomEvents'];

interface ValueRule {
  readonly allowed: readonly number[];
  /** Absent means for every event. */
  readonly events?: readonly RawEvent[];
}

const RULES: Readonly<Record<(typeof VALUE_FILTERS)[number], ValueRule>> = {
  isVerified: { allowed: [0, 1], events: PAYMENTS },
  idPurchaseType: { allowed: [1, 2, 6], events: PAYMENTS },
  rooted: { allowed: [0, 1, 2] },
  idAdMediator: { allowed: MEDIATORS, events: ['adMonetization', 'userAdMonetization'] },
  idSegment: { allowed: SEGMENT_IDS, events: ['hits', 'installs'] },
};

/** Reads the filters, or refuses the first one that is wrong; how a filter of other events is refused is not documented. */
export function parseFilters(parameters: Parameters, event: RawEvent): Filters {
  const values = VALUE_FILTERS.flatMap((name) => {
    const text = findText(parameters, name);
    return text === undefined ? [] : [[name, parseValue(name, text, event)] as const];
  });
  return {
    lists: parseLists(parameters),
    values: Object.fromEntries(values),
    ...parseEventNames(parameters, event),
  };
}

function parseValue(name: (typeof VALUE_FILTERS)[number], text: string, event: RawEvent): number {
  const { allowed, events = [event] } = RULES[name];
  const value = allowed.find((one) => String(one) === text);
  if (value === undefined || !events.includes(event)) throw refuseArgument(`'${name}' is invalid`);
  return value;
}

function parseLists(parameters: Parameters): Filters['lists'] {
  const lists = [...LIST_FILTERS, 'SDKKey' as const].flatMap((name) => {
    const values = findList(parameters, name);
    if (!values) return [];
    assertSize(name, values);
    const isId =
      name === 'idCountry' ? (value: string) => COUNTRY_IDS.has(value) : (value: string) => /^\d+$/.test(value);
    // An id of something that is not there finds nothing, which is not documented either.
    if (!values.every(isId)) throw refuseArgument(`'${name}' is invalid`);
    return [[name, new Set(values)] as const];
  });
  return Object.fromEntries(lists);
}

function assertSize(name: string, values: readonly string[]): void {
  if (values.length > MOST_VALUES) throw refuseArgument(`'${name}' set size expected to be below ${MOST_VALUES}`);
}

function parseEventNames(parameters: Parameters, event: RawEvent): Pick<Filters, 'eventNames' | 'isInverted'> {
  const invert = findText(parameters, 'eventNameInvert');
  // Documented as an array only: a name may hold commas.
  const names = parameters.get('eventName');
  const isForeign = !CUSTOM.includes(event);
  if (names !== undefined && (isForeign || typeof names === 'string')) throw refuseArgument("'eventName' is invalid");
  if (invert !== undefined && (isForeign || (invert !== '0' && invert !== '1'))) {
    throw refuseArgument("'eventNameInvert' is invalid");
  }
  if (names === undefined) return { isInverted: false };
  assertSize('eventName', names);
  return { eventNames: new Set(names), isInverted: invert === '1' };
}
