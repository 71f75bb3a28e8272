import type { ApolloServerPlugin, GraphQLRequest, HeaderMap } from '@apollo/server';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { createCachePolicies } from './cache-policy.ts';
import type { GraphQLContext } from './context.ts';

const NOT_KEPT = 'no-store';

/**
 * Says in `Cache-Control` how long an answer may be kept, and by whom: what the schema's `@cacheControl` allows, of answers that lack nothing. By POST
 * the same is said, which no cache on the way acts on (RFC 9110, section 9.3.3), but a router that asks us does.
 */
export function createCacheControlPlugin(schema: GraphQLSchema): ApolloServerPlugin<GraphQLContext> {
  const policyOf = createCachePolicies(schema);
  const toHeader = (operation: AnsweredOperation): string => {
    const { maxAge, isPrivate } = policyOf(operation.document, operation.operation);
    const isForCaller = isPrivate || namesItself(operation.request.http?.headers);
    return maxAge === 0 ? NOT_KEPT : `max-age=${maxAge}, ${isForCaller ? 'private' : 'public'}`;
  };
  return {
    requestDidStart: async () => ({
      async willSendResponse({ request, document, operation, response: { body, http }, contextValue }) {
        const isWhole = body.kind === 'single' && !body.singleResult.errors && !contextValue.reports.hasProblems();
        const header = document && operation && isWhole ? toHeader({ request, document, operation }) : NOT_KEPT;
        http.headers.set('cache-control', header);
      },
    }),
  };
}

interface AnsweredOperation {
  readonly request: GraphQLRequest;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** Whether the caller has said who it is: by its key, or to somebody on the way. */
function namesItself(headers: HeaderMap | undefined): boolean {
  return headers?.has('authorization') === true || headers?.has('cookie') === true;
}
