import type { FastifyInstance } from 'fastify';

import { sendJson } from './api.ts';
import type { ApiOptions, ProjectPath } from './api.ts';
import type { Exports } from './exports.ts';
import { REPORT_KINDS } from './reports/report-finder.ts';
import type { UserExporter, UserExportQuery } from './user-exports.ts';

/** What the asynchronous routes answer from. */
export interface ExporterApiOptions extends ApiOptions {
  readonly exports: Exports;
  readonly exportUsers: UserExporter;
}

/**
 * Adds the asynchronous endpoints of 2024. A finished report is the very body of the synchronous one: only the absence of
 * `status` tells it from one that is being made.
 */
export function addExporterRoutes(app: FastifyInstance, options: ExporterApiOptions): void {
  const { finders, lists, limits, exports, exportUsers } = options;
  for (const kind of REPORT_KINDS) {
    app.get<ProjectPath>(
      `/v3/exporter/projects/:project/${kind}/:id`,
      { onRequest: limits[kind] },
      async ({ params, query, url }, reply) => sendJson(reply, exports.ask(url, finders[kind](params.id, query))),
    );
  }
  app.get<ProjectPath & { Querystring: UserExportQuery }>(
    '/v3/exporter/projects/:project/segmentations/:id/users',
    { onRequest: limits.segmentations },
    async ({ params, query, url }, reply) => {
      const list = lists.require(params.id);
      return sendJson(
        reply,
        exports.ask(url, (id) => exportUsers(list, query, id)),
      );
    },
  );
}
