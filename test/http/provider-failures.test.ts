import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { HttpClientOptions } from '../../src/analytics/http-client.ts';
import { createClients, failureOf, ORIGIN, SECRET, within } from './client-under-test.ts';
import { json, startServer, startSocketServer, text, type Answer } from './local-server.ts';

const Rows = z.object({ data: z.array(z.object({ day: z.string(), revenue: z.number() })) });

async function failWith(answer: Answer, options: Partial<HttpClientOptions> = {}) {
  const server = await startServer(answer);
  const client = createClients().connect(server.url, options);
  return failureOf(client.requestJson({ method: 'POST', path: '/rows' }, Rows, within(2_000)));
}

const explain = (body: unknown) => z.object({ error: z.string() }).parse(body).error;

describe('error answers', () => {
  it.each([401, 403])('blames our own credentials for %i', async (status) => {
    const failure = await failWith(json({ error: 'Key revoked.' }, status), { explain });
    expect(failure).toMatchObject({ code: 'PROVIDER_AUTH_FAILED', isRetryable: false, origin: ORIGIN });
    expect(failure.message).toBe(
      `acme refused the credentials of data source "shop" (${status}): Key revoked. These are the credentials in this server's configuration, not yours.`,
    );
  });

  it('repeats why the provider rejected it', async () => {
    const failure = await failWith(json({ error: 'No such\n\tchart' }, 422), { explain });
    expect(failure).toMatchObject({ code: 'PROVIDER_REJECTED', origin: ORIGIN });
    expect(failure.message).toBe('acme rejected the request (422): No such chart.');
  });

  it('cuts an explanation that is too long', async () => {
    const failure = await failWith(json({ error: 'x'.repeat(5_000) }, 400), { explain });
    expect(failure.message.length).toBeLessThan(350);
  });

  it('survives an explanation it cannot read', async () => {
    const failure = await failWith(text('<html>Bad Request', {}, 400), { explain });
    expect(failure.message).toBe('acme rejected the request (400).');
  });

  it('explains from a raw text body', async () => {
    const failure = await failWith(text('quota plan missing', {}, 402), { explain: (body) => String(body) });
    expect(failure.message).toBe('acme rejected the request (402): quota plan missing.');
  });

  it('keeps the words of a crash', async () => {
    const failure = await failWith(json({ error: 'at db01.internal' }, 500), { explain });
    expect(failure).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message: 'acme failed on its side (500).' });
  });

  it('does not follow a redirect', async () => {
    const other = await startServer(json({ data: [] }));
    const location = `${other.url}/login?next=1`;
    const failure = await failWith(text('', { location }, 302));
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
    expect(failure.message).toContain(`a redirect (302) to ${other.url}/login, which is not followed`);
    expect(other.requests).toHaveLength(0);
  });

  it('finds the failure hidden in success', async () => {
    const failureIn = (body: unknown) => z.object({ errors: z.array(z.string()) }).parse(body).errors[0];
    const failure = await failWith(json({ errors: ['Unknown chart'] }), { failureIn });
    expect(failure).toMatchObject({ code: 'PROVIDER_REJECTED', message: 'acme rejected the request: Unknown chart.' });
  });
});

describe('answers that are not what they should be', () => {
  const html = { 'content-type': 'text/html; charset=utf-8' };

  it.each([
    ['HTML', text('<!doctype html><p>Sign in', html), 'HTML instead of JSON (content-type text/html; charset=utf-8)'],
    ['truncated JSON', text('{"data":[{"day":"2026-'), 'JSON that broke off at byte 22'],
    ['truncated compressed JSON', text('\u001f\u008b\b', { 'content-encoding': 'gzip' }), 'cannot be decompressed'],
    ['text', text('hello'), 'something that is not JSON (no content-type, 5 bytes)'],
    ['nothing', text('', { 'content-type': 'application/json' }), 'an empty body (status 200'],
  ])('says that it found %s', async (_name, answer, problem) => {
    const failure = await failWith(answer);
    expect(failure).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID', isRetryable: false, origin: ORIGIN });
    expect(failure.message).toContain(problem);
  });

  it('names the path of wrong types', async () => {
    const row = { day: 'private@example.test', revenue: 'private' };
    const failure = await failWith(json({ data: [{ day: '2026-01-01', revenue: 1 }, row, row, row, row] }));
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
    expect(failure.message).toContain('data[1].revenue: expected number, received string');
    expect(failure.message).toContain('and 1 more');
    expect(inspect(failure, { depth: 9 })).not.toContain('private');
  });

  it.each([true, false])('stops reading an oversized body (compressed: %s)', async (isCompressed) => {
    const body = JSON.stringify({ data: [], filler: 'x'.repeat(200_000) });
    const server = await startServer(isCompressed ? text(gzipSync(body), { 'content-encoding': 'gzip' }) : text(body));
    const client = createClients({ maxBodyBytes: 100_000 }).connect(server.url);
    const failure = await failureOf(client.requestJson({ path: '/' }, Rows, within(2_000)));
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
    expect(failure.message).toBe('acme answered with more than 100000 bytes, the most that is read.');
  });
});

describe('network failures', () => {
  const post = { method: 'POST', path: '/' } as const;

  it.each([
    ['http://127.0.0.1:1', 'the connection was refused'],
    ['http://acme.invalid', 'its host name'],
  ])('says in words why %s fails', async (url, words) => {
    const failure = await failureOf(createClients().connect(url).requestJson(post, Rows, within(2_000)));
    expect(failure).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', isRetryable: true, origin: ORIGIN });
    expect(failure.message).toContain(words);
    expect(failure.cause).toBeInstanceOf(Error);
  });

  it.each([
    ['closes at once', '', 'closed before the answer'],
    ['breaks off its body', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"a"', 'closed before the answer'],
    ['speaks something else', 'SSH-2.0-OpenSSH_9.6\r\n', 'not HTTP'],
  ])('says that a server %s', async (_name, bytes, words) => {
    const url = await startSocketServer((socket) => socket.once('data', () => socket.end(bytes)));
    const failure = await failureOf(createClients().connect(url).requestJson(post, Rows, within(2_000)));
    expect(failure.code).toBe('PROVIDER_UNAVAILABLE');
    expect(failure.message).toContain(words);
  });

  it('says that TLS is the problem', async () => {
    const url = await startSocketServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 No\r\n\r\n')));
    const client = createClients().connect(url.replace('http:', 'https:'));
    const failure = await failureOf(client.requestJson(post, Rows, within(2_000)));
    expect(failure.message).toContain('TLS');
  });

  it('calls an unsendable header our mistake', async () => {
    const server = await startServer(json({ data: [] }));
    const client = createClients().connect(server.url, { auth: { authorization: `${SECRET}\nx` } });
    const failure = await failureOf(client.requestJson({ path: '/' }, Rows, within(2_000)));
    expect(failure).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', origin: ORIGIN });
    expect(failure.message).not.toContain(SECRET);
  });
});
