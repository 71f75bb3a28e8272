import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { toSignature } from '../../src/sandbox/mytracker/requests/authentication.ts';
import { COLLEAGUE, OWNER, RAW, sign, startMytrackerClient } from './mytracker-client.ts';
import type { MytrackerClient } from './mytracker-client.ts';

const GET = 'https://tracker.my.com/api/raw/v1/export/get.json';
const CREATE = 'https://tracker.my.com/api/raw/v1/export/create.json';
const FORM = 'event=payments&selectors=idCountry%2Cwaid&dateFrom=2017-11-02&dateTo=2017-11-30&timezone=Europe%2FMoscow';
const QUERY = 'event=payments&selectors=idCountry,waid&dateFrom=2017-11-02&dateTo=2017-11-30&timezone=Europe/Moscow';
const AWKWARD = "event=customEvents&eventName%5B%5D=it's+(a)*test!&selectors=tsEvent";

const REFUSAL = { code: 403, message: 'Access denied', data: null };

let mytracker: MytrackerClient;

beforeAll(async () => {
  mytracker = await startMytrackerClient();
});
afterAll(() => mytracker.close());

describe('signatures of MyTracker', () => {
  // The first is the document's own example; the others were computed by two programs that agree.
  it.each([
    ['the example', 'GET', `${GET}?idReport=4`, '', '72d2erEtbynf6f7ZYTsYKnb7', 'PqrQR8zsgQU9Qcocjp6T6hnjF8Y='],
    ['a query', 'GET', `${GET}?idRawExport=4`, '', 'test-secret', 'FjtQhWMWlKMFL/8UJhUW5xbx0Ek='],
    ['a body', 'POST', CREATE, FORM, 'test-secret', 'hnG4IwryVxkoc2lgfMABGA3V3pQ='],
    ['a query that is posted', 'POST', `${CREATE}?${QUERY}`, '', 'test-secret', 'vayClJLlgwUF4z5vXEpPLeR6VUc='],
    ['awkward characters', 'POST', CREATE, AWKWARD, 'test-secret', 'kKS/by5guXXVqqTDqncBwYNE22o='],
  ])('are those of the vectors: %s', (_, method, url, body, key, signature) => {
    expect(toSignature({ method, url, body }, key)).toBe(signature);
    expect(sign({ method, url, body }, key)).toBe(signature);
  });

  it('are accepted over the address, whatever it holds', async () => {
    const { status, body } = await mytracker.ask(`${RAW}/get.json?idRawExport=77&x=it's(a)*test!~%20+€`);
    expect([status, body.data]).toEqual([404, { error: { detail: 'Raw export request not found' } }]);
  });

  it('are accepted over the body, whatever it holds', async () => {
    const body = `${AWKWARD}&dateFrom=2026-11-18&dateTo=2026-11-18&x=€`;
    const answer = await mytracker.ask(`${RAW}/create.json`, { method: 'POST', body });
    expect([answer.status, answer.body.message]).toEqual([200, 'Ok']);
  });

  it('are wanted by every method', async () => {
    const methods = [
      ['POST', `${RAW}/create.json`],
      ['GET', `${RAW}/get.json?idRawExport=1`],
      ['GET', `${RAW}/cancel.json?idRawExport=1`],
      ['GET', '/api/open/user/v1/quotas/get.json'],
    ] as const;
    for (const [method, target] of methods) {
      const { status, body } = await mytracker.ask(target, { method, signer: null });
      expect([target, status, body]).toEqual([target, 403, REFUSAL]);
    }
  });

  it.each([
    ['a wrong key', { signer: { ...OWNER, secretKey: 'nobodys' } }],
    ['an unknown user', { signer: { ...OWNER, id: '4' } }],
    ["another user's key", { signer: { ...OWNER, secretKey: COLLEAGUE.secretKey } }],
    ['another scheme', { signer: null, headers: { authorization: 'Bearer 10021' } }],
    ['half a header', { signer: null, headers: { authorization: 'AuthHMAC 10021' } }],
  ])('are refused with %s', async (_, sent) => {
    const { status, body } = await mytracker.ask('/api/open/user/v1/quotas/get.json', sent);
    expect([status, body]).toEqual([403, REFUSAL]);
  });

  it('are of one method, address and body only', async () => {
    const url = `${mytracker.baseUrl}${RAW}/create.json`;
    const body = 'event=installs';
    const of = (signed: Partial<Parameters<typeof sign>[0]>) => ({
      authorization: `AuthHMAC ${OWNER.id}:${sign({ method: 'POST', url, body, ...signed }, OWNER.secretKey)}`,
    });
    const statusOf = async (headers: Record<string, string>): Promise<number> =>
      (await mytracker.ask(url, { method: 'POST', body, signer: null, headers })).status;
    expect(await statusOf(of({}))).toBe(400);
    for (const other of [{ method: 'GET' }, { url: `${url}?` }, { body: 'event=hits' }, { body: '' }]) {
      expect(await statusOf(of(other))).toBe(403);
    }
  });
});
