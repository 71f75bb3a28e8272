import type { SourceCohort } from '../analytics/cohorts.ts';
import type { SavedChartKind, SourceChart, SourceDashboard } from '../analytics/dashboards.ts';
import type { DataSource } from '../analytics/data-source.ts';
import type { SourceEventDefinition } from '../analytics/event-definitions.ts';
import { parseGlobalId } from '../analytics/global-id.ts';
import type { CapabilityName } from '../analytics/provider.ts';
import type { SourceUser } from '../analytics/users.ts';
import { ProviderRejectedError } from '../errors.ts';
import type { ExportTask } from '../exports/task.ts';
import type { GraphQLContext } from './context.ts';

/** What belongs to a data source and has a global id, by its GraphQL type. */
interface SourceNodeTypes {
  readonly DataSource: DataSource;
  readonly Dashboard: SourceDashboard;
  readonly Cohort: SourceCohort;
  readonly EventDefinition: SourceEventDefinition;
  readonly MetricsChart: SourceChart;
  readonly FunnelChart: SourceChart;
  readonly RetentionChart: SourceChart;
  readonly UnknownChart: SourceChart;
  readonly User: SourceUser;
}

/** Everything with a global id. */
interface NodeTypes extends SourceNodeTypes {
  readonly ExportTask: ExportTask;
}

type NodeType = keyof SourceNodeTypes;
type FindNode<T> = (source: DataSource, ids: readonly string[], context: GraphQLContext) => Promise<T | null>;

/** How the things of a type are found. */
interface Finder<T> {
  /** What a data source must have, so that there are any; null where all have them. */
  readonly capability: CapabilityName | null;
  /** How many of the provider's own ids a global id holds behind the data source's key. */
  readonly idCount: number;
  readonly find: FindNode<T>;
}

const FINDERS: { readonly [T in NodeType]: Finder<NodeTypes[T]> } = {
  DataSource: { capability: null, idCount: 0, find: (source) => Promise.resolve(source) },
  Dashboard: {
    capability: 'dashboards',
    idCount: 1,
    find: (source, [nativeId = ''], { reports }) => reports.listings.dashboard(source, nativeId),
  },
  Cohort: {
    capability: 'cohorts',
    idCount: 1,
    find: (source, [nativeId = ''], { reports }) => reports.listings.cohort(source, nativeId),
  },
  EventDefinition: {
    capability: 'event-definitions',
    idCount: 1,
    find: (source, [nativeId = ''], { reports }) => reports.listings.eventDefinition(source, nativeId),
  },
  MetricsChart: createChartFinder('METRICS'),
  FunnelChart: createChartFinder('FUNNEL'),
  RetentionChart: createChartFinder('RETENTION'),
  UnknownChart: createChartFinder('UNKNOWN'),
  // Whether the provider knows such a user is asked with the profile.
  User: {
    capability: null,
    idCount: 1,
    find: (source, [nativeId = '']) => Promise.resolve({ source, nativeId }),
  },
};

/** A chart whose kind has changed has another id. */
function createChartFinder(kind: SavedChartKind): Finder<SourceChart> {
  return {
    capability: 'dashboards',
    idCount: 2,
    async find(source, [dashboardId = '', nativeId = ''], context) {
      const charts = await listCharts({ source, nativeId: dashboardId }, context);
      return charts.find((chart) => chart.nativeId === nativeId && chart.kind === kind) ?? null;
    },
  };
}

/** The charts of a dashboard; none where the dashboard is gone. */
async function listCharts(
  dashboard: Pick<SourceDashboard, 'source' | 'nativeId'>,
  { reports: { listings } }: GraphQLContext,
): Promise<readonly SourceChart[]> {
  try {
    return await listings.charts(dashboard);
  } catch (error) {
    // Why the provider refused is not to be read out of its words, but whether the dashboard is still there is listed.
    const { source, nativeId } = dashboard;
    if (error instanceof ProviderRejectedError && !(await listings.dashboard(source, nativeId))) return [];
    throw error;
  }
}

/** Given a global id, return the thing, marked with its type; null where it is none of ours, or no longer there. */
export async function findNode(id: string, context: GraphQLContext): Promise<NodeTypes[keyof NodeTypes] | null> {
  const { type: asked, parts: [taskId = '', ...more] = [] } = parseGlobalId(id) ?? {};
  if (asked === 'ExportTask') {
    const task = more.length === 0 ? await context.findTask(taskId) : null;
    return task && Object.assign({ ...task }, { __typename: asked });
  }
  const place = readNodeId(id, context);
  if (!place) return null;
  const { type, source, ids } = place;
  const found = await FINDERS[type].find(source, ids, context);
  // No copy of a data source: what is kept between questions is kept by it.
  return found === source ? source : found && Object.assign({ ...found }, { __typename: type });
}

/** Where the thing of a global id is to be found. */
interface NodePlace {
  readonly type: NodeType;
  readonly source: DataSource;
  /** The provider's own ids, from the outermost in. */
  readonly ids: readonly string[];
}

/** Given a global id, return its place; null where it is none that we give out. */
function readNodeId(id: string, { dataSources }: GraphQLContext): NodePlace | null {
  const { type = '', parts: [key = '', ...ids] = [] } = parseGlobalId(id) ?? {};
  const source = dataSources.find(key);
  if (!source || !isNodeType(type)) return null;
  const { capability, idCount } = FINDERS[type];
  if (ids.length !== idCount || ids.includes('')) return null;
  return capability === null || source.connection.capabilities[capability] ? { type, source, ids } : null;
}

/** Given a type, return what finds things of it by their global ids: null for an id of another type. */
export function findNodeOf<T extends keyof NodeTypes>(type: T) {
  return async ({ id }: { readonly id?: string }, context: GraphQLContext): Promise<NodeTypes[T]> => {
    // A gateway's representation is any JSON object, with or without its key.
    const isOfType = typeof id === 'string' && parseGlobalId(id)?.type === type;
    const found = isOfType ? await findNode(id, context) : null;
    // The generated type of a reference knows no null, although the federation of subgraphs does.
    return found as NodeTypes[T];
  };
}

function isNodeType(type: string): type is NodeType {
  return Object.hasOwn(FINDERS, type);
}
