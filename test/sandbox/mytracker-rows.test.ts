import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DAY_MS } from '../../src/sandbox/world.ts';
import { startMytrackerClient, WHOLE, world } from './mytracker-client.ts';
import type { MytrackerClient, Row } from './mytracker-client.ts';

let mytracker: MytrackerClient;

beforeAll(async () => {
  mytracker = await startMytrackerClient();
});
afterAll(() => mytracker.close());

const { events, sessions, users, contexts } = world;
const second = (ms: number): string => String(Math.floor(ms / 1000));
const everyEvent = Array.from({ length: events.length }, (_, event) => event);
const nameOf = (event: number): string => events.names[events.name[event]!]!;
const isKnown = (event: number): boolean => !users[events.user[event]!]!.isAnonymous && events.anonymous[event] === 0;
const isBetween = (ms: number, from: number, to: number): boolean => ms >= from && ms < to;

/** Reads `['one','two']` sign by sign. */
function parseList(text: string): string[] {
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t' };
  const items: string[] = [];
  let item: string | undefined;
  expect([text[0], text.at(-1)]).toEqual(['[', ']']);
  for (let at = 1; at < text.length - 1; at += 1) {
    const sign = text[at]!;
    if (item === undefined) {
      expect(sign).toMatch(items.length === 0 ? "'" : /[',]/);
      if (sign === "'") item = '';
    } else if (sign === "'") {
      items.push(item);
      item = undefined;
    } else if (sign === '\\') {
      at += 1;
      item += escapes[text[at]!] ?? text[at]!;
    } else item += sign;
  }
  expect(item).toBeUndefined();
  return items;
}

describe('custom events of the emulated MyTracker', () => {
  const selectors =
    'instanceId,customUserId,tsEvent,dtEvent,eventName,eventValue,countCustomEvent,params.name,params.value';
  const query = { event: 'customEvents', selectors };

  it('are those of the world, by the days of Moscow', async () => {
    const rows = await mytracker.rows({ ...query, dateFrom: '2026-10-05', dateTo: '2026-10-07' });
    // Moscow is three hours ahead of UTC all year.
    const from = Date.UTC(2026, 9, 4, 21);
    const expected = everyEvent.filter((event) => isBetween(events.timeMs[event]!, from, from + 3 * DAY_MS));
    expect(expected.length).toBeGreaterThan(5000);
    expect(
      rows.map(({ 'params.name': names = '', 'params.value': values = '', ...row }) => ({
        ...row,
        names: parseList(names),
        values: parseList(values),
      })),
    ).toEqual(
      expected.map((event) => {
        const timeMs = events.timeMs[event]!;
        const properties = events.propertySets[events.properties[event]!]!;
        const cents = events.revenueCents[event]!;
        return {
          instanceId: users[events.user[event]!]!.deviceId,
          customUserId: isKnown(event) ? users[events.user[event]!]!.id : '',
          tsEvent: second(timeMs),
          dtEvent: new Date(timeMs + 3 * 3_600_000).toISOString().slice(0, 10),
          eventName: nameOf(event),
          eventValue: cents === 0 ? '\\N' : String(cents / 100),
          countCustomEvent: '1',
          names: Object.keys(properties),
          values: Object.values(properties),
        };
      }),
    );
  });

  it('write lists as the document shows them', async () => {
    const texts = await mytracker.texts({ ...query, selectors: 'eventName,params.value', ...WHOLE });
    const text = texts.join('');
    const written = [
      `"search","['line one\\nline two','`,
      `"search","['carriage\\r\\nreturn','`,
      `"search","['back\\\\slash','`,
      `"search","['say ""hello""','`,
      `"search","['it\\'s; a\\ttab | pipe','`,
      `"search","['','`,
      '"share, ""quoted""\nand broken","[]"\n',
    ];
    expect(written.filter((part) => !text.includes(part))).toEqual([]);
  });

  it('begin and end with the days of a zone', async () => {
    const day = { dateFrom: '2026-11-01', dateTo: '2026-11-01', timezone: 'America/New_York' };
    const rows = await mytracker.rows({ ...query, ...day });
    // That day has 25 hours: four behind UTC at its start, five at its end.
    const from = Date.UTC(2026, 10, 1, 4);
    const expected = everyEvent.filter((event) => isBetween(events.timeMs[event]!, from, Date.UTC(2026, 10, 2, 5)));
    expect(rows.map(({ tsEvent }) => tsEvent)).toEqual(expected.map((event) => second(events.timeMs[event]!)));
    expect(new Set(rows.map(({ dtEvent }) => dtEvent))).toEqual(new Set(['2026-11-01']));
  });

  it('include both seconds of a pair', async () => {
    const [from, to] = [1000, 1200].map((event) => Math.floor(events.timeMs[event]! / 1000)) as [number, number];
    const rows = await mytracker.rows({ ...query, tsFrom: from, tsTo: to });
    const expected = everyEvent.filter((event) => isBetween(events.timeMs[event]!, from * 1000, (to + 1) * 1000));
    expect(rows.length).toBeGreaterThanOrEqual(201);
    expect(rows).toHaveLength(expected.length);
  });

  it('are what dates and seconds both hold', async () => {
    const noon = Date.UTC(2026, 9, 5, 12);
    const day = { dateFrom: '2026-10-05', dateTo: '2026-10-05', timezone: 'UTC' };
    const rows = await mytracker.rows({ ...query, ...day, tsFrom: noon / 1000, tsTo: noon / 1000 + 86_400 * 9 });
    const expected = everyEvent.filter((event) => isBetween(events.timeMs[event]!, noon, noon + DAY_MS / 2));
    expect(rows).toHaveLength(expected.length);
  });

  it('of users are those of people who had signed in', async () => {
    const rows = await mytracker.rows({ ...query, event: 'userCustomEvents', ...WHOLE });
    const expected = everyEvent.filter(isKnown);
    expect(expected.length).toBeLessThan(events.length);
    expect(rows.map(({ customUserId, tsEvent }) => [customUserId, tsEvent])).toEqual(
      expected.map((event) => [users[events.user[event]!]!.id, second(events.timeMs[event]!)]),
    );
  });

  it('have the public selectors', async () => {
    const groups = `SDKKey idAccount idProject idProjectTitle idApp idAppTitle idAppStore idAppStoreTitle idAppVersion
      idAppVersionTitle idPlatform idPlatformTitle idDevice idProfile customUserId instanceId advertisingId androidId idfa
      iosVendorId oaid waid dtEvent tsEvent tsInstall tsAttr tsInsert eventName eventValue countCustomEvent params.name
      params.value idCountry idCountryTitle idCountryISOAlpha2 idCountryISONumeric idRegion idRegionTitle idRegionLow
      idRegionLowTitle idAd idAdTitle idAdAttr idAdAttrTitle idCampaign idCampaignTitle idCampaignAttr idCampaignAttrTitle
      idCampaignCreator idCampaignCreatorName idCampaignCreatorAttr idCampaignCreatorAttrName idPartner idPartnerTitle
      idPartnerAttr idPartnerAttrTitle idPartnerPrevAttr idPartnerPrevAttrTitle idAdEventType idAdEventTypeTitle
      idTrafficType idTrafficTypeTitle idOs idOsTitle idOsVersion idOsVersionTitle idOsLang idOsLangTitle idOsTimezone
      idOsTimezoneTitle idDeviceModel idDeviceModelTitle idManufacturer idManufacturerTitle idMobileManufacturerBrand
      idMobileManufacturerBrandTitle idMobileManufacturerDevice idMobileManufacturerDeviceTitle idMobileOperatorCurrent
      idMobileOperatorCurrentTitle idMobileOperatorSim idMobileOperatorSimTitle idConnectionType idConnectionTypeTitle
      idTrackerSdkVersion idTrackerSdkVersionTitle dpi xdpi ydpi screenDiagonal screenHeight screenWidth rooted rootedTitle
      attStatus adTrackingEnabled bluetoothEnabled`.split(/\s+/);
    const subs = ['1', '2', '3', '4', '5', 'AdSet', 'Campaign', 'Creative', 'Medium', 'Network'].flatMap((sub) =>
      ['', 'Title', 'Attr', 'AttrTitle'].map((ending) => `idSub${sub}${ending}`),
    );
    const all = [...groups, ...subs];
    expect(new Set(all).size).toBe(137);
    const day = { dateFrom: '2026-11-10', dateTo: '2026-11-10' };
    const [row] = await mytracker.rows({ ...query, selectors: all.join(','), ...day });
    expect(Object.keys(row ?? {})).toEqual(all);
  });
});

describe('visits of the emulated MyTracker', () => {
  const visits = Array.from({ length: sessions.length }, (_, session) => session).filter(
    (session) => sessions.background[session] === 0,
  );
  const firstKnown = new Map<number, boolean>();
  for (const event of everyEvent) {
    if (!firstKnown.has(events.session[event]!)) firstKnown.set(events.session[event]!, isKnown(event));
  }

  it('last as long as in the world, without the notifications of stores', async () => {
    const rows = await mytracker.rows({ event: 'sessions', selectors: 'instanceId,tsEvent,duration', ...WHOLE });
    expect(rows.map(({ instanceId, tsEvent, duration }) => [instanceId, tsEvent, duration])).toEqual(
      visits.map((session) => [
        users[sessions.user[session]!]!.deviceId,
        second(sessions.startMs[session]!),
        second(sessions.endMs[session]! - sessions.startMs[session]!),
      ]),
    );
  });

  it.each([
    ['activities', false],
    ['userActivities', true],
    ['userSessions', true],
  ])('are %s too', async (event, isOfUsers) => {
    const rows = await mytracker.rows({ event, selectors: 'customUserId,tsEvent', ...WHOLE });
    const expected = visits.filter((session) => !isOfUsers || firstKnown.get(session) === true);
    expect(rows.map(({ tsEvent }) => tsEvent)).toEqual(expected.map((session) => second(sessions.startMs[session]!)));
    expect(rows.some(({ customUserId }) => customUserId === '')).toBe(!isOfUsers);
  });
});

describe('payments of the emulated MyTracker', () => {
  const selectors = 'instanceId,tsEvent,sum,currency,idProduct,idPurchaseType,isVerified,idTransaction';

  it('are those of the subscriptions', async () => {
    const rows = await mytracker.rows({ event: 'payments', selectors, ...WHOLE });
    const paid = world.subscriptions.flatMap(({ user, product, currency, price, steps }) =>
      steps
        .filter(({ amountUsdCents }) => amountUsdCents > 0)
        .map(({ timeMs }) => ({
          instanceId: users[user]!.deviceId,
          tsEvent: second(timeMs),
          sum: String(price),
          currency,
          idProduct: product.id,
          idPurchaseType: product.id === 'premium.lifetime' ? '1' : '2',
        })),
    );
    const key = (row: Row): string => `${row.tsEvent} ${row.instanceId} ${row.idProduct}`;
    const sorted = (some: Row[]): Row[] => some.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
    expect(paid.length).toBeGreaterThan(1000);
    expect(sorted(rows.map(({ isVerified: _, idTransaction: __, ...row }) => row))).toEqual(sorted(paid));
    expect(new Set(rows.map(({ idTransaction }) => idTransaction)).size).toBe(rows.length);
    const unverified = rows.filter(({ isVerified }) => isVerified === '0').length;
    expect(unverified / rows.length).toBeGreaterThan(0.005);
    expect(unverified / rows.length).toBeLessThan(0.05);
  });

  it('of trials are of nothing', async () => {
    const rows = await mytracker.rows({ event: 'trialPayments', selectors, ...WHOLE });
    const started = world.subscriptions.flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'TRIAL_STARTED'));
    expect(rows.map(({ tsEvent }) => tsEvent).toSorted()).toEqual(
      started.map(({ timeMs }) => second(timeMs)).toSorted(),
    );
    expect(rows.every(({ sum }) => sum === '0')).toBe(true);
  });

  it.each(['payments', 'trialPayments'])('are %s of users too', async (event) => {
    const name = `user${event[0]!.toUpperCase()}${event.slice(1)}`;
    expect(await mytracker.rows({ event: name, selectors, ...WHOLE })).toEqual(
      await mytracker.rows({ event, selectors, ...WHOLE }),
    );
  });
});

describe('other events of the emulated MyTracker', () => {
  it('are pages on the web', async () => {
    const rows = await mytracker.rows({ event: 'hits', selectors: 'tsEvent,pageUrl,customUserId', ...WHOLE });
    const views = everyEvent.filter(
      (event) => nameOf(event) === 'screen_view' && contexts[events.context[event]!]!.platform === 'Web',
    );
    expect(rows.map(({ tsEvent, pageUrl }) => [tsEvent, pageUrl])).toEqual(
      views.map((event) => [
        second(events.timeMs[event]!),
        `https://sandbox.example.com${events.paths[events.path[event]!]!}`,
      ]),
    );
    const ofUsers = await mytracker.rows({ event: 'userHits', selectors: 'tsEvent', ...WHOLE });
    expect(ofUsers).toHaveLength(views.filter(isKnown).length);
  });

  it.each(['deviceRegistrations', 'userRegistrations'])('are %s', async (event) => {
    const rows = await mytracker.rows({ event, selectors: 'tsEvent', ...WHOLE });
    const signUps = everyEvent.filter((one) => nameOf(one) === 'sign_up');
    expect(rows.map(({ tsEvent }) => tsEvent)).toEqual(signUps.map((one) => second(events.timeMs[one]!)));
  });

  it.each(
    `adMonetization appUpdates appleSKANpostbacks deeplinks deviceAuthorisations partnerSKANpostbacks reengagements
     reinstalls testPayments userAdMonetization userAuthorisations userDeeplinks userReengagements`.split(/\s+/),
  )('are nothing where the world has nothing: %s', async (event) => {
    expect(await mytracker.texts({ event, selectors: 'tsEvent,idApp', ...WHOLE })).toEqual(['tsEvent,idApp\n']);
  });
});
