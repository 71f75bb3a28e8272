import { cacheExchange, Client, fetchExchange, subscriptionExchange } from '@urql/core';
import type { Sink } from 'graphql-ws';
import { createSubscriptionClient } from './subscription-client.ts';

/** Where to ask, and how. */
export interface UrqlOptions {
  readonly url: string;
  readonly apiKey?: string;
  /** The platform's where left out. */
  readonly fetch?: typeof fetch;
}

/** Return a client with a document cache. */
export function createUrqlClient({ url, apiKey, fetch }: UrqlOptions): Client {
  const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const socket = createSubscriptionClient({ url, ...(apiKey !== undefined && { apiKey }) });
  return new Client({
    url,
    ...(fetch && { fetch }),
    // Without a header that a page of another origin cannot set, a query by GET is refused.
    fetchOptions: { headers: { ...headers, 'apollo-require-preflight': 'true' } },
    preferGetMethod: 'within-url-limit',
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables = {} }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe({ query, variables }, sink as Sink),
          }),
        }),
      }),
    ],
  });
}
