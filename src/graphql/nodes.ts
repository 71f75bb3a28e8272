import type { SourceCohort } from '../analytics/cohorts.ts';
import type { SourceChart, SourceDashboard } from '../analytics/dashboards.ts';
import type { DataSource } from '../analytics/data-source.ts';
import type { SourceEventDefinition } from '../analytics/event-definitions.ts';
import { parseGlobalId } from '../analytics/global-id.ts';
import type { GraphQLContext } from './context.ts';

/** Everything with a global id, by its GraphQL type. */
interface NodeTypes {
  readonly DataSource: DataSource;
  readonly Dashboard: SourceDashboard;
  readonly Cohort: SourceCohort;
  readonly EventDefinition: SourceEventDefinition;
  readonly MetricsChart: SourceChart;
  readonly FunnelChart: SourceChart;
  readonly RetentionChart: SourceChart;
  readonly UnknownChart: SourceChart;
}

type NodeType = keyof NodeTypes;
type FindNode<T> = (source: DataSource, ids: readonly string[], context: GraphQLContext) => Promise<T | null>;

const findChart: FindNode<SourceChart> = async (source, [dashboardId = '', nativeId = ''], { reports }) => {
  const charts = await reports.listings.charts({ source, nativeId: dashboardId });
  return charts.find((chart) => chart.nativeId === nativeId) ?? null;
};

/** How the things of each type are found, by what their global ids hold after the data source's key. */
const FINDERS: { readonly [T in NodeType]: FindNode<NodeTypes[T]> } = {
  DataSource: (source) => Promise.resolve(source),
  Dashboard: (source, [nativeId = ''], { reports }) => reports.listings.dashboard(source, nativeId),
  Cohort: (source, [nativeId = ''], { reports }) => reports.listings.cohort(source, nativeId),
  EventDefinition: (source, [nativeId = ''], { reports }) => reports.listings.eventDefinition(source, nativeId),
  MetricsChart: findChart,
  FunnelChart: findChart,
  RetentionChart: findChart,
  UnknownChart: findChart,
};

/** Given a global id, return the thing, marked with its type; null where it is none of ours, or no longer there. */
export async function findNode(id: string, context: GraphQLContext): Promise<NodeTypes[NodeType] | null> {
  const parsed = parseGlobalId(id);
  const [key = '', ...ids] = parsed?.parts ?? [];
  const source = context.dataSources.find(key);
  if (!parsed || !source || !isNodeType(parsed.type)) return null;
  const found = await FINDERS[parsed.type](source, ids, context);
  return found && Object.assign({ ...found }, { __typename: parsed.type });
}

/** Given a type, return what finds things of it by their global ids: null for an id of another type. */
export function findNodeOf<T extends NodeType>(type: T) {
  return async ({ id }: { readonly id: string }, context: GraphQLContext): Promise<NodeTypes[T]> => {
    const found = parseGlobalId(id)?.type === type ? await findNode(id, context) : null;
    // The generated type of a reference knows no null, although the federation of subgraphs does.
    return found as NodeTypes[T];
  };
}

function isNodeType(type: string): type is NodeType {
  return Object.hasOwn(FINDERS, type);
}
