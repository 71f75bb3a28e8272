import { createHash } from 'node:crypto';
import fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApiKeyCheck } from '../../src/access/api-keys.ts';
import { createCallerCheck, principalOf, registerGuards } from '../../src/routes/guards.ts';
import { errorOf, request } from '../server/plain-request.ts';

const KEYS = [{ name: 'ann', sha256: createHash('sha256').update('key-of-ann').digest('hex') }];
const UPGRADE = { connection: 'upgrade', upgrade: 'WebSocket' };

/** A server whose `/graphql` says who is calling, by the header or by what a WebSocket would say once it is open. */
async function start({ isGuarded }: { isGuarded: boolean }): Promise<string> {
  const app = fastify();
  onTestFinished(() => app.close());
  const checkApiKey = isGuarded ? createApiKeyCheck(KEYS) : null;
  await registerGuards(app, { isAllowedHost: () => true, checkApiKey, openPaths: new Set() });
  const identify = createCallerCheck(checkApiKey);
  for (const path of ['/graphql', '/other']) {
    app.get(path, async (asked) => {
      const said = asked.headers['x-said'];
      return typeof said === 'string' ? identify(asked, said) : principalOf(asked);
    });
  }
  return app.listen({ port: 0, host: '127.0.0.1' });
}

describe('who is calling', () => {
  it('is named by the key', async () => {
    const url = await start({ isGuarded: true });
    expect((await request(url, { headers: { authorization: 'Bearer key-of-ann' } })).text).toBe('ann');
  });

  it('is local where there are no keys', async () => {
    const url = await start({ isGuarded: false });
    expect((await request(url)).text).toBe('local');
    expect((await request(url, { headers: { authorization: 'Bearer key-of-ann' } })).text).toBe('local');
  });
});

describe('a WebSocket', () => {
  it('has no principal before it has said who it is', async () => {
    const url = await start({ isGuarded: true });
    const answer = await request(url, { headers: UPGRADE });
    expect(answer.status).toBe(401);
    expect(errorOf(answer).message).toBe('This request carries no API key.');
  });

  it('is let in without a header at one place only', async () => {
    const url = await start({ isGuarded: true });
    expect((await request(url, { headers: { ...UPGRADE, 'x-said': 'Bearer key-of-ann' } })).text).toBe('ann');
    const elsewhere = { path: '/other', headers: { ...UPGRADE, 'x-said': 'Bearer key-of-ann' } };
    expect((await request(url, elsewhere)).status).toBe(401);
    expect(
      (await request(url, { headers: { ...UPGRADE, upgrade: 'h2c', 'x-said': 'Bearer key-of-ann' } })).status,
    ).toBe(401);
  });

  it('needs a key that is known', async () => {
    const url = await start({ isGuarded: true });
    const answer = await request(url, { headers: { ...UPGRADE, 'x-said': 'Bearer key-of-nobody' } });
    expect(answer.status).toBe(401);
  });

  it.each([
    ['https://evil.com', 403],
    ['null', 403],
    ['https://studio.apollographql.com', 200],
  ])('of a page at %s is answered with %i', async (origin, status) => {
    const url = await start({ isGuarded: false });
    const answer = await request(url, { headers: { ...UPGRADE, origin, 'x-said': '' } });
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.text).toBe('local');
    else expect(errorOf(answer).code).toBe('FORBIDDEN');
  });

  it('of a page of this server is answered', async () => {
    const url = await start({ isGuarded: false });
    expect((await request(url, { headers: { ...UPGRADE, origin: url, 'x-said': '' } })).text).toBe('local');
  });
});
