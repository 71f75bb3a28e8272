import { defineConfig } from '@graphql-hive/gateway';

export const gatewayConfig = defineConfig({
  host: '127.0.0.1',
  port: Number(process.env['GATEWAY_PORT'] ?? 4003),
  // Tributary checks the caller's key, and nobody else gets it. The parameters of a caller's WebSocket are among these headers.
  propagateHeaders: {
    fromClientToSubgraphs: ({ subgraphName, context: { headers } }) =>
      subgraphName === 'tributary' ? { authorization: headers['authorization'] } : undefined,
  },
  // Tributary tells of exports over WebSockets: one for each key, which is in the parameters of the connection.
  transportEntries: {
    tributary: {
      options: {
        subscriptions: {
          kind: 'ws',
          location: '/graphql',
          options: { connectionParams: { authorization: '{context.headers.authorization}' } },
        },
      },
    },
  },
  // By @cost and @listSize of the schema, summed over the requests to subgraphs; told beside each answer.
  demandControl: { maxCost: 10_000, includeExtensionMetadata: true },
});
