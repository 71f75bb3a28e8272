import { Readable } from 'node:stream';
import type { Clock, Deadline } from '../analytics/deadline.ts';
import type { HttpClientOptions, HttpRequest, WholeFile } from '../analytics/http-client.ts';
import { AppError } from '../errors.ts';
import { sendWithRetries, type AttemptTools } from './attempts.ts';
import { hiddenFailure } from './body-reader.ts';
import type { Calls } from './calls.ts';
import type { OpenedAnswer, ProviderAnswer } from './exchange.ts';
import { readFileStart } from './file-start.ts';
import { createInFlight } from './in-flight.ts';
import type { ProviderFailures } from './provider-failures.ts';
import { orThrow, translated } from './translated-body.ts';
import { asSent, isUnpackFailure } from './unpack.ts';

/** What asking for files needs of a client. */
export interface FileRequestTools {
  readonly clock: Clock;
  readonly calls: Pick<Calls, 'prepare' | 'opened'>;
  readonly attempts: AttemptTools<ProviderAnswer>;
  readonly failures: ProviderFailures;
  readonly failureIn: HttpClientOptions['failureIn'];
}

/** Given a client's tools, return what asks for files: answers that are kept as they are. */
export function createFileRequests(tools: FileRequestTools) {
  const { clock, calls, attempts, failures } = tools;
  const opened = createInFlight<OpenedAnswer>(clock, failures.ended);
  return async (request: HttpRequest, deadline: Deadline): Promise<WholeFile> => {
    const prepared = calls.prepare(asKept(request));
    // Every caller reads a body of their own.
    const { headers, file } = await opened.share(null, deadline, (shared) =>
      sendWithRetries<OpenedAnswer>(calls.opened(prepared, deadline.signal), shared, attempts),
    );
    const toError = (error: unknown): AppError => {
      if (deadline.signal.aborted) return failures.ended(deadline.signal.reason);
      if (error instanceof AppError) return error;
      if (isUnpackFailure(error)) return failures.invalid('a compressed body that cannot be decompressed');
      return failures.network(error, undefined);
    };
    const start = await orThrow(
      () => readFileStart(translated(asSent(file ?? Readable.from([]), headers), toError)),
      toError,
    );
    if (start.kind === 'FILE') return { body: start.body, size: toSize(headers) };
    throw toRefusal(start, tools);
  };
}

/** Whatever the way would gain by compression, the bytes are wanted as they are. */
function asKept(request: HttpRequest): HttpRequest {
  return { ...request, headers: { ...request.headers, 'accept-encoding': 'identity' } };
}

function toRefusal(
  start: { readonly kind: 'MARKUP' } | { readonly kind: 'JSON'; readonly value: unknown },
  { failures, failureIn }: FileRequestTools,
): AppError {
  if (start.kind === 'MARKUP') return failures.invalid('markup instead of a file');
  const failure = hiddenFailure(start.value, failureIn);
  return failure === undefined ? failures.invalid('JSON instead of a file') : failures.rejected(failure);
}

function toSize({ 'content-encoding': encoding, 'content-length': length }: OpenedAnswer['headers']): number | null {
  if (encoding !== undefined && encoding !== 'identity') return null;
  return typeof length === 'string' && /^\d{1,15}$/.test(length) ? Number(length) : null;
}
