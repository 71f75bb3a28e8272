import { createHash } from 'node:crypto';
import { createClient, type CloseCode } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

const UNAUTHENTICATED: CloseCode = 4401;
const FORBIDDEN: CloseCode = 4403;

let server: ServerUnderTest;

beforeAll(async () => {
  const sha256 = createHash('sha256').update('key-of-ann').digest('hex');
  server = await startServerUnderTest({ env: { TRIBUTARY_API_KEYS: `ann:${sha256}` } });
});
afterAll(() => server.close());

/** Open a connection as clients do, with these parameters, and return with which code the server closes it. */
async function closeCodeOf(
  connectionParams: Record<string, unknown>,
  headers: { origin?: string; authorization?: string } = {},
): Promise<number> {
  const socket = class extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { headers });
    }
  };
  const url = `${server.url.replace('http', 'ws')}/graphql`;
  const client = createClient({
    url,
    connectionParams,
    webSocketImpl: socket,
    lazy: false,
    retryAttempts: 0,
    // It would be written to the console.
    onNonLazyError: () => undefined,
  });
  return new Promise((resolve) => {
    client.on('closed', (event) => resolve((event as CloseEvent).code));
    client.on('connected', () => void client.dispose());
  });
}

describe('a connection for subscriptions', () => {
  it.each([
    ['without a key', {}],
    ['with a key that is not known', { authorization: 'Bearer key-of-nobody' }],
    ['with something else than a key', { authorization: 42 }],
  ])('is refused for good %s', async (_how, connectionParams) => {
    expect(await closeCodeOf(connectionParams)).toBe(UNAUTHENTICATED);
  });

  it('is refused to the pages of others, key or not', async () => {
    const connectionParams = { authorization: 'Bearer key-of-ann' };
    expect(await closeCodeOf(connectionParams, { origin: 'https://evil.com' })).toBe(FORBIDDEN);
  });

  it('is open to who has a key', async () => {
    expect(await closeCodeOf({ authorization: 'Bearer key-of-ann' })).toBe(1000);
  });

  it('is open to a router, which says whose it is in the header, and something else in the parameters', async () => {
    // Apollo Router sends the header as a parameter too, by a name of its own. Its services/subgraph_service.rs (read 2026-11).
    const authorization = 'Bearer key-of-ann';
    expect(await closeCodeOf({ token: authorization }, { authorization })).toBe(1000);
  });
});
