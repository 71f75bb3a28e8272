import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from '../http/local-server.ts';

/** A request as it came by. */
export interface Relayed {
  /** When it came, in milliseconds since the epoch. */
  readonly at: number;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly token: string | undefined;
  /** As far as it has been read. */
  readonly body: string;
  /** 0 until it is answered. */
  readonly status: number;
}

/** Stands between the server and a provider, and passes everything on. */
export interface Relay {
  readonly url: string;
  /** Everything that came by since the start or since `forget`, in order. */
  readonly requests: readonly Relayed[];
  /** Forget what came by. */
  forget(): void;
  /** From now on give this answer to requests whose path ends so; null passes them on again. */
  answerInstead(pathEnd: string, answer: Answer | null): void;
  close(): Promise<void>;
}

/** Start a relay to a provider. Close it after the tests. */
export async function startRelay(providerUrl: string): Promise<Relay> {
  let requests: Relayed[] = [];
  const instead = new Map<string, Answer>();
  const server = createServer((incoming, response) => {
    const { pathname: path, searchParams } = new URL(incoming.url ?? '/', providerUrl);
    const { authorization: token } = incoming.headers;
    const relayed = { at: Date.now(), path, query: Object.fromEntries(searchParams), token, body: '', status: 0 };
    incoming.on('data', (chunk: Buffer) => (relayed.body += chunk.toString()));
    requests.push(relayed);
    response.on('finish', () => (relayed.status = response.statusCode));
    const [, answer] = [...instead].find(([pathEnd]) => path.endsWith(pathEnd)) ?? [];
    if (answer) answer(response, incoming);
    else passOn(incoming, response, providerUrl);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests;
    },
    forget() {
      requests = [];
    },
    answerInstead(pathEnd, answer) {
      if (answer) instead.set(pathEnd, answer);
      else instead.delete(pathEnd);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function passOn(incoming: IncomingMessage, response: ServerResponse, providerUrl: string): void {
  const { method, headers, url = '/' } = incoming;
  const outgoing = send(new URL(url, providerUrl), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', () => response.destroy());
  incoming.pipe(outgoing);
}
