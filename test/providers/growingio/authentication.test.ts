import { describe, expect, it } from 'vitest';
import { signTokenRequest } from '../../../src/providers/growingio/auth.ts';
import { failureOf } from '../../support/failure-of.ts';
import type { Answered, AskedOf } from './growingio-server.ts';
import { startGrowingio } from './start-growingio.ts';

const KEYS = { token: undefined, privateKey: 'example-private-key-0001', accountId: '0123456789abcdef' };
const NOW = '2026-11-15T12:00:00.000Z';
const UNAUTHORIZED = { status: 401, body: { message: 'Unauthorized', errors: [] } };

/** A GrowingIO whose first token is `first`, its second `second`; the data wants the latter of those that `valid` names. */
const exchanging =
  (valid: readonly string[] = ['first']) =>
  ({ path, headers, before }: AskedOf): Answered => {
    if (path === '/auth/token') return { body: { status: 'success', code: before === 0 ? 'first' : 'second' } };
    return valid.includes(String(headers.authorization)) ? { body: [] } : UNAUTHORIZED;
  };

const refusingTokens =
  (answer: Answered) =>
  ({ path }: AskedOf): Answered =>
    path === '/auth/token' ? answer : { body: [] };

describe('The signature', () => {
  it('is the HMAC of three lines, in lower-case hexadecimal', () => {
    const request = { projectId: 'pRoj3ct1', accountId: '0123456789abcdef', at: 1_700_000_000_000 };
    expect(signTokenRequest('example-private-key-0001', request)).toBe(
      '24bc8b419ad7384b9d9eb6ed571b821dad60f716734332e702b2a01a0ffd5831',
    );
  });
});

describe('Private key and account', () => {
  it('are exchanged for a token, which the data gets beside the public key', async () => {
    await using growingio = await startGrowingio(exchanging(), KEYS, NOW);
    const { connection, server } = growingio;
    await connection.checkAccess(growingio.deadline());
    const [exchange, data, ...more] = server.asked;
    expect(more).toEqual([]);
    expect(exchange).toMatchObject({ method: 'POST', path: '/auth/token', query: {} });
    expect(exchange?.headers).toMatchObject({
      'x-client-id': 'pub5d41402abc4b2a76b9719d911017c592',
      'content-type': expect.stringContaining('application/x-www-form-urlencoded') as string,
    });
    expect(exchange?.headers.authorization).toBeUndefined();
    const form = Object.fromEntries(new URLSearchParams(exchange?.body));
    expect(Object.keys(form)).toEqual(['project', 'ai', 'tm', 'auth']);
    expect(form).toMatchObject({ project: 'pRoj3ct1', ai: '0123456789abcdef' });
    const at = Number(form['tm']);
    expect(at - Date.parse(NOW)).toBeLessThan(5_000);
    expect(form['auth']).toBe(
      signTokenRequest(KEYS.privateKey, { projectId: 'pRoj3ct1', accountId: KEYS.accountId, at }),
    );
    expect(data).toMatchObject({
      path: '/projects/pRoj3ct1/dashboards.json',
      headers: { 'x-client-id': 'pub5d41402abc4b2a76b9719d911017c592', authorization: 'first' },
    });
  });

  it('are exchanged once, however many ask at the same time', async () => {
    await using growingio = await startGrowingio(exchanging(), KEYS);
    const { dashboards, cohorts } = growingio.connection.capabilities;
    await Promise.all([
      dashboards?.listDashboards(growingio.deadline()),
      cohorts?.listCohorts(growingio.deadline()),
      growingio.connection.checkAccess(growingio.deadline()),
    ]);
    expect(growingio.server.asked.filter(({ path }) => path === '/auth/token')).toHaveLength(1);
  });

  it('are exchanged anew where somebody else ended the token', async () => {
    await using growingio = await startGrowingio(exchanging(['second']), KEYS);
    await growingio.connection.checkAccess(growingio.deadline());
    expect(growingio.server.asked.map(({ path, headers }) => [path.split('/').at(-1), headers.authorization])).toEqual([
      ['token', undefined],
      ['dashboards.json', 'first'],
      ['token', undefined],
      ['dashboards.json', 'second'],
    ]);
  });

  it('are not exchanged a third time', async () => {
    await using growingio = await startGrowingio(exchanging([]), KEYS);
    const error = await failureOf(growingio.connection.checkAccess(growingio.deadline()));
    expect(error).toMatchObject({ code: 'PROVIDER_AUTH_FAILED' });
    expect(growingio.server.asked).toHaveLength(4);
  });

  it('stand behind a prefix where the configuration has one', async () => {
    await using growingio = await startGrowingio(exchanging(['Token second']), { ...KEYS, tokenPrefix: 'Token ' });
    await growingio.connection.checkAccess(growingio.deadline());
    expect(growingio.server.asked.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      'Token first',
      undefined,
      'Token second',
    ]);
  });

  it.each([
    ['a failure with success', { body: { status: 'fail', message: 'signature mismatch' } }, 'signature mismatch'],
    ['a failure without words', { body: { status: 'fail' } }, 'the exchange ended with fail'],
    ['an error with success', { body: { message: 'Bad sign', errors: [] } }, 'Bad sign'],
    ['400', { status: 400, body: { message: 'Bad Request', errors: [] } }, 'Bad Request'],
    ['401', UNAUTHORIZED, 'Unauthorized'],
    ['403', { status: 403, body: '' }, '403'],
  ])('are what is wrong where the exchange ends with %s', async (_title, answer, words) => {
    await using growingio = await startGrowingio(refusingTokens(answer), KEYS);
    const error = await failureOf(growingio.connection.checkAccess(growingio.deadline()));
    expect(error).toMatchObject({ code: 'PROVIDER_AUTH_FAILED', origin: { source: 'sample', provider: 'growingio' } });
    expect(error.message).toContain(words);
    expect(growingio.server.asked).toHaveLength(1);
  });

  it.each([
    ['no token', { status: 'success' }, 'code'],
    ['an empty token', { status: 'success', code: '' }, 'code'],
    ['neither a token nor a reason', {}, 'status'],
  ])('are not to blame for %s', async (_title, body, words) => {
    await using growingio = await startGrowingio(refusingTokens({ body }), KEYS);
    const error = await failureOf(growingio.connection.checkAccess(growingio.deadline()));
    expect(error).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
    expect(error.message).toContain(words);
  });

  it('reach neither log nor error, nor does the token', async () => {
    const echo = ({ path, headers }: AskedOf): Answered =>
      path === '/auth/token'
        ? { body: { status: 'success', code: 'tok_4f5a6b7c8d9e0f1a' } }
        : { status: 400, body: { message: `no ${headers.authorization} and ${KEYS.privateKey}`, errors: [] } };
    await using growingio = await startGrowingio(echo, KEYS);
    const error = await failureOf(growingio.connection.checkAccess(growingio.deadline()));
    expect(error.code).toBe('PROVIDER_REJECTED');
    for (const text of [error.message, growingio.log.join('\n')]) {
      expect(text).not.toMatch(/tok_4f5a6b7c8d9e0f1a|example-private-key-0001/);
    }
  });
});

describe('A token from the console', () => {
  const token = 'Zk3vQ8mN1xR7tY5wB2cD9fG4hJ6kL0pS3uV8aE1iO7qT5rW2yX9zC4bM6nH0jK';

  it('is sent as it is, beside the public key, on every call', async () => {
    const rules = 'ruleId,eventName,eventType\n';
    await using growingio = await startGrowingio(({ path }) => ({ body: path.endsWith('.csv') ? rules : [] }));
    const { cohorts, 'event-definitions': definitions } = growingio.connection.capabilities;
    await growingio.connection.checkAccess(growingio.deadline());
    await cohorts?.listCohorts(growingio.deadline());
    await definitions?.listEventDefinitions(growingio.deadline());
    for (const { headers } of growingio.server.asked) {
      expect(headers).toMatchObject({ authorization: token, 'x-client-id': 'pub5d41402abc4b2a76b9719d911017c592' });
    }
    expect(growingio.server.asked).toHaveLength(3);
  });

  it('cannot be renewed', async () => {
    await using growingio = await startGrowingio(() => UNAUTHORIZED);
    const error = await failureOf(growingio.connection.checkAccess(growingio.deadline()));
    expect(error).toMatchObject({ code: 'PROVIDER_AUTH_FAILED' });
    expect(error.message).toContain('Unauthorized');
    expect(growingio.server.asked).toHaveLength(1);
  });
});
