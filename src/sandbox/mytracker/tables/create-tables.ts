import type { World } from '../../world.ts';
import { toList } from '../columns/cells.ts';
import type { RawEvent } from '../dictionaries/events.ts';
import { createPaymentColumns } from './payment-columns.ts';
import { createSignIns } from './sign-ins.ts';
import type { SignIns } from './sign-ins.ts';
import { createEmptyTable, onlyKnown } from './table.ts';
import type { Table } from './table.ts';

/** Finds the table of an event. */
export type Tables = Readonly<Record<RawEvent, Table>>;

/** Makes every table of the world; rows are read from it when they are asked for. */
export function createTables(world: World): Tables {
  const signIns = createSignIns(world);
  const ofDevices = createDeviceTables(world, signIns);
  return {
    ...ofDevices,
    newUsers: createEventTable(world, signIns, { has: signIns.isFirstKnown }),
    userActivities: onlyKnown(ofDevices.activities),
    userAdMonetization: ofDevices.adMonetization,
    userAuthorisations: ofDevices.deviceAuthorisations,
    userCustomEvents: onlyKnown(ofDevices.customEvents),
    userDeeplinks: ofDevices.deeplinks,
    userHits: onlyKnown(ofDevices.hits),
    userPayments: onlyKnown(ofDevices.payments),
    userReengagements: ofDevices.reengagements,
    userRegistrations: onlyKnown(ofDevices.deviceRegistrations),
    // Seen in use for this event only; what it holds is not public.
    userSessions: withColumns(onlyKnown(ofDevices.sessions), { causeAttr: () => 0, causeAttrTitle: () => '' }),
    userTrialPayments: onlyKnown(ofDevices.trialPayments),
  };
}

function createDeviceTables(world: World, signIns: SignIns) {
  const { events } = world;
  const named = (name: string): ((event: number) => boolean) => {
    const wanted = events.names.indexOf(name);
    return (event) => events.name[event] === wanted;
  };
  const isScreenView = named('screen_view');
  const isOnWeb = (event: number): boolean => world.contexts[events.context[event] ?? 0]?.platform === 'Web';
  const visits = createVisitTable(world, signIns);
  const installs = createInstallTable(world, signIns);
  const payment = createPaymentColumns(world);
  const fromEvents = (has: (event: number) => boolean, columns: Table['columns'] = {}): Table =>
    createEventTable(world, signIns, { has, columns });
  return {
    activities: visits,
    sessions: withColumns(visits, { duration: (session) => toDuration(world, session) }),
    customEvents: fromEvents(() => true, createCustomEventColumns(world)),
    deviceRegistrations: fromEvents(named('sign_up')),
    hits: fromEvents((event) => isScreenView(event) && isOnWeb(event), {
      // The selectors of hits are not public.
      pageUrl: (event) => `https://sandbox.example.com${events.paths[events.path[event] ?? 0] ?? ''}`,
      referrer: (event) => world.contexts[events.context[event] ?? 0]?.referrer ?? '',
    }),
    installs: withColumns(installs, {
      tsClick: (user) => toSecond(world.users[user]?.attribution?.clickMs ?? 0),
      // Nobody is brought by a mere view.
      tsView: () => 0,
    }),
    newDevices: installs,
    payments: fromEvents((event) => (events.revenueCents[event] ?? 0) > 0, payment),
    trialPayments: fromEvents(named('trial_start'), payment),
    // What follows never happens in the world: nobody tests, updates, comes back or sees somebody's advertisement in the app.
    testPayments: createEmptyTable(Object.keys(payment)),
    adMonetization: createEmptyTable(['idAdMediator', 'idAdMediatorTitle', 'sum', 'currency']),
    appUpdates: createEmptyTable([]),
    appleSKANpostbacks: createEmptyTable(['conversionValue']),
    partnerSKANpostbacks: createEmptyTable(['conversionValue']),
    deeplinks: createEmptyTable(['deeplink']),
    deviceAuthorisations: createEmptyTable([]),
    reengagements: createEmptyTable(['tsClick', 'tsView']),
    reinstalls: createEmptyTable(['tsClick', 'tsView']),
  };
}

interface EventRows {
  readonly has: (event: number) => boolean;
  readonly columns?: Table['columns'];
}

function createEventTable({ events }: World, { isKnownAt }: SignIns, { has, columns = {} }: EventRows): Table {
  return {
    length: events.length,
    has,
    timeMs: (event) => events.timeMs[event] ?? 0,
    user: (event) => events.user[event] ?? 0,
    context: (event) => events.context[event] ?? 0,
    isKnown: isKnownAt,
    columns,
  };
}

function createCustomEventColumns({ events }: World): Table['columns'] {
  const sets = events.propertySets;
  return {
    eventName: (event) => events.names[events.name[event] ?? 0] ?? '',
    // What it is worth is not public: here what the event took, in US dollars.
    eventValue: (event) => (events.revenueCents[event] ? (events.revenueCents[event] ?? 0) / 100 : null),
    countCustomEvent: () => 1,
    'params.name': (event) => toList(Object.keys(sets[events.properties[event] ?? 0] ?? {})),
    'params.value': (event) => toList(Object.values(sets[events.properties[event] ?? 0] ?? {})),
  };
}

// A row for each visit, of which a device may have many a day; whether activities are counted so is not public.
function createVisitTable({ sessions }: World, { isKnownIn }: SignIns): Table {
  return {
    length: sessions.length,
    has: (session) => sessions.background[session] === 0,
    timeMs: (session) => sessions.startMs[session] ?? 0,
    user: (session) => sessions.user[session] ?? 0,
    context: (session) => sessions.context[session] ?? 0,
    isKnown: isKnownIn,
    columns: {},
  };
}

function createInstallTable({ users, firstEventUser }: World, { isKnownFromStart }: SignIns): Table {
  return {
    length: users.length,
    // Where own events stand in the place of the generated ones, so do their people.
    has: (user) => user >= firstEventUser,
    timeMs: (user) => users[user]?.installedAtMs ?? 0,
    user: (user) => user,
    context: (user) => users[user]?.context ?? 0,
    isKnown: isKnownFromStart,
    columns: {},
  };
}

function withColumns(table: Table, columns: Table['columns']): Table {
  return { ...table, columns: { ...table.columns, ...columns } };
}

function toDuration({ sessions }: World, session: number): number {
  return Math.floor(((sessions.endMs[session] ?? 0) - (sessions.startMs[session] ?? 0)) / 1000);
}

function toSecond(ms: number): number {
  return Math.floor(ms / 1000);
}
