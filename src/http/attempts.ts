import type { Dispatcher } from 'undici';
import type { Clock } from '../analytics/deadline.ts';
import { AppError } from '../errors.ts';
import type { CallEnd, CircuitBreaker } from './circuit-breaker.ts';
import { exchange, type PreparedRequest, type ProviderAnswer } from './exchange.ts';
import type { SharedDeadline } from './in-flight.ts';
import { describeNetworkFailure } from './network-failure.ts';
import type { ProviderFailures } from './provider-failures.ts';
import type { QuotaGate } from './quotas.ts';
import { toRequestedWaitMs, toStatedAllowance } from './rate-limit-headers.ts';
import type { RequestLog } from './request-log.ts';

/** What a client hands to each of its requests. */
export interface AttemptTools {
  readonly clock: Clock;
  readonly dispatcher: Dispatcher;
  readonly gate: QuotaGate;
  readonly breaker: CircuitBreaker;
  readonly failures: ProviderFailures;
  readonly log: RequestLog;
  readonly maxBodyBytes: number;
  /** Longest that one attempt may take, in milliseconds; absent where only the deadline counts. */
  readonly timeoutMs?: number | undefined;
}

const MAX_ATTEMPTS = 4;
const BACK_OFF_MS = 200;
const MAX_BACK_OFF_MS = 5_000;
const RETRIED_STATUSES: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);

/** Send a request until it is answered for good and return the answer if it is a 2xx; throws what the answer means if not. */
export async function sendWithRetries(
  request: PreparedRequest,
  deadline: SharedDeadline,
  tools: AttemptTools,
): Promise<ProviderAnswer> {
  const { clock, failures, breaker } = tools;
  let lastError: AppError | undefined;
  for (let attempt = 1; ; attempt++) {
    assertHostIsTried(tools, lastError);
    await tools.gate.admit(deadline, failures.quotaUsedUp);
    // It may have been given up while we queued.
    assertHostIsTried(tools, lastError);
    const result = await attemptOnce({ request, attempt, deadline, end: breaker.begin() }, tools);
    if ('answer' in result && result.answer.status < 300) return result.answer;

    const waitMs = toWaitMs(result, attempt, clock.now());
    const error =
      'answer' in result
        ? failures.status(result.answer, isRetried(result) ? waitMs : undefined)
        : failures.network(result.networkError, waitMs);
    if (!isRetried(result) || !request.isRepeatable || attempt === MAX_ATTEMPTS) throw error;
    deadline.waitUntil(clock.now() + waitMs, () => error);
    await clock.sleep(waitMs, deadline.signal);
    lastError = error;
  }
}

type AttemptResult = { readonly answer: ProviderAnswer } | { readonly networkError: unknown };

interface Attempt {
  readonly request: PreparedRequest;
  readonly attempt: number;
  readonly deadline: SharedDeadline;
  readonly end: (end: CallEnd) => void;
}

async function attemptOnce({ request, attempt, deadline, end }: Attempt, tools: AttemptTools): Promise<AttemptResult> {
  const { clock, gate, log, timeoutMs } = tools;
  const startedAt = clock.now();
  const made = () => ({ method: request.method, url: request.url, attempt, ms: clock.now() - startedAt });
  const timeout = timeoutMs === undefined ? [] : [AbortSignal.timeout(timeoutMs)];
  try {
    const signal = AbortSignal.any([deadline.signal, ...timeout]);
    const answer = await exchange(request, { dispatcher: tools.dispatcher, signal, maxBodyBytes: tools.maxBodyBytes });
    end(GATEWAY_STATUSES.has(answer.status) ? 'failed' : 'answered');
    log({ ...made(), status: answer.status });
    gate.correct(toCorrection(answer, clock.now()));
    return { answer };
  } catch (error) {
    const isOurs = deadline.signal.aborted || isMistake(error);
    end(isOurs ? 'abandoned' : 'failed');
    log({ ...made(), failure: deadline.signal.aborted ? 'nobody waits any more' : describeNetworkFailure(error) });
    if (isOurs) throw error;
    return { networkError: error };
  }
}

function assertHostIsTried({ breaker, failures }: AttemptTools, lastError: AppError | undefined): void {
  const retryAfterMs = breaker.retryAfterMs();
  if (retryAfterMs !== null) throw failures.circuitOpen(retryAfterMs, lastError);
}

function isRetried(result: AttemptResult): boolean {
  return 'networkError' in result || RETRIED_STATUSES.has(result.answer.status);
}

function toWaitMs(result: AttemptResult, attempt: number, now: number): number {
  const requested =
    'answer' in result ? toRequestedWaitMs(result.answer.status, result.answer.headers, now) : undefined;
  const backOffMs = Math.min(MAX_BACK_OFF_MS, BACK_OFF_MS * 2 ** (attempt - 1));
  return requested ?? backOffMs * (0.5 + Math.random() / 2);
}

/** A 429 that says how long to wait leaves nothing for anybody else in the queue either. */
function toCorrection({ status, headers }: ProviderAnswer, now: number) {
  const stated = toStatedAllowance(headers, now);
  const waitMs = status === 429 ? toRequestedWaitMs(status, headers, now) : undefined;
  return waitMs === undefined ? stated : { ...stated, remaining: 0, resetAt: now + waitMs };
}

/** Whether the request could not even be sent, such as for a line break in a header. */
function isMistake(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'UND_ERR_INVALID_ARG';
}
