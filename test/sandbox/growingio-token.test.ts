import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { NOON, PROJECT, RIGHT, startGrowingioClient } from './growingio-client.ts';
import type { GrowingioClient } from './growingio-client.ts';

const DAY_MS = 86_400_000;
const UNAUTHORIZED = { message: 'Unauthorized', errors: [] };
const dashboards = `${PROJECT}/dashboards.json`;

let nowMs = NOON;
let growingio: GrowingioClient;
const clock = (): number => nowMs;

beforeEach(async () => {
  nowMs = NOON;
  growingio = await startGrowingioClient({ clock });
});
afterEach(() => growingio.close());

interface Fields {
  readonly project: string;
  readonly ai: string;
  readonly tm: number;
}

const right = { project: 'pRoj3ct1', ai: '0123456789abcdef' };

function sign({ project, ai, tm }: Fields, key = 'example-private-key-0001'): string {
  const message = ['POST', '/auth/token', `project=${project}&ai=${ai}&tm=${tm}`].join('\n');
  return createHmac('sha256', key).update(message).digest('hex');
}

function toBody(fields: Fields, auth = sign(fields)): string {
  return `project=${fields.project}&ai=${fields.ai}&tm=${fields.tm}&auth=${auth}`;
}

async function mintCode(): Promise<string> {
  return (await growingio.mint(toBody({ ...right, tm: nowMs }))).body.code;
}

async function statusWith(token: string): Promise<number> {
  return (await growingio.get(dashboards, { ...RIGHT, authorization: token })).status;
}

describe('a token of GrowingIO', () => {
  it('is given for the signature of the test vector', async () => {
    nowMs = 1_700_000_000_000;
    const auth = '24bc8b419ad7384b9d9eb6ed571b821dad60f716734332e702b2a01a0ffd5831';
    const { status, body } = await growingio.mint(toBody({ ...right, tm: 1_700_000_000_000 }, auth));
    expect(status).toBe(200);
    expect(body).toEqual({ status: 'success', code: expect.stringMatching(/^[0-9A-Za-z]{64}$/) });
    expect(await statusWith(body.code)).toBe(200);
  });

  it.each<[string, (text: string) => Parameters<GrowingioClient['mint']>[0]]>([
    ['raw text', (text) => text],
    ['bytes of no type', (text) => new TextEncoder().encode(text)],
    ['a form', (text) => new URLSearchParams(text)],
    ['fields in another order', (text) => text.split('&').reverse().join('&')],
  ])('is given for %s', async (_, toSent) => {
    const { status } = await growingio.mint(toSent(toBody({ ...right, tm: nowMs })));
    expect(status).toBe(200);
  });

  it('is given for fields in the address', async () => {
    const url = `${growingio.baseUrl}/auth/token?${toBody({ ...right, tm: nowMs })}`;
    const response = await fetch(url, { method: 'POST', headers: { 'x-client-id': RIGHT['x-client-id'] } });
    expect(response.status).toBe(200);
  });

  it.each<[string, () => string, Record<string, string>?]>([
    ['another key', () => toBody({ ...right, tm: nowMs }, sign({ ...right, tm: nowMs }, 'other'))],
    ['upper case', () => toBody({ ...right, tm: nowMs }, sign({ ...right, tm: nowMs }).toUpperCase())],
    ['another time than was signed', () => toBody({ ...right, tm: nowMs }, sign({ ...right, tm: nowMs - 1 }))],
    ['an unknown project', () => toBody({ ...right, project: 'pRoj3cT1', tm: nowMs })],
    ['an unknown account', () => toBody({ ...right, ai: 'fedcba9876543210', tm: nowMs })],
    ['an unknown public key', () => toBody({ ...right, tm: nowMs }), { 'x-client-id': 'other' }],
    ['no public key', () => toBody({ ...right, tm: nowMs }), {}],
    ['a time long gone', () => toBody({ ...right, tm: nowMs - 300_001 })],
    ['a time to come', () => toBody({ ...right, tm: nowMs + 300_001 })],
  ])('is refused for %s', async (_, toSent, headers) => {
    const { status, body } = await growingio.mint(toSent(), headers);
    expect([status, body]).toEqual([401, UNAUTHORIZED]);
  });

  it.each([-300_000, 60_000, 300_000])('is given to a clock that is %i ms off', async (skewMs) => {
    expect((await growingio.mint(toBody({ ...right, tm: nowMs + skewMs }))).status).toBe(200);
  });

  it.each(['project', 'ai', 'tm', 'auth'])('is refused without %s', async (name) => {
    const fields = new URLSearchParams(toBody({ ...right, tm: nowMs }));
    fields.delete(name);
    const { status, body } = await growingio.mint(fields.toString());
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ code: 'bad_request', message: `${name} is required` }]);
  });

  it('is refused for a time that is no number', async () => {
    expect((await growingio.mint(toBody({ ...right, tm: 1.5 }))).status).toBe(400);
  });

  it('ends the one before', async () => {
    const first = await mintCode();
    expect(await statusWith(first)).toBe(200);
    const second = await mintCode();
    expect(second).not.toBe(first);
    expect([await statusWith(first), await statusWith(second)]).toEqual([401, 200]);
  });

  it('is good for thirty days', async () => {
    const code = await mintCode();
    nowMs += 30 * DAY_MS - 1;
    expect(await statusWith(code)).toBe(200);
    nowMs += 1;
    expect(await statusWith(code)).toBe(401);
  });

  it('of the console never ends', async () => {
    await mintCode();
    nowMs += 400 * DAY_MS;
    expect(await statusWith(RIGHT.authorization)).toBe(200);
  });

  it('is the same in the next run', async () => {
    const codes = [await mintCode(), await mintCode()];
    await growingio.close();
    growingio = await startGrowingioClient({ clock });
    expect([await mintCode(), await mintCode()]).toEqual(codes);
  });
});

describe('the headers of GrowingIO', () => {
  it('take the code alone or after a word', async () => {
    const code = await mintCode();
    expect(await statusWith(`Token ${code}`)).toBe(200);
    expect(await statusWith(`Bearer ${code}`)).toBe(401);
    expect(await statusWith(`token ${code}`)).toBe(401);
    expect(await statusWith('')).toBe(401);
  });

  it('do without the public key in 2026, but not with a wrong one', async () => {
    const { authorization } = RIGHT;
    expect((await growingio.get(dashboards, { authorization })).status).toBe(200);
    expect((await growingio.get(dashboards, { authorization, 'x-client-id': 'other' })).status).toBe(401);
  });

  it('have the public key in 2024', async () => {
    const old = await startGrowingioClient({ clock, apiVersion: '2024' });
    const { authorization } = RIGHT;
    const statuses = [await old.get(dashboards), await old.get(dashboards, { authorization })].map(
      ({ status }) => status,
    );
    await old.close();
    expect(statuses).toEqual([200, 401]);
  });

  it.each([
    'dashboards.json',
    'dashboards/d4Kx01Zq.json',
    'segmentations.json',
    'segmentations/s1QhY7Mf/users.csv',
    'rules.csv',
  ])('are asked for by %s', async (path) => {
    const { status, body } = await growingio.get(`${PROJECT}/${path}`, {});
    expect([status, body]).toEqual([401, UNAUTHORIZED]);
  });

  it.each(['/v2', '/v3/exporter'])('are asked for by reports of %s', async (prefix) => {
    for (const path of ['charts/Kd82LmQz', 'funnels/f8SjC1xO', 'retentions/R7gHv2Nk']) {
      const suffix = prefix === '/v2' ? '.json' : '';
      const { status, body } = await growingio.get(`${prefix}${PROJECT}/${path}${suffix}`, { authorization: 'wrong' });
      expect([status, body]).toEqual([401, UNAUTHORIZED]);
    }
  });
});
