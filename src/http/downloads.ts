import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Clock, Deadline } from '../analytics/deadline.ts';
import type { DownloadPolicy } from '../analytics/http-client.ts';
import { AppError } from '../errors.ts';
import { TEXT_BODY } from './body-reader.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { AnswerHead, ProviderAnswer } from './exchange.ts';
import { followLink, type LinkTools, type OpenedLink } from './follow-link.ts';
import { createInFlight, type SharedDeadline } from './in-flight.ts';
import { createLinkCheck } from './link-check.ts';
import { createLinkFailures } from './link-failures.ts';
import { lowerCased } from './prepare-request.ts';
import type { ClientOwner, ProviderFailures } from './provider-failures.ts';
import type { Quotas } from './quotas.ts';
import type { Redact } from './redaction.ts';
import { createDownloadLog, type Log } from './request-log.ts';
import { orThrow, translated } from './translated-body.ts';
import { isUnpackFailure, unpack } from './unpack.ts';

/** Fetches the files that a provider hands out by links. */
export interface Downloads {
  /** The whole file as text, decompressed, without a byte order mark. */
  downloadText(url: string, deadline: Deadline): Promise<string>;
  /** The file as it comes. Whoever opens it reads it to its end or destroys its body; the deadline ends it too. */
  openDownload(url: string, options: DownloadOptions, deadline: Deadline): Promise<Download>;
}

/** Which part of a file, and on which condition. */
export interface DownloadOptions {
  /** Bytes of the file as it is kept, both ends included; to its last where `to` is left out. They are not decompressed. */
  readonly range?: { readonly from: number; readonly to?: number };
  /** The entity tag that the file must still have. */
  readonly ifMatch?: string;
  /** What names the file's state, with a range: where it has another by now, the file is sent whole. */
  readonly ifRange?: string;
  /** Whether the bytes are wanted as the file is kept, without a range too. */
  readonly isRaw?: boolean;
  /** Sent to the link's own origin, not to one that it redirects to. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A file that has begun to come. */
export interface Download extends AnswerHead {
  /**
   * 200; 206 with a range; also, where they were asked for and then without content, 412 (`ifMatch` does not match) and 416
   * (`range` is outside of the file).
   */
  readonly status: number;
  /** Decompressed unless a range or raw bytes were asked for; fails only with errors of the taxonomy. */
  readonly body: Readable;
}

/** Whose downloads they are, and what they need of the house. */
export interface DownloadServices {
  readonly owner: ClientOwner;
  readonly policy: DownloadPolicy | undefined;
  readonly redact: Redact;
  readonly failures: ProviderFailures;
  readonly shared: {
    readonly clock: Clock;
    readonly log: Log;
    readonly maxBodyBytes: number;
    readonly dispatcher: Dispatcher;
    readonly publicDispatcher: Dispatcher;
    readonly quotas: Quotas;
    readonly toBreaker: (host: string) => CircuitBreaker;
  };
}

interface House {
  readonly tools: LinkTools;
  readonly failures: ProviderFailures;
  readonly maxBodyBytes: number;
}

/** Given whose downloads they are, return what fetches them. */
export function createDownloads({ owner, policy, redact, failures, shared }: DownloadServices): Downloads {
  const { clock, maxBodyBytes, dispatcher, publicDispatcher } = shared;
  const linkFailures = createLinkFailures(owner, redact);
  const tools: LinkTools = {
    clock,
    gate: shared.quotas.gate(owner.provider, []),
    log: createDownloadLog(shared.log, owner, redact),
    check: createLinkCheck(policy, linkFailures),
    failures: linkFailures,
    dispatcher: policy?.allowPrivateNetwork ? dispatcher : publicDispatcher,
    toBreaker: shared.toBreaker,
  };
  const house = { tools, failures, maxBodyBytes };
  const texts = createInFlight<string>(clock, failures.ended);
  const opened = createInFlight<Download>(clock, failures.ended);

  return {
    downloadText: (link, deadline) =>
      orThrow(() => texts.share(link, deadline, (shared) => fetchText(link, shared, house)), failures.unexpected),
    openDownload: (link, options, deadline) =>
      orThrow(
        // Every caller reads a body of their own.
        () => opened.share(null, deadline, (shared) => open({ link, options, deadline }, shared, house)),
        failures.unexpected,
      ),
  };
}

async function fetchText(link: string, deadline: SharedDeadline, { tools, failures, maxBodyBytes }: House) {
  const wanted = { ...toWanted(link, {}), read: (opened: OpenedLink) => collect(opened, maxBodyBytes) };
  const { content, ...head } = await followLink(wanted, deadline, tools);
  return TEXT_BODY.from({ ...head, ...(content ?? NOTHING) }, { failures, maxBodyBytes });
}

type Collected = Pick<ProviderAnswer, 'body' | 'bodyState'>;

const NOTHING: Collected = { body: Buffer.alloc(0), bodyState: 'whole' };

async function collect({ headers, body }: OpenedLink, maxBodyBytes: number): Promise<Collected> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of (await unpack(body, headers)) as AsyncIterable<Buffer>) {
      size += chunk.length;
      // Leaving the loop destroys the body, and with it the connection that would have gone on sending.
      if (size > maxBodyBytes) return { ...NOTHING, bodyState: 'too-large' };
      chunks.push(chunk);
    }
  } catch (error) {
    if (isUnpackFailure(error)) return { ...NOTHING, bodyState: 'undecodable' };
    throw error;
  }
  return { body: Buffer.concat(chunks), bodyState: 'whole' };
}

interface Opening {
  readonly link: string;
  readonly options: DownloadOptions;
  /** The caller's own, which goes on when the link is open. */
  readonly deadline: Deadline;
}

async function open({ link, options, deadline }: Opening, shared: SharedDeadline, house: House): Promise<Download> {
  const { tools, failures } = house;
  const read = (opened: OpenedLink) => Promise.resolve(opened);
  const wanted = { ...toWanted(link, options), signal: deadline.signal, read };
  const { url, status, headers, content } = await followLink(wanted, shared, tools);
  const toError = (error: unknown): AppError => {
    if (deadline.signal.aborted) return failures.ended(deadline.signal.reason);
    if (error instanceof AppError) return error;
    if (isUnpackFailure(error)) return failures.invalid('a compressed body that cannot be decompressed');
    return tools.failures.at(url.host).network(error, undefined);
  };
  if (!content) return { status, headers, body: Readable.from([]) };
  const { body } = content;
  const unpacked = isAsKept(options) ? body : await orThrow(() => unpack(body, headers), toError);
  return { status, headers, body: translated(unpacked, toError) };
}

/** The bytes of a range are counted in what is sent. */
function isAsKept({ range, isRaw = false }: DownloadOptions): boolean {
  return isRaw || range !== undefined;
}

function toWanted(link: string, options: DownloadOptions) {
  const { range, ifMatch, ifRange, headers } = options;
  const answers = [...(ifMatch === undefined ? [] : [412]), ...(range ? [416] : [])];
  return {
    link,
    headers: {
      'user-agent': 'tributary',
      'accept-encoding': isAsKept(options) ? 'identity' : 'gzip',
      ...(range && { range: `bytes=${range.from}-${range.to ?? ''}` }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      ...(ifRange !== undefined && { 'if-range': ifRange }),
    },
    ownHeaders: lowerCased(headers),
    answers: new Set(answers),
  };
}
