import { createHmac } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

import { startMytracker } from '../../src/sandbox/mytracker/start-mytracker.ts';
import type { MytrackerOptions } from '../../src/sandbox/mytracker/start-mytracker.ts';
import { createWorld } from '../../src/sandbox/world.ts';

/** JSON of no type: the assertion is what checks it. */
export type Json = ReturnType<typeof JSON.parse>;

/** A row of a file, by the names of its header. */
export type Row = Readonly<Record<string, string>>;

/** Parameters as they are sent; a list is sent with brackets. */
export type Query = Readonly<Record<string, string | number | readonly string[]>>;

/** The world of these tests, which ends with 19 November. */
export const world = createWorld({ today: '2026-11-20' });

/** When the emulators of these tests start. */
export const NOON = Date.UTC(2026, 10, 20, 12);

/** Where exports are asked for. */
export const RAW = '/api/raw/v1/export';

/** The whole world as a request's dates, and more. */
export const WHOLE = { dateFrom: '2026-07-01', dateTo: '2026-11-20' };

/** Somebody who signs. */
export interface Signer {
  readonly id: string;
  readonly secretKey: string;
}

/** Who may do what in the emulated account. */
export const OWNER: Signer = { id: '10021', secretKey: 'sandboxkey0000mytracker1' };
export const VIEWER: Signer = { id: '10022', secretKey: 'sandboxkey0000mytracker2' };
export const COLLEAGUE: Signer = { id: '10023', secretKey: 'sandboxkey0000mytracker3' };

/** What makes tests short: no quotas, exports that are ready at once and of any length, nothing that arrives late. */
const EASY: Partial<MytrackerOptions> = {
  quotas: { ip: [], user: [], errors: [], unidentified: [] },
  preparationMs: 0,
  maxLines: 1_000_000,
  hasLateArrivals: false,
};

/** An answer of the emulator, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
  readonly bytes: Buffer;
}

/** A request beside its address. */
export interface Sent {
  readonly method?: string;
  readonly body?: string;
  /** Null for a request that nobody signs. */
  readonly signer?: Signer | null;
  /** In the place of those that go with a body, and beside the signature. */
  readonly headers?: Record<string, string>;
}

/** A running emulator and ways to ask it. */
export interface MytrackerClient {
  readonly baseUrl: string;
  readonly dataSource: Readonly<Record<string, unknown>>;
  /** Moves the emulator's clock. */
  advance(ms: number): void;
  /** Asks an address or a path, signed by the owner unless told otherwise. */
  ask(target: string, sent?: Sent): Promise<Answer>;
  /** Asks for an export in a form. */
  create(query: Query, signer?: Signer): Promise<Answer>;
  /** Asks for an export that must be taken in, and answers its id. */
  queue(query: Query): Promise<string>;
  /** What an export is now. */
  stateOf(id: string): Promise<Json>;
  /** Asks for an export that is ready at once, and answers the addresses of its files. */
  links(query: Query): Promise<string[]>;
  /** The texts of such files. */
  texts(query: Query): Promise<string[]>;
  /** The rows of such files. */
  rows(query: Query): Promise<Row[]>;
  close(): Promise<void>;
}

/** Signs a request, as the document says and not as the emulator does it. */
export function sign({ method, url, body }: { method: string; url: string; body: string }, key: string): string {
  const encode = (text: string): string =>
    [...Buffer.from(text)]
      .map((byte) => (/[\w.~-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : hex(byte)))
      .join('');
  const hex = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return createHmac('sha1', key)
    .update([method, encode(url), encode(body)].join('&'))
    .digest('base64');
}

/** Writes parameters as a form or a query string. */
export function toForm(query: Query): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'object') for (const item of value) form.append(`${name}[]`, item);
    else form.append(name, String(value));
  }
  return form.toString();
}

/** Starts the emulator, made easy unless other defaults are handed in. */
export async function startMytrackerClient(
  options: Partial<MytrackerOptions> = {},
  defaults: Partial<MytrackerOptions> = EASY,
): Promise<MytrackerClient> {
  let nowMs = NOON;
  const emulator = await startMytracker({ world, clock: () => nowMs, ...defaults, ...options });
  const client: MytrackerClient = {
    baseUrl: emulator.baseUrl,
    dataSource: emulator.dataSource,
    advance(ms) {
      nowMs += ms;
    },
    async ask(target, { method = 'GET', body = '', signer = OWNER, headers = {} } = {}) {
      const { href: url } = new URL(target, emulator.baseUrl);
      const signature = signer && `AuthHMAC ${signer.id}:${sign({ method, url, body }, signer.secretKey)}`;
      const response = await fetch(url, {
        method,
        headers: {
          ...(signature !== null && { authorization: signature }),
          ...(body !== '' && { 'content-type': 'application/x-www-form-urlencoded' }),
          ...headers,
        },
        ...(body !== '' && { body }),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      const answer = isJson ? JSON.parse(bytes.toString()) : bytes.toString();
      return { status: response.status, headers: response.headers, body: answer, bytes };
    },
    create: (query, signer = OWNER) =>
      client.ask(`${RAW}/create.json`, { method: 'POST', body: toForm(query), signer }),
    async queue(query) {
      const { status, body } = await client.create(query);
      if (status !== 200) throw new Error(JSON.stringify(body));
      return body.data.idRawExport;
    },
    stateOf: async (id) => (await client.ask(`${RAW}/get.json?idRawExport=${id}`)).body.data,
    async links(query) {
      const state = await client.stateOf(await client.queue(query));
      if (state.status !== 'Success!') throw new Error(JSON.stringify(state));
      return state.files.map(({ link }: Json) => link);
    },
    async texts(query) {
      const texts = [];
      for (const link of await client.links(query)) {
        const { status, bytes } = await client.ask(link);
        if (status !== 200) throw new Error(`${status} ${bytes.toString()}`);
        texts.push((link.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
      }
      return texts;
    },
    async rows(query) {
      return (await client.texts(query)).flatMap((text) => parse(text, { columns: true }) as unknown as Row[]);
    },
    close: () => emulator.close(),
  };
  return client;
}
