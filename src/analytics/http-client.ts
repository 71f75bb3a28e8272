import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Deadline } from './deadline.ts';

/** How we talk to one provider on behalf of one data source. Implemented in `src/http`, handed to `connect`. */
export interface HttpClient {
  /** Send the request and return its JSON body, parsed; throws only errors of the taxonomy. */
  requestJson<T>(request: HttpRequest, schema: z.ZodType<T>, deadline: Deadline): Promise<T>;
  /** Send the request and return its body as text, such as CSV; throws only errors of the taxonomy. */
  requestText(request: HttpRequest, deadline: Deadline): Promise<string>;
  /**
   * Send the request and return the bytes of its answer as they arrive, for a file that is kept as it is. Refuses JSON and markup, which are
   * no such file; the deadline ends the body, too.
   */
  requestFile(request: HttpRequest, deadline: Deadline): Promise<WholeFile>;
  /**
   * Fetch a file that the provider hands out by a link and return it as text, decompressed; throws only errors of the taxonomy.
   * Refuses links that {@link HttpClientOptions.downloads} does not allow. Takes no place in a quota, and carries no credentials.
   */
  downloadText(url: string, deadline: Deadline): Promise<string>;
  /** The bytes of such a file, as they lie there and as they arrive. Refuses the same links; the deadline ends the body, too. */
  download(link: FileLink, from: FilePosition, deadline: Deadline): Promise<FileBytes>;
  /** Where each declared quota stands now. */
  allowances(): readonly Allowance[];
}

/** One request to a provider. */
export interface HttpRequest {
  /** GET where left out. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the base URL, starting with a slash. */
  readonly path: string;
  readonly query?: URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as a form, in the place of JSON. */
  readonly form?: URLSearchParams;
  /** True for a request that changes nothing although its method is not GET: it may then be retried and shared. */
  readonly isReadOnly?: boolean;
  /** Statuses besides 2xx whose body is an answer, too: it is read like theirs. */
  readonly answers?: readonly number[];
}

/** What a provider says about its HTTP API when it asks for a client. */
export interface HttpClientOptions {
  readonly baseUrl: string;
  /** Headers that carry the credentials, or what makes them for each request. Their values never reach a log or an error. */
  readonly auth: Readonly<Record<string, string>> | Authentication;
  readonly quotas: readonly Quota[];
  /** Query parameters whose values may say whom a request is about, such as filters: the log has their names only. */
  readonly personalParameters?: readonly string[];
  /** Given the parsed (or raw text) body of an error answer, return the provider's own explanation, if it has one. */
  readonly explain?: (body: unknown) => string | undefined;
  /** Given the parsed body of a 2xx answer, return the failure hidden in it, if any. */
  readonly failureIn?: (body: unknown) => string | undefined;
  /** Given the parsed body of any answer, return what it says of itself, if anything: that counts more than status and headers. */
  readonly outcomeIn?: (body: unknown) => StatedOutcome | undefined;
  /** From where files may be fetched; from nowhere where left out. */
  readonly downloads?: DownloadPolicy;
}

/** What the body of an answer says of itself. */
export interface StatedOutcome {
  /** Taken in the place of the HTTP status; absent where that counts. */
  readonly status?: number;
  /** Milliseconds until the same request may succeed; absent where it does not say. */
  readonly retryAfterMs?: number;
}

/** Credentials that differ from request to request: signatures, or tokens that are exchanged and expire. */
export interface Authentication {
  /** Everything secret that it knows by now. */
  secrets(): readonly string[];
  /** The headers that carry the credentials of one request, asked for again with each attempt. */
  headers(request: SignedRequest, deadline: Deadline): Promise<Readonly<Record<string, string>>>;
  /** The provider refused these headers with a 401. Resolve with whether others can be had: then the request is sent once more. */
  renew?(refused: Readonly<Record<string, string>>, deadline: Deadline): Promise<boolean>;
}

/** What a signature may be made of: exactly what is sent. */
export interface SignedRequest {
  readonly method: string;
  readonly url: URL;
  /** Empty where there is none. */
  readonly body: string;
}

/** Where a file is. The link is as good as a key: it reaches no log, no error, no answer. */
export interface FileLink {
  readonly url: string;
  /** Sent to the link's own origin only, such as a signature of it. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where reading a file goes on. */
export interface FilePosition {
  /** Bytes that are there already. */
  readonly offset: number;
  /** What named the file's state when they were read; null where nothing did: then it is read from its start. */
  readonly validator: string | null;
}

/** Bytes of a file, not decompressed. */
export interface FileBytes {
  /** Fails only with errors of the taxonomy. Whoever opens it reads it to its end or destroys it. */
  readonly body: Readable;
  /** Where the bytes start: the offset that was asked for, or 0 where the file has changed or cannot be read in parts. */
  readonly offset: number;
  /** Bytes of the whole file; null where the server does not say. */
  readonly size: number | null;
  /** What names this state of the file, such as a strong entity tag; null where the server gives none. */
  readonly validator: string | null;
}

/** Bytes of a file from its start. */
export type WholeFile = Pick<FileBytes, 'body' | 'size'>;

/** From where files may be fetched. A redirect is checked like the link itself. */
export interface DownloadPolicy {
  /** Hosts, with their port where it is not the scheme's own: `files.example.com`, `127.0.0.1:8080`. */
  readonly hosts: readonly string[];
  /** Whether an allowed host may be at a loopback, private or link-local address. */
  readonly allowPrivateNetwork: boolean;
}

/** A provider's allowance: at most `limit` requests in any `windowMs` milliseconds for everybody who shares `key`. */
export interface Quota {
  /** What the provider counts by, such as a client id; it is hashed before it is kept. */
  readonly key: string;
  /** What the caller sees it called, such as "requests per client". */
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
}

/** How much of a {@link Quota} is left. */
export interface Allowance {
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
  readonly remaining: number;
  /** When the whole limit is free again, in milliseconds since the epoch; null where nothing was used. */
  readonly resetAt: number | null;
  /** How many of our requests wait for a place. */
  readonly waiting: number;
}

/** Makes the client of one data source. */
export type CreateHttpClient = (options: HttpClientOptions) => HttpClient;
