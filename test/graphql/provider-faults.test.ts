import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { json, startServer, text, type Answer } from '../http/local-server.ts';
import { configure, openpanel, SECRETS } from '../server/fake-openpanel.ts';
import { startServerUnderTest, type AnsweredError, type ServerUnderTest } from '../server/running-server.ts';

async function serve(baseUrls: Readonly<Record<string, string>>, env: Record<string, string> = {}) {
  const server = await startServerUnderTest({ config: configure(baseUrls), env });
  onTestFinished(() => server.close());
  return server;
}

const EVERYTHING = `{
  metrics(query: {
    select: [{ source: "app", metric: { key: "events" } }], period: { preset: LAST_7_DAYS }
  }) { series { total } }
  funnel(query: {
    source: "app", period: { preset: LAST_7_DAYS }, steps: [{ event: "sign_up" }, { event: "purchase" }]
  }) { conversionRate }
  events(query: { source: "app", period: { preset: LAST_7_DAYS } }) { nodes { id } }
  dataSource(key: "app") { key health { isHealthy problem { code message isRetryable retryAfter source { key } } } }
}`;

interface Health {
  readonly isHealthy: boolean;
  readonly problem: { readonly code: string; readonly message: string; readonly retryAfter: string | null } | null;
}
interface Everything {
  readonly metrics: unknown;
  readonly funnel: unknown;
  readonly events: unknown;
  readonly dataSource: { readonly key: string; readonly health: Health };
}

async function askEverything(server: ServerUnderTest) {
  const startedAt = performance.now();
  const { data, errors = [] } = await server.ask<Everything>(EVERYTHING);
  const ms = performance.now() - startedAt;
  const said = JSON.stringify([data, errors, server.logged]);
  for (const secret of Object.values(SECRETS)) expect(said).not.toContain(secret);
  return { data, errors, ms };
}

/** Every question failed with one code on its own field, and the health says the same. */
function expectAllFailed({ data, errors }: { data: Everything; errors: readonly AnsweredError[] }, code: string): void {
  const { metrics, funnel, events, dataSource } = data;
  expect({ metrics, funnel, events }).toEqual({ metrics: null, funnel: null, events: null });
  expect(errors.map(({ path }) => path?.[0]).toSorted()).toEqual(['events', 'funnel', 'metrics']);
  for (const { extensions } of errors) expect(extensions).toMatchObject({ code, source: 'app', provider: 'openpanel' });
  expect(dataSource).toMatchObject({ key: 'app', health: { isHealthy: false, problem: { code } } });
}

const LEAK = { error: 'Unauthorized', message: `Export: Invalid client secret ${SECRETS.clientSecret}` };

describe('a provider that', () => {
  it.each<[string, Answer, string, string]>([
    ['refuses the credentials', json(LEAK, 401), 'PROVIDER_AUTH_FAILED', "in this server's configuration, not yours"],
    ['forbids the project', json({ message: 'No access' }, 403), 'PROVIDER_AUTH_FAILED', '(403): No access'],
    ['does not know the project', json({ message: 'Not found' }, 404), 'PROVIDER_REJECTED', '(404): Not found'],
    ['answers with a page', text('<html>', { 'content-type': 'text/html' }), 'PROVIDER_RESPONSE_INVALID', 'HTML'],
    ['breaks off', text('{"series":[{"id":"a'), 'PROVIDER_RESPONSE_INVALID', 'JSON that broke off at byte 19'],
    ['answers with nothing', text(''), 'PROVIDER_RESPONSE_INVALID', 'an empty body'],
    ['answers with other types', json({ series: 'many' }), 'PROVIDER_RESPONSE_INVALID', 'series: expected array'],
    ['fails with a text', text('Internal server error', {}, 500), 'PROVIDER_UNAVAILABLE', 'on its side (500)'],
    ['sends us elsewhere', text('', { location: 'http://x.invalid/' }, 302), 'PROVIDER_RESPONSE_INVALID', 'redirect'],
  ])('%s is named on each field', async (_fault, answer, code, says) => {
    const { url } = await startServer(answer);
    const answered = await askEverything(await serve({ app: url }));
    expectAllFailed(answered, code);
    const [metrics] = answered.errors.filter(({ path }) => path?.[0] === 'metrics');
    expect(metrics?.message).toContain(says);
    expect(answered.ms).toBeLessThan(3000);
  });

  it('is down is tried again, then named', async () => {
    const answered = await askEverything(await serve({ app: await closedPort() }));
    expectAllFailed(answered, 'PROVIDER_UNAVAILABLE');
    expect(answered.ms).toBeLessThan(8000);
    expect(answered.data.dataSource.health.problem?.message).not.toContain('127.0.0.1');
  });

  it('does not answer is given up at the deadline', async () => {
    const { url } = await startServer(() => undefined);
    const answered = await askEverything(await serve({ app: url }, { REQUEST_TIMEOUT_MS: '400' }));
    expectAllFailed(answered, 'PROVIDER_TIMEOUT');
    expect(answered.ms).toBeGreaterThan(350);
    expect(answered.ms).toBeLessThan(3000);
  });

  it('stops in the middle is given up at the deadline', async () => {
    const { url } = await startServer((response) => void response.writeHead(200).write('{"series":['));
    const answered = await askEverything(await serve({ app: url }, { REQUEST_TIMEOUT_MS: '400' }));
    expectAllFailed(answered, 'PROVIDER_TIMEOUT');
    expect(answered.ms).toBeLessThan(3000);
  });

  it('asks to wait a second is waited for', async () => {
    const tooMany = json({ message: 'Too many' }, 429, { 'retry-after': '1' });
    const { url, requests } = await startServer(tooMany, openpanel());
    const server = await serve({ app: url });
    const startedAt = performance.now();
    const { data, errors } = await server.ask<Everything>(EVERYTHING);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ metrics: { series: [{ total: 7 }] }, funnel: { conversionRate: 0.4 } });
    expect(performance.now() - startedAt).toBeGreaterThan(950);
    expect(requests.length).toBeGreaterThan(4);
  });

  it('asks to wait an hour is not waited for', async () => {
    const { url } = await startServer(json({ message: 'Too many' }, 429, { 'retry-after': '3600' }));
    const answered = await askEverything(await serve({ app: url }));
    expectAllFailed(answered, 'PROVIDER_RATE_LIMITED');
    expect(answered.ms).toBeLessThan(3000);
    for (const { extensions } of answered.errors) {
      expect(extensions.retryAfterMs).toBeGreaterThan(3_590_000);
      expect(extensions.retryAfterMs).toBeLessThanOrEqual(3_600_000);
    }
    expect(answered.data.dataSource.health.problem?.retryAfter).toMatch(/^2026-06-16T1[23]:/);
  });

  it('asks to wait and not how long is tried again', async () => {
    const { url, requests } = await startServer(json({ message: 'Too many' }, 429));
    const answered = await askEverything(await serve({ app: url }));
    expectAllFailed(answered, 'PROVIDER_RATE_LIMITED');
    expect(requests.length).toBeGreaterThan(4);
    expect(answered.ms).toBeLessThan(8000);
  });

  it('recovers answers the next operation', async () => {
    const { url } = await startServer(text('', {}, 500), openpanel());
    const server = await serve({ app: url });
    const operation = `{ metrics(query: {
      select: [{ source: "app", metric: { key: "events" } }], period: { preset: YESTERDAY }
    }) { series { values } } }`;
    expect((await server.ask(operation)).errors).toHaveLength(1);
    expect(await server.ask(operation)).toEqual({ data: { metrics: { series: [{ values: [1] }] } } });
  });
});

/** Where nothing listens. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
