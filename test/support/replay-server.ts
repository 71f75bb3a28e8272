import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import type { Exchange } from './fixture.ts';

/** A request as the server got it. */
export interface AskedRequest {
  readonly method: string;
  readonly path: string;
  /** A list where the parameter is repeated. */
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: IncomingHttpHeaders;
  /** Null where nothing was sent. */
  readonly body: unknown;
}

/** The answer to a request; null where there is none. */
export type Answerer = (request: AskedRequest) => Exchange['response'] | null;

/** Does something else than answering; `answer` is what would have been sent. */
export type Fault = (response: ServerResponse, answer: Exchange['response'], asked: AskedRequest) => void;

/** A provider that says only what it was given. */
export interface ReplayServer extends AsyncDisposable {
  readonly url: string;
  /** Everything it was asked, in order. */
  readonly asked: readonly AskedRequest[];
  /** What it was asked and has no answer to. */
  readonly unexpected: readonly AskedRequest[];
  /** From now on do `fault` to requests of that path, or to all of them. */
  breakWith(fault: Fault, path?: string): void;
}

/** Start a server that answers the given exchanges, to whoever asks exactly so, or whatever an answerer says. `{server}` in an answer is its URL. */
export async function startReplayServer(answers: readonly Exchange[] | Answerer): Promise<ReplayServer> {
  const answerer = typeof answers === 'function' ? answers : toAnswerer(answers);
  const asked: AskedRequest[] = [];
  const unexpected: AskedRequest[] = [];
  let broken: { readonly fault: Fault; readonly path: string | undefined } | undefined;

  const reply = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await toAsked(incoming);
    asked.push(request);
    const answer = answerer(request);
    if (!answer) unexpected.push(request);
    const spoken = withUrl(answer ?? toRefusal(request), `http://${incoming.headers.host ?? ''}`);
    if (broken && (broken.path ?? request.path) === request.path) broken.fault(response, spoken, request);
    else send(response, spoken);
  };
  const server = createServer((incoming, response) => void reply(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    unexpected,
    breakWith: (fault, path) => {
      broken = { fault, path };
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Send an answer whole. */
export function send(response: ServerResponse, { status, headers, body }: Exchange['response']): void {
  response.writeHead(status, headers).end(toBodyText(body));
}

/** A body as it is on the wire. */
export function toBodyText(body: Exchange['response']['body']): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function toAnswerer(exchanges: readonly Exchange[]): Answerer {
  return ({ method, path, query, body }) =>
    exchanges.find(({ request }) => isDeepStrictEqual({ method, path, query: { ...query }, body }, { ...request }))
      ?.response ?? null;
}

// A client would retry a 5xx: a 410 ends the test at once.
function toRefusal({ method, path }: AskedRequest): Exchange['response'] {
  const message = `no exchange answers ${method} ${path} with these parameters`;
  return { status: 410, headers: { 'content-type': 'application/json' }, body: { message } };
}

async function toAsked(incoming: IncomingMessage): Promise<AskedRequest> {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
  const { headers, method = '' } = incoming;
  return {
    method,
    path: pathname,
    query: toRecord(searchParams),
    headers,
    body: toBody(await text(incoming), headers['content-type']),
  };
}

/** A form is read like a query. */
function toBody(body: string, contentType: string | undefined): unknown {
  if (body === '') return null;
  const isForm = contentType?.startsWith('application/x-www-form-urlencoded') === true;
  return isForm ? toRecord(new URLSearchParams(body)) : JSON.parse(body);
}

function toRecord(parameters: URLSearchParams): Record<string, string | string[]> {
  const record: Record<string, string | string[]> = {};
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    record[name] = values.length > 1 ? values : values.join('');
  }
  return record;
}

/** Links of an answer lead to the server itself. */
function withUrl(response: Exchange['response'], url: string): Exchange['response'] {
  return JSON.parse(JSON.stringify(response).replaceAll('{server}', url)) as Exchange['response'];
}
