import { createHash } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UnsafeBindError } from '../../src/access/bind-policy.ts';
import { configure } from '../server/fake-openpanel.ts';
import { OPERATION, operationWith, request } from '../server/plain-request.ts';
import { startServerUnderTest } from '../server/running-server.ts';

const config = configure({ app: 'http://127.0.0.1:9' });
const TRIBUTARY_API_KEYS = `me:${createHash('sha256').update('key').digest('hex')}`;

async function start(env: Readonly<Record<string, string>>) {
  const server = await startServerUnderTest({ config, env });
  onTestFinished(() => server.close());
  return `http://127.0.0.1:${new URL(server.url).port}`;
}

describe('a server for everybody', () => {
  it.each(['0.0.0.0', '::'])('does not start at %s without keys', async (HOST) => {
    const started = startServerUnderTest({ config, env: { HOST } });
    await expect(started).rejects.toThrow(UnsafeBindError);
    await expect(started).rejects.toThrow(/TRIBUTARY_API_KEYS.*TRIBUTARY_ALLOW_UNAUTHENTICATED=1.*HOST=127\.0\.0\.1/s);
  });

  it('starts where a proxy asks who is calling', async () => {
    const url = await start({ HOST: '0.0.0.0', TRIBUTARY_ALLOW_UNAUTHENTICATED: '1' });
    expect((await request(url, OPERATION)).status).toBe(200);
  });

  it('starts with keys, and wants them', async () => {
    const url = await start({ HOST: '0.0.0.0', TRIBUTARY_API_KEYS });
    expect((await request(url, OPERATION)).status).toBe(401);
    expect((await request(url, operationWith({ authorization: 'Bearer key' }))).status).toBe(200);
  });

  it('may be reached by any name, unless names are given', async () => {
    const any = await start({ HOST: '0.0.0.0', TRIBUTARY_ALLOW_UNAUTHENTICATED: '1' });
    expect((await request(any, operationWith({ host: 'analytics.example' }))).status).toBe(200);
    const env = { HOST: '0.0.0.0', TRIBUTARY_ALLOW_UNAUTHENTICATED: '1', ALLOWED_HOSTS: 'analytics.example' };
    const named = await start(env);
    expect((await request(named, operationWith({ host: 'analytics.example' }))).status).toBe(200);
    expect((await request(named, operationWith({ host: 'evil.example' }))).status).toBe(403);
  });
});

describe('a server on this machine', () => {
  it('starts without keys', async () => {
    expect((await request(await start({}), OPERATION)).status).toBe(200);
  });

  it('says which port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const PORT = String((other.address() as AddressInfo).port);
    await expect(startServerUnderTest({ config, env: { PORT } })).rejects.toThrow(`Port ${PORT} of 127.0.0.1 is taken`);
  });
});
