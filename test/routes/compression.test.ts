import { createHash } from 'node:crypto';
import { get as send, type IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { runExport, type AskedTask } from '../server/export-tasks.ts';
import { dates } from '../server/metrics-question.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

const MAY = dates('2026-05-01', '2026-05-31');
const DECODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  zstd: zstdDecompressSync,
  br: brotliDecompressSync,
  gzip: gunzipSync,
  deflate: inflateSync,
};

// The first question of a server waits for its world, and the first task for its database: seconds, on a busy machine a minute.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest({ hasDatabase: true });
});
afterAll(() => server.close());

/** An answer with its bytes as they came. */
interface BinaryAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** Nothing is decoded and no header added on the way. */
function fetchBytes(url: string, headers: Record<string, string> = {}): Promise<BinaryAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = send(url, { headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? NaN, headers: incoming.headers, bytes: Buffer.concat(chunks) }),
      );
    });
    outgoing.on('error', reject);
  });
}

const METRICS = `{ metrics(query: { select: [{ source: "sandbox-openpanel", metric: { key: "events" } }],
  period: { dates: { from: "2026-05-01", to: "2026-05-31" } }, interval: HOUR }) { csv } }`;
const ask = (query: string, acceptEncoding?: string) =>
  fetchBytes(`${server.url}/graphql?${new URLSearchParams({ query }).toString()}`, {
    'apollo-require-preflight': '1',
    ...(acceptEncoding !== undefined && { 'accept-encoding': acceptEncoding }),
  });

describe('an answer', () => {
  it.each([
    ['gzip', 'gzip'],
    ['deflate', 'deflate'],
    ['br', 'br'],
    ['zstd', 'zstd'],
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1, br;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
  ])('to Accept-Encoding: %s is compressed as %s', async (accepted, encoding) => {
    const [plain, compressed] = await Promise.all([ask(METRICS), ask(METRICS, accepted)]);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(compressed.headers['content-encoding']).toBe(encoding);
    expect(compressed.bytes.length).toBeLessThan(plain.bytes.length / 2);
    expect(DECODERS[encoding]?.(compressed.bytes)).toEqual(plain.bytes);
    expect(compressed.headers['content-type']).toBe(plain.headers['content-type']);
    for (const { headers } of [plain, compressed]) expect(headers.vary).toContain('accept-encoding');
  });

  it.each([undefined, 'identity', 'compress', ''])('to Accept-Encoding: %s is not compressed', async (accepted) => {
    const { status, headers } = await ask(METRICS, accepted);
    expect([status, headers['content-encoding']]).toEqual([200, undefined]);
  });

  it('of less than a kibibyte is not compressed', async () => {
    const small = await ask('{ dataSources { key } }', 'gzip');
    expect(small.bytes.length).toBeLessThan(1024);
    expect(small.headers).not.toHaveProperty('content-encoding');
    expect(small.headers.vary).toContain('accept-encoding');
  });

  it('as large as they come is compressed whole', async () => {
    const query = `{ events(query: { source: "sandbox-openpanel", period: { preset: LAST_30_DAYS } }, first: 1000) {
      edges { node { id at name properties } } } }`;
    const plain = await ask(query);
    expect(plain.bytes.length).toBeGreaterThan(100_000);
    for (const [encoding, decode] of Object.entries(DECODERS)) {
      const compressed = await ask(query, encoding);
      expect(compressed.headers['content-encoding']).toBe(encoding);
      expect(decode(compressed.bytes).equals(plain.bytes)).toBe(true);
    }
  });

  it('is compressed where it is a page', async () => {
    const { headers, bytes } = await fetchBytes(`${server.url}/`, { 'accept-encoding': 'br' });
    expect(headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(bytes).toString()).toContain('<title>Tributary</title>');
  });
});

describe('a file of an export', () => {
  let task: AskedTask;

  beforeAll(async () => {
    const metrics = {
      select: [{ source: 'sandbox-openpanel', metric: { key: 'events' } }],
      period: MAY,
      interval: 'HOUR',
    };
    task = await runExport(server, { source: { report: { metrics } } });
  });

  const fileOf = ({ files }: AskedTask) => files[0] ?? { url: '', sha256: '', byteSize: NaN };
  const ACCEPTS = { 'accept-encoding': 'gzip, br, zstd' };

  it('has the bytes of its checksum, whatever the caller could unpack', async () => {
    const { url, sha256, byteSize } = fileOf(task);
    expect(byteSize).toBeGreaterThan(1024);
    const { headers, bytes } = await fetchBytes(url, ACCEPTS);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    expect(headers).toMatchObject({
      etag: `"${sha256}"`,
      'content-length': String(byteSize),
      'cache-control': 'private, no-cache, no-transform',
      'accept-ranges': 'bytes',
      vary: 'Origin',
    });
    expect(headers).not.toHaveProperty('content-encoding');
  });

  it('has the ranges of these bytes', async () => {
    const { url, byteSize } = fileOf(task);
    const whole = await fetchBytes(url);
    const parts = await Promise.all([
      fetchBytes(url, { ...ACCEPTS, range: 'bytes=0-1499' }),
      fetchBytes(url, { ...ACCEPTS, range: 'bytes=1500-', 'if-range': whole.headers.etag ?? '' }),
    ]);
    expect(parts.map(({ status }) => status)).toEqual([206, 206]);
    expect(parts.map(({ headers }) => headers['content-range'])).toEqual([
      `bytes 0-1499/${byteSize}`,
      `bytes 1500-${byteSize - 1}/${byteSize}`,
    ]);
    expect(Buffer.concat(parts.map(({ bytes }) => bytes)).equals(whole.bytes)).toBe(true);
  });

  it('is known by its tag', async () => {
    const { url, sha256 } = fileOf(task);
    const answer = await fetchBytes(url, { ...ACCEPTS, 'if-none-match': `W/"x", "${sha256}"` });
    expect([answer.status, answer.bytes.length, answer.headers.etag]).toEqual([304, 0, `"${sha256}"`]);
  });
});

describe('a WebSocket', () => {
  it('is opened, whatever the caller could unpack', async () => {
    const socket = new WebSocket(server.url.replace('http', 'ws') + '/graphql', 'graphql-transport-ws', {
      headers: { 'accept-encoding': 'gzip, br' },
    });
    const acknowledged = new Promise<string>((resolve, reject) => {
      socket.on('message', (message: Buffer) => resolve(message.toString()));
      socket.on('error', reject);
    });
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    expect(JSON.parse(await acknowledged)).toEqual({ type: 'connection_ack' });
    socket.close();
  });
});
