import type { Readable } from 'node:stream';
import { request, type Dispatcher } from 'undici';
import type { Clock } from '../analytics/deadline.ts';
import { sendWithRetries, type AttemptTools, type Call } from './attempts.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { AnswerHead } from './exchange.ts';
import type { SharedDeadline } from './in-flight.ts';
import type { LinkCheck } from './link-check.ts';
import type { LinkFailures } from './link-failures.ts';
import { PrivateAddressError } from './private-network.ts';
import type { ResponseHeaders } from './rate-limit-headers.ts';

/** What following a link needs; nothing of it carries credentials. */
export interface LinkTools extends Pick<AttemptTools<AnswerHead>, 'clock' | 'gate' | 'log'> {
  readonly clock: Clock;
  readonly check: LinkCheck;
  readonly failures: LinkFailures;
  readonly dispatcher: Dispatcher;
  readonly toBreaker: (host: string) => CircuitBreaker;
}

/** A link, and what is wanted of it. */
export interface LinkRequest<Content> {
  readonly link: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Headers that only the link's own origin gets, not one that it redirects to. */
  readonly ownHeaders: Readonly<Record<string, string>>;
  /** Statuses that are answers besides 2xx, without content. */
  readonly answers: ReadonlySet<number>;
  /** What ends the body where it is read later; absent where `read` reads it. */
  readonly signal?: AbortSignal;
  /** Make something of a 2xx answer; what it throws is taken for a broken connection. */
  read(opened: OpenedLink): Promise<Content>;
}

/** The answer to a link while its body is still to come. */
export interface OpenedLink {
  readonly headers: ResponseHeaders;
  readonly body: Readable;
}

/** What a link led to. */
export interface LinkAnswer<Content> extends AnswerHead {
  /** Where the redirects ended. */
  readonly url: URL;
  /** Null unless the status is 2xx. */
  readonly content: Content | null;
}

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Open a link and whatever it redirects to, each checked; throws what it means where there is no file in the end. */
export async function followLink<Content>(
  wanted: LinkRequest<Content>,
  deadline: SharedDeadline,
  tools: LinkTools,
): Promise<LinkAnswer<Content>> {
  const first = tools.check(wanted.link);
  let url = first;
  for (let redirects = 0; ; redirects++) {
    const headers = url.origin === first.origin ? { ...wanted.ownHeaders, ...wanted.headers } : wanted.headers;
    const attemptTools = { ...tools, breaker: tools.toBreaker(url.origin), failures: tools.failures.at(url.host) };
    const answer = await sendWithRetries<LinkAnswer<Content>>(
      toCall({ ...wanted, url, headers }, tools),
      deadline,
      attemptTools,
    );
    const target = toTarget(answer);
    if (target === null) return answer;
    if (redirects === MAX_REDIRECTS) {
      throw tools.failures.refused(`a link to ${first.host} that is redirected more than ${MAX_REDIRECTS} times`);
    }
    url = tools.check(target, url);
  }
}

interface Hop<Content> extends LinkRequest<Content> {
  readonly url: URL;
}

function toCall<Content>(hop: Hop<Content>, { dispatcher, failures }: LinkTools): Call<LinkAnswer<Content>> {
  const { url, headers, answers, read } = hop;
  const send = async (signal: AbortSignal): Promise<LinkAnswer<Content>> => {
    const signals = [signal, hop.signal ?? []].flat();
    const opened = await request(url, { dispatcher, headers, signal: AbortSignal.any(signals) });
    const head = { url, status: opened.statusCode, headers: opened.headers };
    // Whoever reads gets the failure; until then nobody listens, and Node would end the process.
    opened.body.on('error', () => {});
    if (head.status < 300) return { ...head, content: await read(opened) };
    await opened.body.dump();
    return { ...head, content: null };
  };

  return {
    method: 'GET',
    url,
    isRepeatable: true,
    ready: () =>
      Promise.resolve(async (signal) => {
        try {
          return await send(signal);
        } catch (error) {
          if (error instanceof PrivateAddressError) throw failures.privateAddress(url.host);
          throw error;
        }
      }),
    renew: () => Promise.resolve(false),
    isAnswered: (answer) => answer.status < 300 || answers.has(answer.status) || toTarget(answer) !== null,
  };
}

function toTarget({ status, headers }: AnswerHead): string | null {
  const { location } = headers;
  return REDIRECTS.has(status) && typeof location === 'string' ? location : null;
}
