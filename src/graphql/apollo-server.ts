import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { GraphQLSchema } from 'graphql';
import { createCacheControlPlugin } from './cache-control-plugin.ts';
import type { GraphQLContext } from './context.ts';
import { createCostLimitPlugin, type CostLimit } from './cost-limit.ts';
import { MOST_TOKENS } from './document-depth.ts';
import { formatError, isUnexpected } from './error-format.ts';
import { statusByMediaType } from './http-status.ts';
import { createOperationStores } from './operation-stores.ts';
import { subscriptionsElsewhere } from './subscriptions-elsewhere.ts';

/** Where unexpected failures are written; a pino logger fits. */
export interface ErrorLog {
  error(fields: object, message: string): void;
}

/** What the GraphQL server is made of. */
export interface GraphqlServerOptions {
  readonly schema: GraphQLSchema;
  readonly log: ErrorLog;
  /** The operation that Apollo Sandbox opens with. */
  readonly firstOperation: string;
  readonly checkCost: CostLimit;
  readonly plugins: readonly ApolloServerPlugin<GraphQLContext>[];
}

/** Given the schema, return the GraphQL server, not yet started. */
export function createGraphqlServer(options: GraphqlServerOptions): ApolloServer<GraphQLContext> {
  const { parsed, persisted } = createOperationStores();
  return new ApolloServer<GraphQLContext>({
    schema: options.schema,
    formatError,
    // Who may ask at all may also ask what can be asked: Sandbox and every client generator depend on it.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    maxRecursiveSelections: true,
    parseOptions: { maxTokens: MOST_TOKENS },
    documentStore: parsed,
    persistedQueries: { cache: persisted },
    plugins: [
      // It instruments every field of every point. Ours reads the document instead.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageLocalDefault({ embed: true, footer: false, document: options.firstOperation }),
      // In this order, each sees what the one before has made of the answer.
      subscriptionsElsewhere,
      createCostLimitPlugin(options.checkCost),
      statusByMediaType,
      createCacheControlPlugin(options.schema),
      createErrorPlugin(options.log),
      ...options.plugins,
    ],
  });
}

/** Names the request in every error, and writes the unexpected ones to the log, once and with their cause. */
function createErrorPlugin(log: ErrorLog): ApolloServerPlugin<GraphQLContext> {
  return {
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, contextValue: { requestId } }) => {
        for (const error of errors) {
          if (isUnexpected(error)) {
            log.error({ requestId, err: error.originalError ?? error, path: error.path }, 'unexpected failure');
          }
        }
      },
      willSendResponse: async ({ response: { body }, contextValue: { requestId } }) => {
        if (body.kind !== 'single' || !body.singleResult.errors) return;
        body.singleResult.errors = body.singleResult.errors.map((error) => ({
          ...error,
          extensions: { ...error.extensions, requestId },
        }));
      },
    }),
  };
}
