import fastify from 'fastify';
import type { FastifyRequest } from 'fastify';

import type { ExportFiles } from '../exports/export-files.ts';
import { ApiError } from '../requests/api-error.ts';
import { identify } from '../requests/authentication.ts';
import { sendError } from '../requests/send-error.ts';
import type { FaultHook } from '../requests/send-error.ts';
import { sendFile } from './send-file.ts';

/** A listening server of files: downloads have come from another host than the one that is asked. */
export interface StorageHost {
  /** Where it listens, without a trailing slash. */
  readonly baseUrl: string;
  /** The address of a file. */
  toLink(name: string): string;
  close(): Promise<void>;
}

interface Download {
  readonly Params: { readonly name: string };
  readonly Querystring: { readonly auth?: string };
}

const FOLDER = '/storage/download/raw';

/** Listens on a free loopback port. */
export async function startStorageHost(files: ExportFiles, fail: FaultHook): Promise<StorageHost> {
  const app = fastify({ forceCloseConnections: true });
  app.setNotFoundHandler((_request, reply) => sendError(reply, new ApiError(404)));
  app.setErrorHandler((error, _request, reply) => sendError(reply, error));
  app.addHook('onRequest', fail);
  // Whether downloads count against the quotas is not documented; here they do not.
  app.get<Download>(`${FOLDER}/:name`, async (request, reply) => {
    assertAllowed(request);
    const file = await files.find(request.params.name);
    if (file === undefined) throw new ApiError(404);
    // How a link that has ended answers is not documented.
    if (file === 'expired') throw new ApiError(410);
    return sendFile(request, reply, file);
  });
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  return { baseUrl, toLink: (name) => `${baseUrl}${FOLDER}/${name}`, close: () => app.close() };
}

/**
 * Checks the signature where there is one, or where `auth=1` asks for it. A download that is not signed is let through otherwise: the
 * document only recommends to sign it, as a rule that will come. That a wrong signature is refused always is stricter than it says.
 */
function assertAllowed({ method, headers, host, raw, query }: FastifyRequest<Download>): void {
  if (headers.authorization === undefined && query.auth !== '1') return;
  const user = identify(headers.authorization, { method, url: `http://${host}${raw.url ?? ''}`, body: '' });
  if (!user?.canExport) throw new ApiError(403);
}
