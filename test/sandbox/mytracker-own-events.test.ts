import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { replaceEvents } from '../../src/sandbox/own-events.ts';
import { NOON, startMytrackerClient, world } from './mytracker-client.ts';
import type { MytrackerClient } from './mytracker-client.ts';

const HOUR_MS = 3_600_000;
const DAY = { dateFrom: '2026-11-20', dateTo: '2026-11-20', timezone: 'UTC' };

let mytracker: MytrackerClient;

beforeAll(async () => {
  const place = { country: 'SE', platform: '', appVersion: '', revenueCents: 0, properties: {} };
  const own = [
    { ...place, userId: '007', name: 'open', timeMs: NOON - 6 * HOUR_MS },
    {
      ...place,
      userId: '007',
      name: 'buy',
      timeMs: NOON - 5 * HOUR_MS,
      revenueCents: 1250,
      properties: { sku: 'a,b' },
    },
  ];
  mytracker = await startMytrackerClient({ world: replaceEvents(world, own) });
});
afterAll(() => mytracker.close());

describe('own events in the emulated MyTracker', () => {
  it('have none of the generated people beside them', async () => {
    const rows = await mytracker.rows({ event: 'installs', selectors: 'customUserId,idApp,idCountry,tsEvent', ...DAY });
    const tsEvent = String(NOON / 1000 - 6 * 3600);
    expect(rows).toEqual([{ customUserId: '007', idApp: '456', idCountry: '48', tsEvent }]);
    const all = { event: 'installs', selectors: 'idApp', tsFrom: 0, tsTo: NOON / 1000 };
    expect(await mytracker.rows(all)).toHaveLength(1);
  });

  it('pay in US dollars for something custom', async () => {
    const selectors = 'sum,currency,idProduct,idPurchaseType';
    expect(await mytracker.rows({ event: 'payments', selectors, ...DAY })).toEqual([
      { sum: '12.5', currency: 'USD', idProduct: '', idPurchaseType: '6' },
    ]);
  });

  it('are custom events and visits', async () => {
    const selectors = 'eventName,params.name,params.value';
    expect(await mytracker.rows({ event: 'userCustomEvents', selectors, ...DAY })).toEqual([
      { eventName: 'open', 'params.name': '[]', 'params.value': '[]' },
      { eventName: 'buy', 'params.name': "['sku']", 'params.value': "['a,b']" },
    ]);
    expect(await mytracker.rows({ event: 'sessions', selectors: 'duration', ...DAY })).toEqual([
      { duration: '0' },
      { duration: '0' },
    ]);
  });
});
