import type { CodegenConfig } from '@graphql-codegen/cli';

/** GraphQL types whose resolvers are handed a value of src/analytics, each with the file and the interface it is. */
const DOMAIN_TYPES: Readonly<Record<string, string>> = {
  Allowance: 'http-client.ts#Allowance',
  Catalog: 'data-source.ts#DataSource',
  Cohort: 'cohorts.ts#SourceCohort',
  CohortAnalysisReport: 'cohort-analysis.ts#CohortAnalysisReport',
  CohortCell: 'cohort-analysis.ts#CohortCell',
  CohortConnection: 'cohorts.ts#CohortPage',
  CohortMemberConnection: 'cohorts.ts#CohortMembersPage',
  CohortRow: 'cohort-analysis.ts#CohortRow',
  ConversionReport: 'conversions.ts#ConversionReport',
  Dashboard: 'dashboards.ts#SourceDashboard',
  DataSource: 'data-source.ts#DataSource',
  Dimension: 'catalog.ts#Dimension',
  DimensionValue: 'catalog.ts#DimensionValue',
  Event: 'events.ts#SourceEvent',
  EventConnection: 'events.ts#EventsReport',
  EventDefinition: 'event-definitions.ts#SourceEventDefinition',
  EventDefinitionConnection: 'event-definitions.ts#EventDefinitionPage',
  ExportTable: 'exports.ts#ExportTable',
  Freshness: 'freshness.ts#Freshness',
  FunnelChart: 'dashboards.ts#SourceChart',
  FunnelGroup: 'funnels.ts#FunnelGroup',
  FunnelReport: 'funnels.ts#FunnelReport',
  FunnelStep: 'funnels.ts#FunnelStep',
  LifetimeValueReport: 'lifetime-value.ts#LifetimeValueReport',
  LifetimeValueRow: 'lifetime-value.ts#LifetimeValueRow',
  Metric: 'catalog.ts#Metric',
  MetricSeries: 'metrics.ts#MetricSeries',
  MetricsChart: 'dashboards.ts#SourceChart',
  MetricsReport: 'metrics.ts#MetricsReport',
  Period: 'period.ts#Period',
  Problem: 'problem.ts#Problem',
  RetentionCell: 'retention.ts#RetentionCell',
  RetentionChart: 'dashboards.ts#SourceChart',
  RetentionReport: 'retention.ts#RetentionReport',
  RetentionRow: 'retention.ts#RetentionRow',
  SavedChart: 'dashboards.ts#SourceChart',
  UnknownChart: 'dashboards.ts#SourceChart',
  User: 'users.ts#SourceUser',
  UserProfile: 'users.ts#UserProfile',
};

/** The same for values of src/exports. */
const EXPORT_TYPES: Readonly<Record<string, string>> = {
  ExportFile: 'task.ts#TaskFile',
  ExportTask: 'task.ts#ExportTask',
  ExportTaskConnection: 'export-tasks.ts#TaskPage',
};

/** The same for values of src/datasets. */
const DATASET_TYPES: Readonly<Record<string, string>> = { Dataset: 'dataset-catalog.ts#ListedDataset' };

/** What a scalar is in TypeScript, once parsed and before it is written. A scalar of the schema missing here is an error. */
const SCALARS: Readonly<Record<string, string>> = {
  CurrencyCode: 'string',
  Date: 'string',
  DateTime: 'string',
  Duration: 'string',
  JSON: 'unknown',
  JSONObject: 'Readonly<Record<string, unknown>>',
  SafeInt: 'number',
  TimeZone: 'string',
  URL: 'string',
  _FieldSet: 'string',
};

function toMappers(folder: string, types: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(types).map(([type, source]) => [type, `../../${folder}/${source} as Domain${type}`]);
  return Object.fromEntries(entries) as Record<string, string>;
}

const config: CodegenConfig = {
  schema: 'schema/*.graphql',
  generates: {
    'src/graphql/__generated__/resolvers.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        contextType: '../context.ts#GraphQLContext',
        mappers: {
          ...toMappers('analytics', DOMAIN_TYPES),
          ...toMappers('exports', EXPORT_TYPES),
          ...toMappers('datasets', DATASET_TYPES),
        },
        scalars: SCALARS,
        strictScalars: true,
        enumsAsTypes: true,
        federation: true,
        immutableTypes: true,
        useIndexSignature: true,
        useTypeImports: true,
      },
    },
  },
};

export default config;
