import type { ApolloServerPlugin } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import type { GraphQLContext } from './context.ts';

/** Mistakes in an operation that arrived as it should: the request itself has succeeded. */
const MISTAKES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'RESULT_TOO_LARGE',
]);
/** Of variables, once there is a document; before, it is a mistake in the request. */
const IN_VARIABLES = 'BAD_USER_INPUT';

/**
 * Answers an operation that cannot be executed with 200 where the caller knows `application/json` alone: there, says the draft of GraphQL over HTTP,
 * a status other than 200 need not come from us, and clients may not read the body. Who knows `application/graphql-response+json` gets 400.
 */
export const statusByMediaType: ApolloServerPlugin<GraphQLContext> = {
  requestDidStart: async () => ({
    async willSendResponse({ request, document, operation, response: { body, http } }) {
      if (http.status !== 400 || body.kind !== 'single' || operation?.operation === OperationTypeNode.SUBSCRIPTION)
        return;
      if (request.http?.headers.get('accept')?.includes('application/graphql-response+json')) return;
      const { errors = [] } = body.singleResult;
      const isMistake = (code: unknown) => MISTAKES.has(code) || (code === IN_VARIABLES && document !== undefined);
      if (errors.every(({ extensions }) => isMistake(extensions?.['code']))) http.status = 200;
    },
  }),
};
