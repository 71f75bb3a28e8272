import type { FastifyRequest } from 'fastify';

/** What a line of the log says of a request. */
export interface RequestLine {
  readonly method: string;
  /** Without what stands behind the question mark: operations with ids of users, and signatures of links. */
  readonly path: string;
  readonly host: string;
  readonly remoteAddress: string;
}

/** Given a request, return what may be written of it. */
export function toRequestLine({ method, url, host, ip }: FastifyRequest): RequestLine {
  return { method, path: url.replace(/\?.*/s, ''), host, remoteAddress: ip };
}
