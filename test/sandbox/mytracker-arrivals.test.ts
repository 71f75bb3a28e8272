import { afterEach, describe, expect, it } from 'vitest';

import { DAY_MS } from '../../src/sandbox/world.ts';
import { NOON, startMytrackerClient, WHOLE, world } from './mytracker-client.ts';
import type { MytrackerClient } from './mytracker-client.ts';

const QUERY = { event: 'customEvents', selectors: 'tsEvent,tsInsert' };
const DAY = { dateFrom: '2026-11-19', dateTo: '2026-11-19', timezone: 'UTC' };
const LATE_S = 24 * 3600 + 600;

const times = [...world.events.timeMs];

let mytracker: MytrackerClient;

afterEach(() => mytracker.close());

describe('what arrives in the emulated MyTracker', () => {
  it('comes within two hours, or one in a hundred a day late', async () => {
    mytracker = await startMytrackerClient({ hasLateArrivals: true });
    const rows = await mytracker.rows({ ...QUERY, dateFrom: '2026-07-01', dateTo: '2026-11-10' });
    const delays = rows.map(({ tsEvent, tsInsert }) => Number(tsInsert) - Number(tsEvent));
    const late = delays.filter((delay) => delay === LATE_S).length;
    expect(Math.abs(late - rows.length / 100)).toBeLessThanOrEqual(1);
    expect(delays.every((delay) => delay === LATE_S || (delay >= 600 && delay < 7200))).toBe(true);
    expect(new Set(delays).size).toBeGreaterThan(1000);
  });

  it('is not there before it has come', async () => {
    mytracker = await startMytrackerClient({ hasLateArrivals: true });
    const start = Date.UTC(2026, 10, 19);
    const ofDay = times.map((ms, event) => ({ ms, event })).filter(({ ms }) => ms >= start && ms < start + DAY_MS);
    // At noon of the next day, what is late and happened after 11:50 is still on its way.
    const isMissing = (ms: number, event: number): boolean => event % 100 === 37 && ms >= NOON - LATE_S * 1000 + 1000;
    const missing = ofDay.filter(({ ms, event }) => isMissing(ms, event));
    expect(missing.length).toBeGreaterThan(3);
    expect(await mytracker.rows({ ...QUERY, ...DAY })).toHaveLength(ofDay.length - missing.length);
    mytracker.advance(DAY_MS);
    expect(await mytracker.rows({ ...QUERY, ...DAY })).toHaveLength(ofDay.length);
  });

  it('stays out of an export that was asked for before', async () => {
    mytracker = await startMytrackerClient({ hasLateArrivals: true, preparationMs: DAY_MS });
    const before = await mytracker.queue({ ...QUERY, ...DAY });
    mytracker.advance(DAY_MS);
    const after = await mytracker.queue({ ...QUERY, ...DAY });
    mytracker.advance(DAY_MS - 1);
    const sizes = [];
    for (const id of [before, after]) {
      if (id === after) mytracker.advance(1);
      const [{ link }] = (await mytracker.stateOf(id)).files;
      sizes.push((await mytracker.ask(link)).bytes.length);
    }
    expect(sizes[0]).toBeLessThan(sizes[1]!);
  });

  it('is found by when it came', async () => {
    mytracker = await startMytrackerClient({ hasLateArrivals: true });
    const from = Date.UTC(2026, 10, 11, 6) / 1000;
    const to = from + 3600;
    const all = await mytracker.rows({ ...QUERY, ...WHOLE });
    const expected = all.filter(({ tsInsert }) => Number(tsInsert) >= from && Number(tsInsert) <= to);
    const rows = await mytracker.rows({ ...QUERY, ...WHOLE, availabilityTsFrom: from, availabilityTsTo: to });
    expect(rows).toEqual(expected);
    expect(rows.some(({ tsEvent }) => Number(tsEvent) < from - DAY_MS / 1000 + 3600)).toBe(true);
    const later = await mytracker.rows({ ...QUERY, ...WHOLE, availabilityTsFrom: to + 1 });
    const earlier = await mytracker.rows({ ...QUERY, ...WHOLE, availabilityTsTo: from - 1 });
    // An end that is open holds what came less than three hours ago too.
    expect(earlier.length + rows.length + later.length).toBe(all.length);
  });
});
