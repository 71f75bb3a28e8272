import {
  ProviderRateLimitedError,
  ProviderRejectedError,
  ProviderResponseError,
  ProviderTimeoutError,
  ProviderUnavailableError,
  type AppError,
} from '../errors.ts';
import type { AttemptTools } from './attempts.ts';
import type { AnswerHead } from './exchange.ts';
import { createErrorMaker, type MakeError } from './make-error.ts';
import { describeNetworkFailure, isTimeout } from './network-failure.ts';
import type { ClientOwner } from './provider-failures.ts';
import type { Redact } from './redaction.ts';

/** Makes the errors of links to files. A link is a secret: only its host is ever named. */
export interface LinkFailures {
  /** The link is not opened, for what follows "handed out". */
  refused(problem: string): AppError;
  /** The link leads to a host that the data source does not list. */
  unlisted(host: string): AppError;
  /** The link leads to an address that is not public. */
  privateAddress(host: string): AppError;
  /** What can go wrong with one host. */
  at(host: string): AttemptTools<AnswerHead>['failures'];
}

/** Given whose links they are and what must not be repeated, return what makes their errors. */
export function createLinkFailures(owner: ClientOwner, redact: Redact): LinkFailures {
  const { source, providerName: provider = owner.provider } = owner;
  const make = createErrorMaker(owner, redact);
  const refused = (problem: string) => make(ProviderResponseError, `${provider} handed out ${problem}.`);

  return {
    refused,
    unlisted: (host) =>
      refused(
        `a link to ${host}, which downloadHosts of data source "${source}" does not list; list it there if files may come from it`,
      ),
    privateAddress: (host) =>
      refused(
        `a link to ${host}, which is at a loopback, private or otherwise not public address; ` +
          `if it is meant to be, set allowPrivateNetwork of data source "${source}"`,
      ),
    at: (host) => {
      const place = `${host}, where ${provider} keeps the file,`;
      return {
        status: createStatusFailure(make, { host, place, provider }),
        network: (cause, retryAfterMs) => {
          const words = describeNetworkFailure(cause);
          return isTimeout(cause)
            ? make(ProviderTimeoutError, `${place} did not answer: ${words}.`, { cause, retryAfterMs })
            : make(ProviderUnavailableError, `${place} could not be reached: ${words}.`, { cause, retryAfterMs });
        },
        circuitOpen: (retryAfterMs, cause) => {
          const message = `${place} has failed several times in a row and is left alone for a few seconds.`;
          return make(ProviderUnavailableError, message, { retryAfterMs, cause });
        },
        quotaUsedUp: (retryAfterMs) =>
          make(ProviderRateLimitedError, `The allowance of ${host} is used up.`, { retryAfterMs }),
      };
    },
  };
}

interface Place {
  readonly host: string;
  /** The host, with what it is to us. */
  readonly place: string;
  readonly provider: string;
}

function createStatusFailure(make: MakeError, { host, place, provider }: Place) {
  const link = `the link that ${provider} handed out`;
  return ({ status }: AnswerHead, retryAfterMs: number | undefined): AppError => {
    if (status < 400) return make(ProviderResponseError, `${place} answered with a redirect (${status}) to nowhere.`);
    if (status === 408 || status >= 500) {
      return make(ProviderUnavailableError, `${place} failed on its side (${status}).`, { retryAfterMs });
    }
    if (status === 429) {
      return make(ProviderRateLimitedError, `${place} asks for fewer requests (429).`, { retryAfterMs });
    }
    if (status === 404 || status === 410) {
      return make(
        ProviderRejectedError,
        `The link to ${host} that ${provider} handed out has expired, or its file is gone (${status}).`,
      );
    }
    const isForbidden = status === 401 || status === 403;
    const hint = isForbidden ? ' The link may have expired; it is opened without any credentials.' : '';
    return make(ProviderRejectedError, `${host} refused ${link} (${status}).${hint}`);
  };
}
