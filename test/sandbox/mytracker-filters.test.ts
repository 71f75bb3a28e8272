import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { AD_CAMPAIGNS } from '../../src/sandbox/world.ts';
import { startMytrackerClient, WHOLE, world } from './mytracker-client.ts';
import type { MytrackerClient, Query } from './mytracker-client.ts';

const { events, users, contexts } = world;
const PLATFORMS: Record<string, string> = { '23': 'Android', '454': 'iOS', '455': 'Web' };

let mytracker: MytrackerClient;

beforeAll(async () => {
  mytracker = await startMytrackerClient();
});
afterAll(() => mytracker.close());

/** The devices of an export of installs, which name people in the order of the world. */
async function installs(filters: Query): Promise<string[]> {
  const rows = await mytracker.rows({ event: 'installs', selectors: 'instanceId', ...WHOLE, ...filters });
  return rows.map(({ instanceId = '' }) => instanceId);
}

type UserTest = (user: number) => boolean;

const devices = (test: UserTest): string[] => users.filter((_, user) => test(user)).map(({ deviceId }) => deviceId);
const platformOf = (user: number): string => contexts[users[user]!.context]!.platform;
const countryOf = (user: number): string => contexts[users[user]!.context]!.place.country;
const campaignOf = (user: number) => {
  const { attribution } = users[user]!;
  return attribution && AD_CAMPAIGNS[attribution.campaign]!;
};

describe('filters of the emulated MyTracker', () => {
  it.each<[string, Query, UserTest]>([
    ['apps', { idApp: '454' }, (user) => platformOf(user) === 'iOS'],
    ['several apps', { idApp: ['454', '23'] }, (user) => platformOf(user) !== 'Web'],
    ['SDK keys', { SDKKey: '00004399666566200023' }, (user) => platformOf(user) === 'Android'],
    [
      'apps or SDK keys',
      { idApp: '454', SDKKey: '00004399666566200023' },
      (user) => ['iOS', 'Android'].includes(platformOf(user)),
    ],
    ['SDK keys that are no numbers', { SDKKey: '4399666566200023' }, () => false],
    ['the account', { idAccount: '3,6' }, () => true],
    ['another account', { idAccount: 6 }, () => false],
    ['the project', { idProject: 234 }, () => true],
    ['another project', { idProject: 456 }, () => false],
    ['countries', { idCountry: '200,202' }, (user) => ['US', 'DE'].includes(countryOf(user))],
    ['a country that nobody is from', { idCountry: 188 }, () => false],
    ['campaigns', { idCampaign: ['1554', '880012'] }, (user) => [1554, 880_012].includes(campaignOf(user)?.id ?? 0)],
    ['organic installs', { idCampaign: 0 }, (user) => campaignOf(user) === undefined],
    ['people who paid', { idSegment: 2 }, (user) => payers.has(user)],
    ['people who were brought', { idSegment: 7 }, (user) => campaignOf(user) !== undefined],
    [
      'two at once',
      { idApp: '455', idCountry: '50' },
      (user) => platformOf(user) === 'Web' && countryOf(user) === 'GB',
    ],
  ])('find %s', async (_, filters, test) => {
    expect(await installs(filters)).toEqual(devices(test));
  });

  const payers = new Set(events.user.filter((_, event) => events.revenueCents[event]! > 0));

  it.each(['idPartner', 'idAd'])('find what the selector %s tells', async (name) => {
    const rows = await mytracker.rows({ event: 'installs', selectors: `instanceId,${name},idPartnerTitle`, ...WHOLE });
    const wanted = rows.find(({ idPartnerTitle }) => idPartnerTitle === 'Meta')?.[name] ?? '';
    const expected = rows.filter((row) => row[name] === wanted).map(({ instanceId }) => instanceId);
    expect(expected.length).toBeGreaterThan(100);
    expect(await installs({ [name]: wanted })).toEqual(expected);
    if (name !== 'idPartner') return;
    expect(expected).toEqual(devices((user) => campaignOf(user)?.network === 'Meta'));
  });

  it('find what is rooted', async () => {
    const all = { 0: 'Web', 1: undefined, 2: undefined };
    const found = [];
    for (const [rooted, platform] of Object.entries(all)) {
      const rows = await mytracker.rows({
        event: 'installs',
        selectors: 'instanceId,rooted,idPlatformTitle',
        ...WHOLE,
        rooted,
      });
      expect(rows.length).toBeGreaterThan(100);
      expect(rows.every((row) => row.rooted === rooted)).toBe(true);
      if (platform !== undefined) expect(rows.every((row) => row.idPlatformTitle === platform)).toBe(true);
      found.push(...rows);
    }
    expect(found).toHaveLength(users.length);
  });

  it('find events by their names, or all others', async () => {
    const names = ['share, "quoted"\nand broken', '404'];
    const query = { event: 'customEvents', selectors: 'eventName', ...WHOLE, eventName: names };
    const isNamed = (event: number): boolean => names.includes(events.names[events.name[event]!]!);
    const expected = Array.from({ length: events.length }, (_, event) => event).filter(isNamed);
    const rows = await mytracker.rows(query);
    expect(rows.map(({ eventName }) => eventName)).toEqual(expected.map((event) => events.names[events.name[event]!]));
    expect(await mytracker.rows({ ...query, eventNameInvert: 0 })).toHaveLength(expected.length);
    const others = await mytracker.rows({ ...query, eventNameInvert: 1 });
    expect(others).toHaveLength(events.length - expected.length);
    expect(others.some(({ eventName = '' }) => names.includes(eventName))).toBe(false);
  });

  it('do nothing when they invert no names', async () => {
    const query = { event: 'userCustomEvents', selectors: 'tsEvent', dateFrom: '2026-11-10', dateTo: '2026-11-10' };
    expect(await mytracker.rows({ ...query, eventNameInvert: 1 })).toEqual(await mytracker.rows(query));
  });

  it('find payments by verification and type', async () => {
    const query = { event: 'payments', selectors: 'idTransaction,isVerified,idPurchaseType', ...WHOLE };
    const all = await mytracker.rows(query);
    for (const [name, values] of Object.entries({ isVerified: ['0', '1'], idPurchaseType: ['1', '2', '6'] })) {
      let count = 0;
      for (const value of values) {
        const rows = await mytracker.rows({ ...query, [name]: value });
        expect(rows).toEqual(all.filter((row) => row[name] === value));
        count += rows.length;
      }
      expect(count).toBe(all.length);
    }
  });

  it('find what an advertisement brought in the app, which is nothing', async () => {
    const query = { event: 'adMonetization', selectors: 'idAdMediator', ...WHOLE, idAdMediator: 13 };
    expect(await mytracker.rows(query)).toEqual([]);
  });

  it('name apps that are platforms', async () => {
    const rows = await mytracker.rows({ event: 'installs', selectors: 'idApp,idPlatformTitle', ...WHOLE });
    expect(rows.every(({ idApp = '', idPlatformTitle }) => PLATFORMS[idApp] === idPlatformTitle)).toBe(true);
  });
});
