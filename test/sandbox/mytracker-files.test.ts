import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';

import { DAY_MS } from '../../src/sandbox/world.ts';
import { NOON, OWNER, startMytrackerClient, VIEWER, WHOLE, world } from './mytracker-client.ts';
import type { MytrackerClient } from './mytracker-client.ts';

const INSTALLS = { event: 'installs', selectors: 'tsEvent,instanceId' };
const ALL = { ...INSTALLS, ...WHOLE };
const DAY = { ...INSTALLS, dateFrom: '2026-11-18', dateTo: '2026-11-18' };

/** Every install as a line, in the order of their times. */
const lines = world.users.map(({ installedAtMs, deviceId }) => `${Math.floor(installedAtMs / 1000)},"${deviceId}"`);

let mytracker: MytrackerClient;

afterEach(() => mytracker.close());

/** Starts an emulator and makes an export of it: the address of its first file. */
async function start(options: Parameters<typeof startMytrackerClient>[0] = {}, query = DAY): Promise<string> {
  mytracker = await startMytrackerClient(options);
  return (await mytracker.links(query))[0] ?? '';
}

// Looks the emulator up when the address is there, which starting it makes.
const fetchFile: MytrackerClient['ask'] = (target, sent) => mytracker.ask(target, sent);
const range = (header: string, more = {}) => ({ headers: { range: header, ...more } });

describe('files of the emulated MyTracker', () => {
  it('hold all lines together, each with a header', async () => {
    mytracker = await startMytrackerClient({ linesPerPart: 5000 });
    const texts = await mytracker.texts(ALL);
    expect(world.users).toHaveLength(22_000);
    expect(texts.map((text) => text.split('\n').length - 2)).toEqual([5000, 5000, 5000, 5000, 2000]);
    const parts = texts.map((text) => text.trimEnd().split('\n'));
    expect(parts.map(([header]) => header)).toEqual(texts.map(() => 'tsEvent,instanceId'));
    expect(parts.flatMap(([, ...rest]) => rest)).toEqual(lines);
  });

  it('have 50,000 lines each', async () => {
    mytracker = await startMytrackerClient();
    const links = await mytracker.links({ event: 'sessions', selectors: 'tsEvent', ...WHOLE });
    const visits = world.sessions.background.reduce((count, background) => count + 1 - background, 0);
    expect(visits).toBeGreaterThan(50_000);
    expect(links.map((link) => link.split('.').at(-3))).toEqual(['0', '1']);
    const { bytes } = await mytracker.ask(links[0] ?? '');
    expect(gunzipSync(bytes).toString().match(/\n/g)).toHaveLength(50_001);
  });

  it('are one with nothing but a header where nothing happened', async () => {
    mytracker = await startMytrackerClient();
    expect(await mytracker.texts({ ...DAY, event: 'appUpdates' })).toEqual(['tsEvent,instanceId\n']);
    expect(await mytracker.texts({ ...INSTALLS, dateFrom: '2020-01-01', dateTo: '2020-01-31' })).toEqual([
      'tsEvent,instanceId\n',
    ]);
  });

  it('are gzip files of a known length', async () => {
    const { status, headers, bytes } = await fetchFile(await start());
    expect([status, headers.get('content-type'), headers.get('content-encoding')]).toEqual([
      200,
      'application/gzip',
      null,
    ]);
    expect(headers.get('content-length')).toBe(String(bytes.length));
    expect([...bytes.subarray(0, 2)]).toEqual([0x1f, 0x8b]);
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="1\.installs\.[0-9a-f]{32}\.0\.csv\.gz"$/,
    );
  });

  it('can be plain', async () => {
    const link = await start({ isCompressed: false });
    const { headers, body } = await fetchFile(link);
    expect(link).toMatch(/\.0\.csv$/);
    expect(headers.get('content-type')).toBe('text/csv');
    expect(body).toMatch(/^tsEvent,instanceId\n\d+,"d/);
  });

  it('come from another host', async () => {
    const link = await start();
    expect(new URL(link).host).not.toBe(new URL(mytracker.baseUrl).host);
    expect(mytracker.dataSource).toEqual({
      key: 'sandbox-mytracker',
      name: 'Sandbox (MyTracker)',
      provider: 'mytracker',
      baseUrl: mytracker.baseUrl,
      userId: OWNER.id,
      secretKey: OWNER.secretKey,
      downloadHosts: [new URL(link).host],
      allowPrivateNetwork: true,
      revenue: { table: 'customEvents', selector: 'eventValue', currency: 'USD' },
      // The day of the world's first event.
      earliestDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string,
    });
  });

  it('need a signature where auth=1 asks for it', async () => {
    const link = await start();
    expect((await fetchFile(link, { signer: null })).status).toBe(200);
    expect((await fetchFile(link)).status).toBe(200);
    const unsigned = await fetchFile(`${link}?auth=1`, { signer: null });
    expect([unsigned.status, unsigned.body]).toEqual([403, { code: 403, message: 'Access denied', data: null }]);
    expect((await fetchFile(`${link}?auth=1`)).status).toBe(200);
  });

  it('refuse a wrong signature, and one without permission', async () => {
    const link = await start();
    expect((await fetchFile(link, { signer: { ...OWNER, secretKey: 'x' } })).status).toBe(403);
    expect((await fetchFile(link, { signer: VIEWER })).status).toBe(403);
  });

  it('are there for a day', async () => {
    const link = await start();
    mytracker.advance(DAY_MS - 1);
    expect((await fetchFile(link)).status).toBe(200);
    mytracker.advance(1);
    const { status, body } = await fetchFile(link);
    expect([status, body]).toEqual([410, { code: 410, message: 'Gone', data: null }]);
  });

  it('can be there for less', async () => {
    const link = await start({ linkLifetimeMs: 60_000 });
    const { files } = await mytracker.stateOf('1');
    expect(files[0].timestampExpires).toBe(String(NOON / 1000 + 60));
    mytracker.advance(60_000);
    expect((await fetchFile(link)).status).toBe(410);
  });

  it('are found by nothing but their names', async () => {
    const link = await start();
    for (const other of [link.replace('.0.csv', '.1.csv'), link.replace('/1.', '/2.'), link.slice(0, -3), `${link}x`]) {
      const { status, body } = await fetchFile(other);
      expect([status, body]).toEqual([404, { code: 404, message: 'Not Found', data: null }]);
    }
  });
});

describe('parts of files of the emulated MyTracker', () => {
  it('make the whole', async () => {
    const link = await start();
    const { bytes, headers } = await fetchFile(link);
    const size = bytes.length;
    const head = await fetchFile(link, range('bytes=0-99'));
    const tail = await fetchFile(link, range('bytes=100-'));
    expect([head.status, head.headers.get('content-range'), head.headers.get('content-length')]).toEqual([
      206,
      `bytes 0-99/${size}`,
      '100',
    ]);
    expect([tail.status, tail.headers.get('content-range')]).toEqual([206, `bytes 100-${size - 1}/${size}`]);
    expect(Buffer.concat([head.bytes, tail.bytes]).equals(bytes)).toBe(true);
    expect(head.headers.get('etag')).toBe(headers.get('etag'));
    const last = await fetchFile(link, range('bytes=-8'));
    expect(last.bytes.equals(bytes.subarray(size - 8))).toBe(true);
  });

  it('end where the file does', async () => {
    const link = await start();
    const { bytes } = await fetchFile(link);
    expect((await fetchFile(link, range('bytes=10-9999999'))).bytes.equals(bytes.subarray(10))).toBe(true);
    const beyond = await fetchFile(link, range(`bytes=${bytes.length}-`));
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
    expect((await fetchFile(link, range('bytes=-0'))).status).toBe(416);
  });

  it.each(['bytes=5-2', 'bytes=0-1,4-5', 'lines=0-1', 'bytes=-'])('are the whole for %s', async (header) => {
    const link = await start();
    expect((await fetchFile(link, range(header))).status).toBe(200);
  });

  it('are parts of the file that is meant', async () => {
    const link = await start();
    const etag = (await fetchFile(link)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    expect((await fetchFile(link, range('bytes=0-1', { 'if-range': etag }))).status).toBe(206);
    expect((await fetchFile(link, range('bytes=0-1', { 'if-range': '"other"' }))).status).toBe(200);
    expect((await fetchFile(link, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
});

describe('faulty files of the emulated MyTracker', () => {
  const parts = { linesPerPart: 5000 };

  it('end in the middle', async () => {
    const link = await start({ faults: { truncatedParts: [0] } });
    const { headers, bytes } = await fetchFile(link);
    expect(headers.get('content-length')).toBe(String(bytes.length));
    expect(() => gunzipSync(bytes)).toThrow('unexpected end of file');
  });

  it('have a wrong header', async () => {
    mytracker = await startMytrackerClient({ ...parts, faults: { misnamedParts: [1] } });
    const headers = (await mytracker.texts(ALL)).map((text) => text.split('\n', 1)[0]);
    expect(headers.slice(0, 3)).toEqual(['tsEvent,instanceId', 'tsEventUnknown,instanceId', 'tsEvent,instanceId']);
  });

  it('lack lines', async () => {
    mytracker = await startMytrackerClient({ ...parts, faults: { shortParts: [1] } });
    const texts = await mytracker.texts(ALL);
    expect(texts.map((text) => text.split('\n').length - 2)).toEqual([5000, 3333, 5000, 5000, 2000]);
  });

  it('change from one request to the next', async () => {
    const link = await start({ faults: { changingParts: [0] } });
    const first = await fetchFile(link);
    const second = await fetchFile(link, range('bytes=50-'));
    expect(second.headers.get('etag')).not.toBe(first.headers.get('etag'));
    const joined = Buffer.concat([first.bytes.subarray(0, 50), second.bytes]);
    expect(() => gunzipSync(joined)).toThrow();
    const etag = first.headers.get('etag') ?? '';
    expect((await fetchFile(link)).headers.get('etag')).toBe(etag);
    expect((await fetchFile(link, range('bytes=50-', { 'if-range': etag }))).status).toBe(200);
  });

  it('are gone before they say so', async () => {
    const link = await start({ faults: { earlyExpiryMs: DAY_MS - 1000 } });
    expect((await fetchFile(link)).status).toBe(200);
    mytracker.advance(1000);
    expect((await fetchFile(link)).status).toBe(410);
  });

  it('cannot be had at first', async () => {
    const link = await start({
      faults: { failureOf: ({ path, count }) => (path.endsWith('.csv.gz') && count === 1 ? 500 : undefined) },
    });
    const { status, headers } = await fetchFile(link);
    expect([status, headers.get('content-type')]).toEqual([500, 'text/html']);
    expect((await fetchFile(link)).status).toBe(200);
  });
});

describe('long files of the emulated MyTracker', () => {
  it('have every event as often as is told, about other people', async () => {
    mytracker = await startMytrackerClient({ repeat: 3 });
    const query = { event: 'customEvents', selectors: 'tsEvent,idProfile,idDevice,instanceId', ...WHOLE };
    const day = { ...query, dateFrom: '2026-11-10', dateTo: '2026-11-10', timezone: 'UTC' };
    const rows = await mytracker.rows(day);
    const from = Date.UTC(2026, 10, 10);
    const count = world.events.timeMs.filter((timeMs) => timeMs >= from && timeMs < from + DAY_MS).length;
    expect(rows).toHaveLength(3 * count);
    const [one, two, three] = rows;
    expect([two?.tsEvent, three?.tsEvent]).toEqual([one?.tsEvent, one?.tsEvent]);
    expect([two?.instanceId, three?.instanceId]).toEqual([`${one?.instanceId}-1`, `${one?.instanceId}-2`]);
    const people = new Set(rows.filter((_, index) => index % 3 === 0).map(({ idProfile }) => idProfile)).size;
    expect(new Set(rows.map(({ idProfile }) => idProfile)).size).toBe(3 * people);
    expect(new Set(rows.map(({ idDevice }) => idDevice)).size).toBe(3 * people);
  });

  it('are sent without a length', async () => {
    mytracker = await startMytrackerClient({ linesPerPart: 1_000_000 });
    const [link = ''] = await mytracker.links({ event: 'customEvents', selectors: 'tsEvent', ...WHOLE });
    const whole = await mytracker.ask(link);
    expect(whole.headers.get('content-length')).toBeNull();
    expect(gunzipSync(whole.bytes).toString().match(/\n/g)).toHaveLength(world.events.length + 1);
    const part = await mytracker.ask(link, range('bytes=1000-1999'));
    expect(part.headers.get('content-range')).toBe(`bytes 1000-1999/${whole.bytes.length}`);
    expect(part.bytes.equals(whole.bytes.subarray(1000, 2000))).toBe(true);
  });
});
