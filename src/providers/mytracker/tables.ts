import type { ExportColumn, ExportTable } from '../../analytics/exports.ts';
import { ANONYMOUS_COLUMNS, COMMON_COLUMNS, DERIVED_COLUMNS, SPECIAL_COLUMNS } from './columns.ts';
import { toTableFilters } from './filters.ts';

interface EventTable {
  readonly description: string;
  /** Columns that are known of this event besides the common ones. */
  readonly special?: readonly (keyof typeof SPECIAL_COLUMNS)[];
  /** What is exported by default, besides when, where and who. */
  readonly alsoByDefault?: readonly string[];
  /** Whether its rows are of nobody's device. */
  readonly isAnonymous?: boolean;
}

const CUSTOM_EVENT = {
  special: ['eventName', 'eventValue', 'countCustomEvent', 'params.name', 'params.value'],
  alsoByDefault: ['eventName', 'params.name', 'params.value'],
} as const satisfies Partial<EventTable>;
const SKAN = { isAnonymous: true, alsoByDefault: ['idPartner', 'idCampaign'] } as const satisfies Partial<EventTable>;
const PARTNER = { alsoByDefault: ['idPartner', 'idCampaign'] } as const satisfies Partial<EventTable>;

// https://docs.tracker.my.com/api/export-api/dictionary/events (checked 2026-11)
const DEVICE_EVENTS: Readonly<Record<string, EventTable>> = {
  activities: { description: 'Days on which a device was active.' },
  adMonetization: { description: 'Income from ads that were shown in the app.' },
  appUpdates: { description: 'Updates of the app.' },
  appleSKANpostbacks: { description: 'Postbacks of SKAdNetwork that Apple has sent.', ...SKAN },
  customEvents: { description: "The app's own events.", ...CUSTOM_EVENT },
  deeplinks: { description: 'Openings of the app by a link.' },
  deviceAuthorisations: { description: 'Sign-ins, by device.' },
  deviceRegistrations: { description: 'Registrations, by device.' },
  hits: { description: 'Views of web pages.' },
  installs: {
    description: 'Installs of the app; when is `tsEvent`.',
    special: ['tsClick', 'tsView'],
    ...PARTNER,
  },
  newDevices: { description: 'Devices that came for the first time.' },
  partnerSKANpostbacks: { description: 'Postbacks of SKAdNetwork that partners have sent.', ...SKAN },
  payments: { description: 'Payments. Names of the columns with money are not published: name those that you know.' },
  reengagements: { description: 'Returns to the app through an ad.', ...PARTNER },
  reinstalls: { description: 'Installs of an app that had been there before.', ...PARTNER },
  sessions: { description: 'Sessions.', special: ['duration'], alsoByDefault: ['duration'] },
  testPayments: { description: 'Payments made for tests.' },
  trialPayments: { description: 'Payments of trial periods.' },
};

const USER_EVENTS: Readonly<Record<string, EventTable>> = {
  newUsers: { description: 'Users who came for the first time.' },
  userActivities: { description: 'Days on which a user was active.' },
  userAdMonetization: { description: 'Income from ads that were shown in the app, by user.' },
  userAuthorisations: { description: 'Sign-ins, by user.' },
  userCustomEvents: { description: "The app's own events, by user.", ...CUSTOM_EVENT },
  userDeeplinks: { description: 'Openings of the app by a link, by user.' },
  userHits: { description: 'Views of web pages, by user.' },
  userPayments: { description: 'Payments, by user. Names of the columns with money are not published.' },
  userReengagements: { description: 'Returns to the app through an ad, by user.', ...PARTNER },
  userRegistrations: { description: 'Registrations, by user.' },
  userSessions: {
    description: 'Sessions, by user.',
    special: ['duration', 'causeAttr', 'causeAttrTitle'],
    alsoByDefault: ['duration'],
  },
  userTrialPayments: { description: 'Payments of trial periods, by user.' },
};

/** A table for each event of MyTracker. */
export const TABLES: readonly ExportTable[] = [
  ...Object.entries(DEVICE_EVENTS).map((entry) => toTable(entry, ['idProfile'])),
  ...Object.entries(USER_EVENTS).map((entry) => toTable(entry, ['customUserId'])),
];

function toTable([name, table]: [string, EventTable], who: readonly string[]): ExportTable {
  const { description, special = [], alsoByDefault = [], isAnonymous = false } = table;
  return {
    name,
    description,
    columns: isAnonymous
      ? ANONYMOUS_COLUMNS
      : [
          ...special.map((key) => SPECIAL_COLUMNS[key]),
          // A published loader says that installs refuse it: theirs is `tsEvent`.
          ...(name === 'installs' ? [] : [SPECIAL_COLUMNS.tsInstall]),
          ...COMMON_COLUMNS,
          ...DERIVED_COLUMNS,
        ],
    // The whole list of names is known of `customEvents` only.
    takesOtherColumns: true,
    defaultColumns: ['dtEvent', 'tsEvent', 'idApp', ...(isAnonymous ? [] : [...who, 'country']), ...alsoByDefault],
    filters: toTableFilters(name),
  };
}

/** Given a column's name, return it as some table has it; undefined where none has. */
export function findColumn(name: string): ExportColumn | undefined {
  return TABLES.flatMap(({ columns }) => columns).find((column) => column.name === name);
}
