import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpRefusal } from './error-body.ts';

const ANSWERED = ['application/json', 'application/graphql-response+json', 'application/*', '*/*'];
/** Apollo Sandbox is a page, for whoever opens the address in a browser. */
const PAGE = ['text/html', 'text/*'];

/** What is asked about requests besides their form. */
export interface GraphqlRequestRules {
  /** Given the text of a document, return why it is not even read; null where it is. */
  refusalOf(document: string): string | null;
}

/** Refuse requests at `/graphql` that could not be answered as they want, before anything is asked of a provider. */
export function registerGraphqlRequestRules(app: FastifyInstance, { refusalOf }: GraphqlRequestRules): void {
  app.addHook('preHandler', async (request) => {
    if (request.routeOptions.url !== '/graphql') return;
    assertAcceptable(request);
    if (Array.isArray(request.body)) {
      throw new HttpRefusal(
        400,
        'A list of operations is not answered: batching is off. Send one operation at a time; it may ask for many fields at once.',
      );
    }
    const { query } = ((request.method === 'GET' ? request.query : request.body) ?? {}) as { query?: unknown };
    const refusal = typeof query === 'string' ? refusalOf(query) : null;
    if (refusal !== null) throw new HttpRefusal(400, refusal);
  });
}

function assertAcceptable({ method, headers: { accept } }: FastifyRequest): void {
  const offered = method === 'GET' ? [...ANSWERED, ...PAGE] : ANSWERED;
  if (accept === undefined || mediaRangesOf(accept).some((range) => offered.includes(range))) return;
  throw new HttpRefusal(
    406,
    `Answers are application/json or application/graphql-response+json, and Accept (${accept.slice(0, 100)}) allows neither. ` +
      'Subscriptions are answered over WebSockets (graphql-transport-ws) at this address, and not as text/event-stream or multipart/mixed.',
  );
}

/** What is wanted at all, without its parameters. */
function mediaRangesOf(accept: string): string[] {
  return accept
    .split(',')
    .map((range) => range.split(';').map((part) => part.trim().toLowerCase()))
    .filter(([, ...parameters]) => !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter)))
    .map(([type = '']) => type);
}
