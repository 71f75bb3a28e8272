import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createGraphqlServer, type GraphqlServerOptions } from './apollo-server.ts';
import type { GraphQLContext } from './context.ts';
import { createCostLimit } from './cost-limit.ts';
import { createSchema, type SchemaOptions } from './schema.ts';
import { createSubscriptionHandler, type SubscriptionServices } from './subscriptions.ts';

/** What `/graphql` is answered with. */
export interface GraphqlRouteOptions extends Pick<GraphqlServerOptions, 'firstOperation'> {
  createContext(request: FastifyRequest, reply: FastifyReply): GraphQLContext;
  readonly subscriptions: Omit<SubscriptionServices, 'schema' | 'checkCost'>;
  readonly schemaOptions: SchemaOptions;
  /** The most that an operation may cost. */
  readonly costLimit: number;
}

/** `/graphql`: operations by POST and, but for mutations, by GET; subscriptions over WebSockets; Apollo Sandbox for browsers. */
export async function registerGraphql(app: FastifyInstance, options: GraphqlRouteOptions): Promise<void> {
  const schema = createSchema(options.schemaOptions);
  const checkCost = createCostLimit(schema, options.costLimit);
  const plugins = [fastifyApolloDrainPlugin(app)];
  const server = createGraphqlServer({ ...options, schema, checkCost, log: app.log, plugins });
  await server.start();
  const context = async (request: FastifyRequest, reply: FastifyReply) => options.createContext(request, reply);
  const handler = fastifyApolloHandler(server, { context });
  app.post('/graphql', handler);
  app.route({
    method: 'GET',
    url: '/graphql',
    // Answering one would ask a provider for what is not sent.
    exposeHeadRoute: false,
    handler,
    wsHandler: createSubscriptionHandler({ ...options.subscriptions, schema, checkCost }),
  });
}
