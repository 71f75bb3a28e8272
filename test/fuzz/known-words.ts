import { change, createExport, untilEnded } from '../server/export-tasks.ts';
import type { ServerUnderTest } from '../server/running-server.ts';

/** What a capability of a data source can be asked, as the server says. */
export interface KnownLimits {
  readonly intervals: readonly string[];
  readonly maxBreakdowns: number;
  readonly filterOperators: readonly string[];
  readonly anyTimezone: boolean;
  readonly supportsInstants: boolean;
  readonly takesChart: boolean;
  readonly measures: readonly string[];
  readonly funnel: { readonly minSteps: number; readonly maxSteps: number; readonly orders: readonly string[] } | null;
  readonly conversion: { readonly points: readonly string[] } | null;
  readonly retention: {
    readonly modes: readonly string[];
    readonly entryKinds: readonly string[];
    readonly takesEvents: boolean;
  } | null;
  readonly cohortAnalysis: {
    readonly measures: readonly string[];
    readonly accountings: readonly string[];
    readonly offsetBy: readonly string[];
    readonly takesEvents: boolean;
  } | null;
  readonly lifetimeValue: {
    readonly accountings: readonly string[];
    readonly offsetBy: readonly string[];
    readonly takesEvents: boolean;
  } | null;
}

/** A raw table that can be exported. */
export interface KnownTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string }[];
  readonly filters: readonly { readonly name: string }[];
}

/** A data source with the words that it understands. */
export interface KnownSource {
  readonly key: string;
  readonly timezone: string | null;
  readonly capabilities: readonly {
    readonly kind: string;
    readonly limits: KnownLimits;
    readonly optionsSchema: Readonly<Record<string, unknown>> | null;
  }[];
  readonly catalog: {
    readonly metrics: readonly { readonly key: string }[];
    readonly dimensions: readonly { readonly key: string }[];
    readonly events: readonly string[] | null;
    readonly tables: readonly KnownTable[];
  };
  readonly datasets: readonly { readonly name: string }[];
  /** The saved charts' own ids, by their kind. */
  readonly charts: readonly { readonly id: string; readonly nativeId: string; readonly kind: string }[];
}

/** Everything on a server that a question can name. */
export interface KnownWords {
  readonly sources: readonly KnownSource[];
  /** Global ids by the type of what they are of. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  /** The providers' own ids by type. */
  readonly nativeIds: Readonly<Record<string, readonly string[]>>;
  /** Cursors by the field whose pages they cut; those of `events` belong to {@link KnownWords.eventsQuery}. */
  readonly cursors: Readonly<Record<string, readonly string[]>>;
  readonly eventsQuery: object;
}

const LIMITS = `intervals maxBreakdowns filterOperators anyTimezone supportsInstants takesChart measures
  funnel { minSteps maxSteps orders } conversion { points } retention { modes entryKinds takesEvents }
  cohortAnalysis { measures accountings offsetBy takesEvents } lifetimeValue { accountings offsetBy takesEvents }`;

const SOURCES = `{ dataSources { id key timezone
  capabilities { kind limits { ${LIMITS} } optionsSchema }
  catalog { metrics { key } dimensions { key } events tables { name columns { name } filters { name } } }
  datasets { name }
  dashboards { id nativeId charts { id nativeId kind } }
  cohorts { nodes { id nativeId } pageInfo { endCursor } }
  eventDefinitions { nodes { id nativeId } pageInfo { endCursor } } } }`;

interface Listed {
  readonly id: string;
  readonly nativeId: string;
}

interface ListedPage {
  readonly nodes: readonly Listed[];
  readonly pageInfo: { readonly endCursor: string | null };
}

interface AskedSource extends Omit<KnownSource, 'charts'> {
  readonly id: string;
  readonly dashboards: readonly (Listed & { readonly charts: KnownSource['charts'] | null })[] | null;
  readonly cohorts: ListedPage | null;
  readonly eventDefinitions: ListedPage | null;
}

const CHART_TYPES: Readonly<Record<string, string>> = {
  METRICS: 'MetricsChart',
  FUNNEL: 'FunnelChart',
  RETENTION: 'RetentionChart',
  UNKNOWN: 'UnknownChart',
};

/** Ask a server what it knows, and give it a few export tasks to be known. */
export async function readKnownWords(server: ServerUnderTest): Promise<KnownWords> {
  const asked = (await server.ask<{ dataSources: readonly AskedSource[] }>(SOURCES)).data.dataSources;
  const sources = asked.map((source) => ({
    ...source,
    charts: (source.dashboards ?? []).flatMap(({ charts }) => charts ?? []),
  }));
  const listed = {
    Dashboard: sources.flatMap(({ dashboards }) => dashboards ?? []),
    Cohort: sources.flatMap(({ cohorts }) => cohorts?.nodes ?? []),
    EventDefinition: sources.flatMap(({ eventDefinitions }) => eventDefinitions?.nodes.slice(0, 5) ?? []),
    ...Object.fromEntries(
      Object.entries(CHART_TYPES).map(([kind, type]) => [
        type,
        sources.flatMap(({ charts }) => charts.filter((chart) => chart.kind === kind)),
      ]),
    ),
  };
  await fetchDatasets(server, sources);
  const users = await readUsers(server);
  const events = await readEvents(server);
  const [cohortCursors, definitionCursors] = [
    sources.flatMap(({ cohorts }) => cohorts?.pageInfo.endCursor ?? []),
    sources.flatMap(({ eventDefinitions }) => eventDefinitions?.pageInfo.endCursor ?? []),
  ];
  return {
    sources,
    ids: {
      ...Object.fromEntries(Object.entries(listed).map(([type, things]) => [type, things.map(({ id }) => id)])),
      DataSource: sources.map(({ id }) => id),
      User: users.map(({ id }) => id),
      ExportTask: await makeTasks(server),
    },
    nativeIds: {
      ...Object.fromEntries(
        Object.entries(listed).map(([type, things]) => [type, things.map(({ nativeId }) => nativeId)]),
      ),
      User: users.map(({ nativeId }) => nativeId),
    },
    cursors: {
      events: events.cursors,
      cohorts: cohortCursors,
      members: cohortCursors,
      eventDefinitions: definitionCursors,
      exportTasks: await readTaskCursors(server),
    },
    eventsQuery: events.query,
  };
}

const DAY = { dates: { from: '2026-06-10', to: '2026-06-10' } };

async function readEvents(server: ServerUnderTest) {
  const query = { source: 'sandbox-openpanel', period: DAY, names: ['purchase'] };
  const { events } = await server.query<{ events: { pageInfo: { endCursor: string } } }>(
    'query ($query: EventsQuery!) { events(query: $query, first: 3) { pageInfo { endCursor } } }',
    { query },
  );
  return { query, cursors: [events.pageInfo.endCursor] };
}

async function readUsers(server: ServerUnderTest): Promise<readonly Listed[]> {
  const { events } = await server.query<{ events: { nodes: { user: Listed | null }[] } }>(
    'query ($query: EventsQuery!) { events(query: $query, first: 20) { nodes { user { id nativeId } } } }',
    { query: { source: 'sandbox-openpanel', period: DAY } },
  );
  return events.nodes.flatMap(({ user }) => user ?? []);
}

async function readTaskCursors(server: ServerUnderTest): Promise<readonly string[]> {
  const { exportTasks } = await server.query<{ exportTasks: { edges: { cursor: string }[] } }>(
    '{ exportTasks(first: 3) { edges { cursor } } }',
  );
  return exportTasks.edges.map(({ cursor }) => cursor);
}

const PREPARE = `mutation ($input: PrepareDatasetInput!) {
  prepareDataset(input: $input) { exportTasks { id } userErrors { message } } }`;

const FETCHED = ['report', 'events', 'customEvents', 'installs', 'payments'];

/** Have the days fetched that most questions are about, so that they are answered and not only promised. */
async function fetchDatasets(server: ServerUnderTest, sources: readonly KnownSource[]): Promise<void> {
  const period = { dates: { from: '2026-05-20', to: '2026-06-16' } };
  const inputs = sources.flatMap(({ key, datasets }) =>
    datasets.filter(({ name }) => FETCHED.includes(name)).map(({ name }) => ({ source: key, dataset: name, period })),
  );
  await Promise.all(
    inputs.map(async (input) => {
      const { prepareDataset } = await server.query<{
        prepareDataset: { exportTasks: readonly { readonly id: string }[] | null };
      }>(PREPARE, { input });
      await Promise.all((prepareDataset.exportTasks ?? []).map(({ id }) => untilEnded(server, id)));
    }),
  );
}

/** Tasks that have succeeded, failed and been cancelled. */
async function makeTasks(server: ServerUnderTest): Promise<readonly string[]> {
  const events = { source: 'sandbox-openpanel', table: 'events', period: DAY };
  const revenue = { select: [{ source: 'sandbox-adapty', metric: { key: 'revenue' } }], period: DAY };
  const made = [
    await createExport(server, { source: { rows: events }, format: 'JSONL' }),
    await createExport(server, { source: { rows: events }, format: 'PARQUET' }),
    await createExport(server, { source: { report: { metrics: revenue } } }),
    await createExport(server, { source: { cohortMembers: 'bm8gc3VjaCBjb2hvcnQ' } }),
    await createExport(server, {
      source: { rows: { source: 'sandbox-instal', table: 'report', period: { preset: 'LAST_90_DAYS' } } },
    }),
  ];
  const ids = made.flatMap(({ exportTask }) => exportTask?.id ?? []);
  await change(server, 'cancelExport', ids.at(-1) ?? '');
  await Promise.all(ids.map((id) => untilEnded(server, id)));
  return ids;
}
