import { afterEach, describe, expect, it } from 'vitest';

import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts';
import { toHeaders, toQuery } from './openpanel-client.ts';
import type { Json } from './openpanel-client.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
let sandbox: Sandbox | undefined;

afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

async function datesOf(range: string): Promise<string[]> {
  const source = sandbox?.dataSources.find(({ provider }) => provider === 'openpanel');
  const query = toQuery({ series: [{ name: 'screen_view' }], range });
  const response = await fetch(`${String(source?.baseUrl)}/export/charts?${query}`, { headers: toHeaders('read') });
  const { series } = (await response.json()) as Json;
  return series[0].data.map(({ date }: { date: string }) => date.slice(0, 10));
}

describe('the sandbox', () => {
  it('describes OpenPanel as a data source', async () => {
    sandbox = await startSandbox({ clock: () => NOON });
    expect(sandbox.dataSources.find(({ key }) => key === 'sandbox-openpanel')).toMatchObject({
      key: 'sandbox-openpanel',
      name: 'Sandbox (OpenPanel)',
      provider: 'openpanel',
      baseUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      clientId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      clientSecret: expect.any(String),
      projectId: 'sandbox-app',
      timezone: 'UTC',
      apiVersion: '2026',
      currency: 'USD',
    });
  });

  it('ends the day before the clock', async () => {
    sandbox = await startSandbox({ clock: () => NOON });
    expect(sandbox.world.today).toBe('2026-11-20');
    expect(await datesOf('yesterday')).toEqual(['2026-11-19']);
  });

  it('lives in the day it is given', async () => {
    sandbox = await startSandbox({ clock: () => NOON, today: '2025-01-15', seed: 3 });
    expect(sandbox.world.seed).toBe(3);
    expect(new Date(sandbox.clock()).toISOString()).toBe('2025-01-15T12:00:00.000Z');
    expect(await datesOf('yesterday')).toEqual(['2025-01-14']);
  });

  it('starts with nothing but a clock', async () => {
    sandbox = await startSandbox({ clock: () => Date.now() });
    expect(sandbox.world.today).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it('stops when the events file is bad', async () => {
    const eventsFile = new URL('start-sandbox.test.ts', import.meta.url).pathname;
    await expect(startSandbox({ clock: () => NOON, eventsFile })).rejects.toThrow(eventsFile);
  });
});
