/** How one filter is asked of MyTracker. */
export interface FilterRule {
  /** What a question calls it. */
  readonly name: string;
  /** What MyTracker calls it; two filters of one parameter cannot be asked together. */
  readonly parameter: string;
  readonly description: string;
  /** Which events it is for. */
  readonly events: 'ALL' | readonly string[];
  readonly maxValues: number;
  /** `COMMAS`: one parameter, values between commas. `ARRAY`: the parameter again and again, for values that may hold commas. */
  readonly writtenAs: 'COMMAS' | 'ARRAY' | 'ONE';
  /** What a value must look like, or the dictionary's ids with their words, or ISO codes that are turned into ids. */
  readonly values: RegExp | Readonly<Record<string, string>> | 'COUNTRIES';
  /** What a value must be, in words. */
  readonly expected: string;
  /** The parameter that turns the filter round; null where there is none. */
  readonly inversion: string | null;
}

// "In one filter, a maximum of 1000 values"; the error speaks of "below 1000". https://docs.tracker.my.com/api/export-api/raw/create (checked 2026-11)
const MOST_VALUES = 1000;
const PAYMENTS = ['payments', 'userPayments', 'testPayments', 'trialPayments', 'userTrialPayments'];

const idsOf = (name: string, what: string): FilterRule => ({
  name,
  parameter: name,
  description: `Ids of ${what}.`,
  events: 'ALL',
  maxValues: MOST_VALUES,
  writtenAs: 'COMMAS',
  values: /^\d+$/,
  expected: 'an id, which is a number',
  inversion: null,
});

const dictionaryOf = (
  rule: Pick<FilterRule, 'name' | 'description' | 'events'> & { readonly values: Readonly<Record<string, string>> },
): FilterRule => ({
  ...rule,
  parameter: rule.name,
  maxValues: 1,
  writtenAs: 'ONE',
  expected: "in MyTracker's dictionary",
  inversion: null,
});

// https://docs.tracker.my.com/api/export-api/dictionary/ad-mediators (checked 2026-11)
const AD_MEDIATORS = 48;

/** Every filter of the raw export. */
// https://docs.tracker.my.com/api/export-api/raw/create (checked 2026-11)
export const FILTER_RULES: readonly FilterRule[] = [
  idsOf('idApp', 'apps'),
  {
    ...idsOf('SDKKey', 'apps in the SDK'),
    description: 'Keys of apps in the SDK.',
    values: /^[^\s,]+$/,
    expected: 'a key, which holds neither blanks nor commas',
  },
  idsOf('idAccount', 'accounts'),
  idsOf('idProject', 'projects'),
  idsOf('idPartner', 'partners'),
  idsOf('idCampaign', 'campaigns'),
  idsOf('idAd', 'tracking links'),
  {
    ...idsOf('country', 'countries'),
    parameter: 'idCountry',
    description: "ISO 3166-1 codes of countries, two letters. Sent as MyTracker's own ids.",
    values: 'COUNTRIES',
  },
  idsOf('idCountry', "countries, MyTracker's own: 188 is Russia"),
  dictionaryOf({
    name: 'rooted',
    description: 'Whether the device is jailbroken or rooted: 0 not known, 1 yes, 2 no.',
    events: 'ALL',
    values: { 0: 'unknown', 1: 'rooted', 2: 'not rooted' },
  }),
  dictionaryOf({
    name: 'isVerified',
    description: 'Whether the payment was verified: 0 no, 1 yes.',
    events: PAYMENTS,
    values: { 0: 'unverified', 1: 'verified' },
  }),
  dictionaryOf({
    name: 'idPurchaseType',
    description: 'Kind of purchase: 1 purchase, 2 subscription, 6 custom revenue.',
    events: PAYMENTS,
    values: { 1: 'purchase', 2: 'subscription', 6: 'custom revenue' },
  }),
  {
    ...idsOf('eventName', 'events'),
    description: 'Names of custom events. IS_NOT leaves these out.',
    events: ['customEvents', 'userCustomEvents'],
    writtenAs: 'ARRAY',
    values: /\S/,
    expected: 'the name of an event',
    inversion: 'eventNameInvert',
  },
  {
    ...idsOf('params.name', 'parameters'),
    description: 'Names of parameters that the event has. In use, but in no public document of MyTracker.',
    // Seen with this event only, in a published loader (checked 2026-11).
    events: ['userCustomEvents'],
    writtenAs: 'ARRAY',
    values: /\S/,
    expected: 'the name of a parameter',
  },
  {
    ...idsOf('idAdMediator', 'ad mediators'),
    description: `One ad mediator, 0 to ${AD_MEDIATORS}: 0 not known, 1 ironSource, 2 myTarget, 3 AdMob and so on.`,
    events: ['adMonetization', 'userAdMonetization'],
    maxValues: 1,
    writtenAs: 'ONE',
    values: /^([0-9]|[1-3][0-9]|4[0-8])$/,
    expected: `in MyTracker's dictionary, which goes from 0 to ${AD_MEDIATORS}`,
  },
  {
    ...idsOf('idSegment', 'segments'),
    description: 'Id of one segment of users.',
    events: ['hits', 'installs'],
    maxValues: 1,
    writtenAs: 'ONE',
  },
];
