import { GraphQLClient } from 'graphql-request';
import { createClient, type Client } from 'graphql-ws';

/** Where the server is, and who asks. */
export interface ConnectionOptions {
  /** The address of its GraphQL. */
  readonly url: string;
  /** An API key; left out where the server has none. */
  readonly apiKey?: string | undefined;
}

/** The two ways to ask: over HTTP, and over a WebSocket for what is told as it happens. */
export interface Connection {
  readonly http: GraphQLClient;
  /** Opens its socket with the first subscription and closes it after the last. */
  readonly socket: Client;
}

/** Given where the server is, return what asks it. Nothing is sent yet. */
export function createConnection({ url, apiKey }: ConnectionOptions): Connection {
  const key = apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` };
  return {
    http: new GraphQLClient(url, { headers: key }),
    // A browser cannot set headers on a WebSocket, so the key goes with the first message.
    socket: createClient({
      url: url.replace(/^http/, 'ws'),
      connectionParams: key,
      // A server that is started anew accepts no connections for a moment. A key that is refused ends it all the same.
      shouldRetry: () => true,
    }),
  };
}
