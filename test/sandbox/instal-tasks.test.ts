import { afterEach, describe, expect, it } from 'vitest';

import emulator from '../../src/sandbox/instal/index.ts';
import { startInstal } from '../../src/sandbox/instal/start-instal.ts';
import { DAY_MS } from '../../src/sandbox/world.ts';
import { EXPORTS, NOON, startInstalClient, WHOLE, world } from './instal-client.ts';
import type { InstalClient } from './instal-client.ts';

const DAY = { start_date: '2026-11-18', stop_date: '2026-11-18' };
const PENDING = { state: 'PENDING', result: null };

let instal: InstalClient | undefined;

afterEach(() => instal?.close());

async function start(options: Parameters<typeof startInstalClient>[0]): Promise<InstalClient> {
  instal = await startInstalClient(options);
  return instal;
}

describe('tasks of the emulated Instal', () => {
  it('describe themselves as a data source', async () => {
    expect(emulator.id).toBe('instal');
    const running = await emulator.start({ world, clock: () => NOON });
    const { host } = new URL(running.baseUrl);
    expect(running.dataSource).toEqual({
      key: 'sandbox-instal',
      name: 'Sandbox (Instal)',
      provider: 'instal',
      baseUrl: running.baseUrl,
      token: expect.any(String),
      currency: 'USD',
      timezone: 'UTC',
      downloadHosts: [host],
      allowPrivateNetwork: true,
    });
    expect(host).toMatch(/^127\.0\.0\.1:\d+$/);
    await running.close();
  });

  it('speak one version', async () => {
    await expect(startInstal({ world, clock: () => NOON, apiVersion: 'v2' })).rejects.toThrow('v2');
  });

  it('are pending for as long as the export is prepared', async () => {
    const { queue, stateOf, advance, baseUrl } = await start({ preparationMs: 1500 });
    const id = await queue(DAY);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await stateOf(id)).toEqual(PENDING);
    advance(1499);
    expect(await stateOf(id)).toEqual(PENDING);
    advance(1);
    expect(await stateOf(id)).toEqual({ state: 'SUCCESS', result: `${baseUrl}/media/exports/${id}.csv` });
  });

  it('take a second and a half if nothing else is said', async () => {
    let nowMs = NOON;
    const running = await startInstal({ world, clock: () => nowMs });
    const headers = { authorization: `Token ${String(running.dataSource.token)}`, 'content-type': 'application/json' };
    const ask = async (path: string, init?: RequestInit) =>
      (await fetch(`${running.baseUrl}${EXPORTS}${path}`, { headers, ...init })).json();
    const { task_id } = (await ask('', { method: 'POST', body: JSON.stringify(DAY) })) as { task_id: string };
    const states = [];
    for (const ms of [1499, 1]) {
      nowMs += ms;
      states.push(((await ask(task_id)) as { state: string }).state);
    }
    expect(states).toEqual(['PENDING', 'SUCCESS']);
    await running.close();
  });

  it('have ids of their own, the same in every run', async () => {
    const ids = [];
    for (let run = 0; run < 2; run += 1) {
      const { queue, close } = await startInstalClient();
      ids.push(await queue(DAY), await queue(DAY), await queue(WHOLE));
      await close();
    }
    expect(new Set(ids).size).toBe(3);
    expect(ids.slice(0, 3)).toEqual(ids.slice(3));
  });

  it('are asked for with a slash at the end too', async () => {
    const { queue, get } = await start({});
    const id = await queue(DAY);
    const [slashless, slashed] = [await get(EXPORTS + id), await get(`${EXPORTS}${id}/`)];
    expect([slashless.status, slashed.status, slashed.body]).toEqual([200, 200, slashless.body]);
  });

  it('can be moved to the slash', async () => {
    const { queue, get } = await start({ addsSlash: true });
    const id = await queue(DAY);
    const moved = await get(`${EXPORTS}${id}?x=1`);
    expect([moved.status, moved.headers.get('location')]).toEqual([301, `${EXPORTS}${id}/?x=1`]);
    expect((await get(`${EXPORTS}${id}/`)).body.state).toBe('SUCCESS');
  });

  it('are pending for ever where nobody knows them', async () => {
    const { stateOf, advance } = await start({});
    for (const id of ['00000000-0000-4000-a000-000000000000', 'x', '%2F']) {
      expect(await stateOf(id)).toEqual(PENDING);
      advance(7 * DAY_MS);
      expect(await stateOf(id)).toEqual(PENDING);
    }
  });

  it('can be in other states while they are prepared', async () => {
    const runningStates = ['PENDING', 'STARTED', 'PROGRESS', 'RETRY'];
    const { queue, stateOf, advance } = await start({ preparationMs: 4000, runningStates });
    const id = await queue(DAY);
    for (const state of runningStates) {
      expect(await stateOf(id)).toEqual({ state, result: null });
      advance(1000);
    }
    expect((await stateOf(id)).state).toBe('SUCCESS');
  });

  it('can end in other ways, each its own', async () => {
    const { queue, send, stateOf, advance } = await start({
      preparationMs: 1000,
      outcomes: ['FAILURE', 'REVOKED', 'PENDING', 'ERROR', 'SUCCESS'],
    });
    const ids = [await queue(DAY), await queue(DAY), await queue(DAY)];
    const refused = await send(EXPORTS, DAY);
    expect([refused.status, refused.body]).toEqual([200, { result: 'ERROR' }]);
    ids.push(await queue(DAY), await queue(DAY));
    for (const id of ids) expect(await stateOf(id)).toEqual(PENDING);
    advance(1000);
    const states = await Promise.all(ids.map(stateOf));
    expect(states.map(({ state }) => state)).toEqual(['FAILURE', 'REVOKED', 'PENDING', 'SUCCESS', 'SUCCESS']);
    expect(states.map(({ result }) => result)).toEqual([
      "OperationalError('the report database is gone')",
      'terminated',
      null,
      expect.stringMatching(/^http:.*csv$/),
      expect.stringMatching(/^http:.*csv$/),
    ]);
    advance(DAY_MS - 1001);
    expect(await stateOf(ids[2]!)).toEqual(PENDING);
  });

  it.each([undefined, 60_000])('are forgotten after a day, or after %s ms', async (taskLifetimeMs) => {
    const lifetimeMs = taskLifetimeMs ?? DAY_MS;
    const { queue, stateOf, advance } = await start({
      preparationMs: 1000,
      outcomes: ['SUCCESS', 'FAILURE', 'SUCCESS'],
      ...(taskLifetimeMs !== undefined && { taskLifetimeMs }),
    });
    const ids = [await queue(DAY), await queue(DAY)];
    advance(1000 + lifetimeMs - 1);
    expect((await Promise.all(ids.map(stateOf))).map(({ state }) => state)).toEqual(['SUCCESS', 'FAILURE']);
    advance(1);
    expect(await Promise.all(ids.map(stateOf))).toEqual([PENDING, PENDING]);
    await queue(DAY);
    expect(await Promise.all(ids.map(stateOf))).toEqual([PENDING, PENDING]);
  });
});
