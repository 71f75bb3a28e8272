import type { WebsocketHandler } from '@fastify/websocket';
import type { FastifyRequest } from 'fastify';
import {
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  parse,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { MessageType, type SubscribePayload } from 'graphql-ws';
import { makeHandler } from 'graphql-ws/use/@fastify/websocket';
import { UnauthenticatedError } from '../errors.ts';
import type { GraphQLContext } from './context.ts';
import type { CostLimit } from './cost-limit.ts';
import { refuseDepth } from './document-depth.ts';
import { formatError } from './error-format.ts';

/** What subscriptions are answered with. */
export interface SubscriptionServices {
  readonly schema: GraphQLSchema;
  readonly checkCost: CostLimit;
  /**
   * Given the request that opened the connection and what the caller sent as its `Authorization` (in the header or in the connection's
   * parameters), return who it is; throws where it may not come in.
   */
  identify(request: FastifyRequest, authorization: string | undefined): string;
  createContext(request: FastifyRequest, caller: { principal: string; signal: AbortSignal }): GraphQLContext;
}

/** What is kept of a connection. */
interface Connection {
  principal: string;
  readonly left: AbortController;
}

// Clients of graphql-ws give up at 4401, and try 4403 again for half a minute.
const UNAUTHENTICATED = 4401;
const FORBIDDEN = 4403;

/** Given what they are answered with, return what speaks `graphql-transport-ws` on a WebSocket: subscriptions only, everything else goes by POST. */
export function createSubscriptionHandler({ schema, checkCost, ...services }: SubscriptionServices): WebsocketHandler {
  const connections = new WeakMap<object, Connection>();
  return makeHandler({
    schema,
    isProd: true,
    connectionInitWaitTimeout: 10_000,
    jsonMessageReviver: refuseOurs,
    onConnect({ extra, connectionParams }) {
      const { request, socket } = extra;
      try {
        const principal = services.identify(request, authorizationOf(request, connectionParams));
        connections.set(socket, { principal, left: new AbortController() });
        return true;
      } catch (error) {
        const code = error instanceof UnauthenticatedError ? UNAUTHENTICATED : FORBIDDEN;
        socket.close(code, error instanceof Error ? error.message.slice(0, 100) : 'Forbidden');
        return false;
      }
    },
    onDisconnect: ({ extra }) => connections.get(extra.socket)?.left.abort(new Error('The caller went away')),
    onSubscribe: (_context, _id, asked) => refuse(asked, checkCost),
    context({ extra }) {
      const connection = connections.get(extra.socket);
      if (!connection) throw new Error('A subscription came before its connection was accepted');
      return services.createContext(extra.request, { principal: connection.principal, signal: connection.left.signal });
    },
    onError: (_context, _id, _payload, errors) => errors.map(toFormatted),
    onNext: (...told) => toMasked(told[4] as ExecutionResult),
  });
}

function toMasked({ data, errors = [] }: ExecutionResult): FormattedExecutionResult {
  return { ...(data !== undefined && { data }), ...(errors.length > 0 && { errors: errors.map(toFormatted) }) };
}

function toFormatted(error: GraphQLError): GraphQLFormattedError {
  return formatError(error.toJSON(), error);
}

/** Browsers cannot set a header on a WebSocket, so its parameters may say the same. */
function authorizationOf(
  { headers }: FastifyRequest,
  params: Readonly<Record<string, unknown>> | undefined,
): string | undefined {
  const said = params?.['authorization'] ?? params?.['Authorization'];
  return typeof said === 'string' ? said : headers.authorization;
}

const OURS: readonly unknown[] = [MessageType.ConnectionAck, MessageType.Next, MessageType.Error];

/** Given a message as it is parsed, throws where only servers send it: graphql-ws would take that for a failure of ours (4500), and for a bad request (4400) now. */
function refuseOurs(key: string, value: unknown): unknown {
  const isMessage = key === '' && typeof value === 'object' && value !== null && 'type' in value;
  if (isMessage && OURS.includes(value.type)) throw new Error('Only servers send this');
  return value;
}

function refuse(asked: SubscribePayload, checkCost: CostLimit): readonly GraphQLError[] | undefined {
  try {
    assertAnswered(asked, checkCost);
    return undefined;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

/** What is no subscription would go around what every other operation goes through; and what is one may not cost more than the others. */
function assertAnswered({ query, operationName, variables }: SubscribePayload, checkCost: CostLimit): void {
  const tooDeep = refuseDepth(query);
  if (tooDeep !== null) throw refusal(tooDeep);
  const document = parse(query, { maxTokens: 2_000 });
  const operation = getOperationAST(document, operationName);
  // graphql-ws says itself that there is no such operation.
  if (!operation) return;
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) {
    throw refusal('Only subscriptions are answered over WebSockets. Send queries and mutations by POST.');
  }
  checkCost({ document, operation, variables: variables ?? {} });
}

function refusal(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
