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
  const { dispatcher, signal, maxBodyBytes, outcomeIn } = options;
  const { statusCode, headers, body } = await request(prepared.url, {
    dispatcher,
    signal,
    method: prepared.method,
    headers: prepared.headers,
    body: prepared.body,
  });
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
