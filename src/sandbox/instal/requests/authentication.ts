import type { FastifyRequest } from 'fastify';

import { ApiError } from './api-error.ts';

/** The only token there is. */
export const TOKEN = 'sandbox0000000000000000000000instal00000';

/** Refuses a request without the token. */
export async function authenticate({ headers }: FastifyRequest): Promise<void> {
  const [scheme = '', token, ...rest] = (headers.authorization ?? '').trim().split(/\s+/);
  // Another scheme, as `Bearer`, is no credentials at all to the framework; the case of the word does not count.
  if (scheme.toLowerCase() !== 'token') throw unauthorized('Authentication credentials were not provided.');
  if (token === undefined) throw unauthorized('Invalid token header. No credentials provided.');
  if (rest.length > 0) throw unauthorized('Invalid token header. Token string should not contain spaces.');
  if (token !== TOKEN) throw unauthorized('Invalid token.');
}

function unauthorized(detail: string): ApiError {
  return new ApiError(401, detail, { 'www-authenticate': 'Token' });
}
