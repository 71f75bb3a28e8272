/** Response headers, names in lower case. */
export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** What a provider says about its own counting; a member it does not state is absent. */
export interface StatedAllowance {
  readonly limit?: number;
  readonly remaining?: number;
  /** Milliseconds since the epoch. */
  readonly resetAt?: number;
}

// Smaller numbers are seconds from now, larger ones a point in time.
const EARLIEST_EPOCH_SECONDS = 1_000_000_000;

/** Given an answer's headers, return what `RateLimit-*` or `X-RateLimit-*` say. */
export function toStatedAllowance(headers: ResponseHeaders, now: number): StatedAllowance {
  const read = (name: string) => toNumber(headers[`ratelimit-${name}`] ?? headers[`x-ratelimit-${name}`]);
  const limit = read('limit');
  const remaining = read('remaining');
  const reset = read('reset');
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(reset !== undefined && {
      resetAt: reset >= EARLIEST_EPOCH_SECONDS ? Math.max(now, reset * 1000) : now + reset * 1000,
    }),
  };
}

/** Given an answer that may be retried, return how many milliseconds its sender asks to wait; undefined if it does not say. */
export function toRequestedWaitMs(status: number, headers: ResponseHeaders, now: number): number | undefined {
  const retryAfter = toRetryAfterMs(headers['retry-after'], now);
  if (retryAfter !== undefined) return retryAfter;
  const { remaining = 0, resetAt } = toStatedAllowance(headers, now);
  // Many providers send the reset with every answer: a 503 with requests to spare is not about the allowance.
  const isAboutAllowance = status === 429 || remaining === 0;
  return resetAt === undefined || !isAboutAllowance ? undefined : resetAt - now;
}

function toRetryAfterMs(header: string | string[] | undefined, now: number): number | undefined {
  const seconds = toNumber(header);
  if (seconds !== undefined) return seconds * 1000;
  const text = first(header);
  // Date.parse reads "-5" and other scraps as years; an HTTP date always names its day.
  if (text === undefined || !/^[A-Za-z]{3}/.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function toNumber(header: string | string[] | undefined): number | undefined {
  const text = first(header)?.trim();
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
