import type { FastifyRequest } from 'fastify';

import { refuse, refuseCredentials } from './api-error.ts';
import { CREDENTIALS } from './credentials.ts';
import type { ApiVersion } from './queries.ts';
import type { Tokens } from './tokens.ts';

/** Creates the hook that refuses a request without a valid token with 401, and one about another project with 404. */
export function createAuthentication(tokens: Tokens, version: ApiVersion): (request: FastifyRequest) => Promise<void> {
  return async ({ headers, params }) => {
    // Examples of 2018 and 2019 write `Token` before the code, every client that is public sends the code alone.
    const token = (headers.authorization ?? '').replace(/^Token /, '');
    const clientId = headers['x-client-id'];
    // The public key is one of the required headers until 2019, and is not among them any more in 2024.
    const mayBeMissing = version === '2026' && clientId === undefined;
    if (!tokens.isValid(token) || (clientId !== CREDENTIALS.publicKey && !mayBeMissing)) throw refuseCredentials();
    const { project } = params as { project?: string };
    // What an unknown project is answered is not documented.
    if (project !== CREDENTIALS.projectId) throw refuse(404, 'not_found', `There is no project ${project}`);
  };
}
