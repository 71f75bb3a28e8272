import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as the server got it. */
export interface AskedOf {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** As it was sent. */
  readonly body: string;
  /** How often the same path was asked for before. */
  readonly before: number;
}

/** What is answered: a text as it is, anything else as JSON; 200 where no status is said. */
export interface Answered {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Says what is answered; a function where the answer differs from one request to the next. */
export type Answers = Readonly<Record<string, unknown>> | ((asked: AskedOf) => Answered);

/** A GrowingIO that says only what it was given. */
export interface GrowingioServer extends AsyncDisposable {
  readonly url: string;
  readonly host: string;
  /** Everything it was asked, in order. */
  readonly asked: readonly AskedOf[];
}

/** Start a server that answers by path, or as a function says. */
export async function startGrowingioServer(answers: Answers): Promise<GrowingioServer> {
  const asked: AskedOf[] = [];
  const answer = typeof answers === 'function' ? answers : byPath(answers);
  const server = createServer((incoming, response) => {
    void text(incoming).then((body) => {
      const { pathname: path, searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
      const before = asked.filter((one) => one.path === path).length;
      const { method = '', headers } = incoming;
      const request = { method, path, query: Object.fromEntries(searchParams), headers, body, before };
      asked.push(request);
      const { status = 200, headers: more, body: said } = answer(request);
      const type = typeof said === 'string' ? 'text/csv' : 'application/json';
      response.writeHead(status, { 'content-type': type, ...more });
      response.end(typeof said === 'string' ? said : JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function byPath(answers: Readonly<Record<string, unknown>>): (asked: AskedOf) => Answered {
  return ({ path }) =>
    path in answers ? { body: answers[path] } : { status: 404, body: { message: 'Not Found', errors: [] } };
}
