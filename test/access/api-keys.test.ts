import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createApiKeyCheck } from '../../src/access/api-keys.ts';
import { UnauthenticatedError } from '../../src/errors.ts';

const GRAFANA = 'a'.repeat(64);
const NIGHTLY = 'the-nightly-job';

const check = createApiKeyCheck([
  // printf %s aaaa… | sha256sum
  { name: 'grafana', sha256: 'ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb' },
  { name: 'nightly', sha256: createHash('sha256').update(NIGHTLY).digest('hex').toUpperCase() },
]);

/** The error that the check throws for a header. */
function refusalOf(authorization: string | undefined): unknown {
  try {
    return check(authorization);
  } catch (error) {
    return error;
  }
}

describe('API key check', () => {
  it.each([
    [`Bearer ${GRAFANA}`, 'grafana'],
    [`bearer ${GRAFANA}`, 'grafana'],
    [` BEARER   ${GRAFANA} `, 'grafana'],
    [`Bearer ${NIGHTLY}`, 'nightly'],
  ])('knows the caller by %j', (authorization, name) => {
    expect(check(authorization)).toEqual({ name });
  });

  it.each([[undefined], [''], ['  ']])('asks for a key instead of %j', (authorization) => {
    expect(refusalOf(authorization)).toMatchObject({
      code: 'UNAUTHENTICATED',
      message:
        'This server answers only to callers with an API key. Send the header "Authorization: Bearer <key>" with one of the API keys of this server.',
    });
  });

  it.each([
    [GRAFANA],
    [`Basic ${GRAFANA}`],
    [`Bearer${GRAFANA}`],
    ['Bearer'],
    ['Bearer '],
    [`Bearer ${GRAFANA} ${GRAFANA}`],
    [`Bearer ${GRAFANA}, Bearer ${NIGHTLY}`],
    [`X Bearer ${GRAFANA}`],
  ])('refuses what is no bearer key: %j', (authorization) => {
    expect(refusalOf(authorization)).toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringMatching(/^The Authorization header is not a bearer key\. Send the header/),
    });
  });

  it.each([
    ['Bearer hunter2'],
    [`Bearer ${GRAFANA}a`],
    [`Bearer ${GRAFANA.toUpperCase()}`],
    ['Bearer grafana'],
    // The hash is no key: who reads the configuration cannot call.
    ['Bearer ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb'],
  ])('refuses the unknown key of %j', (authorization) => {
    expect(refusalOf(authorization)).toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringMatching(/^This API key is not known here\. Send the header/),
    });
  });

  it.each([['Bearer hunter2'], ['Basic hunter2'], ['hunter2']])('never repeats the key of %j', (authorization) => {
    const error = refusalOf(authorization);
    expect(error).toBeInstanceOf(UnauthenticatedError);
    expect(`${String(error)} ${JSON.stringify(error)} ${(error as Error).stack}`).not.toContain('hunter2');
  });

  it('refuses everybody when it has no keys', () => {
    expect(() => createApiKeyCheck([])(`Bearer ${GRAFANA}`)).toThrow(UnauthenticatedError);
  });

  it('lets two keys share one name', () => {
    const keys = ['old', 'new'].map((key) => ({
      name: 'me',
      sha256: createHash('sha256').update(key).digest('hex'),
    }));
    const checkBoth = createApiKeyCheck(keys);
    expect([checkBoth('Bearer old'), checkBoth('Bearer new')]).toEqual([{ name: 'me' }, { name: 'me' }]);
  });

  it.each([['abc'], [''], ['z'.repeat(64)], ['ab'.repeat(33)]])('does not start with the hash %j', (sha256) => {
    expect(() => createApiKeyCheck([{ name: 'me', sha256 }])).toThrow(
      'The hash of the API key "me" is not the 64 hexadecimal digits of a SHA-256.',
    );
  });
});
