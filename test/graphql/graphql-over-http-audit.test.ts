import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServerProcess, type ServerProcess } from './server-process.ts';

/** A GET needs a header that no page can send by itself; docs/http.md says so. */
function fetchWithPreflight(url: string, init: RequestInit = {}): Promise<Response> {
  const isGet = init.method === undefined || init.method === 'GET';
  return fetch(url, { ...init, headers: { ...init.headers, ...(isGet && { 'apollo-require-preflight': '1' }) } });
}

describe.each<[mode: string, nodeEnv: string | null]>([
  ['by default', null],
  ['in production', 'production'],
])('the audit of GraphQL over HTTP, %s', (_mode, nodeEnv) => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await startServerProcess({ nodeEnv });
  }, 120_000);
  afterAll(() => server.stop());

  const audits = serverAudits({ url: () => `${server.url}/graphql`, fetchFn: fetchWithPreflight });

  it.each(audits)('$id: $name', async ({ fn }) => {
    const result = await fn();
    expect(result, 'reason' in result ? result.reason : '').toMatchObject({ status: 'ok' });
  });

  it('has 61 parts', () => {
    expect(audits).toHaveLength(61);
    const levels = ['MUST', 'SHOULD', 'MAY'];
    expect(levels.map((level) => audits.filter(({ name }) => name.startsWith(`${level} `)).length)).toEqual([
      13, 23, 25,
    ]);
  });
});
