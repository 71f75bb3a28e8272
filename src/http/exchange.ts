import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import { request, type Dispatcher } from 'undici';
import type { HttpClientOptions } from '../analytics/http-client.ts';
import type { ResponseHeaders } from './rate-limit-headers.ts';
import { withStatedOutcome } from './stated-outcome.ts';

/** A request with everything decided, ready to be sent any number of times. */
export interface PreparedRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Whether sending it twice does no harm. */
  readonly isRepeatable: boolean;
}

/** What is known of an answer before its body. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** How long the body asks to wait, in milliseconds; absent where it says nothing of it. */
  readonly statedWaitMs?: number;
}

/** What came back, decompressed. */
export interface ProviderAnswer extends AnswerHead {
  /** Empty unless `bodyState` is `whole`. */
  readonly body: Buffer;
  readonly bodyState: 'whole' | 'too-large' | 'undecodable';
}

/** An answer whose body is still to come where it is one of success. */
export interface OpenedAnswer extends ProviderAnswer {
  /** As it comes; null where the status is none of success: then `body` is there. */
  readonly file: Readable | null;
}

/** What an exchange needs besides the request. */
export interface ExchangeOptions {
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
  /** Most bytes of a body, before and after decompression. */
  readonly maxBodyBytes: number;
  /** See {@link HttpClientOptions.outcomeIn}. */
  readonly outcomeIn: HttpClientOptions['outcomeIn'];
}

/** The encodings that {@link exchange} undoes. */
export const ACCEPTED_ENCODINGS = 'gzip, br';

const DECODERS = { gzip: promisify(gunzip), br: promisify(brotliDecompress) };
const EMPTY = Buffer.alloc(0);

/** Send one request once and return the whole answer; throws undici's errors, or the signal's reason. */
export async function exchange(prepared: PreparedRequest, options: ExchangeOptions): Promise<ProviderAnswer> {
  return collect(await send(prepared, options), options);
}

/** Send one request once and return its answer as soon as its body begins; throws the same. */
export async function openExchange(prepared: PreparedRequest, options: ExchangeOptions): Promise<OpenedAnswer> {
  const opened = await send(prepared, options);
  const { statusCode: status, headers, body } = opened;
  if (status >= 300) return { ...(await collect(opened, options)), file: null };
  // Whoever reads gets the failure; until then nobody listens, and Node would end the process.
  body.on('error', () => {});
  return { status, headers, body: EMPTY, bodyState: 'whole', file: body };
}

function send({ url, method, headers, body }: PreparedRequest, { dispatcher, signal }: ExchangeOptions) {
  return request(url, { dispatcher, signal, method, headers, body });
}

async function collect(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  { maxBodyBytes, outcomeIn }: ExchangeOptions,
): Promise<ProviderAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the body, and with it the connection that would have gone on sending.
    if (size > maxBodyBytes) return { status: statusCode, headers, body: EMPTY, bodyState: 'too-large' };
    chunks.push(chunk);
  }
  const decoded = await decode(Buffer.concat(chunks), headers, maxBodyBytes);
  return withStatedOutcome({ status: statusCode, headers, ...decoded }, outcomeIn);
}

async function decode(
  raw: Buffer,
  headers: ResponseHeaders,
  maxOutputLength: number,
): Promise<Pick<ProviderAnswer, 'body' | 'bodyState'>> {
  const encoding = String(headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding === 'identity' || raw.length === 0) return { body: raw, bodyState: 'whole' };
  if (encoding !== 'gzip' && encoding !== 'br') return { body: EMPTY, bodyState: 'undecodable' };
  try {
    return { body: await DECODERS[encoding](raw, { maxOutputLength }), bodyState: 'whole' };
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return { body: EMPTY, bodyState: isTooLarge ? 'too-large' : 'undecodable' };
  }
}
