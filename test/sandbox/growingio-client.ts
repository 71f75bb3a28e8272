import { startGrowingio } from '../../src/sandbox/growingio/start-growingio.ts';
import type { GrowingioOptions } from '../../src/sandbox/growingio/start-growingio.ts';
import { CREDENTIALS } from '../../src/sandbox/growingio/requests/credentials.ts';
import { createWorld } from '../../src/sandbox/world.ts';

/** JSON of no type: the assertion is what checks it. */
export type Json = ReturnType<typeof JSON.parse>;

/** The world of these tests: 120 days that end with 19 November, a Thursday. */
export const world = createWorld({ today: '2026-11-20' });

/** 20:00 in Beijing on the day after the world's last. */
export const NOON = Date.UTC(2026, 10, 20, 12);

/** Where everything of the project is. */
export const PROJECT = '/projects/pRoj3ct1';

/** Headers that are always right. */
export const RIGHT = { authorization: CREDENTIALS.consoleToken, 'x-client-id': CREDENTIALS.publicKey };

/** An answer of the emulator, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where it is not JSON. */
  readonly body: Json;
  readonly text: string;
}

/** A running emulator and ways to ask it. */
export interface GrowingioClient {
  readonly baseUrl: string;
  readonly dataSource: Json;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** The report of a path below /v2, which must not be refused. */
  report(path: string, query: Record<string, string | number>): Promise<Json>;
  /** Asks for a token. */
  mint(body: string | Uint8Array<ArrayBuffer> | URLSearchParams, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

/** Starts the emulator with a limit that no test reaches by accident. */
export async function startGrowingioClient(options: Partial<GrowingioOptions> = {}): Promise<GrowingioClient> {
  const emulator = await startGrowingio({ world, clock: () => NOON, rateLimit: 1_000_000, ...options });
  const { baseUrl, dataSource } = emulator;
  const get: GrowingioClient['get'] = async (path, headers = RIGHT) =>
    readAnswer(await fetch(baseUrl + path, { headers }));
  return {
    baseUrl,
    dataSource,
    get,
    async report(path, query) {
      const { status, body } = await get(`/v2${PROJECT}/${path}.json?${toQuery(query)}`);
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      return body;
    },
    mint: async (body, headers = { 'x-client-id': CREDENTIALS.publicKey }) =>
      readAnswer(await fetch(`${baseUrl}/auth/token`, { method: 'POST', headers, body })),
    close: () => emulator.close(),
  };
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
}

/** Writes a query string. */
export function toQuery(query: Record<string, string | number>): string {
  return new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])).toString();
}

/** Midnight of a day in Beijing. */
export function midnight(day: string): number {
  return Date.parse(`${day}T00:00:00+08:00`);
}

/** The query of whole days in Beijing, both included. */
export function daysFrom(first: string, last: string): { startTime: number; endTime: number } {
  return { startTime: midnight(first), endTime: midnight(last) + 86_399_999 };
}
