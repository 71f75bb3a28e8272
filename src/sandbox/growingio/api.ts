import type { FastifyInstance, FastifyReply, onRequestHookHandler } from 'fastify';

import type { World } from '../world.ts';
import { toBeijingDay } from './facts/beijing-time.ts';
import { REPORT_KINDS } from './reports/report-finder.ts';
import type { createReportFinders } from './reports/report-finder.ts';
import { LISTED_ATTRIBUTES, toUsersFile } from './reports/user-lists.ts';
import type { UserLists } from './reports/user-lists.ts';
import { refuse } from './requests/api-error.ts';
import type { ApiVersion } from './requests/queries.ts';
import { DASHBOARDS } from './saved/dashboards.ts';
import type { Dashboard, Tile } from './saved/dashboards.ts';
import { RULES } from './saved/rules.ts';
import { DAY_MS } from '../world.ts';

/** What the routes answer from. */
export interface ApiOptions {
  readonly world: World;
  readonly version: ApiVersion;
  readonly finders: ReturnType<typeof createReportFinders>;
  readonly lists: UserLists;
  /** The limits, by kind of what is asked for. */
  readonly limits: Readonly<Record<LimitedKind, onRequestHookHandler>>;
}

/** Kinds of what may be asked for twice in a second; dashboards and rules have no limit. */
export type LimitedKind = (typeof REPORT_KINDS)[number] | 'segmentations';

/** Path of one thing of a project. */
export interface ProjectPath {
  readonly Params: { readonly project: string; readonly id: string };
}

/** Adds the eight endpoints of the document of 2019, which answer at once in both versions. */
export function addRoutes(app: FastifyInstance, options: ApiOptions): void {
  const { world, version, finders, lists, limits } = options;
  app.get('/projects/:project/dashboards.json', async () => DASHBOARDS.map((one) => toListed(one, world)));
  app.get<ProjectPath>('/projects/:project/dashboards/:id.json', async ({ params }) => {
    const dashboard = DASHBOARDS.find(({ id }) => id === params.id);
    if (!dashboard) throw refuse(404, 'not_found', `There is no ${params.id}`);
    return toDetails(dashboard, { world, version });
  });
  for (const kind of REPORT_KINDS) {
    app.get<ProjectPath>(
      `/v2/projects/:project/${kind}/:id.json`,
      { onRequest: limits[kind] },
      async ({ params, query }, reply) => sendJson(reply, finders[kind](params.id, query)()),
    );
  }
  const { segmentations: onRequest } = limits;
  app.get('/projects/:project/segmentations.json', { onRequest }, async () =>
    lists.all().map(({ saved: { id, name, userType, idleDays }, users }) => {
      return { id, name, userType, userNum: users.length, updatedAt: toDay(world, idleDays) };
    }),
  );
  app.get<ProjectPath>('/projects/:project/segmentations/:id/users.csv', { onRequest }, async ({ params }, reply) => {
    const list = lists.require(params.id);
    const attributes = LISTED_ATTRIBUTES[list.saved.userType];
    return sendCsv(reply, toUsersFile(world, list, { attributes, version }));
  });
  app.get('/projects/:project/rules.csv', async (_request, reply) => sendCsv(reply, toRulesFile(version)));
}

function toListed({ ageDays, idleDays, tiles: _, ...listed }: Dashboard, world: World) {
  const { id, name, type, scope, updater, creator } = listed;
  const [createdAt, updatedAt] = [toDay(world, ageDays), toDay(world, idleDays)];
  return { id, name, type, createdAt, updatedAt, scope, updater, creator };
}

function toDetails(dashboard: Dashboard, { world, version }: Pick<ApiOptions, 'world' | 'version'>) {
  const is2024 = version === '2024';
  // Frequencies came with the asynchronous API; before, every tile said one of three kinds.
  const tiles = dashboard.tiles.filter(({ kind }) => !is2024 || kind !== 'frequency');
  const toChart = ({ id, name, kind, tellsKind }: Tile) => ({
    id,
    name,
    // Spelt so in every document from 2018 to 2024.
    createor: dashboard.creator,
    createdAt: toDay(world, dashboard.ageDays),
    ...((is2024 || tellsKind) && { resource_type: kind }),
  });
  return { id: dashboard.id, name: dashboard.name, charts: tiles.map(toChart) };
}

function toDay({ endMs }: World, daysBeforeEnd: number): string {
  return toBeijingDay(endMs - daysBeforeEnd * DAY_MS);
}

// The text of 2019 says tabs where its example has commas, and only the example is left in 2024. Nothing says that names
// are quoted, so they are not, not even those with a comma.
function toRulesFile(version: ApiVersion): string {
  const delimiter = version === '2024' ? '\t' : ',';
  const rows = [['ruleId', 'eventName', 'eventType'], ...RULES.map(({ id, name, type }) => [id, name, type])];
  return rows.map((cells) => `${cells.join(delimiter)}\n`).join('');
}

function sendCsv(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('text/csv; charset=utf-8').send(text);
}

/** Sends text that is JSON already. */
export function sendJson(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(text);
}
