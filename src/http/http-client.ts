import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import type { Clock, Deadline } from '../analytics/deadline.ts';
import type { CreateHttpClient, HttpClient, HttpClientOptions, HttpRequest } from '../analytics/http-client.ts';
import { withOrigin } from '../errors.ts';
import { sendWithRetries, type AttemptTools } from './attempts.ts';
import { JSON_BODY, TEXT_BODY, type BodyReader } from './body-reader.ts';
import { createCalls } from './calls.ts';
import { createCircuitBreaker, type CircuitBreaker } from './circuit-breaker.ts';
import { createCredentials } from './credentials.ts';
import { createDownloads } from './downloads.ts';
import type { PreparedRequest, ProviderAnswer } from './exchange.ts';
import { createFileReader } from './file-bytes.ts';
import { createInFlight } from './in-flight.ts';
import { describeMismatches } from './json-body.ts';
import { createLiveRedactor } from './live-redaction.ts';
import { createPublicConnector } from './private-network.ts';
import { createProviderFailures, type ClientOwner } from './provider-failures.ts';
import { createQuotas, type Quotas } from './quotas.ts';
import { createFileRequests } from './request-file.ts';
import { createRequestLog, type Log } from './request-log.ts';

/** What every client of the process shares. */
export interface HttpClientFactoryOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Longest that one attempt may take, in milliseconds; absent where only the operation's deadline counts. */
  readonly timeoutMs?: number;
  /** Most bytes of one answer, after decompression; 64 MiB where left out. */
  readonly maxBodyBytes?: number;
  /** How the hosts of files are looked up; the system's way where left out. */
  readonly lookup?: LookupFunction;
}

/** Given whose requests they are, return what makes a data source's client. */
export interface HttpClientFactory {
  (owner: ClientOwner): CreateHttpClient;
  /** Let the running requests end and close every connection. */
  close(): Promise<void>;
}

interface Shared extends HttpClientFactoryOptions {
  readonly maxBodyBytes: number;
  readonly dispatcher: Dispatcher;
  /** Connects to public addresses only. */
  readonly publicDispatcher: Dispatcher;
  readonly quotas: Quotas;
  readonly toBreaker: (host: string) => CircuitBreaker;
}

const MAX_BODY_BYTES = 64 * 2 ** 20;
const CONNECTIONS = {
  connections: 32,
  keepAliveTimeout: 10_000,
  allowH2: false,
  // undici's own timers would end what the deadline still allows.
  headersTimeout: 0,
  bodyTimeout: 0,
};

/** Given the clock and the log, return what makes HTTP clients that share connections, quotas and circuit breakers. */
export function createHttpClientFactory(options: HttpClientFactoryOptions): HttpClientFactory {
  const { clock, lookup, maxBodyBytes = MAX_BODY_BYTES } = options;
  const dispatcher = new Agent(CONNECTIONS);
  const publicDispatcher = new Agent({ ...CONNECTIONS, connect: createPublicConnector(lookup) });
  const breakers = new Map<string, CircuitBreaker>();
  const toBreaker = (host: string) => {
    const breaker = breakers.get(host) ?? createCircuitBreaker(clock);
    breakers.set(host, breaker);
    return breaker;
  };
  const shared = { ...options, maxBodyBytes, dispatcher, publicDispatcher, quotas: createQuotas(clock), toBreaker };
  const factory = (owner: ClientOwner) => (client: HttpClientOptions) => createHttpClient(owner, client, shared);
  const close = async () => void (await Promise.all([dispatcher.close(), publicDispatcher.close()]));
  return Object.assign(factory, { close });
}

function createHttpClient(owner: ClientOwner, options: HttpClientOptions, shared: Shared): HttpClient {
  const origin = { source: owner.source, provider: owner.provider };
  const { clock, dispatcher, maxBodyBytes, outcomeIn } = { ...shared, ...options };
  const credentials = createCredentials(options.auth);
  const quotaKeys = options.quotas.map(({ key }) => key);
  const redact = createLiveRedactor(() => [...credentials.secrets(), ...quotaKeys]);
  const failures = createProviderFailures(owner, redact, options.explain);
  const inFlight = createInFlight<unknown>(clock, failures.ended);
  const tools: AttemptTools<ProviderAnswer> = {
    clock,
    failures,
    gate: shared.quotas.gate(origin.provider, options.quotas),
    breaker: shared.toBreaker(new URL(options.baseUrl).origin),
    log: createRequestLog(shared.log, origin, { redact, personalParameters: options.personalParameters ?? [] }),
    timeoutMs: shared.timeoutMs,
  };

  const calls = createCalls({ baseUrl: options.baseUrl, credentials, dispatcher, maxBodyBytes, outcomeIn });
  const { failureIn } = options;
  const requestFile = createFileRequests({ clock, calls, attempts: tools, failures, failureIn });
  const downloads = createDownloads({ owner, policy: options.downloads, redact, failures, shared });
  const readFile = createFileReader(downloads, failures);
  const reading = { failures, failureIn, maxBodyBytes };
  // The same request may be wanted as JSON and as text: what was read is shared among those who want the same.
  const send = (request: HttpRequest, read: BodyReader<unknown>, deadline: Deadline): Promise<unknown> => {
    const prepared = calls.prepare(request);
    return inFlight.share(toKey(prepared, read.kind), deadline, async (shared) =>
      read.from(await sendWithRetries(calls.whole(prepared, request.answers), shared, tools), reading),
    );
  };
  const named = async <T>(answer: () => Promise<T>): Promise<T> => {
    try {
      return await answer();
    } catch (error) {
      throw withOrigin(failures.unexpected(error), origin);
    }
  };

  return {
    requestJson: (request, schema, deadline) =>
      named(async () => {
        const parsed = schema.safeParse(await send(request, JSON_BODY, deadline));
        if (parsed.success) return parsed.data;
        throw failures.invalid(
          `a body that is not what it documents: ${describeMismatches(parsed.error)}`,
          parsed.error,
        );
      }),
    requestText: (request, deadline) => named(async () => String(await send(request, TEXT_BODY, deadline))),
    requestFile: (request, deadline) => named(() => requestFile(request, deadline)),
    downloadText: downloads.downloadText,
    download: (link, from, deadline) => named(() => readFile(link, from, deadline)),
    allowances: () => tools.gate.allowances(),
  };
}

function toKey({ isRepeatable, method, url, headers, body }: PreparedRequest, kind: string): string | null {
  return isRepeatable ? JSON.stringify([kind, method, url.href, headers, body]) : null;
}
