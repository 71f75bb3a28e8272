import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { toAuthorization } from '../../../src/providers/mytracker/signature.ts';
import { failureOf } from '../../support/failure-of.ts';
import { startReplayServer } from '../../support/replay-server.ts';
import { sampleConfig } from './sample-config.ts';
import { startMytracker } from './start-mytracker.ts';

const PATH = '/storage/download/raw/7.customEvents.0cc175b9.0.csv.gz';
const TEXT = 'tsEvent\n1794650400\n';
const START = { offset: 0, validator: null };

const startStorage = () =>
  startReplayServer(() => ({ status: 200, headers: { 'content-type': 'text/csv', etag: '"1"' }, body: TEXT }));

async function fetchFrom(url: string, mytracker: Awaited<ReturnType<typeof startMytracker>>) {
  const file = { url, expiresAt: null, rowCount: null };
  const { body, offset } = await mytracker.exports.download(file, START, mytracker.deadline());
  expect(offset).toBe(0);
  return String(await buffer(body));
}

describe('A file', () => {
  it('of the host of the API is asked for with a signature of its link', async () => {
    await using mytracker = await startMytracker({ headers: { 'content-type': 'text/csv' }, body: TEXT });
    const url = `${mytracker.server.url}${PATH}`;
    expect(await fetchFrom(url, mytracker)).toBe(TEXT);
    const { secretKey, userId } = sampleConfig(mytracker.server.url);
    const signed = { method: 'GET', url: new URL(url), body: '' };
    expect(mytracker.server.asked.map(({ headers }) => headers.authorization)).toEqual([
      toAuthorization({ userId: String(userId), secretKey }, signed),
    ]);
  });

  it.each([
    ['same-host', false],
    ['all-hosts', true],
    ['never', false],
  ])('of another host, with signDownloads %s', async (signDownloads, isSigned) => {
    await using storage = await startStorage();
    const downloadHosts = [new URL(storage.url).host];
    await using mytracker = await startMytracker(undefined, { downloadHosts, signDownloads });
    expect(await fetchFrom(`${storage.url}${PATH}`, mytracker)).toBe(TEXT);
    expect(storage.asked.map(({ headers }) => headers.authorization !== undefined)).toEqual([isSigned]);
  });

  it('is asked for without a signature where none is wanted', async () => {
    const answer = { headers: { 'content-type': 'text/csv' }, body: TEXT };
    await using mytracker = await startMytracker(answer, { signDownloads: 'never' });
    await fetchFrom(`${mytracker.server.url}${PATH}`, mytracker);
    expect(mytracker.server.asked[0]?.headers.authorization).toBeUndefined();
  });

  it('of a host that is not listed is refused', async () => {
    await using storage = await startStorage();
    await using mytracker = await startMytracker();
    const error = await failureOf(fetchFrom(`${storage.url}${PATH}`, mytracker));
    expect(error.code).toBe('PROVIDER_RESPONSE_INVALID');
    expect(error.message).not.toContain('customEvents');
    expect(storage.asked).toEqual([]);
  });

  it('that is no URL is refused without repeating it', async () => {
    await using mytracker = await startMytracker();
    const error = await failureOf(fetchFrom('/storage/secret-link', mytracker));
    expect(error.code).toBe('PROVIDER_RESPONSE_INVALID');
    expect(error.message).not.toContain('secret-link');
  });

  it('takes no place in the allowances', async () => {
    await using mytracker = await startMytracker({ headers: { 'content-type': 'text/csv' }, body: TEXT });
    await fetchFrom(`${mytracker.server.url}${PATH}`, mytracker);
    expect(mytracker.connection.allowances().every(({ limit, remaining }) => limit === remaining)).toBe(true);
  });
});
