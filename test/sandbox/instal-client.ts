import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

import { startInstal } from '../../src/sandbox/instal/start-instal.ts';
import type { InstalOptions } from '../../src/sandbox/instal/start-instal.ts';
import { createWorld } from '../../src/sandbox/world.ts';

/** JSON of no type: the assertion is what checks it. */
export type Json = ReturnType<typeof JSON.parse>;

/** A row of a file, by the names of its header. */
export type Row = Readonly<Record<string, string>>;

/** The world of these tests, which ends with 19 November. */
export const world = createWorld({ today: '2026-11-20' });

/** When the emulators of these tests start. */
export const NOON = Date.UTC(2026, 10, 20, 12);

/** The whole world as a request's dates, and more. */
export const WHOLE = { start_date: '2026-07-01', stop_date: '2026-11-30' };

/** The documented columns in their order. */
export const HEADER =
  'aff_sub_id,time,clicks_aggr,campaign,country,creative_id,app_id,campaign_id,cost_aggr,cr,conversions_aggr,name_os,version_os,lang,publisher_id';

/** Credentials that are right. */
export const RIGHT = { authorization: 'Token sandbox0000000000000000000000instal00000' };

/** Where exports are demanded. */
export const EXPORTS = '/advertiser/api/v1/reports/exports/';

/** An answer of the emulator, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
  readonly bytes: Buffer;
}

/** A running emulator and ways to ask it. */
export interface InstalClient {
  readonly baseUrl: string;
  readonly dataSource: Readonly<Record<string, unknown>>;
  /** Moves the emulator's clock. */
  advance(ms: number): void;
  /** Asks an address or a path, with headers that replace the usual ones, and follows nothing. */
  get(target: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a body as it is. */
  send(target: string, body: unknown, init?: { method?: string; headers?: Record<string, string> }): Promise<Answer>;
  /** Demands an export that must be queued, and answers its id. */
  queue(body?: Record<string, unknown>): Promise<string>;
  /** What a task is now. */
  stateOf(id: string): Promise<Json>;
  /** Demands an export of the whole world and downloads its text. */
  download(body?: Record<string, unknown>): Promise<string>;
  /** The rows of such an export. */
  rows(body?: Record<string, unknown>): Promise<Row[]>;
  close(): Promise<void>;
}

/** Starts the emulator with a limit that no test reaches by accident and exports that are ready at once. */
export async function startInstalClient(options: Partial<InstalOptions> = {}): Promise<InstalClient> {
  let nowMs = NOON;
  const emulator = await startInstal({ world, clock: () => nowMs, rateLimit: 1_000_000, preparationMs: 0, ...options });
  async function ask(target: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(new URL(target, emulator.baseUrl), { redirect: 'manual', ...init });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const body = isJson ? JSON.parse(bytes.toString()) : bytes.toString();
    return { status: response.status, headers: response.headers, body, bytes };
  }
  const client: InstalClient = {
    baseUrl: emulator.baseUrl,
    dataSource: emulator.dataSource,
    advance(ms) {
      nowMs += ms;
    },
    get: (target, headers = RIGHT) => ask(target, { headers }),
    send: (target, body, { method = 'POST', headers = {} } = {}) =>
      ask(target, {
        method,
        headers: { ...RIGHT, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async queue(body) {
      const answer = await client.send(EXPORTS, { ...WHOLE, ...body });
      if (answer.body.result !== 'QUEUED') throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body.task_id;
    },
    stateOf: async (id) => (await client.get(EXPORTS + id)).body,
    async download(body) {
      const { result } = await client.stateOf(await client.queue(body));
      const { status, bytes } = await client.get(result);
      if (status !== 200) throw new Error(`${status} ${bytes.toString()}`);
      return (result.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
    },
    rows: async (body) => parse(await client.download(body), { columns: true }),
    close: () => emulator.close(),
  };
  return client;
}
