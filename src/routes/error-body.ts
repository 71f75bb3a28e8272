import type { FastifyRequest } from 'fastify';

/** A request that does not get as far as GraphQL, because of how it was sent; the message says what would do. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly statusCode: number;
  /** What the status wants to be said besides. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(statusCode: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.statusCode = statusCode;
    this.headers = headers;
  }
}

/** The body of a refusal outside of GraphQL, in GraphQL's error shape. */
export function toErrorBody(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}

/** The media type of such a body: GraphQL's own for whoever knows it. */
export function errorMediaType({ headers }: FastifyRequest): string {
  const type = headers.accept?.includes('application/graphql-response+json')
    ? 'application/graphql-response+json'
    : 'application/json';
  return `${type}; charset=utf-8`;
}
