import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLiveRedactor } from '../../src/http/live-redaction.ts';
import { createRedactor, redactError } from '../../src/http/redaction.ts';
import { createClients, failureOf, SECRET, within } from './client-under-test.ts';
import { json, startServer, startSocketServer, text, type Answer } from './local-server.ts';

const QUOTA_KEY = 'client+77/ü';
const FORMS = [SECRET, QUOTA_KEY].flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  encodeURIComponent(secret).toLowerCase(),
  Buffer.from(secret).toString('base64'),
  Buffer.from(secret).toString('base64url'),
]);
const ECHO = FORMS.join(' | ');

describe('redactor', () => {
  it.each(FORMS)('removes %s', (form) => {
    expect(createRedactor([`Bearer ${SECRET}`, QUOTA_KEY])(`a ${form} b`)).toBe('a [redacted] b');
  });

  it('knows both halves of basic credentials', () => {
    const redact = createRedactor([`Basic ${Buffer.from('account-9:pass:word').toString('base64')}`]);
    expect(redact('account-9 may not, pass:word is old')).toBe('[redacted] may not, [redacted] is old');
  });

  it('replaces a short secret as a word', () => {
    expect(createRedactor(['12'])('app 12 of 2012')).toBe('app [redacted] of 2012');
  });

  it('leaves everything where nothing is secret', () => {
    expect(createRedactor(['', ' '])('a b')).toBe('a b');
  });

  it('cleans an error and its causes', () => {
    const redact = createRedactor([SECRET]);
    const cleaned = redactError(new Error('outer', { cause: new TypeError(`bad ${SECRET}`) }), redact);
    expect(inspect(cleaned)).not.toContain(SECRET);
    expect(cleaned).toMatchObject({ message: 'outer', cause: { name: 'TypeError', message: 'bad [redacted]' } });
  });
});

describe('live redactor', () => {
  it('knows what is secret at the moment', () => {
    let secrets = ['first-secret', 'other-secret'];
    const redact = createLiveRedactor(() => secrets);
    expect(redact('first-secret other-secret')).toBe('[redacted] [redacted]');
    secrets = ['first-secret'];
    expect(redact('first-secret other-secret')).toBe('[redacted] other-secret');
    secrets = ['later-secret'];
    expect(redact('first-secret later-secret')).toBe('first-secret [redacted]');
  });
});

describe('secrets', () => {
  const explain = (body: unknown) => JSON.stringify(body);
  const answers: [string, Answer][] = [
    ['a refusal', json({ error: ECHO }, 401)],
    ['a rejection', json({ error: ECHO }, 400)],
    ['a rejection in text', text(ECHO, {}, 400)],
    ['a crash', text(ECHO, {}, 500)],
    ['a redirect', text('', { location: `https://acme.test/${encodeURIComponent(SECRET)}/${SECRET}` }, 302)],
    ['broken JSON', text(`{"error": ${ECHO}`)],
    ['a strange type', text(ECHO, { 'content-type': `text/${SECRET}` })],
    ['a wrong key', json({ [SECRET]: { [QUOTA_KEY]: 1 } })],
    ['a hidden failure', json({ failure: ECHO })],
    ['a slow down', text(ECHO, { 'retry-after': '60' }, 429)],
  ];

  it.each(answers)('stay out of everything after %s', async (_name, answer) => {
    const server = await startServer(answer);
    const { connect, lines } = createClients();
    const client = connect(server.url, {
      quotas: [{ key: QUOTA_KEY, name: 'requests per client', limit: 10, windowMs: 1_000 }],
      explain,
      failureIn: (body) => z.object({ failure: z.string() }).safeParse(body).data?.failure,
    });
    const query = new URLSearchParams({ echo: SECRET, api_key: 'other-secret', from: '2026-01-01' });
    const schema = z.record(z.string(), z.record(z.string(), z.string()));
    const failure = await failureOf(client.requestJson({ path: `/${SECRET}`, query }, schema, within(2_000)));
    const written = `${inspect(failure, { depth: 20 })}${chain(failure)}${JSON.stringify(lines)}`;
    for (const form of [...FORMS, 'other-secret']) expect(written).not.toContain(form);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.path).toContain('from=2026-01-01');
  });

  it('stay out of what is not HTTP', async () => {
    const url = await startSocketServer((socket) => socket.once('data', (data) => socket.end(data)));
    const failure = await failureOf(
      createClients().connect(url).requestJson({ method: 'POST', path: '/' }, z.unknown(), within(2_000)),
    );
    expect(failure.message).toContain('not HTTP');
    expect(inspect(failure, { depth: 20 })).not.toContain(SECRET);
  });

  it('leave out whom a request is about', async () => {
    const server = await startServer(json({}, 404));
    const { connect, lines } = createClients();
    const client = connect(server.url, { personalParameters: ['filters'] });
    const query = new URLSearchParams({ from: '2026-01-01', filters: '["anna@example.com"]', page: '2' });
    query.append('filters', 'bo@example.com');
    const failure = await failureOf(client.requestJson({ path: '/rows', query }, z.unknown(), within(2_000)));
    expect(lines).toMatchObject([{ level: 'warn', path: '/rows?from=2026-01-01&filters=redacted&page=2' }]);
    expect(`${inspect([failure, lines], { depth: 20 })}${chain(failure)}`).not.toContain('example.com');
  });

  it('leave one line for each request', async () => {
    const server = await startServer(text('', { 'retry-after': '0' }, 503), json({}));
    const { connect, lines } = createClients();
    await connect(server.url).requestJson({ path: '/rows' }, z.unknown(), within(2_000));
    const common = { source: 'shop', provider: 'acme', method: 'GET', path: '/rows', ms: expect.any(Number) };
    expect(lines).toEqual([
      { level: 'warn', ...common, status: 503, attempt: 1 },
      { level: 'debug', ...common, status: 200, attempt: 2 },
    ]);
  });
});

function chain(error: unknown): string {
  return error instanceof Error ? `${error.message}${error.stack}${chain(error.cause)}` : '';
}
