import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SignedLinks } from '../access/signed-links.ts';
import type { ExportFile, ExportTask } from '../exports/task.ts';
import { ExportTaskNotFoundError, ForbiddenError } from '../errors.ts';
import { toErrorBody } from './error-body.ts';
import { principalOf } from './guards.ts';
import { sendFile, type ServedFile } from './send-file.ts';

/** What the route needs of exports. */
export interface ServedExports {
  /** A task, whosever it is; null where there is none of that id. */
  find(id: string): Promise<ExportTask | null>;
  /** Its files, once it has succeeded. */
  files(task: ExportTask): Promise<readonly ExportFile[]>;
  filePath(taskId: string, name: string): string | Promise<string>;
}

/** What {@link registerExportFiles} is given. */
export interface ExportFileServices {
  readonly exports: ServedExports;
  readonly links: SignedLinks;
}

// An unsigned link and one with an empty signature are different things: the second was meant to open without a key.
const querySchema = z.object({ expires: z.string().optional(), signature: z.string().optional() });
const paramsSchema = z.object({ id: z.string(), name: z.string() });
const NO_TASK = 'There is no export task of this id.';
/** Nothing else is an id of a task; not everything else can be asked of a database. */
const TASK_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * `GET` and `HEAD /exports/:id/files/:name`: a file of an export, for whoever has a link that was signed, or the key that the
 * export was asked for with.
 */
export function registerExportFiles(app: FastifyInstance, services: ExportFileServices): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/exports/:id/files/:name',
    exposeHeadRoute: false,
    config: { opensWithSignature: true },
    handler: async (request, reply) => {
      const { id, name } = paramsSchema.parse(request.params);
      const task = await findTask({ id, name, request }, services);
      if (task.state === 'EXPIRED') return sendExpired(reply);
      const file = await findFile(task, name, services.exports);
      try {
        return await sendFile({ request, reply }, file);
      } catch (error) {
        // It may have been removed since it was looked for.
        const now = await services.exports.find(id);
        if (!now) throw new ExportTaskNotFoundError(NO_TASK);
        if (now.state === 'SUCCEEDED') throw error;
        return sendExpired(reply);
      }
    },
  });
}

interface FileRequest {
  readonly id: string;
  readonly name: string;
  readonly request: FastifyRequest;
}

/** A task that the caller may see the files of. What somebody else's is, and what is not there, cannot be told apart. */
async function findTask(
  { id, name, request }: FileRequest,
  { exports, links }: ExportFileServices,
): Promise<ExportTask> {
  const query = querySchema.safeParse(request.query);
  const isSigned = !query.success || query.data.signature !== undefined;
  if (isSigned && !(query.success && links.isValid(id, name, query.data))) {
    throw new ForbiddenError(
      'This link has ended, or was changed. Ask for the url of the file again, or send the API key that the export was asked for with to the link without its query.',
    );
  }
  const task = TASK_ID.test(id) ? await exports.find(id) : null;
  if (!task || !(isSigned || task.principal === principalOf(request))) {
    throw new ExportTaskNotFoundError(NO_TASK);
  }
  return task;
}

async function findFile(task: ExportTask, name: string, exports: ServedExports): Promise<ServedFile> {
  if (task.state !== 'SUCCEEDED') {
    throw new ExportTaskNotFoundError(`The export is ${task.state}: it has files once it is SUCCEEDED.`);
  }
  // Only names that are kept become paths.
  const file = (await exports.files(task)).find((candidate) => candidate.name === name);
  if (!file) throw new ExportTaskNotFoundError('The export has no file of this name.');
  return { ...file, path: await exports.filePath(task.id, name) };
}

function sendExpired(reply: FastifyReply): FastifyReply {
  return reply
    .code(410)
    .send(
      toErrorBody(
        'EXPORT_TASK_NOT_FOUND',
        'The files of this export were removed, because their time was over. Export again.',
      ),
    );
}
