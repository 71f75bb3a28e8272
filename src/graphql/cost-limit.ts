import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { GraphQLContext } from './context.ts';
import { createOperationCosts, type AskedOperation } from './operation-cost.ts';

/** Refuses an operation: throws where it costs more than what may be asked at once. */
export type CostLimit = (asked: AskedOperation) => void;

/** Given a schema and the most that an operation of it may cost, return what holds operations to it. */
export function createCostLimit(schema: GraphQLSchema, limit: number): CostLimit {
  const costOf = createOperationCosts(schema);
  const message =
    `The operation costs more than ${limit.toLocaleString('en')}, which is the most that one may cost here: each object costs 1, a question 20, and lists ` +
    'multiply what is in them. Ask for fewer lists in one another, or for less of each with "first".';
  return (asked) => {
    if (costOf(asked, limit) <= limit) return;
    throw new GraphQLError(message, { extensions: { code: 'RESULT_TOO_LARGE', http: { status: 400 } } });
  };
}

/** Holds what comes by GET and POST to a limit. */
export function createCostLimitPlugin(checkCost: CostLimit): ApolloServerPlugin<GraphQLContext> {
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ document, operation, request: { variables = {} } }) {
        if (operation) checkCost({ document, operation, variables });
      },
    }),
  };
}
