import { afterEach, describe, expect, it } from 'vitest';

import { COLLEAGUE, NOON, RAW, startMytrackerClient } from './mytracker-client.ts';
import type { Answer, Json, MytrackerClient } from './mytracker-client.ts';

const QUOTAS = '/api/open/user/v1/quotas/get.json';
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const NOW = NOON / SECOND_MS;

let mytracker: MytrackerClient;

afterEach(() => mytracker.close());

/** Starts an emulator with the documented quotas. */
async function start(): Promise<void> {
  mytracker = await startMytrackerClient({}, {});
}

async function askOften(count: number, target = QUOTAS): Promise<Answer> {
  for (let index = 1; index < count; index += 1) await mytracker.ask(target);
  return mytracker.ask(target);
}

/** Asks as often, with a pause of two seconds after every ten requests. */
async function askSlowly(count: number, target = QUOTAS): Promise<Answer> {
  for (let index = 1; index < count; index += 1) {
    await mytracker.ask(target);
    if (index % 10 === 0) mytracker.advance(2 * SECOND_MS);
  }
  return mytracker.ask(target);
}

const exceededOf = ({ body }: Answer): string[] =>
  body.data.error.info.quotas.filter(({ exceeded }: Json) => exceeded).map(({ name }: Json) => name);

describe('the quotas of the emulated MyTracker', () => {
  it('are told', async () => {
    await start();
    mytracker.advance(400);
    const { status, body } = await askOften(3);
    const counted = { count: 3, exceeded: false };
    expect([status, body]).toEqual([
      200,
      {
        code: 200,
        message: 'Ok',
        data: {
          quotas: [
            { name: 'RequestsByUserPerSecond', ...counted, limit: 10, resetTime: NOW + 2, resetInSecond: 1 },
            { name: 'RequestsByUserPerMinute', ...counted, limit: 100, resetTime: NOW + 61, resetInSecond: 60 },
            { name: 'RequestsByUserPerHour', ...counted, limit: 1000, resetTime: NOW + 3601, resetInSecond: 3600 },
            {
              name: 'ErrorsByUserPerMinute',
              count: 0,
              exceeded: false,
              limit: 60,
              resetTime: NOW + 61,
              resetInSecond: 60,
            },
          ],
        },
      },
    ]);
  });

  it('let ten requests a second through', async () => {
    await start();
    expect((await askOften(10)).status).toBe(200);
    const { status, body } = await mytracker.ask(QUOTAS);
    const [first, second, third] = body.data.error.info.quotas;
    expect([status, body.code, body.message]).toEqual([429, 429, 'Too Many Requests']);
    expect(first).toEqual({
      name: 'RequestsByUserPerSecond',
      count: 11,
      limit: 10,
      resetTime: NOW + 1,
      resetInSecond: 1,
      exceeded: true,
    });
    expect([second.exceeded, third.exceeded]).toEqual([false, false]);
    mytracker.advance(SECOND_MS);
    expect((await mytracker.ask(QUOTAS)).status).toBe(200);
  });

  it('let a hundred requests a minute through', async () => {
    await start();
    expect((await askSlowly(100)).status).toBe(200);
    const refused = await mytracker.ask(QUOTAS);
    expect(refused.status).toBe(429);
    expect(exceededOf(refused)).toContain('RequestsByUserPerMinute');
    // Ninety-nine requests took eighteen seconds.
    expect(refused.body.data.error.info.quotas[1]).toMatchObject({ count: 101, resetInSecond: 42 });
    mytracker.advance(42 * SECOND_MS);
    expect((await mytracker.ask(QUOTAS)).status).toBe(200);
  });

  it('let a thousand requests an hour through', async () => {
    await start();
    for (let minute = 0; minute < 10; minute += 1) {
      expect((await askSlowly(100)).status).toBe(200);
      mytracker.advance(MINUTE_MS);
    }
    const refused = await mytracker.ask(QUOTAS);
    expect([refused.status, exceededOf(refused)]).toEqual([429, ['RequestsByUserPerHour']]);
  });

  it('are of one user', async () => {
    await start();
    expect((await askOften(11)).status).toBe(429);
    expect((await mytracker.ask(QUOTAS, { signer: COLLEAGUE })).status).toBe(200);
  });

  it('block whoever was refused sixty times a minute', async () => {
    await start();
    const wrong = `${RAW}/get.json?idRawExport=4`;
    expect((await askSlowly(60, wrong)).status).toBe(404);
    mytracker.advance(2 * SECOND_MS);
    const right = await mytracker.ask(QUOTAS);
    expect([right.status, exceededOf(right)]).toEqual([429, ['ErrorsByUserPerMinute']]);
    mytracker.advance(MINUTE_MS);
    expect((await mytracker.ask(QUOTAS)).status).toBe(200);
  });

  it('let ten unsigned requests a second through to their refusal', async () => {
    await start();
    const statuses = [];
    for (let index = 0; index < 11; index += 1) {
      statuses.push((await mytracker.ask(QUOTAS, { signer: null })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429]);
  });

  it('let a hundred requests a second of an address through, whoever sends them', async () => {
    await start();
    await askOften(99);
    expect((await mytracker.ask(QUOTAS, { signer: COLLEAGUE })).status).toBe(200);
    const refused = await mytracker.ask(QUOTAS, { signer: COLLEAGUE });
    expect([refused.status, exceededOf(refused)]).toEqual([429, ['RequestsByIpPerSecond']]);
  });

  it('can be others', async () => {
    mytracker = await startMytrackerClient({
      quotas: { user: [{ name: 'RequestsByUserPerMinute', limit: 2, windowMs: MINUTE_MS }] },
    });
    expect((await askOften(2)).status).toBe(200);
    expect((await mytracker.ask(QUOTAS)).body.data.error.info.quotas).toEqual([
      {
        name: 'RequestsByUserPerMinute',
        count: 3,
        limit: 2,
        resetTime: NOW + 60,
        resetInSecond: 60,
        exceeded: true,
      },
    ]);
  });

  it('do not count downloads', async () => {
    mytracker = await startMytrackerClient({
      quotas: { user: [{ name: 'RequestsByUserPerMinute', limit: 3, windowMs: MINUTE_MS }] },
    });
    const [link = ''] = await mytracker.links({
      event: 'installs',
      selectors: 'idApp',
      dateFrom: '2026-11-18',
      dateTo: '2026-11-18',
    });
    for (let index = 0; index < 5; index += 1) expect((await mytracker.ask(link)).status).toBe(200);
    expect((await mytracker.ask(QUOTAS)).status).toBe(200);
  });
});
