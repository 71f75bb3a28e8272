import type { ErrorCode } from '../../src/errors.ts';
import { answerHtml, confuseTypes, hang, refuse, reset, stall, truncate } from '../support/faults.ts';
import type { Fault } from '../support/replay-server.ts';

/** What a provider does wrong, and what the caller must be told. */
export interface Failure {
  readonly title: string;
  readonly fault: Fault;
  readonly code: ErrorCode;
  /** How long the operation may take: short where only the deadline ends it. */
  readonly timeoutMs: number;
  /** What the provider says about when to come back. */
  readonly retryAfterMs?: number;
}

const AT_ONCE_MS = 10_000;
// Between the third attempt and the fourth, with the shortest waits: none is under way when the time is up.
const WITH_RETRIES_MS = 600;
const UNTIL_DEADLINE_MS = 400;

/** Everything a provider may do wrong, whatever it is asked. */
export const FAILURES: readonly Failure[] = [
  { title: '401', fault: refuse(401), code: 'PROVIDER_AUTH_FAILED', timeoutMs: AT_ONCE_MS },
  { title: '403', fault: refuse(403), code: 'PROVIDER_AUTH_FAILED', timeoutMs: AT_ONCE_MS },
  { title: '422', fault: refuse(422), code: 'PROVIDER_REJECTED', timeoutMs: AT_ONCE_MS },
  {
    title: '429 for a minute',
    fault: refuse(429, { 'retry-after': '60' }),
    code: 'PROVIDER_RATE_LIMITED',
    timeoutMs: AT_ONCE_MS,
    retryAfterMs: 60_000,
  },
  {
    title: '429 for nobody knows how long',
    fault: refuse(429),
    code: 'PROVIDER_RATE_LIMITED',
    timeoutMs: WITH_RETRIES_MS,
  },
  { title: '500', fault: refuse(500), code: 'PROVIDER_UNAVAILABLE', timeoutMs: AT_ONCE_MS },
  { title: '502 again and again', fault: refuse(502), code: 'PROVIDER_UNAVAILABLE', timeoutMs: WITH_RETRIES_MS },
  { title: 'HTML', fault: answerHtml, code: 'PROVIDER_RESPONSE_INVALID', timeoutMs: AT_ONCE_MS },
  { title: 'half of its JSON', fault: truncate, code: 'PROVIDER_RESPONSE_INVALID', timeoutMs: AT_ONCE_MS },
  { title: 'wrong types', fault: confuseTypes, code: 'PROVIDER_RESPONSE_INVALID', timeoutMs: AT_ONCE_MS },
  { title: 'nothing', fault: hang, code: 'PROVIDER_TIMEOUT', timeoutMs: UNTIL_DEADLINE_MS },
  { title: 'half a body and silence', fault: stall, code: 'PROVIDER_TIMEOUT', timeoutMs: UNTIL_DEADLINE_MS },
  { title: 'a dropped connection', fault: reset, code: 'PROVIDER_UNAVAILABLE', timeoutMs: WITH_RETRIES_MS },
];

/** Those of them that a file can show of which nobody knows what it must be like. */
export const FILE_FAILURES = FAILURES.filter(({ fault }) => fault !== truncate && fault !== confuseTypes);
