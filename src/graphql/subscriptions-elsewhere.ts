import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, OperationTypeNode } from 'graphql';
import type { GraphQLContext } from './context.ts';

const MESSAGE =
  'Subscriptions are answered over WebSockets (graphql-transport-ws) at this address, and not by GET or POST.';

/** Refuses subscriptions that come by GET or POST: executed like a query, one would fail in an unexpected way. */
export const subscriptionsElsewhere: ApolloServerPlugin<GraphQLContext> = {
  requestDidStart: async () => ({
    async didResolveOperation({ operation }) {
      if (operation?.operation === OperationTypeNode.SUBSCRIPTION) throw new GraphQLError(MESSAGE);
    },
    async willSendResponse({ operation, response }) {
      if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return;
      // By GET, Apollo Server has refused it before, and said that POST would do.
      response.http.headers.delete('allow');
      response.http.status = 400;
      response.body = {
        kind: 'single',
        singleResult: { errors: [{ message: MESSAGE, extensions: { code: 'BAD_USER_INPUT' } }] },
      };
    },
  }),
};
