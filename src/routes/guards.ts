import cors from '@fastify/cors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiKeyCheck, Principal } from '../access/api-keys.ts';
import type { HostPolicy } from '../access/host-policy.ts';
import { isAllowedOrigin } from '../access/origins.ts';
import { AppError, ForbiddenError, UnauthenticatedError, type ErrorCode } from '../errors.ts';
import { errorMediaType, HttpRefusal, toErrorBody } from './error-body.ts';
import { recordMethods, type MethodsAt } from './other-methods.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where the request came in without a key, because what it asks for needs none. */
    principal: Principal | null;
  }
  interface FastifyContextConfig {
    /** The route checks the signature of its links itself: a request that carries one needs no key. */
    readonly opensWithSignature?: boolean;
  }
}

/** Who may come in. */
export interface GuardOptions {
  readonly isAllowedHost: HostPolicy;
  /** Null where everybody who reaches the server may ask. */
  readonly checkApiKey: ApiKeyCheck | null;
  /** Paths that need no key: they hold no data. */
  readonly openPaths: ReadonlySet<string>;
}

/** Everybody, where no keys are configured. */
const LOCAL: Principal = { name: 'local' };

const STATUSES: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  EXPORT_TASK_NOT_FOUND: 404,
  INTERNAL_SERVER_ERROR: 500,
};

/** Put the guards before every route: Host header, origin, key; and answer their refusals in GraphQL's error shape. */
export async function registerGuards(app: FastifyInstance, options: GuardOptions): Promise<void> {
  const methodsAt = recordMethods(app);
  // Any page can send text; nothing of ours is asked in text.
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request, reply) => {
    if (!options.isAllowedHost(request.headers.host)) {
      throw new ForbiddenError(
        'The Host header names no host of this server. Reach it as localhost, or add the name to ALLOWED_HOSTS.',
      );
    }
    // A public page may reach a server on this machine only if the server says so; Apollo Studio's may. Said before
    // preflight requests are answered, which is the next thing that happens to them.
    if (request.headers['access-control-request-private-network'] === 'true' && isFromAllowedOrigin(request)) {
      reply.header('access-control-allow-private-network', 'true');
    }
  });
  await app.register(cors, {
    hook: 'onRequest',
    delegator: (request, callback) => {
      const { origin, host } = request.headers;
      callback(null, {
        origin: isAllowedOrigin(origin, host),
        methods: ['GET', 'POST'],
        maxAge: 600,
        // OPTIONS may be asked by others than pages, and is then answered like any other method.
        strictPreflight: false,
      });
    },
  });
  app.decorateRequest('principal', null);
  app.addHook('onRequest', async (request) => {
    const isOpen =
      options.openPaths.has(request.routeOptions.url ?? '') ||
      isPageView(request) ||
      isSigned(request) ||
      isUpgrade(request);
    if (!options.checkApiKey) request.principal = LOCAL;
    else if (!isOpen && request.method !== 'OPTIONS')
      request.principal = options.checkApiKey(request.headers.authorization);
  });
  app.setErrorHandler((error: FastifyError | AppError, request, reply) => sendError(error, { request, reply }));
  app.setNotFoundHandler((request, reply) => sendNotFound({ request, reply }, methodsAt));
}

/** Who is asking, by the name of the key; `local` where no keys are configured. Throws where the request was let in without one. */
export function principalOf({ principal }: FastifyRequest): string {
  if (!principal) throw new UnauthenticatedError('This request carries no API key.');
  return principal.name;
}

/** Given the check of keys, return what says who has opened a WebSocket; it throws where that one may not come in. */
export function createCallerCheck(checkApiKey: ApiKeyCheck | null) {
  return (request: FastifyRequest, authorization: string | undefined): string => {
    // CORS does not hold for WebSockets: any page could open one to this machine.
    if (request.headers.origin !== undefined && !isFromAllowedOrigin(request)) {
      throw new ForbiddenError('Pages of this origin may not connect.');
    }
    return (checkApiKey ? checkApiKey(authorization) : LOCAL).name;
  };
}

/** Whether a route that knows its own links is asked with one. */
function isSigned({ routeOptions, query }: FastifyRequest): boolean {
  return routeOptions.config.opensWithSignature === true && Object.hasOwn(query as object, 'signature');
}

/** The page that loads Apollo Sandbox holds no data; the operations it sends carry the key. */
function isPageView({ method, headers, url }: FastifyRequest): boolean {
  return method === 'GET' && url === '/graphql' && headers.accept?.includes('text/html') === true;
}

/** A WebSocket says who it is once it is open, see {@link createCallerCheck}: until then it has no principal, and gets nothing. */
function isUpgrade({ method, headers, routeOptions }: FastifyRequest): boolean {
  return method === 'GET' && routeOptions.url === '/graphql' && headers.upgrade?.toLowerCase() === 'websocket';
}

function isFromAllowedOrigin({ headers }: FastifyRequest): boolean {
  return isAllowedOrigin(headers.origin, headers.host);
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Answer a failure outside of GraphQL in GraphQL's error shape. */
export function sendError(error: FastifyError | AppError | HttpRefusal, exchange: Exchange) {
  const { request, reply } = exchange;
  if (error instanceof AppError) {
    const status = STATUSES[error.code] ?? 400;
    if (status === 401) reply.header('www-authenticate', 'Bearer');
    return send(exchange, status, toErrorBody(error.code, error.message));
  }
  const status = error.statusCode ?? 500;
  if (error instanceof HttpRefusal) reply.headers(error.headers);
  if (status < 500) return send(exchange, status, toErrorBody('BAD_USER_INPUT', toMessage(error, request)));
  request.log.error({ err: error }, 'unexpected failure');
  return send(exchange, 500, toErrorBody('INTERNAL_SERVER_ERROR', 'Something unexpected went wrong.'));
}

/** Of a path that is answered otherwise, say how. */
function sendNotFound(exchange: Exchange, methodsAt: MethodsAt) {
  const { request, reply } = exchange;
  const path = request.url.split('?')[0] ?? request.url;
  const methods = methodsAt(path);
  if (methods.length === 0) {
    const message = `There is nothing at ${request.method} ${path}. Ask at POST /graphql, start at GET /.`;
    return send(exchange, 404, toErrorBody('NOT_FOUND', message));
  }
  reply.header('allow', [...methods, 'OPTIONS'].join(', '));
  if (request.method === 'OPTIONS') return reply.code(204).send();
  const message = `${path} does not answer ${request.method}. It answers ${methods.join(', ')}.`;
  return send(exchange, 405, toErrorBody('METHOD_NOT_ALLOWED', message));
}

function send({ request, reply }: Exchange, status: number, body: object) {
  return reply.code(status).header('cache-control', 'no-store').type(errorMediaType(request)).send(body);
}

const EXAMPLE = 'Send an object such as {"query": "{ dataSources { key } }"}.';

/** What Fastify says of a body, in words that say what would do. */
function toMessage({ code, message }: { readonly code?: string; readonly message: string }, request: FastifyRequest) {
  switch (code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return `The body is not valid JSON. ${EXAMPLE}`;
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return `There is no body. ${EXAMPLE}`;
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return `The body has more than ${request.routeOptions.bodyLimit} bytes, which is the most that is read.`;
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE': {
      const type = request.headers['content-type'] ?? 'missing';
      return `The body must be JSON: Content-Type is ${type.slice(0, 100)}, only application/json is read.`;
    }
    default:
      return message;
  }
}
