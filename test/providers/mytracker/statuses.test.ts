import { describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { startMytracker, type Answered } from './start-mytracker.ts';

const ok = (data: object): Answered => ({ body: { code: 200, message: 'Ok', data: { idRawExport: '7', ...data } } });
const NOT_FOUND = { code: 404, message: 'Not Found', data: { error: { detail: 'Raw export request not found' } } };

async function check(answer: Answered) {
  await using mytracker = await startMytracker(answer);
  const outcome = await mytracker.exports.check('7', 0, mytracker.deadline());
  expect(mytracker.server.asked).toMatchObject([
    { method: 'GET', path: '/api/raw/v1/export/get.json', query: { idRawExport: '7' }, body: null },
  ]);
  return outcome;
}

describe('An export', () => {
  it.each([
    ['64%', 0.64],
    ['0%', 0],
    ['100%', 1],
    ['12.5 %', 0.125],
    ['250%', 1],
    ['soon', null],
    [null, null],
  ])('runs with a progress of %s', async (progress, expected) => {
    const running = { state: 'RUNNING', progress: expected };
    expect(await check(ok({ status: 'In progress', progress, isCancellable: true }))).toEqual(running);
  });

  it('runs without a word about its progress', async () => {
    expect(await check(ok({ status: 'In progress' }))).toEqual({ state: 'RUNNING', progress: null });
  });

  it('is ready with all of its files, and when their links end', async () => {
    const files = [
      { link: 'https://tracker.my.com/a.0.csv.gz', timestampExpires: '1529746957' },
      { link: 'https://tracker.my.com/a.1.csv.gz', timestampExpires: 1529746958 },
      { link: 'https://tracker.my.com/a.2.csv.gz' },
    ];
    expect(await check(ok({ status: 'Success!', files }))).toEqual({
      state: 'READY',
      files: [
        { url: 'https://tracker.my.com/a.0.csv.gz', expiresAt: 1_529_746_957_000, rowCount: null },
        { url: 'https://tracker.my.com/a.1.csv.gz', expiresAt: 1_529_746_958_000, rowCount: null },
        { url: 'https://tracker.my.com/a.2.csv.gz', expiresAt: null, rowCount: null },
      ],
    });
  });

  it.each([[[]], [null]])('may be ready without a file: %o', async (files) => {
    expect(await check(ok({ status: 'Success!', files }))).toEqual({ state: 'READY', files: [] });
  });

  it.each([
    ['Too many lines in export', 'MyTracker refused the export: Too many lines in export.'],
    ['Too many lines in one export.', 'MyTracker refused the export: Too many lines in one export.'],
    ['Too much export data', 'MyTracker refused the export: Too much export data.'],
  ])('is too large for "%s"', async (errorMessage, message) => {
    const answer = ok({ status: 'User error occurred', errorMessage });
    expect(await check(answer)).toEqual({ state: 'TOO_LARGE', message });
  });

  it.each<[string, object, string, boolean]>([
    [
      'User error occurred',
      { errorMessage: 'Segment is\nempty' },
      'MyTracker refused the export: Segment is empty.',
      false,
    ],
    ['User error occurred', {}, 'MyTracker refused the export.', false],
    ['Canceled by user', {}, 'MyTracker was told to end the export.', false],
    ['Error occurred', {}, 'MyTracker gave up on the export.', true],
    ['Error occurred', { errorMessage: 'Timeout' }, 'MyTracker gave up on the export: Timeout.', true],
  ])('has failed for "%s" %o', async (status, more, message, isRepeatable) => {
    expect(await check(ok({ status, ...more }))).toEqual({ state: 'FAILED', message, isRepeatable });
  });

  it('is told of in one line of a bearable length', async () => {
    const outcome = await check(ok({ status: 'Error occurred', errorMessage: 'x'.repeat(5_000) }));
    expect('message' in outcome && outcome.message).toHaveLength('MyTracker gave up on the export: .'.length + 300);
  });

  it.each<[string, Answered]>([
    ['with 404', { status: 404, body: NOT_FOUND }],
    ['with 404 in the body only', { body: NOT_FOUND }],
    ['with 404 and no data', { status: 404, body: { code: 404, message: 'Not Found', data: null } }],
  ])('may be asked for anew where it is not known, %s', async (_title, answer) => {
    const expected = { state: 'FAILED', message: 'MyTracker no longer knows the export.', isRepeatable: true };
    expect(await check(answer)).toEqual(expected);
  });

  it.each<[string, Answered]>([
    ['a status that nobody documents', ok({ status: 'Success', files: [] })],
    ['files that are none', ok({ status: 'Success!' })],
    ['a link that is empty', ok({ status: 'Success!', files: [{ link: '' }] })],
  ])('is an invalid answer with %s', async (_title, answer) => {
    expect(await failureOf(check(answer))).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
  });

  it('is what the body says, though HTTP speaks of an error', async () => {
    const body = { code: 200, message: 'Ok', data: { status: 'In progress', progress: '1%' } };
    expect(await check({ status: 400, body })).toEqual({ state: 'RUNNING', progress: 0.01 });
  });
});

describe('The end of an export', () => {
  async function cancel(answer: Answered) {
    await using mytracker = await startMytracker(answer);
    const isCancelled = await mytracker.exports.cancel?.('7', mytracker.deadline());
    expect(mytracker.server.asked).toMatchObject([
      { method: 'GET', path: '/api/raw/v1/export/cancel.json', query: { idRawExport: '7' } },
    ]);
    return isCancelled;
  }
  const refusal = (code: number, detail: string) => ({ code, message: 'No', data: { error: { detail } } });

  it('is agreed to', async () => {
    expect(await cancel(ok({ info: 'Canceled' }))).toBe(true);
  });

  it.each<[string, Answered]>([
    ['has ended already', { status: 400, body: refusal(400, "This RawExport can not be cancel (it's completed)") }],
    ['cannot be ended', { body: refusal(400, 'This RawExport can not be cancel') }],
    ['is not known', { status: 404, body: NOT_FOUND }],
  ])('is not agreed to where it %s', async (_title, answer) => {
    expect(await cancel(answer)).toBe(false);
  });

  it('fails as everything does where the credentials are wrong', async () => {
    const body = { code: 403, message: 'Access denied', data: null };
    expect(await failureOf(cancel({ status: 403, body }))).toMatchObject({ code: 'PROVIDER_AUTH_FAILED' });
  });
});
