import { createHash } from 'node:crypto';
import fastify from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { ExportTasks } from '../tasks/export-tasks.ts';
import type { ExportFile } from './export-file.ts';
import { sendFile } from './send-file.ts';

/** A listening server of files that are reached by signed links, as the object storages of clouds are. */
export interface StorageHost {
  /** Where it listens, without a trailing slash. */
  readonly baseUrl: string;
  /** The address of a file, valid until the file expires. */
  toLink(file: ExportFile): string;
  close(): Promise<void>;
}

interface SignedLink {
  readonly Params: { readonly name: string };
  readonly Querystring: { readonly Expires?: string; readonly Signature?: string };
}

/** Listens on a free loopback port. */
export async function startStorageHost(tasks: ExportTasks): Promise<StorageHost> {
  const app = fastify({ forceCloseConnections: true });
  app.get<SignedLink>('/exports/:name', (request, reply) => answer(tasks, request, reply));
  app.setNotFoundHandler((_request, reply) => refuse(reply, 404, 'NoSuchKey'));
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    baseUrl,
    toLink: (file) => `${baseUrl}/exports/${file.name}?${toQuery(file)}`,
    close: () => app.close(),
  };
}

function answer(tasks: ExportTasks, request: FastifyRequest<SignedLink>, reply: FastifyReply): FastifyReply {
  // The signature in the address is the credentials: a storage refuses to choose between two.
  if (request.headers.authorization !== undefined) return refuse(reply, 400, 'InvalidArgument');
  const file = tasks.fileOf(request.params.name);
  if (!file) return refuse(reply, 403, 'AccessDenied');
  const { Expires = '', Signature = '' } = request.query;
  const isSigned = new URLSearchParams({ Expires, Signature }).toString() === toQuery(file);
  return isSigned ? sendFile(request, reply, file) : refuse(reply, 403, 'SignatureDoesNotMatch');
}

function refuse(reply: FastifyReply, status: number, code: string): FastifyReply {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`;
  return reply.status(status).type('application/xml').send(xml);
}

function toQuery({ name, expiresAtMs }: ExportFile): string {
  const expires = String(Math.floor(expiresAtMs / 1000));
  const signature = createHash('sha256').update(`sandbox ${name} ${expires}`).digest('base64');
  return new URLSearchParams({ Expires: expires, Signature: signature }).toString();
}
