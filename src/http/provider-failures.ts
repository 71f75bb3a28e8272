import {
  AppError,
  InternalError,
  OperationCancelledError,
  ProviderAuthError,
  ProviderRateLimitedError,
  ProviderRejectedError,
  ProviderResponseError,
  ProviderTimeoutError,
  ProviderUnavailableError,
  type ErrorOrigin,
} from '../errors.ts';
import type { ProviderAnswer } from './exchange.ts';
import { parseJsonBody, toText } from './json-body.ts';
import { createErrorMaker } from './make-error.ts';
import { describeNetworkFailure, isTimeout } from './network-failure.ts';
import type { Redact } from './redaction.ts';

/** Makes the errors of one client: every message and cause that leaves it is redacted and names the provider. */
export interface ProviderFailures {
  /** The caller's signal aborted with this reason. */
  ended(reason: unknown): AppError;
  /** There was no answer. */
  network(error: unknown, retryAfterMs: number | undefined): AppError;
  /** There was an answer whose status is not 2xx. */
  status(answer: ProviderAnswer, retryAfterMs: number | undefined): AppError;
  /** The host is left alone for a while. */
  circuitOpen(retryAfterMs: number, cause: unknown): AppError;
  /** The allowance is used up for longer than the caller can wait. */
  quotaUsedUp(retryAfterMs: number): AppError;
  /** A 2xx answer whose body says that the question was refused. */
  rejected(explanation: string): AppError;
  /** A 2xx answer that is not what the provider documents. */
  invalid(problem: string, cause?: unknown): AppError;
  /** Anything else that was thrown on the way. */
  unexpected(error: unknown): AppError;
}

const MAX_EXPLANATION_LENGTH = 300;

type Explain = (body: unknown) => string | undefined;

/** Whose client it is, in codes and in words. */
export interface ClientOwner extends ErrorOrigin {
  /** The provider as its vendor writes it; its id where left out. */
  readonly providerName?: string;
}

/** Given whose client it is, what must not be repeated and how the provider explains itself, return what makes its errors. */
export function createProviderFailures(
  { providerName, ...origin }: ClientOwner,
  redact: Redact,
  explain?: Explain,
): ProviderFailures {
  const { source } = origin;
  const provider = providerName ?? origin.provider;
  const make = createErrorMaker(origin, redact);

  return {
    ended: (cause) =>
      isTimeout(cause)
        ? make(ProviderTimeoutError, `${provider} did not answer before the deadline.`, { cause })
        : make(OperationCancelledError, `The caller went away before ${provider} answered.`, { cause }),
    network: (cause, retryAfterMs) => {
      const words = describeNetworkFailure(cause);
      return isTimeout(cause)
        ? make(ProviderTimeoutError, `${provider} did not answer: ${words}.`, { cause, retryAfterMs })
        : make(ProviderUnavailableError, `${provider} could not be reached: ${words}.`, { cause, retryAfterMs });
    },
    status: (answer, retryAfterMs) => {
      const { status } = answer;
      if (status < 400) return make(ProviderResponseError, describeRedirect(provider, answer));
      if (status === 408) {
        return make(ProviderUnavailableError, `${provider} gave up on the request (408).`, { retryAfterMs });
      }
      if (status >= 500) {
        return make(ProviderUnavailableError, `${provider} failed on its side (${status}).`, { retryAfterMs });
      }
      const reason = `(${status})${toExplanation(answer, redact, explain)}.`;
      if (status === 401 || status === 403) {
        const refusal = `${provider} refused the credentials of data source "${source}" ${reason}`;
        const hint = "These are the credentials in this server's configuration, not yours.";
        return make(ProviderAuthError, `${refusal} ${hint}`);
      }
      if (status === 429) {
        return make(ProviderRateLimitedError, `${provider} asks for fewer requests ${reason}`, { retryAfterMs });
      }
      return make(ProviderRejectedError, `${provider} rejected the request ${reason}`);
    },
    circuitOpen: (retryAfterMs, cause) => {
      const message = `${provider} has failed several times in a row and is left alone for a few seconds.`;
      return make(ProviderUnavailableError, message, { retryAfterMs, cause });
    },
    quotaUsedUp: (retryAfterMs) => {
      const message = `The allowance of data source "${source}" at ${provider} is used up.`;
      return make(ProviderRateLimitedError, message, { retryAfterMs });
    },
    rejected: (explanation) =>
      make(ProviderRejectedError, `${provider} rejected the request: ${toOneLine(redact(explanation))}.`),
    invalid: (problem, cause) => make(ProviderResponseError, `${provider} answered with ${problem}.`, { cause }),
    unexpected: (error) =>
      error instanceof AppError
        ? error
        : make(InternalError, `The request to ${provider} could not be made.`, { cause: error }),
  };
}

function toExplanation(answer: ProviderAnswer, redact: Redact, explain: Explain = () => undefined): string {
  const json = parseJsonBody(answer);
  try {
    const explanation = explain('value' in json ? json.value : toText(answer));
    return explanation ? `: ${toOneLine(redact(explanation))}` : '';
  } catch {
    // An error answer may have any shape; one that `explain` did not foresee explains nothing.
    return '';
  }
}

function describeRedirect(provider: string, { status, headers }: ProviderAnswer): string {
  const { location } = headers;
  const target = typeof location === 'string' ? ` to ${toOneLine(location.replace(/[?#].*/s, ''))}` : '';
  return `${provider} answered with a redirect (${status})${target}, which is not followed. Check the base URL.`;
}

/** A provider's own words, fit for one line of ours, without what a terminal would obey. */
function toOneLine(text: string): string {
  const line = text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/\.$/, '');
  return line.length <= MAX_EXPLANATION_LENGTH ? line : `${line.slice(0, MAX_EXPLANATION_LENGTH - 1)}…`;
}
