import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { requireNativeFiles } from '../../../src/analytics/provider.ts';
import { failureOf } from '../../support/failure-of.ts';
import { startGrowingioServer } from './growingio-server.ts';
import { EXPORTER, startGrowingio, type Growingio } from './start-growingio.ts';

const IN_2024 = { apiVersion: '2024' };
const PATH = `${EXPORTER}/segmentations/s7AbCdEf/users`;
const PATH_2024 = '/projects/pRoj3ct1/segmentations/s7AbCdEf/users.csv';
// A byte order mark, an empty column and line ends of both kinds: what a text would lose, or a table of ours write otherwise.
const CSV = '\uFEFFcs1\tname\t\r\n007\tAcme, "Inc."\t\n12249\tGrowingIO';
const TOKEN = 'Zk3vQ8mN1xR7tY5wB2cD9fG4hJ6kL0pS3uV8aE1iO7qT5rW2yX9zC4bM6nH0jK';
const ERROR = { message: 'Bad request', errors: [{ code: 'bad_request', message: `not with ${TOKEN}` }] };

function filesOf({ connection }: Pick<Growingio, 'connection'>) {
  const provider = { id: 'growingio', name: 'GrowingIO', docsUrl: 'https://docs.growingio.com' };
  return requireNativeFiles({ key: 'sample', name: 'Sample', provider, connection }, 'cohorts');
}

async function fetchAll(growingio: Growingio): Promise<Buffer[]> {
  const files = filesOf(growingio);
  const names = (await files.list('s7AbCdEf', growingio.deadline())) ?? [];
  return Promise.all(names.map(async (name) => buffer((await files.download(name, growingio.deadline())).body)));
}

/** The users of a segment, written by a host of their own. */
async function fetchFrom(contents: readonly unknown[]) {
  const files = Object.fromEntries(contents.map((content, index) => [`/part-${index}.csv`, content]));
  await using host = await startGrowingioServer(files);
  const downloadLinks = Object.keys(files).map((path) => `${host.url}${path}?sign=a`);
  const answer = { id: 'job-1', status: 'done', downloadLinks, errorMsg: '' };
  const config = { downloadHosts: [host.host], allowPrivateNetwork: true };
  await using growingio = await startGrowingio({ [PATH]: answer }, config);
  const bytes = await fetchAll(growingio);
  return { bytes, asked: [...growingio.server.asked], downloaded: [...host.asked] };
}

describe("a file of GrowingIO's own", () => {
  it('is what a link leads to, byte by byte, without our credentials', async () => {
    const { bytes, asked, downloaded } = await fetchFrom([CSV, 'cs1\tname\n']);
    expect(bytes).toEqual([Buffer.from(CSV), Buffer.from('cs1\tname\n')]);
    // Links of five minutes would not outlast a restart.
    expect(asked.map(({ path, query }) => [path, query])).toEqual([[PATH, { expire: '1440' }]]);
    expect(downloaded.map(({ headers }) => headers.authorization ?? headers['x-client-id'])).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('is users.csv with the API of 2024', async () => {
    await using growingio = await startGrowingio({ [PATH_2024]: CSV }, IN_2024);
    expect(await fetchAll(growingio)).toEqual([Buffer.from(CSV)]);
    expect(growingio.server.asked).toMatchObject([{ path: PATH_2024, headers: { authorization: TOKEN } }]);
  });

  it('is not there while it is being written', async () => {
    await using growingio = await startGrowingio({ [PATH]: { id: 'job-1', status: 'doing' } });
    expect(await filesOf(growingio).list('s7AbCdEf', growingio.deadline())).toBeNull();
    expect(growingio.server.asked).toHaveLength(1);
  });

  it('is no error that comes with success, whose words have no token in them', async () => {
    await using growingio = await startGrowingio({ [PATH_2024]: ERROR }, IN_2024);
    for (const fetchIt of [() => fetchFrom([ERROR]), () => fetchAll(growingio)]) {
      const failure = await failureOf(fetchIt());
      expect(failure).toMatchObject({ code: 'PROVIDER_REJECTED' });
      expect(failure.message).toBe('GrowingIO rejected the request: Bad request; bad_request: not with [redacted].');
    }
  });

  it.each([
    ['a page', '<html></html>', 'markup'],
    ['other JSON', '{"status":"doing"}', 'JSON'],
  ])('is not %s', async (_title, content, words) => {
    await using growingio = await startGrowingio({ [PATH_2024]: content }, IN_2024);
    for (const fetchIt of [() => fetchFrom([content]), () => fetchAll(growingio)]) {
      const failure = await failureOf(fetchIt());
      expect(failure).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
      expect(failure.message).toContain(words);
    }
  });

  it('is not fetched from a host that is not allowed', async () => {
    await using host = await startGrowingioServer({ '/a.csv': CSV });
    const answer = { id: 'job-1', status: 'done', downloadLinks: [`${host.url}/a.csv`], errorMsg: '' };
    await using growingio = await startGrowingio({ [PATH]: answer });
    expect(await failureOf(fetchAll(growingio))).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
    expect(host.asked).toEqual([]);
  });
});
