import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import type { ExportsCapability, RowsQuery, UpstreamExport } from '../../../src/analytics/exports.ts';
import instal from '../../../src/providers/instal/index.ts';
import { resolveRows, rowsRequestInput } from '../../../src/exports/rows-query.ts';
import { connectProvider, type ConnectedProvider } from '../../support/connect-provider.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { sampleConfig } from './sample-config.ts';

/** A request as the server got it. */
export interface AskedOf {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As it was sent. */
  readonly body: string;
}

/** What is answered: a text or bytes as they are, anything else as JSON; 200 where no status is said. */
export interface Answered {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A server that says what it is told to. */
export interface SmallServer extends AsyncDisposable {
  readonly url: string;
  readonly host: string;
  /** Everything it was asked, in order. */
  readonly asked: readonly AskedOf[];
}

/** Instal as a test wants it, and our provider connected to it. Its clock stands at noon of 15 November 2026, UTC. */
export interface Instal extends AsyncDisposable {
  readonly server: SmallServer;
  readonly connected: ConnectedProvider;
  readonly exports: ExportsCapability;
  /** A question as GraphQL has it; the first three days of November where nothing is said. */
  toQuery(question?: Readonly<Record<string, unknown>>): RowsQuery;
  start(question?: Readonly<Record<string, unknown>>): Promise<string>;
  /** Ask where a task stands that was asked for so many minutes ago. */
  check(id: string, minutes?: number): Promise<UpstreamExport>;
  fetchFile(url: string): Promise<Buffer>;
}

const NOON = Date.UTC(2026, 10, 15, 12);
const PERIOD = { dates: { from: '2026-11-01', to: '2026-11-03' } };

/** Start a server that answers as the function says, one request after the other. */
export async function startSmallServer(answer: (asked: AskedOf) => Answered): Promise<SmallServer> {
  const asked: AskedOf[] = [];
  const server = createServer((incoming, response) => {
    void text(incoming).then((sent) => {
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, headers, body: sent };
      asked.push(request);
      const { status = 200, headers: more = {}, body = '' } = answer(request);
      response
        .writeHead(status, more)
        .end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
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

/** Start an Instal with these answers and connect to it; `config` is what differs from the sample. */
export async function startInstal(
  answer: (asked: AskedOf) => Answered,
  config: Readonly<Record<string, unknown>> = {},
): Promise<Instal> {
  const server = await startSmallServer(answer);
  const clock = new ManualClock(NOON);
  const connected = connectProvider(instal, { ...sampleConfig(server.url), ...config }, clock);
  const { dataSource, deadline } = connected;
  const { exports } = dataSource.connection.capabilities;
  if (!exports) throw new Error('Instal has exports.');
  const toQuery: Instal['toQuery'] = (question) => {
    const input = { source: dataSource.key, table: 'report', period: PERIOD, filters: [], ...question };
    return resolveRows(rowsRequestInput.parse(input), dataSource, { now: clock.now(), path: 'rows' });
  };
  return {
    server,
    connected,
    exports,
    toQuery,
    start: (question) => exports.start(toQuery(question), deadline()),
    check: (id, minutes = 0) => exports.check(id, clock.now() - minutes * 60_000, deadline()),
    async fetchFile(url) {
      const file = { url, expiresAt: null, rowCount: null };
      const { body } = await exports.download(file, { offset: 0, validator: null }, deadline());
      return buffer(body);
    },
    async [Symbol.asyncDispose]() {
      await connected[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
