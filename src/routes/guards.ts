import cors from '@fastify/cors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiKeyCheck, Principal } from '../access/api-keys.ts';
import type { HostPolicy } from '../access/host-policy.ts';
import { isAllowedOrigin } from '../access/origins.ts';
import { AppError, ForbiddenError, UnauthenticatedError, type ErrorCode } from '../errors.ts';
import { toErrorBody } from './error-body.ts';

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
      callback(null, { origin: isAllowedOrigin(origin, host), methods: ['GET', 'POST'], maxAge: 600 });
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
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send(
        toErrorBody(
          'NOT_FOUND',
          `There is nothing at ${request.method} ${request.url.split('?')[0]}. Ask at POST /graphql, start at GET /.`,
        ),
      ),
  );
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

/** Answer a failure outside of GraphQL in GraphQL's error shape. */
export function sendError(
  error: FastifyError | AppError,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
) {
  if (error instanceof AppError) {
    const status = STATUSES[error.code] ?? 400;
    if (status === 401) reply.header('www-authenticate', 'Bearer');
    return reply.code(status).send(toErrorBody(error.code, error.message));
  }
  const status = error.statusCode ?? 500;
  if (status < 500) return reply.code(status).send(toErrorBody('BAD_USER_INPUT', error.message));
  request.log.error({ err: error }, 'unexpected failure');
  return reply.code(500).send(toErrorBody('INTERNAL_SERVER_ERROR', 'Something unexpected went wrong.'));
}
