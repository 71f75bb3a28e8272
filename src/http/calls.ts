import type { Dispatcher } from 'undici';
import type { HttpClientOptions, HttpRequest } from '../analytics/http-client.ts';
import type { Call } from './attempts.ts';
import type { Credentials } from './credentials.ts';
import {
  exchange,
  openExchange,
  type AnswerHead,
  type OpenedAnswer,
  type PreparedRequest,
  type ProviderAnswer,
} from './exchange.ts';
import { lowerCased, prepareRequest } from './prepare-request.ts';

/** What the calls of one client have in common. */
export interface CallOptions extends Pick<HttpClientOptions, 'baseUrl'> {
  readonly credentials: Credentials;
  readonly dispatcher: Dispatcher;
  readonly maxBodyBytes: number;
  readonly outcomeIn: HttpClientOptions['outcomeIn'];
}

/** Makes the calls of one client. */
export interface Calls {
  /** Decide everything about a request but credentials that change. */
  prepare(request: HttpRequest): PreparedRequest;
  /** A call whose answer is read whole; `answers` are statuses besides 2xx that are answers too. */
  whole(prepared: PreparedRequest, answers?: readonly number[]): Call<ProviderAnswer>;
  /** A call whose answer is read as it comes: the signal ends its body, too. */
  opened(prepared: PreparedRequest, signal: AbortSignal): Call<OpenedAnswer>;
}

/** Given what a client's calls have in common, return what makes them. */
export function createCalls({ baseUrl, credentials, dispatcher, maxBodyBytes, outcomeIn }: CallOptions): Calls {
  const toCall = <Answer extends AnswerHead>(
    prepared: PreparedRequest,
    answers: readonly number[],
    attempt: (prepared: PreparedRequest, signal: AbortSignal) => Promise<Answer>,
  ): Call<Answer> => {
    const own = credentials.of(prepared);
    return {
      ...prepared,
      ready: async (deadline) => {
        const headers = { ...prepared.headers, ...lowerCased(await own.headers(deadline)) };
        return (signal) => attempt({ ...prepared, headers }, signal);
      },
      renew: own.renew,
      isAnswered: ({ status }) => status < 300 || answers.includes(status),
    };
  };
  const options = { dispatcher, maxBodyBytes, outcomeIn };
  return {
    prepare: (request) => prepareRequest(request, { baseUrl, headers: credentials.fixed }),
    whole: (prepared, answers = []) =>
      toCall(prepared, answers, (made, signal) => exchange(made, { ...options, signal })),
    opened: (prepared, ending) =>
      toCall(prepared, [], (made, signal) =>
        openExchange(made, { ...options, signal: AbortSignal.any([signal, ending]) }),
      ),
  };
}
