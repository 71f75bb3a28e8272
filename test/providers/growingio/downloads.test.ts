import { describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { startGrowingioServer, type Answered, type AskedOf } from './growingio-server.ts';
import { EXPORTER, startGrowingio, type Growingio } from './start-growingio.ts';

const PATH = `${EXPORTER}/segmentations/s7AbCdEf/users`;

const done = (...downloadLinks: string[]) => ({ id: 'job-1', status: 'done', downloadLinks, errorMsg: '' });

function read({ connection, deadline }: Growingio) {
  const { cohorts } = connection.capabilities;
  if (!cohorts) throw new Error('There are cohorts.');
  return cohorts.readMembers('s7AbCdEf', deadline());
}

/** The files of a segment on a host of their own, which the configuration allows or not. */
async function readFrom(
  files: Readonly<Record<string, unknown>>,
  { isAllowed = true, before = 0 }: { readonly isAllowed?: boolean; readonly before?: number } = {},
) {
  await using host = await startGrowingioServer(files);
  const links = Object.keys(files).map((path) => `${host.url}${path}?signature=a`);
  const answer = (asked: AskedOf): Answered => ({
    body: asked.before < before ? { id: 'job-1', status: 'doing' } : done(...links),
  });
  const config = { downloadHosts: [isAllowed ? host.host : 'gta.growingio.com'], allowPrivateNetwork: true };
  await using growingio = await startGrowingio(answer, config);
  try {
    return { members: await read(growingio), asked: [...growingio.server.asked], downloaded: [...host.asked] };
  } catch (error) {
    return { error, asked: [...growingio.server.asked], downloaded: [...host.asked] };
  }
}

describe('The users of a segment, with the API of today', () => {
  it('are fetched from the link, once it is there, and nobody is shown our credentials', async () => {
    const { members, asked, downloaded } = await readFrom({ '/part-0.csv': 'cs1\tname\nu1\tAcme\n' }, { before: 1 });
    expect(members).toMatchObject({ idName: 'cs1', members: [{ userId: 'u1', attributes: ['Acme'] }] });
    expect(asked.map(({ path }) => path)).toEqual([PATH, PATH]);
    expect(downloaded).toHaveLength(1);
    expect(downloaded[0]?.query).toEqual({ signature: 'a' });
    expect(downloaded[0]?.headers.authorization).toBeUndefined();
    expect(downloaded[0]?.headers['x-client-id']).toBeUndefined();
  });

  it('are those of every link, in order, each with its header', async () => {
    const { members } = await readFrom({
      '/part-0.csv': 'cs1\tname\nu1\tAcme\n',
      '/part-1.csv': 'cs1\tname\n',
      '/part-2.csv': 'cs1\tname\nu3\tOmega\nu2\tBeta\n',
    });
    expect(members?.members.map(({ userId }) => userId)).toEqual(['u1', 'u3', 'u2']);
  });

  it('are refused where parts have different headers', async () => {
    const { error } = await readFrom({ '/a.csv': 'cs1\tname\n', '/b.csv': 'cs1\tcity\n' });
    expect(error).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
  });

  it('are not fetched from a host that is not allowed', async () => {
    const { error, downloaded } = await readFrom({ '/a.csv': 'cs1\n' }, { isAllowed: false });
    expect(error).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
    expect(downloaded).toEqual([]);
  });

  it('are not fetched from a private network unless that is allowed', async () => {
    await using host = await startGrowingioServer({ '/a.csv': 'cs1\n' });
    await using growingio = await startGrowingio({ [PATH]: done(`${host.url}/a.csv`) }, { downloadHosts: [host.host] });
    expect(await failureOf(read(growingio))).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
    expect(host.asked).toEqual([]);
  });

  it.each([
    ['no link', done(), 'downloadLinks: expected at least one link'],
    ['links that are none', { ...done(), downloadLinks: [1] }, 'downloadLinks[0]'],
  ])('are refused for %s', async (_title, body, words) => {
    await using growingio = await startGrowingio({ [PATH]: body });
    const error = await failureOf(read(growingio));
    expect(error).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
    expect(error.message).toContain(words);
  });
});
