import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { ExportFile } from './files/export-file.ts';
import { sendFile } from './files/send-file.ts';
import { ApiError } from './requests/api-error.ts';
import { parseExportRequest } from './requests/export-request.ts';
import type { ExportTasks } from './tasks/export-tasks.ts';

/** What the routes answer from. */
export interface ApiOptions {
  readonly tasks: ExportTasks;
  /** The address of a finished export. */
  readonly toLink: (request: FastifyRequest, file: ExportFile) => string;
  /** Whether a task's address without the slash at its end is moved to the one with it. */
  readonly addsSlash: boolean;
}

const EXPORTS = '/advertiser/api/v1/reports/exports';

/** Where the files are that the service itself hands out; not documented. */
export const FILES = '/media/exports';

/** Adds the two documented endpoints. */
export function addExportRoutes(app: FastifyInstance, { tasks, toLink, addsSlash }: ApiOptions): void {
  // The status of this answer is not documented.
  app.post(`${EXPORTS}/`, async (request) => {
    const id = tasks.queue(parseExportRequest(request));
    return id === undefined ? { result: 'ERROR' } : { result: 'QUEUED', task_id: id };
  });
  app.post(EXPORTS, redirect);
  app.route({ method: ['GET', 'PUT', 'PATCH', 'DELETE'], url: `${EXPORTS}/`, handler: refuseMethod('POST') });

  async function answerTask(request: FastifyRequest<{ Params: { id: string } }>): Promise<unknown> {
    const { state, file, problem } = tasks.stateOf(request.params.id);
    return { state, result: file ? toLink(request, file) : (problem ?? null) };
  }
  // The document shows this address without what stands before the id; both forms are taken for it.
  // http://docs.instal.com/api/adv_bulk_export_api/ (stored copy, read 2026-11)
  app.get<{ Params: { id: string } }>(`${EXPORTS}/:id`, addsSlash ? redirect : answerTask);
  app.get<{ Params: { id: string } }>(`${EXPORTS}/:id/`, answerTask);
  for (const url of [`${EXPORTS}/:id`, `${EXPORTS}/:id/`]) {
    app.route({ method: ['POST', 'PUT', 'PATCH', 'DELETE'], url, handler: refuseMethod('GET') });
  }
}

/** Adds the downloads of the service's own files. */
export function addFileRoutes(app: FastifyInstance, tasks: ExportTasks): void {
  app.get<{ Params: { name: string } }>(`${FILES}/:name`, async (request, reply) => {
    const file = tasks.fileOf(request.params.name);
    if (!file) throw new ApiError(404, 'Not found.');
    return sendFile(request, reply, file);
  });
}

// Django moves whatever lacks the slash, a POST too, whose body does not come along.
async function redirect({ url }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const [path, query] = url.split('?', 2);
  return reply.redirect(`${path}/${query === undefined ? '' : `?${query}`}`, 301);
}

function refuseMethod(allowed: string): (request: FastifyRequest) => never {
  return ({ method }) => {
    throw new ApiError(405, `Method "${method}" not allowed.`, { allow: allowed });
  };
}
