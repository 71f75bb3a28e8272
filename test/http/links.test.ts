import type { LookupFunction } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { DownloadPolicy } from '../../src/analytics/http-client.ts';
import { createClients, failureOf, ORIGIN, within } from './client-under-test.ts';
import { filesFrom, LINK } from './downloads-under-test.ts';
import { startServer, text, type Answer } from './local-server.ts';

const file = text('id\n1\n');

function fetchWith(downloads: DownloadPolicy | undefined, link: string) {
  return createClients()
    .connect('http://api.example.test', downloads && { downloads })
    .downloadText(link, within(2_000));
}

/** A name server that knows this machine only. */
const toLoopback: LookupFunction = (_hostname, { all }, callback) => {
  if (all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

/** An answer that sends on to somewhere else. */
const redirect = (location: string, status = 302): Answer => text('moved', { location }, status);

describe('a link', () => {
  it.each([
    ['no host is listed', undefined],
    ['none is in the list', { hosts: [], allowPrivateNetwork: true }],
    ['another host is', { hosts: ['files.example.test'], allowPrivateNetwork: true }],
    ['another port is', { hosts: ['127.0.0.1:1'], allowPrivateNetwork: true }],
    ['only the name without the port is', { hosts: ['127.0.0.1'], allowPrivateNetwork: true }],
  ] as const)('is not opened where %s', async (_name, policy) => {
    const server = await startServer(file);
    const failure = await failureOf(fetchWith(policy, `${server.url}${LINK}`));
    expect(failure).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID', origin: ORIGIN });
    expect(failure.message).toBe(
      `acme handed out a link to ${new URL(server.url).host}, which downloadHosts of data source "shop" does not list; list it there if files may come from it.`,
    );
    expect(server.connections()).toBe(0);
  });

  it.each([
    ['another scheme', `ftp://127.0.0.1${LINK}`, 'neither http nor https'],
    ['a file of ours', 'file:///etc/passwd', 'neither http nor https'],
    ['text', `data:text/plain,secret-path`, 'neither http nor https'],
    ['no URL', `secret-path`, 'no URL'],
    ['half a URL', `https://[${LINK}`, 'no URL'],
  ])('is not opened where it is %s', async (_name, link, words) => {
    const failure = await failureOf(fetchWith({ hosts: ['127.0.0.1'], allowPrivateNetwork: true }, link));
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
    expect(failure.message).toContain(words);
    expect(failure.message).not.toContain('secret');
  });

  it.each(['user@', ':password@', 'user:password@'])('is not opened with %s in it', async (userInfo) => {
    const server = await startServer(file);
    const link = `${server.url.replace('//', `//${userInfo}`)}${LINK}`;
    const failure = await failureOf(fetchWith(filesFrom(server), link));
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
    expect(failure.message).toContain('with a user name or a password in it');
    expect(failure.message).not.toContain(userInfo);
    expect(server.connections()).toBe(0);
  });

  it.each([
    ['in other letters', 'LOCALHOST'],
    ['as it is', 'localhost'],
  ])('is opened where its host is listed %s', async (_name, host) => {
    const { port } = new URL((await startServer(file)).url);
    const policy = { hosts: [`${host}:${port}`], allowPrivateNetwork: true };
    expect(await fetchWith(policy, `http://localhost:${port}${LINK}`)).toBe('id\n1\n');
  });

  it.each([
    ['https://files.example.test:443/x', 'files.example.test'],
    ['https://files.example.test/x', 'files.example.test:443'],
    ['http://files.example.test:80/x', 'files.example.test'],
  ])('to %s is one to %s', async (link, host) => {
    const { connect } = createClients({ lookup: toLoopback });
    const client = connect('http://api.example.test', { downloads: { hosts: [host], allowPrivateNetwork: false } });
    const failure = await failureOf(client.downloadText(link, within(2_000)));
    // It was looked up, which comes after the list.
    expect(failure.message).toContain('files.example.test, which is at a loopback');
  });
});

describe('a private network', () => {
  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f.1'])('is not entered through %s', async (host) => {
    const server = await startServer(file);
    const url = new URL(server.url.replace('127.0.0.1', host));
    const policy = { hosts: [url.host], allowPrivateNetwork: false };
    const failure = await failureOf(fetchWith(policy, `${url.origin}${LINK}`));
    expect(failure).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID', isRetryable: false });
    expect(failure.message).toBe(
      `acme handed out a link to ${url.host}, which is at a loopback, private or otherwise not public address; if it is meant to be, set allowPrivateNetwork of data source "shop".`,
    );
    expect(server.connections()).toBe(0);
  });

  it('is not entered over a connection of those who may', async () => {
    const server = await startServer(file);
    const { connect } = createClients();
    const allowed = connect('http://api.example.test', { downloads: filesFrom(server) });
    await allowed.downloadText(`${server.url}/1`, within(2_000));
    const downloads = { ...filesFrom(server), allowPrivateNetwork: false };
    const refused = connect('http://api.example.test', { downloads });
    const failure = await failureOf(refused.downloadText(`${server.url}/2`, within(2_000)));
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
    expect(server.requests).toHaveLength(1);
  });

  it('is not entered by a name whose address is looked up anew', async () => {
    const server = await startServer(file);
    const { port } = new URL(server.url);
    const asked: string[] = [];
    const { connect } = createClients({
      lookup: (hostname, options, callback) => {
        asked.push(hostname);
        toLoopback(hostname, options, callback);
      },
    });
    const downloads = { hosts: [`files.example.test:${port}`], allowPrivateNetwork: false };
    const client = connect('http://api.example.test', { downloads });
    const failure = await failureOf(client.downloadText(`http://files.example.test:${port}${LINK}`, within(2_000)));
    expect(failure.message).toContain('not public address');
    expect(asked).toEqual(['files.example.test']);
    expect(server.connections()).toBe(0);
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('is followed: %i', async (status) => {
    const target = await startServer(file);
    const server = await startServer(redirect(`${target.url}/kept`, status));
    expect(await fetchWith(filesFrom(server, target), `${server.url}${LINK}`)).toBe('id\n1\n');
    expect(target.requests[0]).toMatchObject({ method: 'GET', url: '/kept' });
    expect(target.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('may be relative', async () => {
    const server = await startServer(redirect('other?x=1'), file);
    await fetchWith(filesFrom(server), `${server.url}/files/one`);
    expect(server.requests[1]?.url).toBe('/files/other?x=1');
  });

  it.each([
    ['to a host that is not listed', 'http://127.0.0.1:1/secret-path', 'downloadHosts'],
    ['to another scheme', 'ftp://127.0.0.1/secret-path', 'neither http nor https'],
    ['with a password', 'http://user:password@127.0.0.1/secret-path', 'a password in it'],
  ])('is not followed %s', async (_name, location, words) => {
    const server = await startServer(redirect(location));
    const failure = await failureOf(fetchWith(filesFrom(server), `${server.url}${LINK}`));
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
    expect(failure.message).toContain(words);
    expect(failure.message).not.toContain('secret');
    expect(server.requests).toHaveLength(1);
  });

  it('is followed five times', async () => {
    const five = [1, 2, 3, 4, 5].map((n) => redirect(`/${n}`));
    const server = await startServer(...five, file);
    expect(await fetchWith(filesFrom(server), `${server.url}/0`)).toBe('id\n1\n');
    expect(server.requests.map(({ url }) => url)).toEqual(['/0', '/1', '/2', '/3', '/4', '/5']);
  });

  it('is not followed a sixth time', async () => {
    const server = await startServer(redirect('/again'));
    const failure = await failureOf(fetchWith(filesFrom(server), `${server.url}/0`));
    expect(failure.code).toBe('PROVIDER_RESPONSE_INVALID');
    expect(failure.message).toContain('redirected more than 5 times');
    expect(server.requests).toHaveLength(6);
  });
});
