import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

interface Context {
  readonly authorization?: string | undefined;
}

const [supergraph = 'supergraph.graphql'] = process.argv.slice(2);
const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(supergraph, 'utf8'),
  buildService: ({ name, url }) =>
    new RemoteGraphQLDataSource<Context>({
      ...(url !== undefined && { url }),
      willSendRequest({ request, context: { authorization } }) {
        // Tributary checks the caller's key, and nobody else gets it.
        if (name === 'tributary' && authorization !== undefined)
          request.http?.headers.set('authorization', authorization);
      },
    }),
});
const server = new ApolloServer<Context>({ gateway, includeStacktraceInErrorResponses: false });
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: Number(process.env['GATEWAY_PORT'] ?? 4003) },
  context: async ({ req }) => ({ authorization: req.headers.authorization }),
});
console.log(`The gateway is at ${url}`);
