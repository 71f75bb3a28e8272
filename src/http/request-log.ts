import type { ErrorOrigin } from '../errors.ts';
import type { Redact } from './redaction.ts';

/** Where the lines go; a pino logger fits. */
export interface Log {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** One request that was made, answered or not. */
export interface MadeRequest {
  readonly method: string;
  readonly url: URL;
  readonly attempt: number;
  readonly ms: number;
  /** Absent where there was no answer. */
  readonly status?: number;
  /** Why there was no answer, in words. */
  readonly failure?: string;
}

/** Writes one line for each request to a provider. */
export type RequestLog = (request: MadeRequest) => void;

const CREDENTIAL_NAME = /key|token|secret|password|signature|auth|credential/i;

/** What must not be written of a request. */
export interface Withheld {
  readonly redact: Redact;
  /** Names of query parameters whose values are about people. */
  readonly personalParameters: readonly string[];
}

/** Given where lines go and whose requests these are, return what writes them: never a header, a body, a credential or who is asked about. */
export function createRequestLog(log: Log, origin: ErrorOrigin, { redact, personalParameters }: Withheld): RequestLog {
  const write = createWriter(log, origin, redact);
  return (request) => write(request, { path: redact(toLoggedPath(request.url, personalParameters)) });
}

/** Given the same, return what writes a line for each file that was fetched: of its link, which is a secret, only the host. */
export function createDownloadLog(log: Log, origin: ErrorOrigin, redact: Redact): RequestLog {
  const write = createWriter(log, origin, redact);
  return (request) => write(request, { host: request.url.host });
}

function createWriter(log: Log, { source, provider }: ErrorOrigin, redact: Redact) {
  return ({ method, attempt, ms, status, failure }: MadeRequest, target: object): void => {
    const fields = {
      source,
      provider,
      method,
      ...target,
      attempt,
      ms,
      ...(status !== undefined && { status }),
      ...(failure !== undefined && { failure: redact(failure) }),
    };
    const isFine = status !== undefined && status < 400;
    if (isFine) log.debug(fields, 'provider request');
    else log.warn(fields, 'provider request failed');
  };
}

function toLoggedPath(url: URL, personalParameters: readonly string[]): string {
  const query = new URLSearchParams(url.search);
  for (const name of new Set(query.keys())) {
    if (CREDENTIAL_NAME.test(name) || personalParameters.includes(name)) query.set(name, 'redacted');
  }
  return query.size > 0 ? `${url.pathname}?${query.toString()}` : url.pathname;
}
