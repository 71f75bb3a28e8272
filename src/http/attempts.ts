import type { Clock, Deadline } from '../analytics/deadline.ts';
import { AppError } from '../errors.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { AnswerHead } from './exchange.ts';
import type { SharedDeadline } from './in-flight.ts';
import { describeNetworkFailure } from './network-failure.ts';
import type { ProviderFailures } from './provider-failures.ts';
import type { QuotaGate } from './quotas.ts';
import { toRequestedWaitMs, toStatedAllowance } from './rate-limit-headers.ts';
import type { MadeRequest, RequestLog } from './request-log.ts';

/** One request, and what is an answer to it. */
export interface Call<Answer extends AnswerHead> extends Pick<MadeRequest, 'method' | 'url'> {
  /** Whether sending it twice does no harm. */
  readonly isRepeatable: boolean;
  /** Get what one attempt needs, and return what makes the attempt. */
  ready(deadline: Deadline): Promise<(signal: AbortSignal) => Promise<Answer>>;
  /** It was answered with a 401. Resolve with whether to send it once more. */
  renew(deadline: Deadline): Promise<boolean>;
  isAnswered(answer: Answer): boolean;
}

/** What a client hands to each of its calls. */
export interface AttemptTools<Answer extends AnswerHead> {
  readonly clock: Clock;
  readonly gate: QuotaGate;
  readonly breaker: CircuitBreaker;
  readonly failures: Pick<ProviderFailures, 'network' | 'circuitOpen' | 'quotaUsedUp'> & {
    /** There was something else than an answer. */
    status(answer: Answer, retryAfterMs: number | undefined): AppError;
  };
  readonly log: RequestLog;
  /** Longest that one attempt may take, in milliseconds; absent where only the deadline counts. */
  readonly timeoutMs?: number | undefined;
}

const MAX_ATTEMPTS = 4;
const BACK_OFF_MS = 200;
const MAX_BACK_OFF_MS = 5_000;
const RETRIED_STATUSES: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);

/** Make a call until it is answered for good; throws what its last attempt means if there is no answer. */
export async function sendWithRetries<Answer extends AnswerHead>(
  call: Call<Answer>,
  deadline: SharedDeadline,
  tools: AttemptTools<Answer>,
): Promise<Answer> {
  const { clock, failures } = tools;
  let lastError: AppError | undefined;
  for (let attempt = 1; ; attempt++) {
    const result = await attemptWithRenewal({ call, attempt, deadline, lastError }, tools);
    if ('answer' in result && call.isAnswered(result.answer)) return result.answer;

    const waitMs = toWaitMs(result, attempt, clock.now());
    const error =
      'answer' in result
        ? failures.status(result.answer, isRetried(result) ? waitMs : undefined)
        : failures.network(result.networkError, waitMs);
    if (!isRetried(result) || !call.isRepeatable || attempt === MAX_ATTEMPTS) throw error;
    deadline.waitUntil(clock.now() + waitMs, () => error);
    await clock.sleep(waitMs, deadline.signal);
    lastError = error;
  }
}

type AttemptResult<Answer> = { readonly answer: Answer } | { readonly networkError: unknown };

interface Attempt<Answer extends AnswerHead> {
  readonly call: Call<Answer>;
  readonly attempt: number;
  readonly deadline: SharedDeadline;
  readonly lastError: AppError | undefined;
}

/** A 401 did nothing, whatever the method: with other credentials the request may be sent at once. */
async function attemptWithRenewal<Answer extends AnswerHead>(
  attempt: Attempt<Answer>,
  tools: AttemptTools<Answer>,
): Promise<AttemptResult<Answer>> {
  const result = await attemptOnce(attempt, tools);
  const isRefused = 'answer' in result && result.answer.status === 401;
  return isRefused && (await attempt.call.renew(attempt.deadline)) ? attemptOnce(attempt, tools) : result;
}

async function attemptOnce<Answer extends AnswerHead>(
  { call, attempt, deadline, lastError }: Attempt<Answer>,
  tools: AttemptTools<Answer>,
): Promise<AttemptResult<Answer>> {
  const { clock, gate, breaker, log } = tools;
  assertHostIsTried(tools, lastError);
  // Before the turn comes: a turn that waits for a token would be used when the provider counts it as the next one's.
  const send = await call.ready(deadline);
  await gate.admit(deadline, tools.failures.quotaUsedUp);
  // It may have been given up while we queued or fetched credentials, by everybody or because of its host.
  deadline.signal.throwIfAborted();
  assertHostIsTried(tools, lastError);

  const end = breaker.begin();
  const startedAt = clock.now();
  const made = () => ({ method: call.method, url: call.url, attempt, ms: clock.now() - startedAt });
  try {
    const answer = await send(toSignal(deadline, tools.timeoutMs));
    end(GATEWAY_STATUSES.has(answer.status) ? 'failed' : 'answered');
    log({ ...made(), status: answer.status });
    gate.correct(toCorrection(answer, clock.now()));
    return { answer };
  } catch (error) {
    const isOurs = deadline.signal.aborted || isMistake(error);
    end(isOurs ? 'abandoned' : 'failed');
    log({ ...made(), failure: deadline.signal.aborted ? 'nobody waits any more' : describe(error) });
    if (isOurs) throw error;
    return { networkError: error };
  }
}

function toSignal(deadline: Deadline, timeoutMs: number | undefined): AbortSignal {
  return timeoutMs === undefined ? deadline.signal : AbortSignal.any([deadline.signal, AbortSignal.timeout(timeoutMs)]);
}

function describe(error: unknown): string {
  return error instanceof AppError ? error.message : describeNetworkFailure(error);
}

function assertHostIsTried<Answer extends AnswerHead>(
  { breaker, failures }: AttemptTools<Answer>,
  lastError: AppError | undefined,
): void {
  const retryAfterMs = breaker.retryAfterMs();
  if (retryAfterMs !== null) throw failures.circuitOpen(retryAfterMs, lastError);
}

function isRetried(result: AttemptResult<AnswerHead>): boolean {
  return 'networkError' in result || RETRIED_STATUSES.has(result.answer.status);
}

function toWaitMs(result: AttemptResult<AnswerHead>, attempt: number, now: number): number {
  const requested = 'answer' in result ? toAskedWaitMs(result.answer, now) : undefined;
  const backOffMs = Math.min(MAX_BACK_OFF_MS, BACK_OFF_MS * 2 ** (attempt - 1));
  return requested ?? backOffMs * (0.5 + Math.random() / 2);
}

function toAskedWaitMs({ status, headers, statedWaitMs }: AnswerHead, now: number): number | undefined {
  return statedWaitMs ?? toRequestedWaitMs(status, headers, now);
}

/** A 429 that says how long to wait leaves nothing for anybody else in the queue either. */
function toCorrection(answer: AnswerHead, now: number) {
  const stated = toStatedAllowance(answer.headers, now);
  const waitMs = answer.status === 429 ? toAskedWaitMs(answer, now) : undefined;
  return waitMs === undefined ? stated : { ...stated, remaining: 0, resetAt: now + waitMs };
}

/** Whether the request was not even sent, such as for a line break in a header or a host that is not to be called. */
function isMistake(error: unknown): boolean {
  if (error instanceof AppError) return true;
  return error instanceof Error && 'code' in error && error.code === 'UND_ERR_INVALID_ARG';
}
