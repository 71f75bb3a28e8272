import type { IncomingHttpHeaders } from 'node:http';

import { ApiError } from './api-error.ts';
import { CLIENTS, PROJECTS } from './projects.ts';
import type { ApiClient, Project } from './projects.ts';

// The version digit is not looked at; upper case is refused.
const CLIENT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Finds the client of a request, or refuses it with 401. */
export function authenticate(headers: IncomingHttpHeaders): ApiClient {
  const id = headers['openpanel-client-id'];
  const secret = headers['openpanel-client-secret'];
  if (typeof id !== 'string' || !CLIENT_ID.test(id)) throw unauthorized('Client ID must be a valid UUIDv4');
  const client: ApiClient | undefined = Object.values(CLIENTS).find((known) => known.id === id);
  if (!client) throw unauthorized('Invalid client id');
  if (client.secret === null) throw unauthorized('Client has no secret');
  if (client.type === 'write') throw unauthorized('Client is not allowed to export');
  if (secret !== client.secret) throw unauthorized('Invalid client secret');
  return client;
}

function unauthorized(message: string): ApiError {
  return new ApiError(401, { error: 'Unauthorized', message: `Export: ${message}` });
}

/** Why a client may not see a project. */
export type ProjectRefusal = 'missing' | 'forbidden' | 'unknown';

/** Finds the project a client asks for, or says why it may not have it. */
export function findProject(client: ApiClient, asked: string | undefined): Project | ProjectRefusal {
  if (client.type === 'read' && asked !== undefined && asked !== client.project) return 'forbidden';
  const id = asked ?? client.project;
  if (id === null) return 'missing';
  const project = PROJECTS.find((known) => known.id === id && known.organization === client.organization);
  return project ?? 'unknown';
}
