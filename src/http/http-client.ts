import { Agent, type Dispatcher } from 'undici';
import type { Clock, Deadline } from '../analytics/deadline.ts';
import type { CreateHttpClient, HttpClient, HttpClientOptions, HttpRequest } from '../analytics/http-client.ts';
import { withOrigin } from '../errors.ts';
import { sendWithRetries, type AttemptTools } from './attempts.ts';
import { createCircuitBreaker, type CircuitBreaker } from './circuit-breaker.ts';
import { ACCEPTED_ENCODINGS, type PreparedRequest, type ProviderAnswer } from './exchange.ts';
import { createInFlight } from './in-flight.ts';
import { describeMismatches, parseJsonBody, toText } from './json-body.ts';
import { createProviderFailures, type ClientOwner, type ProviderFailures } from './provider-failures.ts';
import { createQuotas, type Quotas } from './quotas.ts';
import { createRedactor } from './redaction.ts';
import { createRequestLog, type Log } from './request-log.ts';

/** What every client of the process shares. */
export interface HttpClientFactoryOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Longest that one attempt may take, in milliseconds; absent where only the operation's deadline counts. */
  readonly timeoutMs?: number;
  /** Most bytes of one answer, after decompression; 64 MiB where left out. */
  readonly maxBodyBytes?: number;
}

/** Given whose requests they are, return what makes a data source's client. */
export interface HttpClientFactory {
  (owner: ClientOwner): CreateHttpClient;
  /** Let the running requests end and close every connection. */
  close(): Promise<void>;
}

interface Shared extends HttpClientFactoryOptions {
  readonly dispatcher: Dispatcher;
  readonly quotas: Quotas;
  readonly toBreaker: (host: string) => CircuitBreaker;
}

const MAX_BODY_BYTES = 64 * 2 ** 20;

/** Given the clock and the log, return what makes HTTP clients that share connections, quotas and circuit breakers. */
export function createHttpClientFactory(options: HttpClientFactoryOptions): HttpClientFactory {
  const dispatcher = new Agent({
    connections: 32,
    keepAliveTimeout: 10_000,
    allowH2: false,
    // undici's own timers would end what the deadline still allows.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const breakers = new Map<string, CircuitBreaker>();
  const toBreaker = (host: string) => {
    const breaker = breakers.get(host) ?? createCircuitBreaker(options.clock);
    breakers.set(host, breaker);
    return breaker;
  };
  const shared = { ...options, dispatcher, quotas: createQuotas(options.clock), toBreaker };
  const factory = (owner: ClientOwner) => (client: HttpClientOptions) => createHttpClient(owner, client, shared);
  return Object.assign(factory, { close: () => dispatcher.close() });
}

function createHttpClient(owner: ClientOwner, options: HttpClientOptions, shared: Shared): HttpClient {
  const origin = { source: owner.source, provider: owner.provider };
  const { clock, dispatcher } = shared;
  const redact = createRedactor([...Object.values(options.auth), ...options.quotas.map(({ key }) => key)]);
  const failures = createProviderFailures(owner, redact, options.explain);
  const inFlight = createInFlight<unknown>(clock, failures.ended);
  const tools: AttemptTools = {
    clock,
    dispatcher,
    failures,
    gate: shared.quotas.gate(origin.provider, options.quotas),
    breaker: shared.toBreaker(new URL(options.baseUrl).origin),
    log: createRequestLog(shared.log, origin, redact),
    maxBodyBytes: shared.maxBodyBytes ?? MAX_BODY_BYTES,
    timeoutMs: shared.timeoutMs,
  };

  const reading = { failures, failureIn: options.failureIn, maxBodyBytes: tools.maxBodyBytes };
  // The same request may be wanted as JSON and as text: what was read is shared among those who want the same.
  const send = (request: HttpRequest, read: BodyReader, deadline: Deadline): Promise<unknown> => {
    const prepared = prepare(request, options);
    return inFlight.share(toKey(prepared, read.kind), deadline, async (shared) =>
      read.from(await sendWithRetries(prepared, shared, tools), reading),
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
    allowances: () => tools.gate.allowances(),
  };
}

function prepare(request: HttpRequest, { baseUrl, auth }: HttpClientOptions): PreparedRequest {
  const { method = 'GET', path, query, headers, json, isReadOnly = false } = request;
  const url = new URL(baseUrl);
  // Set as a part, so that no path can lead the credentials to another host.
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
  if (query) url.search = query.toString();
  const entries = Object.entries({
    accept: 'application/json',
    'accept-encoding': ACCEPTED_ENCODINGS,
    'user-agent': 'tributary',
    ...(json !== undefined && { 'content-type': 'application/json' }),
    ...lowerCased(headers),
    ...lowerCased(auth),
  });
  return {
    method,
    url,
    headers: Object.fromEntries(entries),
    body: json === undefined ? null : JSON.stringify(json),
    isRepeatable: method === 'GET' || isReadOnly,
  };
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function toKey({ isRepeatable, method, url, headers, body }: PreparedRequest, kind: string): string | null {
  return isRepeatable ? JSON.stringify([kind, method, url.href, headers, body]) : null;
}

interface BodyReading {
  readonly failures: ProviderFailures;
  readonly failureIn: HttpClientOptions['failureIn'];
  readonly maxBodyBytes: number;
}

interface BodyReader {
  readonly kind: string;
  from(answer: ProviderAnswer, reading: BodyReading): unknown;
}

const JSON_BODY: BodyReader = {
  kind: 'json',
  from: (answer, reading) => {
    assertWhole(answer, reading);
    const json = parseJsonBody(answer);
    if ('problem' in json) throw reading.failures.invalid(json.problem);
    const failure = hiddenFailure(json.value, reading.failureIn);
    if (failure !== undefined) throw reading.failures.rejected(failure);
    return json.value;
  },
};

const TEXT_BODY: BodyReader = {
  kind: 'text',
  from: (answer, reading) => {
    assertWhole(answer, reading);
    const text = toText(answer);
    // A page to sign in on is a text too, and not the one that was asked for.
    if (text.trimStart().startsWith('<')) throw reading.failures.invalid('markup instead of text');
    return text;
  },
};

function assertWhole({ bodyState }: ProviderAnswer, { failures, maxBodyBytes }: BodyReading): void {
  if (bodyState === 'too-large') throw failures.invalid(`more than ${toSize(maxBodyBytes)}, the most that is read`);
  if (bodyState === 'undecodable') throw failures.invalid('a compressed body that cannot be decompressed');
}

function hiddenFailure(body: unknown, failureIn: HttpClientOptions['failureIn']): string | undefined {
  try {
    return failureIn?.(body);
  } catch {
    // A body that `failureIn` did not foresee is for the schema to judge.
    return undefined;
  }
}

function toSize(bytes: number): string {
  return bytes >= 2 ** 20 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${bytes} bytes`;
}
