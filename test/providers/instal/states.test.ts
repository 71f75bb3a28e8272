import { describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { sampleConfig } from './sample-config.ts';
import { startInstal } from './start-instal.ts';

const RUNNING = { state: 'RUNNING', progress: null };
const { token } = sampleConfig('');

const answering = (state: string, result: unknown = null, config: Readonly<Record<string, unknown>> = {}) =>
  startInstal(() => ({ body: { state, result } }), config);

describe('an export on its way', () => {
  it.each(['PENDING', 'RECEIVED', 'STARTED', 'RETRY', 'PROGRESS', 'QUEUED'])('is %s', async (state) => {
    await using instal = await answering(state);
    expect(await instal.check('t-1', 9.99)).toEqual(RUNNING);
  });

  it('may say more than is documented', async () => {
    await using instal = await startInstal(() => ({ body: { state: 'PROGRESS', result: { done: 3 }, eta: 5 } }));
    expect(await instal.check('t-1')).toEqual(RUNNING);
  });

  it.each(['PENDING', 'PROGRESS'])('is given up where it is %s for too long', async (state) => {
    await using instal = await answering(state);
    expect(await instal.check('t-1', 10)).toEqual({
      state: 'FAILED',
      message: 'The export was not ready within 10 minutes, or has expired at Instal.',
      isRepeatable: true,
    });
  });

  it('has as long as the configuration says', async () => {
    await using instal = await answering('PENDING', null, { deadlineMinutes: 90 });
    expect(await instal.check('t-1', 89)).toEqual(RUNNING);
    expect(await instal.check('t-1', 90)).toMatchObject({ state: 'FAILED', isRepeatable: true });
  });

  it('is taken however late it is ready', async () => {
    await using instal = await answering('SUCCESS', '/f.csv');
    expect(await instal.check('t-1', 60)).toMatchObject({ state: 'READY' });
  });

  it('is asked for again where Instal fails or wants fewer requests', async () => {
    await using instal = await startInstal(() =>
      instal.server.asked.length === 1
        ? { status: 503, headers: { 'retry-after': '0' } }
        : { body: { state: 'PENDING', result: null } },
    );
    expect(await instal.check('t-1')).toEqual(RUNNING);
    expect(instal.server.asked).toHaveLength(2);
  });

  it.each([{ state: 1, result: null }, { result: null }, { state: '' }, [], 'PENDING'])(
    'is nothing that can be told from %j',
    async (body) => {
      await using instal = await startInstal(() => ({ body }));
      expect((await failureOf(instal.check('t-1'))).code).toBe('PROVIDER_RESPONSE_INVALID');
    },
  );
});

describe('an export that failed', () => {
  it.each(['FAILURE', 'REVOKED', 'REJECTED', 'IGNORED'])('is %s', async (state) => {
    await using instal = await answering(state);
    expect(await instal.check('t-1')).toEqual({
      state: 'FAILED',
      message: `Instal gave the export up (${state}).`,
      isRepeatable: true,
    });
  });

  it.each([
    ['a text', 'Out of\tmemory.\n', ': Out of memory.'],
    ['a long text', 'x'.repeat(300), `: ${'x'.repeat(199)}….`],
    ['nothing', ' ', '.'],
    ['no text', { exc_type: 'KeyError' }, '.'],
    ['a link', 'at https://files.example/secret', '.'],
    ['the token', `bad token ${token}`, '.'],
  ])('says why with %s', async (_what, result, words) => {
    await using instal = await answering('FAILURE', result);
    const outcome = await instal.check('t-1');
    expect('message' in outcome && outcome.message).toBe(`Instal gave the export up (FAILURE)${words}`);
  });
});

describe('an export that is ready', () => {
  const filesOf = async (result: unknown) => {
    await using instal = await answering('SUCCESS', result);
    const outcome = await instal.check('t-1');
    const files = outcome.state === 'READY' ? outcome.files : [];
    return files.map((file) => ({ ...file, url: file.url.replace(instal.server.url, 'BASE') }));
  };
  const file = (url: string) => [{ url, expiresAt: null, rowCount: null }];

  it.each([
    ['https://files.example/e/1.csv?Signature=a%2Fb', 'https://files.example/e/1.csv?Signature=a%2Fb'],
    ['HTTP://files.example/e/1.csv', 'http://files.example/e/1.csv'],
    ['/media/1.csv', 'BASE/media/1.csv'],
    ['media/1.csv', 'BASE/media/1.csv'],
    ['//files.example/1.csv', 'http://files.example/1.csv'],
  ])('is one file, at %s', async (result, url) => {
    expect(await filesOf(result)).toEqual(file(url));
  });

  it.each([
    null,
    '',
    'Done.',
    'no rows / nothing',
    'ftp://files.example/1.csv',
    'file:///etc/passwd',
    'http://',
    7,
    {},
  ])('is none at %j', async (result) => {
    await using instal = await answering('SUCCESS', result);
    const failure = await failureOf(instal.check('t-1'));
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
    expect(failure.message).not.toContain('files.example');
  });
});
