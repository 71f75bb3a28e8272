import type { FastifyRequest } from 'fastify';

import { refuse } from './api-error.ts';

/** The only secret key there is. */
export const SECRET_KEY = 'secret_live_sandbox.0000000000000000000000000000000';

/** Refuses a request without the secret key. */
export async function authenticate({ headers }: FastifyRequest): Promise<void> {
  const [scheme, key, ...rest] = (headers.authorization ?? '').split(' ');
  // Another scheme, as `Bearer`, is no credentials at all to the service.
  if (scheme !== 'Api-Key') {
    throw refuse(401, 'not_authenticated', 'Authentication credentials were not provided.');
  }
  if (key !== SECRET_KEY || rest.length > 0) throw refuse(401, 'authentication_failed', 'Invalid token.');
}
