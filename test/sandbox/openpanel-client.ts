import { startOpenpanel } from '../../src/sandbox/openpanel/start-openpanel.ts';
import type { OpenpanelOptions } from '../../src/sandbox/openpanel/start-openpanel.ts';
import { CLIENTS } from '../../src/sandbox/openpanel/requests/projects.ts';

/** JSON of no type: the assertion is what checks it. */
export type Json = ReturnType<typeof JSON.parse>;

/** Credentials by name, `none` for a request without any. */
export type ClientName = keyof typeof CLIENTS | 'none';

/** An answer of the emulator, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** A running emulator and a way to ask it. */
export interface OpenpanelClient {
  get(path: string, client?: ClientName | Record<string, string>): Promise<Answer>;
  charts(query: Record<string, unknown>, client?: ClientName): Promise<Json>;
  close(): Promise<void>;
}

/** Starts the emulator with a limit that no test reaches by accident. */
export async function startOpenpanelClient(options: OpenpanelOptions): Promise<OpenpanelClient> {
  const emulator = await startOpenpanel({ rateLimit: 1_000_000, ...options });
  async function get(path: string, client: ClientName | Record<string, string> = 'read'): Promise<Answer> {
    const headers = typeof client === 'string' ? toHeaders(client) : client;
    const response = await fetch(emulator.baseUrl + path, { headers });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }
  return {
    get,
    async charts(query, client) {
      const { status, body } = await get(`/export/charts?${toQuery(query)}`, client);
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      return body;
    },
    close: () => emulator.close(),
  };
}

/** Headers of a known client. */
export function toHeaders(client: ClientName): Record<string, string> {
  if (client === 'none') return {};
  const { id, secret } = CLIENTS[client];
  return { 'openpanel-client-id': id, ...(secret !== null && { 'openpanel-client-secret': secret }) };
}

/** Writes a query string; lists and objects as JSON. */
export function toQuery(query: Record<string, unknown>): string {
  return Object.entries(query)
    .map(([key, value]) => `${key}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`)
    .join('&');
}
