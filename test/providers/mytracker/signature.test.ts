import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAuthentication, toAuthorization } from '../../../src/providers/mytracker/signature.ts';
import mytracker from '../../../src/providers/mytracker/index.ts';
import { connectProvider } from '../../support/connect-provider.ts';
import { failureOf } from '../../support/failure-of.ts';
import { sampleConfig } from './sample-config.ts';
import vectors from './signature-vectors.json' with { type: 'json' };
import { CREATED, startMytracker } from './start-mytracker.ts';

const SIGNER = { userId: '77658', secretKey: 'sample+secret/9f8e7d6c5b4a' };

describe('A signature', () => {
  it.each(vectors.map((vector) => [`${vector.method} ${vector.url} ${vector.body}`, vector] as const))(
    'is the one worked out beforehand of %s',
    (_title, { method, url, body, authorization, ...signer }) => {
      expect(toAuthorization(signer, { method, url: new URL(url), body })).toBe(authorization);
    },
  );

  it('differs with the method, the address, the body and the key', () => {
    const request = { method: 'POST', url: new URL('https://tracker.my.com/a?b=c'), body: 'd=e' };
    const signatures = [
      toAuthorization(SIGNER, request),
      toAuthorization(SIGNER, { ...request, method: 'GET' }),
      toAuthorization(SIGNER, { ...request, url: new URL('https://tracker.my.com/a?b=d') }),
      toAuthorization(SIGNER, { ...request, body: '' }),
      toAuthorization({ ...SIGNER, secretKey: 'other' }, request),
    ];
    expect(new Set(signatures).size).toBe(5);
  });

  it('is a secret with and without its header, and so is the key', async () => {
    const authentication = createAuthentication(SIGNER);
    const request = { method: 'GET', url: new URL('https://tracker.my.com/'), body: '' };
    const { Authorization: header = '' } = await authentication.headers(request, deadlineOf());
    expect(authentication.secrets()).toEqual([SIGNER.secretKey, header.split(':')[1]]);
  });

  it('is remembered for the latest requests only', async () => {
    const authentication = createAuthentication(SIGNER);
    for (let index = 0; index < 50; index++) {
      const url = new URL(`https://tracker.my.com/${index % 40}`);
      await authentication.headers({ method: 'GET', url, body: '' }, deadlineOf());
    }
    expect(authentication.secrets()).toHaveLength(33);
  });
});

describe('What is sent', () => {
  it.each(['body', 'query'] as const)('is what was signed, with parameters in the %s', async (parameterPlacement) => {
    const received: { method: string; url: string; body: string; authorization: string }[] = [];
    const server = createServer((incoming, response) => {
      void text(incoming).then((body) => {
        const { method = '', headers } = incoming;
        const url = `http://${headers.host ?? ''}${incoming.url ?? ''}`;
        received.push({ method, url, body, authorization: headers.authorization ?? '' });
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(CREATED.body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await using connected = connectProvider(mytracker, { ...sampleConfig(base), parameterPlacement });
    const { exports } = connected.dataSource.connection.capabilities;
    await using asking = await startMytracker();
    const names = ["it's (a)*test!", 'ünïcode, with commas & more', 'a b+c%'];
    const filters = [{ dimension: 'eventName', operator: 'IS', values: names }];
    await exports?.start(asking.query({ filters }), connected.deadline());

    const [request = { method: '', url: '', body: '', authorization: '' }] = received;
    const parameters =
      parameterPlacement === 'body' ? new URLSearchParams(request.body) : new URL(request.url).searchParams;
    expect(parameters.getAll('eventName[]')).toEqual(names);
    expect(request.body === '').toBe(parameterPlacement === 'query');
    expect(request.authorization).toBe(signedByHand(request));
  });

  it('shows no signature and no key to anybody, even where MyTracker repeats them', async () => {
    await using one = await startMytracker(({ headers }) => {
      const header = headers.authorization ?? '';
      const detail = `wrong: ${header} or ${header.split(':')[1] ?? ''} with ${SIGNER.secretKey}`;
      return { status: 400, body: { code: 400, message: 'Bad Request', data: { error: { detail } } } };
    });
    const error = await failureOf(one.created());
    const signature = one.server.asked[0]?.headers.authorization?.split(':')[1] ?? 'none';
    const shown = `${inspect(error, { depth: 20 })} ${one.log.join(' ')}`;
    expect(error.message).toContain('wrong: [redacted]');
    for (const secret of [signature, SIGNER.secretKey]) expect(shown).not.toContain(secret);
  });
});

/** The scheme of the document, byte by byte. */
function signedByHand({ method, url, body }: { method: string; url: string; body: string }): string {
  const unreserved = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~';
  const escaped = (plain: string) =>
    [...Buffer.from(plain)]
      .map((byte) => {
        const character = String.fromCharCode(byte);
        return unreserved.includes(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
      })
      .join('');
  const signed = `${method}&${escaped(url)}&${escaped(body)}`;
  return `AuthHMAC ${SIGNER.userId}:${createHmac('sha1', SIGNER.secretKey).update(signed).digest('base64')}`;
}

function deadlineOf() {
  return { at: Infinity, signal: new AbortController().signal };
}
