import { createHmac } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSignedLinks, type SignedQuery } from '../../src/access/signed-links.ts';
import { readSigningKey } from '../../src/access/signing-key.ts';
import { ManualClock } from '../support/manual-clock.ts';

const TASK = '0b8e1f5e-6f0a-4c39-9a51-6f5f3f0a7c11';
const OTHER_TASK = '0b8e1f5e-6f0a-4c39-9a51-6f5f3f0a7c12';
const NAME = 'export.csv';
const KEY = Buffer.alloc(32, 7);
// 1767225600 seconds, and a bit.
const START = Date.UTC(2026, 0, 1) + 250;

function setUp({ key = KEY, clock = new ManualClock(START) } = {}) {
  return { clock, links: createSignedLinks({ key, lifetimeMs: 60_000, clock }) };
}

interface TextQuery extends SignedQuery {
  readonly expires: string;
  readonly signature: string;
}

/** The parts of a link. */
function read(path: string): { readonly pathname: string; readonly query: TextQuery } {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const query = { expires: searchParams.get('expires') ?? '', signature: searchParams.get('signature') ?? '' };
  return { pathname, query };
}

describe('a signed link', () => {
  it('opens its file until its time is over', async () => {
    const { clock, links } = setUp();
    const { path, expiresAt } = links.sign(TASK, NAME);
    const { pathname, query } = read(path);
    expect(pathname).toBe(`/exports/${TASK}/files/export.csv`);
    expect(query.expires).toBe('1767225660');
    expect(expiresAt).toBe(1_767_225_660_000);
    expect(links.isValid(TASK, NAME, query)).toBe(true);
    await clock.advance(59_749);
    expect(links.isValid(TASK, NAME, query)).toBe(true);
    await clock.advance(1);
    expect(links.isValid(TASK, NAME, query)).toBe(false);
  });

  it('is signed with HMAC-SHA256', () => {
    const { query } = read(setUp().links.sign(TASK, NAME).path);
    const text = `["tributary-file-1","${TASK}","${NAME}","1767225660"]`;
    expect(query.signature).toBe(createHmac('sha256', KEY).update(text).digest('base64url'));
  });

  it.each(['größe 1%.csv', 'a/b.csv', 'a?b#c.csv', '数据.csv.gz'])('leads to the file %s', (name) => {
    const { links } = setUp();
    const { pathname, query } = read(links.sign(TASK, name).path);
    expect(pathname.split('/').map(decodeURIComponent)).toEqual(['', 'exports', TASK, 'files', name]);
    expect(links.isValid(TASK, name, query)).toBe(true);
  });

  it('opens no other file', () => {
    const { links } = setUp();
    const { query } = read(links.sign(TASK, NAME).path);
    expect(links.isValid(OTHER_TASK, NAME, query)).toBe(false);
    expect(links.isValid(TASK, 'export.csv.gz', query)).toBe(false);
  });

  it('is not fooled by names that look like other fields', () => {
    const { links } = setUp();
    const { query } = read(links.sign('a","b', 'c').path);
    expect(links.isValid('a', 'b","c', query)).toBe(false);
  });

  it.each<[string, (query: TextQuery) => SignedQuery]>([
    ['a later end', ({ signature }) => ({ expires: '1767225661', signature })],
    ['another writing of its end', ({ expires, signature }) => ({ expires: `0${expires}`, signature })],
    ['no end', ({ signature }) => ({ signature })],
    ['no signature', ({ expires }) => ({ expires })],
    ['an empty signature', ({ expires }) => ({ expires, signature: '' })],
    ['half a signature', ({ expires, signature }) => ({ expires, signature: signature.slice(0, 20) })],
    ['a longer signature', ({ expires, signature }) => ({ expires, signature: `${signature}=` })],
    ['a signature of other letters', ({ expires, signature }) => ({ expires, signature: `é${signature.slice(2)}` })],
    ['nothing', () => ({})],
  ])('does not open with %s', (_what, change) => {
    const { links } = setUp();
    const { query } = read(links.sign(TASK, NAME).path);
    expect(links.isValid(TASK, NAME, change(query))).toBe(false);
  });

  it('ends with the key', () => {
    const { query } = read(setUp().links.sign(TASK, NAME).path);
    expect(setUp({ key: Buffer.alloc(32, 8) }).links.isValid(TASK, NAME, query)).toBe(false);
    expect(setUp().links.isValid(TASK, NAME, query)).toBe(true);
  });
});

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'signing-key-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe('the signing key', () => {
  it('is made once and kept for its user alone', async () => {
    const folder = join(await makeFolder(), 'data');
    const key = await readSigningKey(folder);
    expect(key).toHaveLength(32);
    expect(await readFile(join(folder, 'signing-key'))).toEqual(key);
    expect((await stat(join(folder, 'signing-key'))).mode & 0o777).toBe(0o600);
    expect(await readSigningKey(folder)).toEqual(key);
    expect(await readdir(folder)).toEqual(['signing-key']);
  });

  it('is another one in another folder', async () => {
    expect(await readSigningKey(await makeFolder())).not.toEqual(await readSigningKey(await makeFolder()));
  });

  it('is the same for all who make it at once', async () => {
    const folder = await makeFolder();
    const keys = await Promise.all(Array.from({ length: 20 }, () => readSigningKey(folder)));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(await readdir(folder)).toEqual(['signing-key']);
  });

  it('may be given, and then no file is made', async () => {
    const folder = await makeFolder();
    expect((await readSigningKey(folder, 'a text of the operator')).toString()).toBe('a text of the operator');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is never half a key', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'signing-key'), 'too short');
    await expect(readSigningKey(folder)).rejects.toThrow(/signing-key is not a key of 32 bytes\. Remove it/);
    await expect(readSigningKey(folder)).rejects.not.toThrow(/too short/);
  });
});
