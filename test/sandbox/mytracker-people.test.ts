import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { AD_CAMPAIGNS } from '../../src/sandbox/world.ts';
import { startMytrackerClient, WHOLE, world } from './mytracker-client.ts';
import type { MytrackerClient, Row } from './mytracker-client.ts';

const { events, users, contexts } = world;
let mytracker: MytrackerClient;

beforeAll(async () => {
  mytracker = await startMytrackerClient();
});
afterAll(() => mytracker.close());

const second = (ms: number): string => String(Math.floor(ms / 1000));
const everyEvent = Array.from({ length: events.length }, (_, event) => event);
const isKnown = (event: number): boolean => !users[events.user[event]!]!.isAnonymous && events.anonymous[event] === 0;

describe('people of the emulated MyTracker', () => {
  const selectors =
    'idDevice,idProfile,instanceId,customUserId,tsEvent,idPlatformTitle,advertisingId,idfa,iosVendorId,idCountry,idCountryISOAlpha2,idCountryISONumeric,dpi,waid';
  let installs: Row[];

  beforeAll(async () => {
    installs = await mytracker.rows({ event: 'installs', selectors, ...WHOLE });
  });

  it('install once each', () => {
    expect(installs.map(({ instanceId, tsEvent, idPlatformTitle }) => [instanceId, tsEvent, idPlatformTitle])).toEqual(
      users.map(({ deviceId, installedAtMs, context }) => [
        deviceId,
        second(installedAtMs),
        contexts[context]!.platform,
      ]),
    );
  });

  it('are new devices when they install', async () => {
    const devices = await mytracker.rows({ event: 'newDevices', selectors: 'idDevice,tsEvent,tsInstall', ...WHOLE });
    expect(devices.map(({ idDevice, tsEvent }) => [idDevice, tsEvent])).toEqual(
      installs.map(({ idDevice, tsEvent }) => [idDevice, tsEvent]),
    );
    expect(devices.every(({ tsEvent, tsInstall }) => tsEvent === tsInstall)).toBe(true);
  });

  it('have ids that no number holds', () => {
    for (const name of ['idDevice', 'idProfile']) {
      const ids = installs.map((row) => row[name]);
      expect(new Set(ids).size).toBe(users.length);
      expect(ids.every((id) => /^\d{19}$/.test(id ?? ''))).toBe(true);
    }
  });

  it('are known only when they have signed in', () => {
    // Somebody who signed in later installed as nobody.
    const firstEvents = new Map<number, number>();
    for (const event of everyEvent) {
      if (!firstEvents.has(events.user[event]!)) firstEvents.set(events.user[event]!, event);
    }
    expect(installs.map(({ customUserId }) => customUserId)).toEqual(
      users.map(({ id }, user) => (isKnown(firstEvents.get(user)!) ? id : '')),
    );
  });

  it('are users when they are known first', async () => {
    const first = new Map<string, string>();
    for (const event of everyEvent.filter(isKnown)) {
      const { id } = users[events.user[event]!]!;
      if (!first.has(id)) first.set(id, second(events.timeMs[event]!));
    }
    const rows = await mytracker.rows({ event: 'newUsers', selectors: 'customUserId,tsEvent', ...WHOLE });
    expect(rows.map(({ customUserId, tsEvent }) => [customUserId, tsEvent])).toEqual([...first]);
  });

  it('hide their advertising id at times, by zeros', () => {
    const zero = '00000000-0000-0000-0000-000000000000';
    const android = installs.filter(({ idPlatformTitle }) => idPlatformTitle === 'Android');
    expect(android.some(({ advertisingId }) => advertisingId === zero)).toBe(true);
    expect(android.some(({ advertisingId }) => advertisingId !== zero)).toBe(true);
    expect(android.every(({ idfa, iosVendorId }) => idfa === zero && iosVendorId === '')).toBe(true);
  });

  it('lack numbers as \\N and texts as nothing', async () => {
    expect(installs.every(({ dpi, waid }) => dpi === '\\N' && waid === '')).toBe(true);
    const day = { dateFrom: '2026-11-18', dateTo: '2026-11-18' };
    const [text = ''] = await mytracker.texts({ event: 'installs', selectors: 'dpi,waid,idApp', ...day });
    expect(text).toMatch(/^dpi,waid,idApp\n(\\N,"",\d+\n)+$/);
  });

  it('live in countries with ids of their own', () => {
    const own: Record<string, [string, string]> = {
      US: ['200', '840'],
      GB: ['50', '826'],
      DE: ['202', '276'],
      KZ: ['28', '398'],
      BR: ['234', '76'],
      '': ['0', '0'],
    };
    installs.forEach(({ idCountry, idCountryISONumeric, idCountryISOAlpha2 }, user) => {
      const { country } = contexts[users[user]!.context]!.place;
      expect(idCountryISOAlpha2).toBe(country);
      expect([idCountry, idCountryISONumeric]).toEqual(own[country] ?? [expect.any(String), expect.any(String)]);
    });
  });
});

describe('traffic of the emulated MyTracker', () => {
  it('is that of the clicks which brought people', async () => {
    const selectors =
      'instanceId,idCampaign,idCampaignTitle,idCampaignAttrTitle,idPartner,idPartnerTitle,idAd,tsClick,tsView,idAdEventType';
    const rows = await mytracker.rows({ event: 'installs', selectors, ...WHOLE });
    const clicks = new Map<number, number>();
    world.adClicks.user.forEach((user, click) => {
      if (user !== -1) clicks.set(user, click);
    });
    expect(clicks.size).toBeGreaterThan(8000);
    const partners = new Map<string, string>();
    rows.forEach(({ instanceId, idPartner, idAd, ...row }, user) => {
      const click = clicks.get(user);
      const campaign = click === undefined ? undefined : AD_CAMPAIGNS[world.adClicks.campaign[click]!]!;
      expect(instanceId).toBe(users[user]!.deviceId);
      expect(row).toEqual({
        idCampaign: String(campaign?.id ?? 0),
        idCampaignTitle: campaign?.name ?? '',
        idCampaignAttrTitle: campaign?.name ?? '',
        idPartnerTitle: campaign?.network ?? 'Organic',
        tsClick: click === undefined ? '0' : second(world.adClicks.timeMs[click]!),
        tsView: '0',
        idAdEventType: campaign ? '1' : '0',
      });
      partners.set(row.idPartnerTitle ?? '', idPartner ?? '');
      expect(idAd === '0').toBe(campaign === undefined);
    });
    expect(partners.get('Organic')).toBe('0');
    expect(new Set(partners.values()).size).toBe(5);
  });

  it('stays with people', async () => {
    const day = { dateFrom: '2026-11-10', dateTo: '2026-11-10' };
    const selectors = 'instanceId,idCampaign,tsAttr,tsInstall';
    const rows = await mytracker.rows({ event: 'customEvents', selectors, ...day });
    const byDevice = new Map(users.map((user) => [user.deviceId, user]));
    for (const { instanceId, idCampaign, tsAttr, tsInstall } of rows) {
      const { attribution, installedAtMs } = byDevice.get(instanceId!)!;
      expect([idCampaign, tsAttr, tsInstall]).toEqual([
        String(attribution ? AD_CAMPAIGNS[attribution.campaign]!.id : 0),
        attribution ? second(installedAtMs) : '0',
        second(installedAtMs),
      ]);
    }
  });
});
