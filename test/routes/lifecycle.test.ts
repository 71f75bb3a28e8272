import { request as send } from 'node:http';
import fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { registerHealth } from '../../src/routes/health.ts';
import { json, startServer, type Answer } from '../http/local-server.ts';
import { configure, openpanel } from '../server/fake-openpanel.ts';
import { request } from '../server/plain-request.ts';
import { startServerUnderTest } from '../server/running-server.ts';

const EVENTS = '{ events(query: { source: "app", period: { preset: TODAY } }) { totalCount } }';
const EMPTY = { meta: { count: 0, totalCount: 0, pages: 0, current: 1 }, data: [] };

/** A provider whose events come when they are let go; says when it was asked, and when the asker has left. */
async function startSlowProvider() {
  const asked = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const events: Answer = (response, incoming) => {
    asked.resolve();
    response.on('close', () => left.resolve());
    void letGo.promise.then(() => json(EMPTY)(response, incoming));
  };
  const { url } = await startServer(openpanel({ events }));
  return { url, asked: asked.promise, left: left.promise, letGo: letGo.resolve };
}

describe('health', () => {
  it('is live and ready while the server runs', async () => {
    const server = await startServerUnderTest({ config: configure({ app: 'http://127.0.0.1:9' }) });
    onTestFinished(() => server.close());
    for (const path of ['/health/live', '/health/ready']) {
      const { status, text } = await request(server.url, { path });
      expect({ status, body: JSON.parse(text) as unknown }).toEqual({ status: 200, body: { status: 'ok' } });
    }
  });

  it('is live and not ready while the server drains', async () => {
    const app = fastify();
    onTestFinished(() => app.close());
    const readiness = { isDraining: false };
    registerHealth(app, readiness);
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    readiness.isDraining = true;
    expect((await request(url, { path: '/health/live' })).status).toBe(200);
    expect(await request(url, { path: '/health/ready' })).toMatchObject({ status: 503, text: '{"status":"draining"}' });
  });
});

describe('a server that is stopped', () => {
  it('lets a running operation end, and takes no other', async () => {
    const provider = await startSlowProvider();
    const server = await startServerUnderTest({ config: configure({ app: provider.url }) });
    const answer = server.ask(EVENTS);
    await provider.asked;
    const stopped = server.close();
    // Whoever comes while the port is being closed is let go at once.
    await expect(request(server.url, { path: '/health/ready' })).rejects.toThrow(/ECONNREFUSED|ECONNRESET/);
    provider.letGo();
    expect(await answer).toEqual({ data: { events: { totalCount: 0 } } });
    const startedAt = performance.now();
    await stopped;
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  it('stops at once when nothing runs', async () => {
    const server = await startServerUnderTest();
    expect(await server.ask('{ dataSource(key: "sandbox-openpanel") { key } }')).toEqual({
      data: { dataSource: { key: 'sandbox-openpanel' } },
    });
    const startedAt = performance.now();
    await server.close();
    expect(performance.now() - startedAt).toBeLessThan(5000);
    await expect(request(server.url, { path: '/' })).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe('a caller who leaves', () => {
  it('takes the question to the provider with them', async () => {
    const provider = await startSlowProvider();
    const server = await startServerUnderTest({ config: configure({ app: provider.url }) });
    onTestFinished(() => server.close());
    const controller = new AbortController();
    const answer = fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: EVENTS }),
      signal: controller.signal,
    });
    await provider.asked;
    controller.abort();
    await expect(answer).rejects.toThrow();
    await provider.left;
    const levels = server.logged.map((line) => (JSON.parse(line) as { level: number }).level);
    expect(Math.max(...levels)).toBeLessThan(50);
  });

  it('leaves the question to another who waits for the same', async () => {
    const provider = await startSlowProvider();
    const server = await startServerUnderTest({ config: configure({ app: provider.url }) });
    onTestFinished(() => server.close());
    const leaving = send(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' } });
    leaving.on('error', () => undefined);
    leaving.end(JSON.stringify({ query: EVENTS }));
    await provider.asked;
    const staying = server.ask(EVENTS);
    // Once this is answered, the one before it has been taken up.
    await server.ask('{ dataSources { key } }');
    const hasLeft = new Promise((resolve) => leaving.on('close', resolve));
    leaving.destroy();
    await hasLeft;
    provider.letGo();
    expect(await staying).toEqual({ data: { events: { totalCount: 0 } } });
  });
});
