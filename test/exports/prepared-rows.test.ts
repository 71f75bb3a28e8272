import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeadline } from '../../src/analytics/deadline.ts';
import { createPeriod } from '../../src/analytics/period.ts';
import { createPreparedRows } from '../../src/exports/prepared-rows.ts';
import type { FetchedPart } from '../../src/exports/export-source.ts';
import { readPartNote, toPartialPath, toValidatorPath } from '../../src/exports/part-file.ts';
import { createHttpClientFactory } from '../../src/http/http-client.ts';
import { systemClock } from '../../src/system-clock.ts';
import { startServer, type Answer, type LocalServer } from '../http/local-server.ts';
import { failureOf } from '../support/failure-of.ts';
import { createFakeExports, ROWS_TABLE } from './fake-exports.ts';
import { dataSourceOf } from './open-exports.ts';
import { Temporal } from 'temporal-polyfill';

const OLD = Buffer.from('0123456789'.repeat(10_000));
const NEW = Buffer.from('abcdefghij'.repeat(9_000));
const OLD_TAG = '"old"';
const NEW_TAG = '"new"';

let folder: string;
let path: string;
/** Bytes of how many, as they were told. */
let told: [number, number | null][];
let factory: ReturnType<typeof createHttpClientFactory>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exports-prepared-'));
  path = join(folder, '0-0');
  told = [];
  const silent = () => undefined;
  factory = createHttpClientFactory({ clock: systemClock, log: { debug: silent, warn: silent } });
});
afterEach(async () => {
  await factory.close();
  await rm(folder, { recursive: true, force: true });
});

/** Fetch the file of a server, over its socket, as a task does. */
function fetchFrom({ url }: LocalServer, { rowCount = null }: { rowCount?: number | null } = {}): Promise<FetchedPart> {
  const client = factory({ source: 'local', provider: 'fake' })({
    baseUrl: url,
    auth: {},
    quotas: [],
    downloads: { hosts: [new URL(url).host], allowPrivateNetwork: true },
  });
  const exports = { ...createFakeExports().capability, download: client.download };
  const [start, end] = ['2026-01-01', '2026-01-02'].map((day) => Temporal.PlainDate.from(day).toZonedDateTime('UTC'));
  if (!start || !end) throw new Error('There is no period');
  const period = createPeriod(start, end, { timezone: 'UTC', now: Date.UTC(2026, 0, 5) });
  const query = { table: ROWS_TABLE, columns: ['number'], period, filters: [], options: {} };
  const source = createPreparedRows(query, dataSourceOf('local', { exports }), { clock: systemClock });
  const upstream = JSON.stringify({ url: `${url}/file`, expiresAt: null, rowCount });
  const part = {
    window: null,
    upstream,
    path,
    onProgress: (bytes: number, total: number | null) => void told.push([bytes, total]),
  };
  return source.fetch(part, createDeadline(systemClock, 10_000));
}

/** All bytes, with their length where it is wanted. */
const whole =
  (
    bytes: Buffer,
    etag: string | null,
    { hasLength = true, headers = {} }: { hasLength?: boolean; headers?: object } = {},
  ): Answer =>
  (response) => {
    response.writeHead(200, {
      ...(etag !== null && { etag }),
      ...(hasLength && { 'content-length': String(bytes.length) }),
      ...headers,
    });
    response.end(bytes);
  };

/** The first bytes, as if all were to come, then a lost connection. */
const broken =
  (bytes: Buffer, count: number, etag: string | null, headers: object = {}): Answer =>
  (response) => {
    response.writeHead(200, { ...(etag !== null && { etag }), 'content-length': String(bytes.length), ...headers });
    breakAfter(response, bytes.subarray(0, count));
  };

/** The bytes from one on, of so many. */
const rest =
  (bytes: Buffer, from: number, etag: string): Answer =>
  (response) => {
    const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
    response.writeHead(206, { etag, 'content-range': range, 'content-length': String(bytes.length - from) });
    response.end(bytes.subarray(from));
  };

function breakAfter(response: ServerResponse, bytes: Buffer): void {
  // Only once they are on their way: a connection that breaks at once may take them along.
  response.write(bytes, () => setTimeout(() => response.destroy(), 50));
}

const ranges = ({ requests }: LocalServer) =>
  requests.map(({ headers: { range, 'if-range': ifRange } }) => [range, ifRange]);

async function expectStored(fetched: FetchedPart, bytes: Buffer): Promise<void> {
  expect((await readFile(path)).equals(bytes)).toBe(true);
  expect(fetched).toMatchObject({
    byteSize: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    completeness: 'COMPLETE',
    next: null,
  });
  expect(await readPartNote(path)).toEqual({ layout: fetched.layout, completeness: 'COMPLETE' });
  expect([toPartialPath(path), toValidatorPath(path)].filter((left) => existsSync(left))).toEqual([]);
}

describe('a file', () => {
  it('is fetched as it is kept there, with its size told', async () => {
    const server = await startServer(whole(OLD, OLD_TAG));
    await expectStored(await fetchFrom(server, { rowCount: 12 }), OLD);
    expect(told.at(-1)).toEqual([OLD.length, OLD.length]);
    expect(told.map(([bytes]) => bytes)).toEqual(told.map(([bytes]) => bytes).toSorted((a, b) => a - b));
    expect(ranges(server)).toEqual([[undefined, undefined]]);
    expect(server.requests[0]?.headers['accept-encoding']).toBe('identity');
  });

  it('is fetched where nobody says its size', async () => {
    const server = await startServer(whole(OLD, null, { hasLength: false }));
    const fetched = await fetchFrom(server);
    await expectStored(fetched, OLD);
    expect(fetched.rowCount).toBeNull();
    expect(told.at(-1)).toEqual([OLD.length, null]);
  });

  it('may be empty', async () => {
    await expectStored(await fetchFrom(await startServer(whole(Buffer.alloc(0), OLD_TAG))), Buffer.alloc(0));
  });

  it('stays compressed where it is kept so', async () => {
    const headers = { 'content-encoding': 'gzip' };
    await expectStored(await fetchFrom(await startServer(whole(OLD, OLD_TAG, { headers }))), OLD);
  });

  it('has the rows that the provider has announced', async () => {
    expect((await fetchFrom(await startServer(whole(OLD, OLD_TAG)), { rowCount: 12 })).rowCount).toBe(12);
  });
});

describe('a file that breaks off', () => {
  it('is gone on with from where it broke, if it still is the same', async () => {
    const server = await startServer(broken(OLD, 40_000, OLD_TAG), rest(OLD, 40_000, OLD_TAG));
    expect(await failureOf(fetchFrom(server))).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', isRetryable: true });
    expect(existsSync(path)).toBe(false);
    await expectStored(await fetchFrom(server), OLD);
    expect(ranges(server)).toEqual([
      [undefined, undefined],
      ['bytes=40000-', OLD_TAG],
    ]);
  });

  it('is gone on with by its date, where that is old enough to name it', async () => {
    const lastModified = 'Sun, 01 Nov 2026 00:00:00 GMT';
    const headers = { 'last-modified': lastModified, date: 'Sun, 01 Nov 2026 00:10:00 GMT' };
    const dated: Answer = (response, request) => {
      response.setHeader('last-modified', lastModified);
      rest(OLD, 40_000, '"any"')(response, request);
    };
    const server = await startServer(broken(OLD, 40_000, null, headers), dated);
    await failureOf(fetchFrom(server));
    await expectStored(await fetchFrom(server), OLD);
    expect(ranges(server).at(-1)).toEqual(['bytes=40000-', lastModified]);
  });

  it('is gone on with as often as it breaks', async () => {
    const middle: Answer = (response) => {
      const range = `bytes 40000-${OLD.length - 1}/${OLD.length}`;
      response.writeHead(206, { etag: OLD_TAG, 'content-range': range, 'content-length': String(OLD.length - 40_000) });
      breakAfter(response, OLD.subarray(40_000, 70_000));
    };
    const server = await startServer(broken(OLD, 40_000, OLD_TAG), middle, rest(OLD, 70_000, OLD_TAG));
    await failureOf(fetchFrom(server));
    await failureOf(fetchFrom(server));
    await expectStored(await fetchFrom(server), OLD);
    expect(ranges(server).map(([range]) => range)).toEqual([undefined, 'bytes=40000-', 'bytes=70000-']);
  });

  it('is there already where only its end was not seen', async () => {
    const ended: Answer = (response) => {
      response.writeHead(416, { etag: OLD_TAG, 'content-range': `bytes */${OLD.length}` }).end();
    };
    await writeFile(toPartialPath(path), OLD);
    await writeFile(toValidatorPath(path), JSON.stringify(OLD_TAG));
    await expectStored(await fetchFrom(await startServer(ended)), OLD);
  });

  it.each([
    ['without a name', null],
    ['with a name of what is much the same', 'W/"old"'],
  ])('begins anew %s', async (_what, etag) => {
    const server = await startServer(broken(OLD, 40_000, etag), whole(OLD, etag));
    await failureOf(fetchFrom(server));
    await expectStored(await fetchFrom(server), OLD);
    expect(ranges(server)).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  it('begins anew where nobody knows which file the bytes are of', async () => {
    await writeFile(toPartialPath(path), NEW.subarray(0, 500));
    const server = await startServer(whole(OLD, OLD_TAG));
    await expectStored(await fetchFrom(server), OLD);
    expect(ranges(server)).toEqual([[undefined, undefined]]);
  });
});

describe('a file that has changed meanwhile', () => {
  it('is fetched from its start, and nothing of the old one stays', async () => {
    // Shorter than what was there already.
    const server = await startServer(broken(OLD, 95_000, OLD_TAG), whole(NEW, NEW_TAG));
    await failureOf(fetchFrom(server));
    await expectStored(await fetchFrom(server), NEW);
    expect(ranges(server).at(-1)).toEqual(['bytes=95000-', OLD_TAG]);
  });

  it('is fetched from its start where the server minds the range only', async () => {
    const server = await startServer(broken(OLD, 40_000, OLD_TAG), rest(NEW, 40_000, NEW_TAG), whole(NEW, NEW_TAG));
    await failureOf(fetchFrom(server));
    await expectStored(await fetchFrom(server), NEW);
    expect(ranges(server)).toHaveLength(3);
  });

  it('is gone on with under its new name', async () => {
    const server = await startServer(
      broken(OLD, 95_000, OLD_TAG),
      broken(NEW, 30_000, NEW_TAG),
      rest(NEW, 30_000, NEW_TAG),
    );
    await failureOf(fetchFrom(server));
    await failureOf(fetchFrom(server));
    await expectStored(await fetchFrom(server), NEW);
    expect(ranges(server).map(([range]) => range)).toEqual([undefined, 'bytes=95000-', 'bytes=30000-']);
    expect(ranges(server).at(-1)?.[1]).toBe(NEW_TAG);
  });
});

describe('a file that is too short', () => {
  it('is not taken for a whole one', async () => {
    const server = await startServer(broken(OLD, 99_999, OLD_TAG), rest(OLD, 99_999, OLD_TAG));
    expect(await failureOf(fetchFrom(server))).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    expect(existsSync(path)).toBe(false);
    await expectStored(await fetchFrom(server), OLD);
  });

  it('is not taken for a whole one where the rest is', async () => {
    const shortRest: Answer = (response) => {
      // It says that the file goes on behind what it sends, and ends its answer in good order.
      response.writeHead(206, { etag: OLD_TAG, 'content-range': `bytes 40000-69999/${OLD.length}` });
      response.end(OLD.subarray(40_000, 70_000));
    };
    const server = await startServer(broken(OLD, 40_000, OLD_TAG), shortRest, whole(OLD, OLD_TAG));
    await failureOf(fetchFrom(server));
    await expectStored(await fetchFrom(server), OLD);
  });
});
