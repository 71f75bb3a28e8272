import { createClient, type Client, type ClientOptions } from 'graphql-ws';

/** Where to subscribe, and who does. */
export interface SubscriptionOptions extends Omit<ClientOptions, 'url'> {
  /** The address of GraphQL over HTTP. */
  readonly url: string;
  readonly apiKey?: string;
}

/** Return a client for subscriptions. It opens its socket with the first of them and closes it after the last. */
export function createSubscriptionClient({ url, apiKey, ...options }: SubscriptionOptions): Client {
  return createClient({
    url: url.replace(/^http/, 'ws'),
    // A browser cannot set headers on a WebSocket, so the key goes with the first message.
    connectionParams: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    // A server that is started anew accepts no connections for a moment. A key that is refused ends it all the same.
    shouldRetry: () => true,
    ...options,
  });
}
