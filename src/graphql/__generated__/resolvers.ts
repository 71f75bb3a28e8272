import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Allowance as DomainAllowance } from '../../analytics/http-client.ts';
import type { DataSource as DomainCatalog, DataSource as DomainDataSource } from '../../analytics/data-source.ts';
import type { SourceCohort as DomainCohort, CohortPage as DomainCohortConnection, CohortMembersPage as DomainCohortMemberConnection } from '../../analytics/cohorts.ts';
import type { CohortAnalysisReport as DomainCohortAnalysisReport, CohortCell as DomainCohortCell, CohortRow as DomainCohortRow } from '../../analytics/cohort-analysis.ts';
import type { ConversionReport as DomainConversionReport } from '../../analytics/conversions.ts';
import type { SourceDashboard as DomainDashboard, SourceChart as DomainFunnelChart, SourceChart as DomainMetricsChart, SourceChart as DomainRetentionChart, SourceChart as DomainSavedChart, SourceChart as DomainUnknownChart } from '../../analytics/dashboards.ts';
import type { Dimension as DomainDimension, DimensionValue as DomainDimensionValue, Metric as DomainMetric } from '../../analytics/catalog.ts';
import type { SourceEvent as DomainEvent, EventsReport as DomainEventConnection } from '../../analytics/events.ts';
import type { SourceEventDefinition as DomainEventDefinition, EventDefinitionPage as DomainEventDefinitionConnection } from '../../analytics/event-definitions.ts';
import type { ExportTable as DomainExportTable } from '../../analytics/exports.ts';
import type { Freshness as DomainFreshness } from '../../analytics/freshness.ts';
import type { FunnelGroup as DomainFunnelGroup, FunnelReport as DomainFunnelReport, FunnelStep as DomainFunnelStep } from '../../analytics/funnels.ts';
import type { LifetimeValueReport as DomainLifetimeValueReport, LifetimeValueRow as DomainLifetimeValueRow } from '../../analytics/lifetime-value.ts';
import type { MetricSeries as DomainMetricSeries, MetricsReport as DomainMetricsReport } from '../../analytics/metrics.ts';
import type { Period as DomainPeriod } from '../../analytics/period.ts';
import type { Problem as DomainProblem } from '../../analytics/problem.ts';
import type { RetentionCell as DomainRetentionCell, RetentionReport as DomainRetentionReport, RetentionRow as DomainRetentionRow } from '../../analytics/retention.ts';
import type { SourceUser as DomainUser, UserProfile as DomainUserProfile } from '../../analytics/users.ts';
import type { TaskFile as DomainExportFile, ExportTask as DomainExportTask } from '../../exports/task.ts';
import type { TaskPage as DomainExportTaskConnection } from '../../exports/export-tasks.ts';
import type { ListedDataset as DomainDataset } from '../../datasets/dataset-catalog.ts';
import type { GraphQLContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A currency by its ISO 4217 code. Example: `EUR`. */
  CurrencyCode: { input: string; output: string; }
  /** A calendar day, written `YYYY-MM-DD`, in the time zone of the data source it belongs to. Example: `2026-01-31`. */
  Date: { input: string; output: string; }
  /** A moment, written in ISO 8601 with `Z` or an offset. Example: `2026-01-31T00:00:00+01:00`. */
  DateTime: { input: string; output: string; }
  /** A length of time in ISO 8601, without months and years because these have no fixed length. Examples: `P7D`, `PT1H30M`. */
  Duration: { input: string; output: string; }
  /** Any JSON value. In tables: text, number, true, false or null. */
  JSON: { input: unknown; output: unknown; }
  /** A JSON object. */
  JSONObject: { input: Readonly<Record<string, unknown>>; output: Readonly<Record<string, unknown>>; }
  /** A whole number up to 9,007,199,254,740,991, which a JSON number holds exactly. */
  SafeInt: { input: number; output: number; }
  /** A time zone by its IANA name. Example: `Europe/Stockholm`. */
  TimeZone: { input: string; output: string; }
  /** An absolute web address. */
  URL: { input: string; output: string; }
  _FieldSet: { input: string; output: string; }
};

/** Which money. */
export type Accounting =
  /** What users paid. */
  | 'GROSS'
  /** After the store's commission and taxes. */
  | 'NET'
  /** After the store's commission. */
  | 'PROCEEDS';

/** A quota of the provider and what is left of it. We keep ahead of it: a call waits for its place rather than being refused. */
export type Allowance = {
  readonly __typename?: 'Allowance';
  /** How many requests are allowed in any stretch of `window`. */
  readonly limit: Scalars['Int']['output'];
  /** What is counted. Example: `requests per client`. */
  readonly name: Scalars['String']['output'];
  /** How many are left now. */
  readonly remaining: Scalars['Int']['output'];
  /** When all of them are free again; null while none is used. */
  readonly resetAt?: Maybe<Scalars['DateTime']['output']>;
  /** How many of our calls wait for a place. */
  readonly waiting: Scalars['Int']['output'];
  /** The stretch. */
  readonly window: Scalars['Duration']['output'];
};

/** Who worked the answer out. */
export type AnsweredBy =
  /** This server, over rows that the provider handed out. */
  | 'COMPUTED'
  /** The provider itself. */
  | 'NATIVE';

/** Who may keep an answer. */
export type CacheControlScope =
  /** Only the caller. */
  | 'PRIVATE'
  /** Everybody on the way, such as a shared proxy. */
  | 'PUBLIC';

/** Which export task. */
export type CancelExportInput = {
  /** Its global id. */
  readonly id: Scalars['ID']['input'];
};

/** The task as it is now, or why nothing was done. */
export type CancelExportPayload = {
  readonly __typename?: 'CancelExportPayload';
  /** The task; null where there is none of that id. */
  readonly exportTask?: Maybe<ExportTask>;
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A kind of question that a data source answers. */
export type Capability = {
  readonly __typename?: 'Capability';
  /** Who works the answers out. */
  readonly answeredBy: AnsweredBy;
  /** Which kind. */
  readonly kind: CapabilityKind;
  /** What can be asked. A question outside the limits fails with `QUERY_NOT_SUPPORTED` before any call to the provider. */
  readonly limits: QueryLimits;
  /** JSON Schema of `options`: what only this provider understands. Null where there is nothing. */
  readonly optionsSchema?: Maybe<Scalars['JSONObject']['output']>;
};

/** Kinds of questions. */
export type CapabilityKind =
  /** Saved groups of users: `DataSource.cohorts`. */
  | 'COHORTS'
  /** What becomes of those who entered together: `Query.cohortAnalysis`. */
  | 'COHORT_ANALYSIS'
  /** The share that gets from one point to another: `Query.conversion`. */
  | 'CONVERSION'
  /** Saved dashboards and their charts: `DataSource.dashboards`. */
  | 'DASHBOARDS'
  /** Raw events: `Query.events`. */
  | 'EVENTS'
  /** What was defined as an event: `DataSource.eventDefinitions`. */
  | 'EVENT_DEFINITIONS'
  /** Raw rows, prepared in the background: `Mutation.createExport`; `Catalog.tables` lists them. */
  | 'EXPORTS'
  /** How many go from step to step: `Query.funnel`. */
  | 'FUNNEL'
  /** What a user has been worth: `Query.lifetimeValue`. */
  | 'LIFETIME_VALUE'
  /** Numbers over time: `Query.metrics`. */
  | 'METRICS'
  /** How many come back: `Query.retention`. */
  | 'RETENTION'
  /** What is known of a single user: `User.profile`. */
  | 'USERS';

/** The words a data source understands. */
export type Catalog = {
  readonly __typename?: 'Catalog';
  /** What can be filtered and broken down by. */
  readonly dimensions: ReadonlyArray<Dimension>;
  /** Names of the events that were ever sent, asked now; null where the provider cannot list them. */
  readonly events?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Metrics that can be asked for by key. */
  readonly metrics: ReadonlyArray<Metric>;
  /** Raw tables that can be exported, in the provider's own words: see `Mutation.createExport`. Empty where there are none. */
  readonly tables: ReadonlyArray<ExportTable>;
};


/** The words a data source understands. */
export type CatalogDimensionsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
};


/** The words a data source understands. */
export type CatalogEventsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
};


/** The words a data source understands. */
export type CatalogMetricsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
};


/** The words a data source understands. */
export type CatalogTablesArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
};

/** A group of users that somebody saved at the provider, such as "paid more than 100 last month". */
export type Cohort = Node & {
  readonly __typename?: 'Cohort';
  /** All its users as CSV text: at most 100,000, past that the field fails with `RESULT_TOO_LARGE`. */
  readonly csv?: Maybe<Scalars['String']['output']>;
  /** Global and opaque. */
  readonly id: Scalars['ID']['output'];
  /** Its users, page by page. Each page is cut from the list as it is at that moment; see `updatedAt`. */
  readonly members?: Maybe<CohortMemberConnection>;
  /** Its name at the provider. */
  readonly name: Scalars['String']['output'];
  /** The provider's own id. */
  readonly nativeId: Scalars['String']['output'];
  /** How many users were in it when the provider worked it out last; null where the provider does not say. */
  readonly size?: Maybe<Scalars['SafeInt']['output']>;
  /** Whose it is. */
  readonly source: DataSource;
  /** When the provider worked it out last. */
  readonly updatedAt?: Maybe<Scalars['Date']['output']>;
  /** What its members are known by, in the provider's words. Example: `cs1`, the id of a signed-in user at GrowingIO. */
  readonly userKind?: Maybe<Scalars['String']['output']>;
};


/** A group of users that somebody saved at the provider, such as "paid more than 100 last month". */
export type CohortCsvArgs = {
  options?: InputMaybe<CsvOptions>;
};


/** A group of users that somebody saved at the provider, such as "paid more than 100 last month". */
export type CohortMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};

/** What cohort analyses a data source can answer. */
export type CohortAnalysisLimits = {
  readonly __typename?: 'CohortAnalysisLimits';
  /** Which money can be asked for. */
  readonly accountings: ReadonlyArray<Accounting>;
  /** What can be measured. */
  readonly measures: ReadonlyArray<CohortMeasure>;
  /** What offsets may count. */
  readonly offsetBy: ReadonlyArray<CohortOffset>;
  /** Whether values may add up from offset to offset. */
  readonly supportsCumulative: Scalars['Boolean']['output'];
  /** Whether the question names the entry; a fixed analysis takes none. */
  readonly takesEvents: Scalars['Boolean']['output'];
  /** Whether the question may say what users are worth; revenue where it does not. */
  readonly takesValue: Scalars['Boolean']['output'];
};

/** A question for a cohort analysis. */
export type CohortAnalysisQuery = {
  /** Which money. */
  readonly accounting?: Accounting;
  /** Dimensions to split by. */
  readonly breakdown?: ReadonlyArray<Scalars['String']['input']>;
  /** Whether values add up from offset to offset. */
  readonly cumulative?: Scalars['Boolean']['input'];
  /** With offsets by day: which days. Left out: the provider's choice. */
  readonly days?: InputMaybe<ReadonlyArray<Scalars['Int']['input']>>;
  /** The event that enters a cohort; left out where the provider's is fixed, such as the install. */
  readonly entry?: InputMaybe<EventSelectorInput>;
  /** What to keep. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** The length of a cohort's bucket. */
  readonly interval?: Interval;
  /** What to measure. */
  readonly measure?: CohortMeasure;
  /** What an offset counts. */
  readonly offsetBy?: CohortOffset;
  /** What only this provider understands: see `Capability.optionsSchema`. */
  readonly options?: InputMaybe<Scalars['JSONObject']['input']>;
  /** When users entered. */
  readonly period: PeriodInput;
  /** The data source's key. Example: `sandbox-adapty`. */
  readonly source: Scalars['String']['input'];
  /** Whose days are meant. Left out: the data source's own. */
  readonly timezone?: InputMaybe<Scalars['TimeZone']['input']>;
  /** What users are worth: how many events of one name there are (`COUNT`), or the sum of a property of theirs (`SUM`). Left out: revenue. */
  readonly value?: InputMaybe<EventMetricInput>;
  /**
   * How long to wait for rows that are fetched in the background, where this server computes the answer itself. What is not there by then is `NOT_READY`,
   * with the export task that fetches it; the next question finds what has arrived. Left out: 10 seconds; never longer than the server gives a request.
   */
  readonly waitFor?: InputMaybe<Scalars['Duration']['input']>;
};

/** What became of those who entered together. */
export type CohortAnalysisReport = Tabular & {
  readonly __typename?: 'CohortAnalysisReport';
  /** Which money. */
  readonly accounting: Accounting;
  /** Who worked them out. */
  readonly answeredBy: AnsweredBy;
  /** The same table as CSV text, RFC 4180. */
  readonly csv: Scalars['String']['output'];
  /** Whether values add up from offset to offset. */
  readonly cumulative: Scalars['Boolean']['output'];
  /** The currency of money. */
  readonly currency?: Maybe<Scalars['CurrencyCode']['output']>;
  /** How fresh and how whole the numbers are. */
  readonly freshness: Freshness;
  /** The length of a bucket. */
  readonly interval: Interval;
  /** What was measured. */
  readonly measure: CohortMeasure;
  /** What offsets count. */
  readonly offsetBy: CohortOffset;
  /** The period, as understood. */
  readonly period: Period;
  /** A row for each cohort, the oldest first; the provider's own total, where it gives one, before them. */
  readonly rows: ReadonlyArray<CohortRow>;
  /** Where the numbers come from. */
  readonly source: DataSource;
  /** TIDY: a row for each cohort and offset. WIDE: a row for each cohort, a column for each offset. */
  readonly table: Table;
  /** What the values count or measure. */
  readonly unit: Unit;
};


/** What became of those who entered together. */
export type CohortAnalysisReportCsvArgs = {
  options?: InputMaybe<CsvOptions>;
};


/** What became of those who entered together. */
export type CohortAnalysisReportTableArgs = {
  layout?: TableLayout;
};

/** The measure at one offset. */
export type CohortCell = {
  readonly __typename?: 'CohortCell';
  /** False while its time has not passed for everybody in the cohort. */
  readonly isComplete: Scalars['Boolean']['output'];
  /** How long after entry, in what `offsetBy` counts. */
  readonly offset: Scalars['Int']['output'];
  /** The value in relation to the cohort as the provider relates it, as a fraction; null where it does not. */
  readonly share?: Maybe<Scalars['Float']['output']>;
  /** The value; null while its time has not come, and where the provider does not say. */
  readonly value?: Maybe<Scalars['Float']['output']>;
};

/** Some of the cohorts of a data source. */
export type CohortConnection = Tabular & {
  readonly __typename?: 'CohortConnection';
  /** The same table as CSV text, RFC 4180. */
  readonly csv: Scalars['String']['output'];
  /** Each with its cursor. */
  readonly edges: ReadonlyArray<CohortEdge>;
  /** The same without cursors. */
  readonly nodes: ReadonlyArray<Cohort>;
  /** Where the page starts and ends. */
  readonly pageInfo: PageInfo;
  /** A row for each cohort, without its members. */
  readonly table: Table;
  /** How many there are on all pages. */
  readonly totalCount: Scalars['Int']['output'];
};


/** Some of the cohorts of a data source. */
export type CohortConnectionCsvArgs = {
  options?: InputMaybe<CsvOptions>;
};


/** Some of the cohorts of a data source. */
export type CohortConnectionTableArgs = {
  layout?: TableLayout;
};

/** A cohort with its cursor. */
export type CohortEdge = {
  readonly __typename?: 'CohortEdge';
  /** Pass it as `after` to read on behind this one. */
  readonly cursor: Scalars['String']['output'];
  /** The thing itself. */
  readonly node: Cohort;
};

/** What is measured about a cohort. */
export type CohortMeasure =
  /** Money per subscription. */
  | 'ARPAS'
  /** Money per paying user. */
  | 'ARPPU'
  /** Money per user of the cohort. */
  | 'ARPU'
  /** Money taken. */
  | 'REVENUE'
  /** Paying users. Distinct: not to be added up over cohorts that share users. */
  | 'SUBSCRIBERS'
  /** Subscriptions. */
  | 'SUBSCRIPTIONS';

/** A user in a cohort. */
export type CohortMember = {
  readonly __typename?: 'CohortMember';
  /** What is said about the user, by the names in `attributeNames`; null where the provider says nothing. */
  readonly attributes: Scalars['JSONObject']['output'];
  /** The same user, with what else is known of them. */
  readonly user: User;
  /** The provider's id of the user, just as it is written there. */
  readonly userId: Scalars['String']['output'];
};

/** Some of the users in a cohort. */
export type CohortMemberConnection = Tabular & {
  readonly __typename?: 'CohortMemberConnection';
  /** Names of what is said about the members beside their id, in the provider's words. */
  readonly attributeNames: ReadonlyArray<Scalars['String']['output']>;
  /** The same table as CSV text, RFC 4180. */
  readonly csv: Scalars['String']['output'];
  /** Each with its cursor. */
  readonly edges: ReadonlyArray<CohortMemberEdge>;
  /** How fresh and how whole the list is. */
  readonly freshness: Freshness;
  /** What the provider calls the column that `userId` is from. */
  readonly idName: Scalars['String']['output'];
  /** The same without cursors. */
  readonly nodes: ReadonlyArray<CohortMember>;
  /** Where the page starts and ends. */
  readonly pageInfo: PageInfo;
  /** A row for each member: `user_id`, then a column for each attribute. */
  readonly table: Table;
  /** How many there are on all pages. */
  readonly totalCount: Scalars['Int']['output'];
};


/** Some of the users in a cohort. */
export type CohortMemberConnectionCsvArgs = {
  options?: InputMaybe<CsvOptions>;
};


/** Some of the users in a cohort. */
export type CohortMemberConnectionTableArgs = {
  layout?: TableLayout;
};

/** A member with its cursor. */
export type CohortMemberEdge = {
  readonly __typename?: 'CohortMemberEdge';
  /** Pass it as `after` to read on behind this one. */
  readonly cursor: Scalars['String']['output'];
  /** The thing itself. */
  readonly node: CohortMember;
};

/** What an offset counts. */
export type CohortOffset =
  /** Days since entry. */
  | 'DAY'
  /** Buckets of the interval asked for. */
  | 'PERIOD'
  /** Paid periods of a subscription, from 1. */
  | 'RENEWAL';

/** Those who entered together. */
export type CohortRow = {
  readonly __typename?: 'CohortRow';
  /** One for each offset that the provider gives, in order; a young cohort may have fewer. */
  readonly cells: ReadonlyArray<CohortCell>;
  /** First day of the bucket in which they entered; null in a row of all cohorts. */
  readonly cohort?: Maybe<Scalars['Date']['output']>;
  /** Which group; empty for everybody. */
  readonly dimensions: ReadonlyArray<DimensionValue>;
  /** Whether this row is of all cohorts: of everybody or, with a breakdown, of one group. */
  readonly isTotal: Scalars['Boolean']['output'];
  /** How many entered; null where the provider does not say. */
  readonly size?: Maybe<Scalars['SafeInt']['output']>;
};

/** A column of a table. */
export type Column = {
  readonly __typename?: 'Column';
  /** The currency of money; null where the column has none, or its rows differ. */
  readonly currency?: Maybe<Scalars['CurrencyCode']['output']>;
  /** Unique within the table; the header of the CSV column. */
  readonly name: Scalars['String']['output'];
  /** What the cells hold. */
  readonly type: ColumnType;
  /** What the numbers count or measure; null where the column has none, or its rows differ. */
  readonly unit?: Maybe<Unit>;
};

/** What the cells of a column hold. Any cell may also be null: not known, which is not zero. */
export type ColumnType =
  /** True or false. */
  | 'BOOLEAN'
  /** A calendar day, `YYYY-MM-DD`. */
  | 'DATE'
  /** A moment in ISO 8601 with its offset. */
  | 'DATETIME'
  /** A length of time in seconds. */
  | 'DURATION'
  /** A whole number. */
  | 'INTEGER'
  /** Any JSON value. */
  | 'JSON'
  /** A list of texts, as a JSON array. */
  | 'LIST'
  /** A number. */
  | 'NUMBER'
  /** Text. */
  | 'TEXT';

/** An earlier period to compare with: one of the two ways to say it. */
export type ComparisonInput =
  /** From one calendar day to another, both included. */
  { readonly dates: DateRangeInput; readonly preset?: never; }
  |  /** By name. */
  { readonly dates?: never; readonly preset: ComparisonPreset; };

/** Earlier periods by name. */
export type ComparisonPreset =
  /** The period of the same length that ends where the asked one starts. */
  | 'PREVIOUS_PERIOD'
  /** The same days of the year before. */
  | 'SAME_PERIOD_LAST_YEAR';

/** How much of what was asked for an answer holds. */
export type Completeness =
  /** All of it. */
  | 'COMPLETE'
  /** Some parts are missing: `problems` says which. */
  | 'PARTIAL'
  /** Estimated by the provider from a sample. */
  | 'SAMPLED'
  /** Cut at a limit, such as `seriesLimit`; the largest were kept. */
  | 'TRUNCATED';

/** How files are compressed. */
export type Compression =
  /** gzip. */
  | 'GZIP'
  /** Not at all. */
  | 'NONE';

/** What conversions a data source can answer. */
export type ConversionLimits = {
  readonly __typename?: 'ConversionLimits';
  /** What a conversion may start and end with. */
  readonly points: ReadonlyArray<ConversionPointKind>;
};

/** A point of a conversion: one of the two ways to say it. */
export type ConversionPointInput =
  /** An event by its name. */
  { readonly event: Scalars['String']['input']; readonly subscription?: never; }
  |  /** A stage of a subscription. */
  { readonly event?: never; readonly subscription: SubscriptionPointInput; };

/** What a conversion may start and end with. */
export type ConversionPointKind =
  /** An event by its name. */
  | 'EVENT'
  /** A stage of a subscription. */
  | 'SUBSCRIPTION';

/** A question for a conversion. */
export type ConversionQuery = {
  /** Dimensions to split by. */
  readonly breakdown?: ReadonlyArray<Scalars['String']['input']>;
  /** An earlier period, whose numbers stand beside. */
  readonly compareTo?: InputMaybe<ComparisonInput>;
  /** What to keep. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** Where it starts. */
  readonly from: ConversionPointInput;
  /** A rate for each of these; `TOTAL` for one rate. */
  readonly interval?: Interval;
  /** What only this provider understands: see `Capability.optionsSchema`. */
  readonly options?: InputMaybe<Scalars['JSONObject']['input']>;
  /** When the conversion started. */
  readonly period: PeriodInput;
  /** The data source's key. Example: `sandbox-adapty`. */
  readonly source: Scalars['String']['input'];
  /** Whose days are meant. Left out: the data source's own. */
  readonly timezone?: InputMaybe<Scalars['TimeZone']['input']>;
  /** Where it ends. */
  readonly to: ConversionPointInput;
  /**
   * How long to wait for rows that are fetched in the background, where this server computes the answer itself. What is not there by then is `NOT_READY`,
   * with the export task that fetches it; the next question finds what has arrived. Left out: 10 seconds; never longer than the server gives a request.
   */
  readonly waitFor?: InputMaybe<Scalars['Duration']['input']>;
};

/** What share got from one point to another. */
export type ConversionReport = Tabular & {
  readonly __typename?: 'ConversionReport';
  /** Who worked them out. */
  readonly answeredBy: AnsweredBy;
  /** The same table as CSV text, RFC 4180. */
  readonly csv: Scalars['String']['output'];
  /** How fresh and how whole the numbers are. */
  readonly freshness: Freshness;
  /** How many were at the start; null where the provider does not say. */
  readonly fromCount?: Maybe<Scalars['SafeInt']['output']>;
  /** The length of a bucket. */
  readonly interval: Interval;
  /** The period, as understood. */
  readonly period: Period;
  /** The fraction of the comparison period. */
  readonly previousRate?: Maybe<Scalars['Float']['output']>;
  /** The fraction that got there; null where nobody started. */
  readonly rate?: Maybe<Scalars['Float']['output']>;
  /** Rates over time and by group, as fractions; empty where the provider gives the whole period only. */
  readonly series: ReadonlyArray<MetricSeries>;
  /** Where the numbers come from. */
  readonly source: DataSource;
  /** TIDY: a row for each series and time, the whole period first. WIDE: a row for each time, a column for each series. */
  readonly table: Table;
  /** How many of them got to the end; null where the provider does not say. */
  readonly toCount?: Maybe<Scalars['SafeInt']['output']>;
};


/** What share got from one point to another. */
export type ConversionReportCsvArgs = {
  options?: InputMaybe<CsvOptions>;
};


/** What share got from one point to another. */
export type ConversionReportTableArgs = {
  layout?: TableLayout;
};

/** What a funnel counts. */
export type CountBy =
  /** Distinct sessions; all steps must fall into the same one. */
  | 'SESSIONS'
  /** Distinct users. */
  | 'USERS';

/** What to export, and how it is written. */
export type CreateExportInput = {
  /** Whether the files are compressed. Parquet and XLSX are compressed by themselves and take `NONE` only. */
  readonly compression?: Compression;
  /** How CSV and TSV are written: as in the `csv` fields. Of no meaning to other formats. */
  readonly csv?: InputMaybe<CsvOptions>;
  /** The format of the files. */
  readonly format?: ExportFormat;
  /** Any text of yours, up to 200 characters: within 24 hours the same key answers the same task instead of starting another. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What to export. */
  readonly source: ExportSourceInput;
};

/** The task that was made, or why none was. */
export type CreateExportPayload = {
  readonly __typename?: 'CreateExportPayload';
  /** The task; null where the input has mistakes. */
  readonly exportTask?: Maybe<ExportTask>;
  /** What is wrong with the input. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** How CSV text is written. */
export type CsvOptions = {
  /** Whether the text starts with a byte order mark, by which Excel recognises UTF-8. */
  readonly byteOrderMark?: Scalars['Boolean']['input'];
  /** What stands between cells. */
  readonly delimiter?: Delimiter;
  /** What happens to text cells that a spreadsheet would run as formulas. */
  readonly formulas?: FormulaCells;
  /** Whether the first line names the columns. */
  readonly header?: Scalars['Boolean']['input'];
  /** How series are laid out. */
  readonly layout?: TableLayout;
  /** What ends a line. */
  readonly lineEnding?: LineEnding;
  /** What stands for null. A text cell that reads the same is quoted, so that the two stay apart. */
  readonly nullText?: Scalars['String']['input'];
};

/** A collection of charts that somebody saved at the provider. What the provider does not say is null. */
export type Dashboard = Node & {
  readonly __typename?: 'Dashboard';
  /** Its charts, in the provider's order. One call to the provider for each dashboard whose charts are asked for. */
  readonly charts?: Maybe<ReadonlyArray<SavedChart>>;
  /** When it was made. */
  readonly createdAt?: Maybe<Scalars['Date']['output']>;
  /** Who made it. */
  readonly creator?: Maybe<Scalars['String']['output']>;
  /** Global and opaque. */
  readonly id: Scalars['ID']['output'];
  /** What sort of dashboard it is, in the provider's words. Example: `realtimeV2`. */
  readonly kind?: Maybe<Scalars['String']['output']>;
  /** Its name at the provider. */
  readonly name: Scalars['String']['output'];
  /** The provider's own id. */
  readonly nativeId: Scalars['String']['output'];
  /** Who can see it, in the provider's words. Example: `project`. */
  readonly scope?: Maybe<Scalars['String']['output']>;
  /** Whose it is. */
  readonly source: DataSource;
  /** When it was changed last. */
  readonly updatedAt?: Maybe<Scalars['Date']['output']>;
  /** Who changed it last. */
  readonly updater?: Maybe<Scalars['String']['output']>;
};

/** A configured provider: one set of credentials, one project or app. Every question is asked of data sources. */
export type DataSource = Node & {
  readonly __typename?: 'DataSource';
  /** The provider's quotas and what is left of them. */
  readonly allowance: ReadonlyArray<Allowance>;
  /** What it can answer, and within which limits. */
  readonly capabilities: ReadonlyArray<Capability>;
  /** The words it understands: metrics, dimensions, events. */
  readonly catalog: Catalog;
  /** The groups of users that were saved at the provider. Null with `CAPABILITY_NOT_SUPPORTED` where the provider has none. */
  readonly cohorts?: Maybe<CohortConnection>;
  /** One of these dashboards; null where there is none of that id. */
  readonly dashboard?: Maybe<Dashboard>;
  /** The dashboards that were saved at the provider, the latest change first. Null with `CAPABILITY_NOT_SUPPORTED` where the provider has none. */
  readonly dashboards?: Maybe<ReadonlyArray<Dashboard>>;
  /** Rows of this data source that are kept here, day by day, to compute answers over that its provider does not give. Empty where none are. */
  readonly datasets: ReadonlyArray<Dataset>;
  /** Where the provider documents that API. */
  readonly docsUrl: Scalars['URL']['output'];
  /** The events that were defined at the provider. Null with `CAPABILITY_NOT_SUPPORTED` where the provider lists none. */
  readonly eventDefinitions?: Maybe<EventDefinitionConnection>;
  /** Whether it can be reached with the configured credentials, asked now. */
  readonly health: DataSourceHealth;
  /** Global and opaque. */
  readonly id: Scalars['ID']['output'];
  /** As in the configuration: what every `source` argument takes. Example: `sandbox-openpanel`. */
  readonly key: Scalars['String']['output'];
  /** A name for people. */
  readonly name: Scalars['String']['output'];
  /** Whose API it speaks. */
  readonly provider: Provider;
  /** Whose days its numbers are; null where the provider does not say. */
  readonly timezone?: Maybe<Scalars['TimeZone']['output']>;
};


/** A configured provider: one set of credentials, one project or app. Every question is asked of data sources. */
export type DataSourceCohortsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


/** A configured provider: one set of credentials, one project or app. Every question is asked of data sources. */
export type DataSourceDashboardArgs = {
  nativeId: Scalars['String']['input'];
};


/** A configured provider: one set of credentials, one project or app. Every question is asked of data sources. */
export type DataSourceEventDefinitionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};

/** Whether a data source can be reached with its credentials. */
export type DataSourceHealth = {
  readonly __typename?: 'DataSourceHealth';
  /** When it was asked. */
  readonly checkedAt: Scalars['DateTime']['output'];
  /** Whether the provider answered an authenticated call. */
  readonly isHealthy: Scalars['Boolean']['output'];
  /** How long the call took. */
  readonly latency: Scalars['Duration']['output'];
  /** Why it is not healthy; null if it is. */
  readonly problem?: Maybe<Problem>;
};

/** Rows of one table that are kept here, day by day. */
export type Dataset = {
  readonly __typename?: 'Dataset';
  /** When the oldest day was fetched of those that may still change; null where none of them may. */
  readonly asOf?: Maybe<Scalars['DateTime']['output']>;
  /** What they take on disk, in bytes. */
  readonly byteSize: Scalars['SafeInt']['output'];
  /** The days that are here, each stretch of them, in order. */
  readonly coverage: ReadonlyArray<DateRange>;
  /** What its rows are. */
  readonly description: Scalars['String']['output'];
  /** What `prepareDataset` takes. Example: `customEvents`. */
  readonly name: Scalars['String']['output'];
  /** How many rows are here. */
  readonly rowCount: Scalars['SafeInt']['output'];
  /** Whose days it is kept by. */
  readonly timezone: Scalars['TimeZone']['output'];
};

/** Calendar days in a row, both included. */
export type DateRange = {
  readonly __typename?: 'DateRange';
  /** The first day. */
  readonly from: Scalars['Date']['output'];
  /** The last day. */
  readonly to: Scalars['Date']['output'];
};

/** Calendar days in the question's time zone, both included. None may lie in the future. */
export type DateRangeInput = {
  /** The first day. Example: `2026-01-01`. */
  readonly from: Scalars['Date']['input'];
  /** The last day. Example: `2026-01-31`. */
  readonly to: Scalars['Date']['input'];
};

/** Which export task. */
export type DeleteExportInput = {
  /** Its global id. */
  readonly id: Scalars['ID']['input'];
};

/** What was removed, or why nothing was. */
export type DeleteExportPayload = {
  readonly __typename?: 'DeleteExportPayload';
  /** The id of the task that is no more; null where nothing was removed. */
  readonly deletedId?: Maybe<Scalars['ID']['output']>;
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What stands between CSV cells. */
export type Delimiter =
  /** `,` */
  | 'COMMA'
  /** `|` */
  | 'PIPE'
  /** `;`, which spreadsheets expect where the comma is the decimal sign. */
  | 'SEMICOLON'
  /** A tab character. */
  | 'TAB';

/** Something to filter or break down by. */
export type Dimension = {
  readonly __typename?: 'Dimension';
  /** What the values are. */
  readonly description: Scalars['String']['output'];
  /** What filters and breakdowns take. A key that ends in `<name>` stands for a family: put the property's own name there. Example: `country`, `properties.<name>`. */
  readonly key: Scalars['String']['output'];
  /** A name for people. */
  readonly name: Scalars['String']['output'];
};

/** One dimension's value. */
export type DimensionValue = {
  readonly __typename?: 'DimensionValue';
  /** The dimension's key. Example: `country`. */
  readonly dimension: Scalars['String']['output'];
  /** The provider's own word for the dimension, where ours is another. Example: `国家名称`. */
  readonly nativeDimension?: Maybe<Scalars['String']['output']>;
  /** The provider's own word for the value, where ours is another. */
  readonly nativeValue?: Maybe<Scalars['String']['output']>;
  /** The value; null where the provider does not know it. */
  readonly value?: Maybe<Scalars['String']['output']>;
};

/**
 * What can go wrong. The same codes stand in `Problem.code` and in `extensions.code` of GraphQL errors; `docs/errors.md` of the
 * project says what to do about each.
 */
export type ErrorCode =
  /** The question makes no sense for any provider. The message names the field, what was found and what is allowed. */
  | 'BAD_USER_INPUT'
  /** The data source cannot answer this kind of question at all. */
  | 'CAPABILITY_NOT_SUPPORTED'
  /** An export could not be finished for a reason of this server, such as a full disk. */
  | 'EXPORT_TASK_FAILED'
  /** There is no export task of that id, or it is somebody else's. */
  | 'EXPORT_TASK_NOT_FOUND'
  /** The caller is known and may not do this. */
  | 'FORBIDDEN'
  /** Something unexpected. The server's log has it under the `requestId` of the error. */
  | 'INTERNAL_SERVER_ERROR'
  /** The answer is being prepared in the background; `exportTask` says how far it is. */
  | 'NOT_READY'
  /** The caller went away before the answer was ready. */
  | 'OPERATION_CANCELLED'
  /** The provider refused the credentials that are configured for the data source. Not about the caller's own key. */
  | 'PROVIDER_AUTH_FAILED'
  /** The provider's allowance is used up, and waiting for it would have passed the deadline. */
  | 'PROVIDER_RATE_LIMITED'
  /** The provider understood the question and refused it. */
  | 'PROVIDER_REJECTED'
  /** The provider answered with success, but not with what it documents. */
  | 'PROVIDER_RESPONSE_INVALID'
  /** The deadline passed before the provider answered. */
  | 'PROVIDER_TIMEOUT'
  /** The provider could not be reached, or failed on its side. */
  | 'PROVIDER_UNAVAILABLE'
  /** The data source answers such questions, but not this one. The message states its limit. */
  | 'QUERY_NOT_SUPPORTED'
  /** The answer is too large for one response. */
  | 'RESULT_TOO_LARGE'
  /** The caller has not said who it is, or not credibly. */
  | 'UNAUTHENTICATED';

/** Something that a user did. What the provider does not say is null. */
export type Event = {
  readonly __typename?: 'Event';
  /** When, in UTC, to the millisecond. */
  readonly at: Scalars['DateTime']['output'];
  /** What else the provider says about the event, in its own words. */
  readonly attributes: Scalars['JSONObject']['output'];
  /** Browser. */
  readonly browser?: Maybe<Scalars['String']['output']>;
  /** Version of the browser. */
  readonly browserVersion?: Maybe<Scalars['String']['output']>;
  /** City. */
  readonly city?: Maybe<Scalars['String']['output']>;
  /** ISO 3166-1 alpha-2. Example: `SE`. */
  readonly country?: Maybe<Scalars['String']['output']>;
  /** Kind or model of device. */
  readonly device?: Maybe<Scalars['String']['output']>;
  /** On which device. */
  readonly deviceId?: Maybe<Scalars['String']['output']>;
  /** The provider's own id of the event. */
  readonly id: Scalars['String']['output'];
  /** What happened. Example: `purchase`. */
  readonly name: Scalars['String']['output'];
  /** Operating system. Example: `iOS`. */
  readonly os?: Maybe<Scalars['String']['output']>;
  /** Version of the operating system. */
  readonly osVersion?: Maybe<Scalars['String']['output']>;
  /** Page or screen. */
  readonly path?: Maybe<Scalars['String']['output']>;
  /** The event's own properties, as they were sent. */
  readonly properties: Scalars['JSONObject']['output'];
  /** Where the user came from. */
  readonly referrer?: Maybe<Scalars['String']['output']>;
  /** Region within the country. */
  readonly region?: Maybe<Scalars['String']['output']>;
  /** Revenue of the event, in the provider's own unit. */
  readonly revenue?: Maybe<Scalars['Float']['output']>;
  /** In which session. */
  readonly sessionId?: Maybe<Scalars['String']['output']>;
  /** The same user, with what else is known of them; null where `userId` is. */
  readonly user?: Maybe<User>;
  /** Who, by the provider's id of the user. */
  readonly userId?: Maybe<Scalars['String']['output']>;
};

/** A page of events. */
export type EventConnection = Tabular & {
  readonly __typename?: 'EventConnection';
  /** The same table as CSV text, RFC 4180. */
  readonly csv: Scalars['String']['output'];
  /** The events with their cursors. */
  readonly edges: ReadonlyArray<EventEdge>;
  /** How fresh the page is. */
  readonly freshness: Freshness;
  /** How many events have turned up in the part already read since it was read: reading on will not show them. */
  readonly lateArrivals: Scalars['Int']['output'];
  /** The events without their cursors. */
  readonly nodes: ReadonlyArray<Event>;
  /** Where the page starts and ends. */
  readonly pageInfo: PageInfo;
  /** The period, as understood. */
  readonly period: Period;
  /** Where the events come from. */
  readonly source: DataSource;
  /** The page's events as a table. TIDY: properties as JSON text. WIDE: a column for each property. */
  readonly table: Table;
  /** All events of the window; null where the provider does not count exactly them. */
  readonly totalCount?: Maybe<Scalars['SafeInt']['output']>;
};


/** A page of events. */
export type EventConnectionCsvArgs = {
  options?: InputMaybe<CsvOptions>;
};


/** A page of events. */
export type EventConnectionTableArgs = {
  layout?: TableLayout;
};

/** What counts as an event, as somebody defined it at the provider. Nothing says that it ever happened. */
export type EventDefinition = Node & {
  readonly __typename?: 'EventDefinition';
  /** Global and opaque. */
  readonly id: Scalars['ID']['output'];
  /** What sort of thing happens, in the provider's words. Example: `clck`, a click at GrowingIO. */
  readonly kind?: Maybe<Scalars['String']['output']>;
  /** Its name at the provider. Several definitions may share one. */
  readonly name: Scalars['String']['output'];
  /** The provider's own id. */
  readonly nativeId: Scalars['String']['output'];
  /** Whose it is. */
  readonly source: DataSource;
};

/** Some of the defined events of a data source. */
export type EventDefinitionConnection = Tabular & {
  readonly __typename?: 'EventDefinitionConnection';
  /** The same table as CSV text, RFC 4180. */
  readonly csv: Scalars['String']['output'];
  /** Each with its cursor. */
  readonly edges: ReadonlyArray<EventDefinitionEdge>;
  /** The same without cursors. */
  readonly nodes: ReadonlyArray<EventDefinition>;
  /** Where the page starts and ends. */
  readonly pageInfo: PageInfo;
  /** A row for each definition. */
  readonly table: Table;
  /** How many there are on all pages. */
  readonly totalCount: Scalars['Int']['output'];
};


/** Some of the defined events of a data source. */
export type EventDefinitionConnectionCsvArgs = {
  options?: InputMaybe<CsvOptions>;
};


/** Some of the defined events of a data source. */
export type EventDefinitionConnectionTableArgs = {
  layout?: TableLayout;
};

/** A definition with its cursor. */
export type EventDefinitionEdge = {
  readonly __typename?: 'EventDefinitionEdge';
  /** Pass it as `after` to read on behind this one. */
  readonly cursor: Scalars['String']['output'];
  /** The thing itself. */
  readonly node: EventDefinition;
};

/** An event with its cursor. */
export type EventEdge = {
  readonly __typename?: 'EventEdge';
  /** Pass it as `after` to read on behind this event. */
  readonly cursor: Scalars['String']['output'];
  /** The event. */
  readonly node: Event;
};

/** What is measured about events. */
export type EventMeasure =
  /** Average of the property. */
  | 'AVERAGE'
  /** How many events. */
  | 'COUNT'
  /** Events per distinct user. */
  | 'COUNT_PER_USER'
  /** Greatest value of the property. */
  | 'MAX'
  /** Least value of the property. */
  | 'MIN'
  /** How many distinct sessions have one. Not to be added up over days or groups. */
  | 'SESSIONS'
  /** Sum of the property. */
  | 'SUM'
  /** How many distinct users sent one. Not to be added up over days or groups. */
  | 'UNIQUE_USERS';

/** A measure of the events of one name. */
export type EventMetricInput = {
  /** Which events to keep. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** What to measure. */
  readonly measure?: EventMeasure;
  /** The event's name, as it was sent. Example: `purchase`. */
  readonly name: Scalars['String']['input'];
  /** The numeric property to sum, average, or find the least or greatest of. Needed for these, refused for the others. Example: `properties.price`. */
  readonly property?: InputMaybe<Scalars['String']['input']>;
};

/** Events of one name. */
export type EventSelectorInput = {
  /** The event's name, as it was sent. */
  readonly event: Scalars['String']['input'];
  /** Which of them. */
  readonly filters?: ReadonlyArray<FilterInput>;
};

/** A question for raw events. */
export type EventsQuery = {
  /** What to keep. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** Names of events, as they were sent; empty for all. */
  readonly names?: ReadonlyArray<Scalars['String']['input']>;
  /** What only this provider understands: see `Capability.optionsSchema`. */
  readonly options?: InputMaybe<Scalars['JSONObject']['input']>;
  /** When they happened. */
  readonly period: PeriodInput;
  /** The data source's key. Example: `sandbox-openpanel`. */
  readonly source: Scalars['String']['input'];
  /** Whose days are meant. Left out: the data source's own. */
  readonly timezone?: InputMaybe<Scalars['TimeZone']['input']>;
};

/** A column of a raw table. */
export type ExportColumn = {
  readonly __typename?: 'ExportColumn';
  /** What they mean. */
  readonly description: Scalars['String']['output'];
  /** What `rows: { columns: … }` takes. */
  readonly name: Scalars['String']['output'];
  /** What its cells hold. */
  readonly type: ColumnType;
};

/** A file of an export. */
export type ExportFile = {
  readonly __typename?: 'ExportFile';
  /** Its size in bytes. */
  readonly byteSize: Scalars['SafeInt']['output'];
  /** When `url` ends. Ask again for a new one. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** Its media type. Example: `text/csv`. */
  readonly mediaType: Scalars['String']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Rows in it, without the header; null for `PROVIDER_NATIVE`. */
  readonly rowCount?: Maybe<Scalars['SafeInt']['output']>;
  /** SHA-256 of its bytes in hexadecimal. */
  readonly sha256: Scalars['String']['output'];
  /** Where to fetch it, without a key, until `expiresAt`. Ranges can be asked for. With a key, `/exports/<id>/files/<name>` works as long as the file is there. */
  readonly url: Scalars['URL']['output'];
};

/** Something that a raw table can be filtered by. */
export type ExportFilter = {
  readonly __typename?: 'ExportFilter';
  /** What is kept. */
  readonly description: Scalars['String']['output'];
  /** Most values of one filter; null for no limit. */
  readonly maxValues?: Maybe<Scalars['Int']['output']>;
  /** What a filter's `dimension` takes. */
  readonly name: Scalars['String']['output'];
};

/** Formats of files. Columns have the same names and types in all but `PROVIDER_NATIVE`. */
export type ExportFormat =
  /** Comma-separated values, RFC 4180, as in the `csv` fields. */
  | 'CSV'
  /** A JSON object a line. */
  | 'JSONL'
  /** Apache Parquet, compressed inside. */
  | 'PARQUET'
  /** The provider's own files, byte by byte: raw tables of MyTracker and Instal, reports of one Adapty data source, members of cohorts of GrowingIO. */
  | 'PROVIDER_NATIVE'
  /** The same with tabs. */
  | 'TSV'
  /** Excel; past 1,048,575 rows further sheets follow. */
  | 'XLSX';

/** What a running task is doing. */
export type ExportPhase =
  /** Writing the files. */
  | 'CONVERTING'
  /** Fetching rows. */
  | 'FETCHING'
  /** Putting the files where they can be fetched. */
  | 'PUBLISHING'
  /** Asking the provider for an export. */
  | 'STARTING'
  /** Waiting for the provider to prepare it. */
  | 'WAITING';

/** What to export: one of the three. */
export type ExportSourceInput =
  /** The members of a cohort, by its global id. */
  { readonly cohortMembers: Scalars['ID']['input']; readonly report?: never; readonly rows?: never; }
  |  /** Any report, without the limits of one answer. */
  { readonly cohortMembers?: never; readonly report: ReportExportInput; readonly rows?: never; }
  |  /** Rows of a raw table of one data source. */
  { readonly cohortMembers?: never; readonly report?: never; readonly rows: RowsExportInput; };

/** How far a task has come. */
export type ExportState =
  /** Was stopped; can be tried again. */
  | 'CANCELLED'
  /** Is being stopped. */
  | 'CANCELLING'
  /** Its files were removed, because their time was over. */
  | 'EXPIRED'
  /** Failed, with a reason; can be tried again. */
  | 'FAILED'
  /** Waits for its turn. */
  | 'QUEUED'
  /** Is being worked on. */
  | 'RUNNING'
  /** Done: its files are there. */
  | 'SUCCEEDED';

/** A raw table that can be exported, in the provider's own words. */
export type ExportTable = {
  readonly __typename?: 'ExportTable';
  /** Its columns, as far as they are known. */
  readonly columns: ReadonlyArray<ExportColumn>;
  /** What is exported where no columns are named. */
  readonly defaultColumns: ReadonlyArray<Scalars['String']['output']>;
  /** What its rows are. */
  readonly description: Scalars['String']['output'];
  /** What its rows can be filtered by. */
  readonly filters: ReadonlyArray<ExportFilter>;
  /** What `rows: { table: … }` takes. */
  readonly name: Scalars['String']['output'];
  /** Whether columns may be named that are not listed here. */
  readonly takesOtherColumns: Scalars['Boolean']['output'];
};

/** An export on its way, or done. It is kept on disk: a restart of the server goes on where it was. */
export type ExportTask = Node & {
  readonly __typename?: 'ExportTask';
  /** Which attempt this is; 1 for the first. */
  readonly attempt: Scalars['Int']['output'];
  /** Bytes that have arrived; once it has succeeded, bytes of its files. */
  readonly byteSize?: Maybe<Scalars['SafeInt']['output']>;
  /** Whether the files hold all that was asked for; null before they are there. */
  readonly completeness?: Maybe<Completeness>;
  /** How its files are compressed. */
  readonly compression: Compression;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Why it failed; null unless it did. */
  readonly error?: Maybe<Problem>;
  /** Rows that the provider says there are; null where it does not say. */
  readonly expectedRowCount?: Maybe<Scalars['SafeInt']['output']>;
  /** When its files are removed; the task then is `EXPIRED`. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its files, once it has succeeded; empty before, and after they are removed. */
  readonly files: ReadonlyArray<ExportFile>;
  /** When it ended. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The format of its files. */
  readonly format: ExportFormat;
  /** Global and opaque. */
  readonly id: Scalars['ID']['output'];
  /** What it is doing; null unless it is running. */
  readonly phase?: Maybe<ExportPhase>;
  /** The first rows of its files; null before it has succeeded, and for `PROVIDER_NATIVE`. */
  readonly preview?: Maybe<Table>;
  /** How much is done, from 0 to 1; null while nobody knows. */
  readonly progress?: Maybe<Scalars['Float']['output']>;
  /** Rows that have arrived; once it has succeeded, rows in its files. */
  readonly rowCount?: Maybe<Scalars['SafeInt']['output']>;
  /** Where the rows come from; null for a report of several data sources. */
  readonly source?: Maybe<DataSource>;
  /** When this attempt began. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How far it has come. */
  readonly state: ExportState;
};


/** An export on its way, or done. It is kept on disk: a restart of the server goes on where it was. */
export type ExportTaskPreviewArgs = {
  first?: Scalars['Int']['input'];
};

/** Some of your export tasks. */
export type ExportTaskConnection = {
  readonly __typename?: 'ExportTaskConnection';
  /** Each with its cursor. */
  readonly edges: ReadonlyArray<ExportTaskEdge>;
  /** The same without cursors. */
  readonly nodes: ReadonlyArray<ExportTask>;
  /** Where the page starts and ends. */
  readonly pageInfo: PageInfo;
  /** How many there are on all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An export task with its cursor. */
export type ExportTaskEdge = {
  readonly __typename?: 'ExportTaskEdge';
  /** Pass it as `after` to read on behind this one. */
  readonly cursor: Scalars['String']['output'];
  /** The task. */
  readonly node: ExportTask;
};

/** Which export tasks; every condition must hold. */
export type ExportTaskFilter = {
  /** Asked for before this time. */
  readonly createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Asked for at this time or later. */
  readonly createdFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Of one of these data sources, by their keys. */
  readonly sources?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** In one of these states. */
  readonly states?: InputMaybe<ReadonlyArray<ExportState>>;
};

/** Keep what has the dimension's value among the given ones. Several filters: all must hold. */
export type FilterInput = {
  /** A dimension of the data source's catalog. Example: `country`. */
  readonly dimension: Scalars['String']['input'];
  /** How to compare. */
  readonly operator?: FilterOperator;
  /** What to compare with: one or more values (any of them fits), one number for `GT`, `GTE`, `LT` and `LTE`, none for `IS_SET` and `IS_NOT_SET`. */
  readonly values?: ReadonlyArray<Scalars['String']['input']>;
};

/** How a filter compares. */
export type FilterOperator =
  /** Holds one of the values. */
  | 'CONTAINS'
  /** Ends with one of the values. */
  | 'ENDS_WITH'
  /** Greater than the value. */
  | 'GT'
  /** Greater than or equal to the value. */
  | 'GTE'
  /** Equal to one of the values. */
  | 'IS'
  /** Equal to none of the values. */
  | 'IS_NOT'
  /** Has no value. */
  | 'IS_NOT_SET'
  /** Has a value. */
  | 'IS_SET'
  /** Less than the value. */
  | 'LT'
  /** Less than or equal to the value. */
  | 'LTE'
  /** Fits one of the values, which are regular expressions. */
  | 'MATCHES'
  /** Holds none of the values. */
  | 'NOT_CONTAINS'
  /** Begins with one of the values. */
  | 'STARTS_WITH';

/** What happens to text cells that start like a formula (`=`, `+`, `-`, `@`). */
export type FormulaCells =
  /** An apostrophe is put before them, so that no spreadsheet runs them. */
  | 'ESCAPE'
  /** They are written as they are. */
  | 'RAW';

/** A series that is worked out of others. */
export type FormulaInput = {
  /** What the series is called. Later formulas may use it. */
  readonly as: Scalars['String']['input'];
  /**
   * An expression of `+ - * /`, parentheses, numbers and names of series: `as` of a selection, or the metric's own name. Names other than letters, digits and
   * underscores stand in double quotes. What is divided by 0, or made of something missing, is null. Money of several currencies is never mixed. Example:
   * `cost / sign_ups`.
   */
  readonly expression: Scalars['String']['input'];
  /** What it counts or measures. Left out: money where the expression is money of one currency, else `NUMBER`. */
  readonly unit?: InputMaybe<Unit>;
};

/** How fresh and how whole an answer is. */
export type Freshness = {
  readonly __typename?: 'Freshness';
  /** When the provider answered; of several, the earliest. */
  readonly asOf: Scalars['DateTime']['output'];
  /** Everything before this moment has been worked out by the provider; null where it does not say how far behind it is. */
  readonly completeUntil?: Maybe<Scalars['DateTime']['output']>;
  /** Whether all of what was asked for is there. */
  readonly completeness: Completeness;
  /** Whether the answer was kept from an earlier question. */
  readonly fromCache: Scalars['Boolean']['output'];
  /** False while the numbers may still change: the period has not ended, or the provider says so. */
  readonly isSettled: Scalars['Boolean']['output'];
};

/** A saved funnel. */
export type FunnelChart = Node & SavedChart & {
  readonly __typename?: 'FunnelChart';
  /** When it was made. */
  readonly createdAt?: Maybe<Scalars['Date']['output']>;
  /** Who made it. */
  readonly creator?: Maybe<Scalars['String']['output']>;
  /** Global and opaque. */
  readonly id: Scalars['ID']['output'];
  /** What it answers with. */
  readonly kind: SavedChartKind;
  /** Its name at the provider. */
  readonly name: Scalars['String']['output'];
  /** The provider's own id, as the address of its page shows it. */
  readonly nativeId: Scalars['String']['output'];
  /** The kind in the provider's words; null where it does not say. */
  readonly nativeKind?: Maybe<Scalars['String']['output']>;
  /** How many went from step to step. */
  readonly report?: Maybe<FunnelReport>;
  /** Whose it is. */
  readonly source: DataSource;
};


/** A saved funnel. */
export type FunnelChartReportArgs = {
  conversionWindow?: InputMaybe<Scalars['Duration']['input']>;
  interval?: Interval;
  period: PeriodInput;
};

/** Why some went no further than a step. */
export type FunnelChurnReason = {
  readonly __typename?: 'FunnelChurnReason';
  /** How many left for it; null where the provider does not say. */
  readonly count?: Maybe<Scalars['SafeInt']['output']>;
  /** The reason, in the provider's words. Example: `Billing issue`. */
  readonly title: Scalars['String']['output'];
};

/** The funnel of one group, or of one bucket of time. */
export type FunnelGroup = {
  readonly __typename?: 'FunnelGroup';
  /** The bucket's start; null with interval `TOTAL`. */
  readonly at?: Maybe<Scalars['DateTime']['output']>;
  /** Which group; empty without a breakdown. */
  readonly dimensions: ReadonlyArray<DimensionValue>;
  /** The steps, of this group. */
  readonly steps: ReadonlyArray<FunnelStep>;
};

/** What funnels a data source can compute. */
export type FunnelLimits = {
  readonly __typename?: 'FunnelLimits';
  /** What may be counted. */
  readonly countBy: ReadonlyArray<CountBy>;
  /** Longest conversion window; null where it cannot be chosen. */
  readonly maxConversionWindow?: Maybe<Scalars['Duration']['output']>;
  /** Most steps; 0 where the steps are the provider's own. */
  readonly maxSteps: Scalars['Int']['output'];
  /** Shortest conversion window; null where it cannot be chosen. */
  readonly minConversionWindow?: Maybe<Scalars['Duration']['output']>;
  /** Fewest steps; 0 where the steps are the provider's own. */
  readonly minSteps: Scalars['Int']['output'];
  /** In which orders steps may be wanted. */
  readonly orders: ReadonlyArray<FunnelOrder>;
  /** Whether events may be excluded between steps. */
  readonly supportsExclusions: Scalars['Boolean']['output'];
  /** Whether steps may have filters. */
  readonly supportsStepFilters: Scalars['Boolean']['output'];
};

/** How strictly the order of steps is wanted. */
export type FunnelOrder =
  /** In this order; other events may come between. */
  | 'ORDERED'
  /** In this order, with nothing between. */
  | 'STRICT'
  /** All of them, in any order. */
  | 'UNORDERED';

/** A question for a funnel. */
export type FunnelQuery = {
  /** Dimensions to split by: a funnel for each combination of values. */
  readonly breakdown?: ReadonlyArray<Scalars['String']['input']>;
  /** A saved funnel of the provider, by its global id or the provider's own, in the place of steps. */
  readonly chart?: InputMaybe<Scalars['ID']['input']>;
  /** How long after the first step the last one may come. Left out: the provider's default, which the report states. Example: `P7D`. */
  readonly conversionWindow?: InputMaybe<Scalars['Duration']['input']>;
  /** Whether distinct users or distinct sessions are counted. */
  readonly countBy?: CountBy;
  /** Events that must not come between steps. */
  readonly excluding?: ReadonlyArray<EventSelectorInput>;
  /** What to keep, for all steps. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** A funnel for each of these; `TOTAL` for one funnel. */
  readonly interval?: Interval;
  /** What only this provider understands: see `Capability.optionsSchema`. */
  readonly options?: InputMaybe<Scalars['JSONObject']['input']>;
  /** How strictly the order is wanted. */
  readonly order?: FunnelOrder;
  /** When: all steps must fall into it. */
  readonly period: PeriodInput;
  /** The data source's key. Example: `sandbox-openpanel`. */
  readonly source: Scalars['String']['input'];
  /** 2 to 20 steps in order; left out where the provider's funnel is fixed or a saved one is asked for. A data source may allow fewer: see `Capability.limits`. */
  readonly steps?: InputMaybe<ReadonlyArray<FunnelStepInput>>;
  /** Whose days are meant. Left out: the data source's own. */
  readonly timezone?: InputMaybe<Scalars['TimeZone']['input']>;
  /**
   * How long to wait for rows that are fetched in the background, where this server computes the answer itself. What is not there by then is `NOT_READY`,
   * with the export task that fetches it; the next question finds what has arrived. Left out: 10 seconds; never longer than the server gives a request.
   */
  readonly waitFor?: InputMaybe<Scalars['Duration']['input']>;
};

/** How many went from step to step. */
export type FunnelReport = Tabular & {
  readonly __typename?: 'FunnelReport';
  /** Who worked them out. */
  readonly answeredBy: AnsweredBy;
  /** The fraction that reached the last step; null where nobody started. */
  readonly conversionRate?: Maybe<Scalars['Float']['output']>;
  /** The conversion window that was applied; null where the provider has none. */
  readonly conversionWindow?: Maybe<Scalars['Duration']['output']>;
  /** What was counted. */
  readonly countBy: CountBy;
  /** The same table as CSV text, RFC 4180. */
  readonly csv: Scalars['String']['output'];
  /** How fresh and how whole the numbers are. */
  readonly freshness: Freshness;
  /** The funnels of each group or bucket; empty without a breakdown and with interval `TOTAL`. A saved funnel brings its own groups. */
  readonly groups: ReadonlyArray<FunnelGroup>;
  /** How strictly the order was wanted. */
  readonly order: FunnelOrder;
  /** The period, as understood. */
  readonly period: Period;
  /** What is missing. */
  readonly problems: ReadonlyArray<Problem>;
  /** Where the numbers come from. */
  readonly source: DataSource;
  /** The steps, of everybody. A saved funnel over several groups that overlap has no counts here. */
  readonly steps: ReadonlyArray<FunnelStep>;
  /** TIDY: a row for each step (of each group). WIDE: a row for each group, a column for each step. */
  readonly table: Table;
};


/** How many went from step to step. */
export type FunnelReportCsvArgs = {
  options?: InputMaybe<CsvOptions>;
};


/** How many went from step to step. */
export type FunnelReportTableArgs = {
  layout?: TableLayout;
};

/** A step and who reached it. */
export type FunnelStep = {
  readonly __typename?: 'FunnelStep';
  /** Why those who left here went no further, in the provider's words; null where the provider does not say. */
  readonly churnReasons?: Maybe<ReadonlyArray<FunnelChurnReason>>;
  /** How many reached it; null where the provider does not say. */
  readonly count?: Maybe<Scalars['SafeInt']['output']>;
  /** How many of the step before did not reach it; null for the first step. */
  readonly dropOff?: Maybe<Scalars['SafeInt']['output']>;
  /** The fraction of the step before that reached it; null for the first step. */
  readonly fromPrevious?: Maybe<Scalars['Float']['output']>;
  /** The fraction of the first step that reached it; null where nobody started. */
  readonly fromStart?: Maybe<Scalars['Float']['output']>;
  /** 1 for the first. */
  readonly index: Scalars['Int']['output'];
  /** Median time since the step before; null for the first step and where the provider does not say. */
  readonly medianTimeFromPrevious?: Maybe<Scalars['Duration']['output']>;
  /** The step's `as`, or the event's name. */
  readonly name: Scalars['String']['output'];
  /** The provider's own word for the step, where ours is another. Example: `第一步`. */
  readonly nativeName?: Maybe<Scalars['String']['output']>;
};

/** A step of a funnel. */
export type FunnelStepInput = {
  /** What the step is called. Left out: the event's name. */
  readonly as?: InputMaybe<Scalars['String']['input']>;
  /** The event's name, as it was sent. Example: `sign_up`. */
  readonly event: Scalars['String']['input'];
  /** Which of them. */
  readonly filters?: ReadonlyArray<FilterInput>;
};

/** Moments, half-open: `from` belongs to the range, `to` does not. */
export type InstantRangeInput = {
  /** The first moment. Example: `2026-01-31T13:00:00Z`. */
  readonly from: Scalars['DateTime']['input'];
  /** The first moment after the range. */
  readonly to: Scalars['DateTime']['input'];
};

/** The length of one bucket of a series. A week or month that a period cuts is shown as the part that lies in the period. */
export type Interval =
  /** A calendar day; 23 or 25 hours where clocks change. */
  | 'DAY'
  /** An hour. */
  | 'HOUR'
  /** A minute. */
  | 'MINUTE'
  /** A calendar month. */
  | 'MONTH'
  /** A calendar quarter. */
  | 'QUARTER'
  /** The whole period as one number. */
  | 'TOTAL'
  /** A week, from Monday. */
  | 'WEEK'
  /** A calendar year. */
  | 'YEAR';

/** What lifetime values a data source can answer. */
export type LifetimeValueLimits = {
  readonly __typename?: 'LifetimeValueLimits';
  /** Which money can be asked for. */
  readonly accountings: ReadonlyArray<Accounting>;
  /** What offsets may count. */
  readonly offsetBy: ReadonlyArray<CohortOffset>;
  /** Whether the question names the entry; a fixed one takes none. */
  readonly takesEvents: Scalars['Boolean']['output'];
  /** Whether the question may say what users are worth; revenue where it does not. */
  readonly takesValue: Scalars['Boolean']['output'];
};

/** A question for lifetime value. */
export type LifetimeValueQuery = {
  /** Which money. */
  readonly accounting?: Accounting;
  /**
   * What it costs to bring users in: a sum of money, of this or of another data source. Rows then have `acquisitionCost` and `paybackOffset`. Its currency must be
   * that of the values; `breakdown` and `filters` are asked of it too.
   */
  readonly acquisitionCost?: InputMaybe<MetricSelectionInput>;
  /** Dimensions to split by. */
  readonly breakdown?: ReadonlyArray<Scalars['String']['input']>;
  /** The event with which users enter. Left out: the data source's own entry, such as the install. */
  readonly entry?: InputMaybe<EventSelectorInput>;
  /** What to keep. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** The length of a cohort's bucket. */
  readonly interval?: Interval;
  /** What an offset counts. */
  readonly offsetBy?: CohortOffset;
  /** What only this provider understands: see `Capability.optionsSchema`. */
  readonly options?: InputMaybe<Scalars['JSONObject']['input']>;
  /** When users entered. */
  readonly period: PeriodInput;
  /** The data source's key. Example: `sandbox-adapty`. */
  readonly source: Scalars['String']['input'];
  /** Whose days are meant. Left out: the data source's own. */
  readonly timezone?: InputMaybe<Scalars['TimeZone']['input']>;
  /** What users are worth: how many events of one name there are (`COUNT`), or the sum of a property of theirs (`SUM`). Left out: revenue. */
  readonly value?: InputMaybe<EventMetricInput>;
  /**
   * How long to wait for rows that are fetched in the background, where this server computes the answer itself. What is not there by then is `NOT_READY`,
   * with the export task that fetches it; the next question finds what has arrived. Left out: 10 seconds; never longer than the server gives a request.
   */
  readonly waitFor?: InputMaybe<Scalars['Duration']['input']>;
};

/** What a user has been worth since entering. */
export type LifetimeValueReport = Tabular & {
  readonly __typename?: 'LifetimeValueReport';
  /** Which money. */
  readonly accounting: Accounting;
  /** Who worked them out. */
  readonly answeredBy: AnsweredBy;
  /** The same table as CSV text, RFC 4180. */
  readonly csv: Scalars['String']['output'];
  /** The currency of the money. */
  readonly currency?: Maybe<Scalars['CurrencyCode']['output']>;
  /** How fresh and how whole the numbers are. */
  readonly freshness: Freshness;
  /** The length of a bucket. */
  readonly interval: Interval;
  /** What offsets count. */
  readonly offsetBy: CohortOffset;
  /** The period, as understood. */
  readonly period: Period;
  /** A row for each cohort, the oldest first; the provider's own total, where it gives one, before them. */
  readonly rows: ReadonlyArray<LifetimeValueRow>;
  /** Where the numbers come from. */
  readonly source: DataSource;
  /** TIDY: a row for each cohort and offset. WIDE: a row for each cohort, a column for each offset. */
  readonly table: Table;
};


/** What a user has been worth since entering. */
export type LifetimeValueReportCsvArgs = {
  options?: InputMaybe<CsvOptions>;
};


/** What a user has been worth since entering. */
export type LifetimeValueReportTableArgs = {
  layout?: TableLayout;
};

/** Those who entered together, and what a user of them has been worth. */
export type LifetimeValueRow = {
  readonly __typename?: 'LifetimeValueRow';
  /**
   * What it cost to bring one of them in: the cost of their bucket, or of the whole period in a row of all cohorts, divided by how many entered. Null without
   * `acquisitionCost` in the question, and where the cost is not known.
   */
  readonly acquisitionCost?: Maybe<Scalars['Float']['output']>;
  /** Money per user up to each offset that the provider gives, in order; a young cohort may have fewer. */
  readonly cells: ReadonlyArray<CohortCell>;
  /** First day of the bucket in which they entered; null in a row of all cohorts. */
  readonly cohort?: Maybe<Scalars['Date']['output']>;
  /** Which group; empty for everybody. */
  readonly dimensions: ReadonlyArray<DimensionValue>;
  /** Whether this row is of all cohorts: of everybody or, with a breakdown, of one group. */
  readonly isTotal: Scalars['Boolean']['output'];
  /** Money per user up to now; null where the provider does not say. */
  readonly lifetimeValue?: Maybe<Scalars['Float']['output']>;
  /** The first offset at which a user has been worth at least `acquisitionCost`; null while that is not reached. */
  readonly paybackOffset?: Maybe<Scalars['Int']['output']>;
  /** How many entered; null where the provider does not say. */
  readonly size?: Maybe<Scalars['SafeInt']['output']>;
};

/** What ends a CSV line. */
export type LineEnding =
  /** Carriage return and line feed, as RFC 4180 says. */
  | 'CRLF'
  /** Line feed alone. */
  | 'LF';

/** A metric that can be asked for by key. */
export type Metric = {
  readonly __typename?: 'Metric';
  /** The currency of money. */
  readonly currency?: Maybe<Scalars['CurrencyCode']['output']>;
  /** What exactly is counted. */
  readonly description: Scalars['String']['output'];
  /** Whether values of different days or groups may be added up. Distinct users may not. */
  readonly isAdditive: Scalars['Boolean']['output'];
  /** What `metric: { key: … }` takes. Example: `revenue`. */
  readonly key: Scalars['String']['output'];
  /** A name for people. */
  readonly name: Scalars['String']['output'];
  /** What its numbers count or measure. */
  readonly unit: Unit;
};

/** What to measure: one of the three. */
export type MetricInput =
  /** Every metric of a saved chart, by its global id or the provider's own. The chart brings its own groups and filters. */
  { readonly chart: Scalars['ID']['input']; readonly event?: never; readonly key?: never; }
  |  /** Something about events of one name. */
  { readonly chart?: never; readonly event: EventMetricInput; readonly key?: never; }
  |  /** A metric of the data source's catalog. Example: `unique_users`. */
  { readonly chart?: never; readonly event?: never; readonly key: Scalars['String']['input']; };

/** One value of a series. */
export type MetricPoint = {
  readonly __typename?: 'MetricPoint';
  /** The bucket's start, with the offset of the day it belongs to. */
  readonly at: Scalars['DateTime']['output'];
  /** The bucket's first calendar day; null for intervals shorter than a day. */
  readonly date?: Maybe<Scalars['Date']['output']>;
  /** The value of the same bucket of the comparison period: first beside first, second beside second. */
  readonly previous?: Maybe<Scalars['Float']['output']>;
  /** The value; null where there is none, which is not zero. */
  readonly value?: Maybe<Scalars['Float']['output']>;
};

/** One series (or, with a breakdown, one family of series). */
export type MetricSelectionInput = {
  /** What the series is called. Left out: the metric's own name. A saved chart of several metrics names each series `as`, a dot and the metric. */
  readonly as?: InputMaybe<Scalars['String']['input']>;
  /** What to keep, for this selection only. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** What to measure. */
  readonly metric: MetricInput;
  /** What only this provider understands: see `Capability.optionsSchema`. */
  readonly options?: InputMaybe<Scalars['JSONObject']['input']>;
  /** The data source's key. Example: `sandbox-openpanel`. */
  readonly source: Scalars['String']['input'];
};

/** One line of a chart. */
export type MetricSeries = {
  readonly __typename?: 'MetricSeries';
  /** Who worked them out; null for a formula. */
  readonly answeredBy?: Maybe<AnsweredBy>;
  /** The currency of money. */
  readonly currency?: Maybe<Scalars['CurrencyCode']['output']>;
  /** Which group this is; empty without a breakdown. A saved chart brings its own groups. */
  readonly dimensions: ReadonlyArray<DimensionValue>;
  /** The metric of the catalog; null for measures of events and saved charts. */
  readonly metric?: Maybe<Metric>;
  /** The selection's `as`, or the metric's own name; of a saved chart with several metrics `as`, a dot and the metric. The groups of one breakdown share it. */
  readonly name: Scalars['String']['output'];
  /** A point for each bucket; none for interval `TOTAL` and for a saved chart without time, whose number is `total`. */
  readonly points: ReadonlyArray<MetricPoint>;
  /** The same of the comparison period. */
  readonly previousTotal?: Maybe<Scalars['Float']['output']>;
  /** The points' `previous`, as one column; null without a comparison. */
  readonly previousValues?: Maybe<ReadonlyArray<Maybe<Scalars['Float']['output']>>>;
  /** Where the numbers come from; null for a formula. */
  readonly source?: Maybe<DataSource>;
  /** The points' `at`, as one column. */
  readonly timestamps: ReadonlyArray<Scalars['DateTime']['output']>;
  /** The number for the whole period; null where the provider gives none, because a sum of distinct users would be wrong. */
  readonly total?: Maybe<Scalars['Float']['output']>;
  /** What they count or measure. */
  readonly unit: Unit;
  /** The points' `value`, as one column. */
  readonly values: ReadonlyArray<Maybe<Scalars['Float']['output']>>;
};

/** A saved chart of numbers, mostly over time. */
export type MetricsChart = Node & SavedChart & {
  readonly __typename?: 'MetricsChart';
  /** When it was made. */
  readonly createdAt?: Maybe<Scalars['Date']['output']>;
  /** Who made it. */
  readonly creator?: Maybe<Scalars['String']['output']>;
  /** Global and opaque. */
  readonly id: Scalars['ID']['output'];
  /** What it answers with. */
  readonly kind: SavedChartKind;
  /** Its name at the provider. */
  readonly name: Scalars['String']['output'];
  /** The provider's own id, as the address of its page shows it. */
  readonly nativeId: Scalars['String']['output'];
  /** The kind in the provider's words; null where it does not say. */
  readonly nativeKind?: Maybe<Scalars['String']['output']>;
  /** A series for each metric of the chart and each group that it shows. */
  readonly report?: Maybe<MetricsReport>;
  /** Whose it is. */
  readonly source: DataSource;
};


/** A saved chart of numbers, mostly over time. */
export type MetricsChartReportArgs = {
  compareTo?: InputMaybe<ComparisonInput>;
  interval?: Interval;
  period: PeriodInput;
};

/** A question for numbers over time. */
export type MetricsQuery = {
  /** Dimensions to split each selection by: one series for each combination of values. */
  readonly breakdown?: ReadonlyArray<Scalars['String']['input']>;
  /** An earlier period, whose values stand beside: `previous`. */
  readonly compareTo?: InputMaybe<ComparisonInput>;
  /** What to keep, for all selections. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** Further series that are worked out of those above, bucket by bucket and over the totals. At most 20. */
  readonly formulas?: ReadonlyArray<FormulaInput>;
  /** How finely: one value for each of these. */
  readonly interval?: Interval;
  /** When. */
  readonly period: PeriodInput;
  /** What to measure: 1 to 20 selections, of one or of several data sources. */
  readonly select: ReadonlyArray<MetricSelectionInput>;
  /** Most series a selection may be split into: the largest are kept, and the report's completeness is `TRUNCATED`. 1 to 1000. */
  readonly seriesLimit?: Scalars['Int']['input'];
  /** Whose days are meant. Left out: each data source's own. Another zone than its own is refused by data sources that cannot shift days. */
  readonly timezone?: InputMaybe<Scalars['TimeZone']['input']>;
  /**
   * How long to wait for rows that are fetched in the background, where this server computes the numbers itself. What is not there by then is `NOT_READY`,
   * with the export task that fetches it; the next question finds what has arrived. Left out: 10 seconds; never longer than the server gives a request.
   */
  readonly waitFor?: InputMaybe<Scalars['Duration']['input']>;
};

/** Numbers over time. */
export type MetricsReport = Tabular & {
  readonly __typename?: 'MetricsReport';
  /** The same table as CSV text, RFC 4180. */
  readonly csv: Scalars['String']['output'];
  /** How fresh and how whole the numbers are. */
  readonly freshness: Freshness;
  /** The length of a bucket. */
  readonly interval: Interval;
  /** The period, as understood in the question's time zone or, without one, the first data source's. */
  readonly period: Period;
  /** What a data source could not answer, and formulas that could not be worked out. */
  readonly problems: ReadonlyArray<Problem>;
  /** In the order of the selections, then of the formulas; groups of one selection from the largest down. */
  readonly series: ReadonlyArray<MetricSeries>;
  /** TIDY: a row for each series and time. WIDE: a row for each time, a column for each series. With interval `TOTAL`, one row for each series, or one row at all. */
  readonly table: Table;
  /** What must be known to read the series. Example: that days of several time zones stand beside each other. */
  readonly warnings: ReadonlyArray<Scalars['String']['output']>;
};


/** Numbers over time. */
export type MetricsReportCsvArgs = {
  options?: InputMaybe<CsvOptions>;
};


/** Numbers over time. */
export type MetricsReportTableArgs = {
  layout?: TableLayout;
};

/** What changes something. Mistakes in the input come back as `userErrors`, beside a null task; only failures of the server are GraphQL errors. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Ask for an end of a task. It is `CANCELLING` until everything has stopped, at the provider too where that can be asked. */
  readonly cancelExport: CancelExportPayload;
  /** Start to export. The answer comes at once, with the task to watch: poll `Query.exportTask`, or subscribe to `Subscription.exportTask`. */
  readonly createExport: CreateExportPayload;
  /** Remove a task and its files. Refused while it is `RUNNING` or `CANCELLING`: cancel it first. */
  readonly deleteExport: DeleteExportPayload;
  /** Have days of a dataset fetched before a question needs them. */
  readonly prepareDataset: PrepareDatasetPayload;
  /** Try a task once more that failed or was cancelled: the same task, the next attempt. */
  readonly retryExport: RetryExportPayload;
};


/** What changes something. Mistakes in the input come back as `userErrors`, beside a null task; only failures of the server are GraphQL errors. */
export type MutationCancelExportArgs = {
  input: CancelExportInput;
};


/** What changes something. Mistakes in the input come back as `userErrors`, beside a null task; only failures of the server are GraphQL errors. */
export type MutationCreateExportArgs = {
  input: CreateExportInput;
};


/** What changes something. Mistakes in the input come back as `userErrors`, beside a null task; only failures of the server are GraphQL errors. */
export type MutationDeleteExportArgs = {
  input: DeleteExportInput;
};


/** What changes something. Mistakes in the input come back as `userErrors`, beside a null task; only failures of the server are GraphQL errors. */
export type MutationPrepareDatasetArgs = {
  input: PrepareDatasetInput;
};


/** What changes something. Mistakes in the input come back as `userErrors`, beside a null task; only failures of the server are GraphQL errors. */
export type MutationRetryExportArgs = {
  input: RetryExportInput;
};

/** A thing with a global id. */
export type Node = {
  /** Global and opaque: the same thing keeps its id, and no other thing has it. */
  readonly id: Scalars['ID']['output'];
};

/** Where a page of a connection starts and ends. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** The cursor of the page's last edge: pass it as `after` for the next page. Null for an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more follow after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether some come before this page. Pages are read forwards only, so this is true for every page but the first. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the page's first edge; null for an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** A period as it was understood: half-open, in a named time zone. */
export type Period = {
  readonly __typename?: 'Period';
  /** The first moment after the period. */
  readonly end: Scalars['DateTime']['output'];
  /** The first calendar day. */
  readonly firstDay: Scalars['Date']['output'];
  /** The last calendar day, included. */
  readonly lastDay: Scalars['Date']['output'];
  /** The first moment. */
  readonly start: Scalars['DateTime']['output'];
  /** The time zone whose days these are. */
  readonly timezone: Scalars['TimeZone']['output'];
};

/** A stretch of time: one of the three ways to say it. */
export type PeriodInput =
  /** From one calendar day to another, both included. */
  { readonly dates: DateRangeInput; readonly instants?: never; readonly preset?: never; }
  |  /** From one moment up to, not including, another. */
  { readonly dates?: never; readonly instants: InstantRangeInput; readonly preset?: never; }
  |  /** By name, in the days of the data source. */
  { readonly dates?: never; readonly instants?: never; readonly preset: PeriodPreset; };

/** Periods by name. `LAST_…` are whole periods before the running one; `THIS_…` reach up to and including today. Weeks start on Monday. */
export type PeriodPreset =
  /** From the data source's first day with data to today. Needs `earliestDate` in the configuration where the provider does not say. */
  | 'ALL_TIME'
  /** The 7 whole days before today. */
  | 'LAST_7_DAYS'
  /** The 12 whole calendar months before the running one. */
  | 'LAST_12_MONTHS'
  /** The 30 whole days before today. */
  | 'LAST_30_DAYS'
  /** The 90 whole days before today. */
  | 'LAST_90_DAYS'
  /** The whole month before the running one. */
  | 'LAST_MONTH'
  /** The whole quarter before the running one. */
  | 'LAST_QUARTER'
  /** The whole week before the running one. */
  | 'LAST_WEEK'
  /** The whole year before the running one. */
  | 'LAST_YEAR'
  /** The first of the month to today. */
  | 'THIS_MONTH'
  /** The first day of the quarter to today. */
  | 'THIS_QUARTER'
  /** Monday to today. */
  | 'THIS_WEEK'
  /** The first of January to today. */
  | 'THIS_YEAR'
  /** The running day. */
  | 'TODAY'
  /** The day before the running one. */
  | 'YESTERDAY';

/** Which days of which dataset. */
export type PrepareDatasetInput = {
  /** The dataset's name. Example: `customEvents`. */
  readonly dataset: Scalars['String']['input'];
  /** When: every day that it touches. */
  readonly period: PeriodInput;
  /** The data source's key. Example: `sandbox-mytracker`. */
  readonly source: Scalars['String']['input'];
};

/** What fetches the days, or why nothing does. */
export type PrepareDatasetPayload = {
  readonly __typename?: 'PrepareDatasetPayload';
  /** The tasks that fetch what is missing, empty where all is there; null where the input has mistakes. */
  readonly exportTasks?: Maybe<ReadonlyArray<ExportTask>>;
  /** What is wrong with the input. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A failure beside an answer: what one data source could not contribute, and why. */
export type Problem = {
  readonly __typename?: 'Problem';
  /** What kind of failure. */
  readonly code: ErrorCode;
  /** The export that prepares the answer, of `NOT_READY`: ask again once it has succeeded. */
  readonly exportTask?: Maybe<ExportTask>;
  /** Whether the same question may succeed later without anybody changing anything. */
  readonly isRetryable: Scalars['Boolean']['output'];
  /** What happened, in words for a person. */
  readonly message: Scalars['String']['output'];
  /** When to try again; null where nobody knows. */
  readonly retryAfter?: Maybe<Scalars['DateTime']['output']>;
  /** The data source that failed; null where the failure belongs to none. */
  readonly source?: Maybe<DataSource>;
};

/** The analytics providers this server can speak to. */
export type Provider =
  /** Adapty, documented at https://adapty.io/docs/export-analytics-api */
  | 'ADAPTY'
  /** GrowingIO, documented at https://docs.growingio.com */
  | 'GROWINGIO'
  /** Instal, documented at http://docs.instal.com/api/adv_bulk_export_api/ */
  | 'INSTAL'
  /** MyTracker, documented at https://docs.tracker.my.com/api/export-api */
  | 'MYTRACKER'
  /** OpenPanel, documented at https://openpanel.dev/docs/api/export */
  | 'OPENPANEL';

/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type Query = {
  readonly __typename?: 'Query';
  /** One cohort; null where there is none any more. */
  readonly cohort?: Maybe<Cohort>;
  /** What becomes of those who entered together: revenue, payers, subscriptions by cohort and age. Asked of one data source; a failure is an error on this field. */
  readonly cohortAnalysis?: Maybe<CohortAnalysisReport>;
  /** What share gets from one point to another, such as from install to trial. Asked of one data source; a failure is an error on this field. */
  readonly conversion?: Maybe<ConversionReport>;
  /** One dashboard; null where there is none any more. */
  readonly dashboard?: Maybe<Dashboard>;
  /** One data source by its key; null where there is none. */
  readonly dataSource?: Maybe<DataSource>;
  /** Every configured data source, in the order of the configuration. */
  readonly dataSources: ReadonlyArray<DataSource>;
  /**
   * Raw events of one data source, newest first. Reading on with `after` stays right while new events arrive: the window is fixed
   * with the first page, nothing is seen twice, and what arrives late is counted in `lateArrivals`.
   */
  readonly events?: Maybe<EventConnection>;
  /** One export task; null where there is none of that id, or it is somebody else's. */
  readonly exportTask?: Maybe<ExportTask>;
  /** Your export tasks, the newest first. */
  readonly exportTasks?: Maybe<ExportTaskConnection>;
  /** How many go from step to step. Asked of one data source; a failure is an error on this field. */
  readonly funnel?: Maybe<FunnelReport>;
  /** What a user has been worth since entering, cohort by cohort. Asked of one data source; a failure is an error on this field. */
  readonly lifetimeValue?: Maybe<LifetimeValueReport>;
  /**
   * Numbers over time, of one or of several data sources at once. Where several are asked, what one of them cannot answer is a
   * `Problem` beside the others' series; where only one is asked, it is an error on this field.
   */
  readonly metrics?: Maybe<MetricsReport>;
  /** Fetch one thing by its global id. */
  readonly node?: Maybe<Node>;
  /** How many of those who entered together come back later. Asked of one data source; a failure is an error on this field. */
  readonly retention?: Maybe<RetentionReport>;
  /** One user of one data source. Nothing is asked of the provider until `profile` or `events` are: any id that is not empty gets an answer. */
  readonly user?: Maybe<User>;
};


/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type QueryCohortArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type QueryCohortAnalysisArgs = {
  query: CohortAnalysisQuery;
};


/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type QueryConversionArgs = {
  query: ConversionQuery;
};


/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type QueryDashboardArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type QueryDataSourceArgs = {
  key: Scalars['String']['input'];
};


/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type QueryDataSourcesArgs = {
  provider?: InputMaybe<Provider>;
};


/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type QueryEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  query: EventsQuery;
};


/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type QueryExportTaskArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type QueryExportTasksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ExportTaskFilter>;
  first?: Scalars['Int']['input'];
};


/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type QueryFunnelArgs = {
  query: FunnelQuery;
};


/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type QueryLifetimeValueArgs = {
  query: LifetimeValueQuery;
};


/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type QueryMetricsArgs = {
  query: MetricsQuery;
};


/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type QueryRetentionArgs = {
  query: RetentionQuery;
};


/**
 * Questions to the configured data sources. Whatever has to cross a network is nullable: a failure makes its own field null and
 * explains itself in `errors` with a code (`extensions.code`), the data source and, where known, when to try again. The rest of the
 * answer arrives.
 */
export type QueryUserArgs = {
  nativeId: Scalars['String']['input'];
  source: Scalars['String']['input'];
};

/** What a capability can be asked. */
export type QueryLimits = {
  readonly __typename?: 'QueryLimits';
  /** Whether a question may be asked in another time zone than the data source's own. */
  readonly anyTimezone: Scalars['Boolean']['output'];
  /** What cohort analyses can be asked; null where the capability is not about them. */
  readonly cohortAnalysis?: Maybe<CohortAnalysisLimits>;
  /** What conversions can be asked; null where the capability is not about conversions. */
  readonly conversion?: Maybe<ConversionLimits>;
  /** First day with data; null where unknown. */
  readonly earliestDate?: Maybe<Scalars['Date']['output']>;
  /** How filters may compare; empty where nothing can be filtered. */
  readonly filterOperators: ReadonlyArray<FilterOperator>;
  /** What funnels can be asked; null where the capability is not about funnels. */
  readonly funnel?: Maybe<FunnelLimits>;
  /** Lengths of buckets. */
  readonly intervals: ReadonlyArray<Interval>;
  /** What lifetime values can be asked; null where the capability is not about them. */
  readonly lifetimeValue?: Maybe<LifetimeValueLimits>;
  /** Most dimensions a breakdown may have. */
  readonly maxBreakdowns: Scalars['Int']['output'];
  /** Most days a period may have; null for no limit of the provider. */
  readonly maxDays?: Maybe<Scalars['Int']['output']>;
  /** Most points a series may have. */
  readonly maxPoints: Scalars['Int']['output'];
  /** What can be measured about events; empty where the capability is not about metrics. */
  readonly measures: ReadonlyArray<EventMeasure>;
  /** What retention can be asked; null where the capability is not about retention. */
  readonly retention?: Maybe<RetentionLimits>;
  /** Whether a period may start or end within a day. */
  readonly supportsInstants: Scalars['Boolean']['output'];
  /** Whether a saved chart of the provider may be asked for by its id. Where nothing else can be named, it must be. */
  readonly takesChart: Scalars['Boolean']['output'];
};

/** A report to export: one of these. */
export type ReportExportInput =
  /** What becomes of those who entered together. */
  { readonly cohortAnalysis: CohortAnalysisQuery; readonly conversion?: never; readonly funnel?: never; readonly lifetimeValue?: never; readonly metrics?: never; readonly retention?: never; }
  |  /** The share that gets from one point to another. */
  { readonly cohortAnalysis?: never; readonly conversion: ConversionQuery; readonly funnel?: never; readonly lifetimeValue?: never; readonly metrics?: never; readonly retention?: never; }
  |  /** How many go from step to step. */
  { readonly cohortAnalysis?: never; readonly conversion?: never; readonly funnel: FunnelQuery; readonly lifetimeValue?: never; readonly metrics?: never; readonly retention?: never; }
  |  /** What a user has been worth. */
  { readonly cohortAnalysis?: never; readonly conversion?: never; readonly funnel?: never; readonly lifetimeValue: LifetimeValueQuery; readonly metrics?: never; readonly retention?: never; }
  |  /** Numbers over time. */
  { readonly cohortAnalysis?: never; readonly conversion?: never; readonly funnel?: never; readonly lifetimeValue?: never; readonly metrics: MetricsQuery; readonly retention?: never; }
  |  /** How many come back. */
  { readonly cohortAnalysis?: never; readonly conversion?: never; readonly funnel?: never; readonly lifetimeValue?: never; readonly metrics?: never; readonly retention: RetentionQuery; };

/** How many came back at one offset. */
export type RetentionCell = {
  readonly __typename?: 'RetentionCell';
  /** How many came back; null while its time has not come, and where the provider does not say. */
  readonly count?: Maybe<Scalars['SafeInt']['output']>;
  /** False while its bucket has not ended for everybody in the cohort. */
  readonly isComplete: Scalars['Boolean']['output'];
  /** How long after the entry, in what `offsetBy` counts; 0 is the entry's own. */
  readonly offset: Scalars['Int']['output'];
  /** Fraction of the cohort; null while its time has not come, and where the provider does not say. */
  readonly rate?: Maybe<Scalars['Float']['output']>;
};

/** A saved retention. */
export type RetentionChart = Node & SavedChart & {
  readonly __typename?: 'RetentionChart';
  /** When it was made. */
  readonly createdAt?: Maybe<Scalars['Date']['output']>;
  /** Who made it. */
  readonly creator?: Maybe<Scalars['String']['output']>;
  /** Global and opaque. */
  readonly id: Scalars['ID']['output'];
  /** What it answers with. */
  readonly kind: SavedChartKind;
  /** Its name at the provider. */
  readonly name: Scalars['String']['output'];
  /** The provider's own id, as the address of its page shows it. */
  readonly nativeId: Scalars['String']['output'];
  /** The kind in the provider's words; null where it does not say. */
  readonly nativeKind?: Maybe<Scalars['String']['output']>;
  /** How many of those who entered together came back. */
  readonly report?: Maybe<RetentionReport>;
  /** Whose it is. */
  readonly source: DataSource;
};


/** A saved retention. */
export type RetentionChartReportArgs = {
  interval?: Interval;
  period: PeriodInput;
};

/** Which entries count. */
export type RetentionEntry =
  /** The first one ever: a user is in one cohort. */
  | 'FIRST_TIME'
  /** Every one: a user is in each cohort in which it happened. */
  | 'RECURRING';

/** What retention a data source can answer. */
export type RetentionLimits = {
  readonly __typename?: 'RetentionLimits';
  /** Which entries may count. */
  readonly entryKinds: ReadonlyArray<RetentionEntry>;
  /** Most offsets after 0; null where only the data ends them. */
  readonly maxOffsets?: Maybe<Scalars['Int']['output']>;
  /** When a user may count as having come back. */
  readonly modes: ReadonlyArray<RetentionMode>;
  /** What offsets count. */
  readonly offsetBy: CohortOffset;
  /** Whether the question names the events; a fixed retention takes none. */
  readonly takesEvents: Scalars['Boolean']['output'];
};

/** When a user counts as having come back. */
export type RetentionMode =
  /** In that bucket or an earlier one. */
  | 'BRACKET'
  /** In just that bucket. */
  | 'N_DAY'
  /** In that bucket or a later one. */
  | 'ROLLING';

/** A question for retention. */
export type RetentionQuery = {
  /** Dimensions to split by. */
  readonly breakdown?: ReadonlyArray<Scalars['String']['input']>;
  /** A saved retention of the provider, by its global id or the provider's own, in the place of events. */
  readonly chart?: InputMaybe<Scalars['ID']['input']>;
  /** The event that enters a cohort; left out where the provider's retention is fixed. */
  readonly entry?: InputMaybe<EventSelectorInput>;
  /** Which entries count. */
  readonly entryKind?: RetentionEntry;
  /** What to keep. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** The length of a cohort's bucket and of an offset. */
  readonly interval?: Interval;
  /** When a user counts as having come back. */
  readonly mode?: RetentionMode;
  /** How many offsets after 0, up to 400. Left out: as many as there are. */
  readonly offsets?: InputMaybe<Scalars['Int']['input']>;
  /** What only this provider understands: see `Capability.optionsSchema`. */
  readonly options?: InputMaybe<Scalars['JSONObject']['input']>;
  /** When users entered. */
  readonly period: PeriodInput;
  /** The event that counts as coming back; left out where the provider's retention is fixed. */
  readonly returning?: InputMaybe<EventSelectorInput>;
  /** The data source's key. Example: `sandbox-adapty`. */
  readonly source: Scalars['String']['input'];
  /** Whose days are meant. Left out: the data source's own. */
  readonly timezone?: InputMaybe<Scalars['TimeZone']['input']>;
  /**
   * How long to wait for rows that are fetched in the background, where this server computes the answer itself. What is not there by then is `NOT_READY`,
   * with the export task that fetches it; the next question finds what has arrived. Left out: 10 seconds; never longer than the server gives a request.
   */
  readonly waitFor?: InputMaybe<Scalars['Duration']['input']>;
};

/** How many of those who entered together came back later. */
export type RetentionReport = Tabular & {
  readonly __typename?: 'RetentionReport';
  /** Who worked them out. */
  readonly answeredBy: AnsweredBy;
  /** Over all cohorts: complete cells only, weighted by the cohorts' sizes. Empty where groups overlap, so that users would count twice. */
  readonly average: ReadonlyArray<RetentionCell>;
  /** The same table as CSV text, RFC 4180. */
  readonly csv: Scalars['String']['output'];
  /** Which entries counted; null where that was saved with the retention, and the provider does not tell. */
  readonly entryKind?: Maybe<RetentionEntry>;
  /** How fresh and how whole the numbers are. */
  readonly freshness: Freshness;
  /** The length of a bucket. */
  readonly interval: Interval;
  /** When a user counted as having come back. */
  readonly mode: RetentionMode;
  /** What offsets count. */
  readonly offsetBy: CohortOffset;
  /** The period, as understood. */
  readonly period: Period;
  /** A row for each cohort, the oldest first; the provider's own total, where it gives one, before them. */
  readonly rows: ReadonlyArray<RetentionRow>;
  /** Where the numbers come from. */
  readonly source: DataSource;
  /** TIDY: a row for each cohort and offset. WIDE: a row for each cohort, a column for each offset's rate. */
  readonly table: Table;
};


/** How many of those who entered together came back later. */
export type RetentionReportCsvArgs = {
  options?: InputMaybe<CsvOptions>;
};


/** How many of those who entered together came back later. */
export type RetentionReportTableArgs = {
  layout?: TableLayout;
};

/** Those who entered together. */
export type RetentionRow = {
  readonly __typename?: 'RetentionRow';
  /** One for each offset that the provider gives, in order; a young cohort may have fewer. */
  readonly cells: ReadonlyArray<RetentionCell>;
  /** First day of the bucket in which they entered; null in a row of all cohorts. */
  readonly cohort?: Maybe<Scalars['Date']['output']>;
  /** Which group; empty for everybody. */
  readonly dimensions: ReadonlyArray<DimensionValue>;
  /** Whether this row is of all cohorts: of everybody or, with a breakdown, of one group. */
  readonly isTotal: Scalars['Boolean']['output'];
  /** How many entered; null where the provider does not say. */
  readonly size?: Maybe<Scalars['SafeInt']['output']>;
};

/** Which export task. */
export type RetryExportInput = {
  /** Its global id. */
  readonly id: Scalars['ID']['input'];
};

/** The task as it is now, or why nothing was done. */
export type RetryExportPayload = {
  readonly __typename?: 'RetryExportPayload';
  /** The task; null where there is none of that id. */
  readonly exportTask?: Maybe<ExportTask>;
  /** Why nothing was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Rows of a raw table. Tables, columns and filters are in the provider's own words: `Catalog.tables` lists them. */
export type RowsExportInput = {
  /** Which columns, in this order. Left out: the table's usual ones. */
  readonly columns?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** What to keep. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** What only this provider understands: see `Capability.optionsSchema`. */
  readonly options?: InputMaybe<Scalars['JSONObject']['input']>;
  /** When. */
  readonly period: PeriodInput;
  /** The data source's key. Example: `sandbox-mytracker`. */
  readonly source: Scalars['String']['input'];
  /** The table. Example: `customEvents`. */
  readonly table: Scalars['String']['input'];
  /** Whose days are meant. Left out: the data source's own. */
  readonly timezone?: InputMaybe<Scalars['TimeZone']['input']>;
};

/**
 * A question that somebody saved at the provider. Ask it through `report`, or by its id (or `nativeId`) through `Query.metrics`, `Query.funnel` and
 * `Query.retention`. The same chart on two dashboards has two global ids and one `nativeId`.
 */
export type SavedChart = {
  /** When it was made. */
  readonly createdAt?: Maybe<Scalars['Date']['output']>;
  /** Who made it. */
  readonly creator?: Maybe<Scalars['String']['output']>;
  /** Global and opaque. */
  readonly id: Scalars['ID']['output'];
  /** What it answers with. */
  readonly kind: SavedChartKind;
  /** Its name at the provider. */
  readonly name: Scalars['String']['output'];
  /** The provider's own id, as the address of its page shows it. */
  readonly nativeId: Scalars['String']['output'];
  /** The kind in the provider's words; null where it does not say. */
  readonly nativeKind?: Maybe<Scalars['String']['output']>;
  /** The chart's numbers for a period, as the report of its kind; each chart is one call to the provider, and they wait for its allowance. */
  readonly report?: Maybe<Tabular>;
  /** Whose it is. */
  readonly source: DataSource;
};


/**
 * A question that somebody saved at the provider. Ask it through `report`, or by its id (or `nativeId`) through `Query.metrics`, `Query.funnel` and
 * `Query.retention`. The same chart on two dashboards has two global ids and one `nativeId`.
 */
export type SavedChartReportArgs = {
  period: PeriodInput;
};

/** What a saved chart answers with. */
export type SavedChartKind =
  /** How many go from step to step: a `FunnelChart`. */
  | 'FUNNEL'
  /** Numbers, mostly over time: a `MetricsChart`. */
  | 'METRICS'
  /** How many come back: a `RetentionChart`. */
  | 'RETENTION'
  /** The provider does not say, or it is something else: an `UnknownChart`. */
  | 'UNKNOWN';

/** What is told as it happens, over WebSockets (`graphql-transport-ws`) at `/graphql`. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /** An export task, now and with each change, until it has ended. */
  readonly exportTask: ExportTask;
};


/** What is told as it happens, over WebSockets (`graphql-transport-ws`) at `/graphql`. */
export type SubscriptionExportTaskArgs = {
  id: Scalars['ID']['input'];
};

/** A stage of a subscription. */
export type SubscriptionPointInput = {
  /** For `PAID`: whether later periods count as well. */
  readonly orLater?: Scalars['Boolean']['input'];
  /** For `PAID`: which paid period, from 1. Left out: the first. */
  readonly period?: InputMaybe<Scalars['Int']['input']>;
  /** Which stage. */
  readonly stage: SubscriptionStage;
};

/** Stages of a subscription. */
export type SubscriptionStage =
  /** The app was installed. */
  | 'INSTALL'
  /** A paid period began. */
  | 'PAID'
  /** A trial began. */
  | 'TRIAL';

/** Columns and rows. */
export type Table = {
  readonly __typename?: 'Table';
  /** The columns, in order. */
  readonly columns: ReadonlyArray<Column>;
  /** How many rows there are. */
  readonly rowCount: Scalars['Int']['output'];
  /** The rows; each holds one cell a column, in the columns' order. */
  readonly rows: ReadonlyArray<ReadonlyArray<Maybe<Scalars['JSON']['output']>>>;
};

/** How series become rows and columns. */
export type TableLayout =
  /** A row for each series and time: what databases and BI tools want. */
  | 'TIDY'
  /** A row for each time, a column for each series: what spreadsheets and charts want. */
  | 'WIDE';

/**
 * Anything that is also a table. The typed fields are for programs, `table` for grids, `csv` for people and pipes; all three come from
 * the same columns, so asking for several of them costs one call to the provider.
 */
export type Tabular = {
  /** The same table as CSV text, RFC 4180. */
  readonly csv: Scalars['String']['output'];
  /** The answer as columns and rows: at most 100,000 rows, past that the field fails with `RESULT_TOO_LARGE`. */
  readonly table: Table;
};


/**
 * Anything that is also a table. The typed fields are for programs, `table` for grids, `csv` for people and pipes; all three come from
 * the same columns, so asking for several of them costs one call to the provider.
 */
export type TabularCsvArgs = {
  options?: InputMaybe<CsvOptions>;
};


/**
 * Anything that is also a table. The typed fields are for programs, `table` for grids, `csv` for people and pipes; all three come from
 * the same columns, so asking for several of them costs one call to the provider.
 */
export type TabularTableArgs = {
  layout?: TableLayout;
};

/** What a number counts or measures. */
export type Unit =
  /** A count of things that happened, such as events. */
  | 'COUNT'
  /** A count of distinct users or sessions: not to be added up over days or groups. */
  | 'DISTINCT_COUNT'
  /** A length of time in seconds. */
  | 'DURATION'
  /** A share, from 0 to 1. */
  | 'FRACTION'
  /** Money; the currency stands beside it. */
  | 'MONEY'
  /** Any other number. */
  | 'NUMBER';

/** A saved chart whose kind the provider does not say, or that is none of the others. */
export type UnknownChart = Node & SavedChart & {
  readonly __typename?: 'UnknownChart';
  /** When it was made. */
  readonly createdAt?: Maybe<Scalars['Date']['output']>;
  /** Who made it. */
  readonly creator?: Maybe<Scalars['String']['output']>;
  /** Global and opaque. */
  readonly id: Scalars['ID']['output'];
  /** What it answers with. */
  readonly kind: SavedChartKind;
  /** Its name at the provider. */
  readonly name: Scalars['String']['output'];
  /** The provider's own id, as the address of its page shows it. */
  readonly nativeId: Scalars['String']['output'];
  /** The kind in the provider's words; null where it does not say. */
  readonly nativeKind?: Maybe<Scalars['String']['output']>;
  /** Always null, with the code `CAPABILITY_NOT_SUPPORTED`: what it answers with is not known. If you know, ask for it by its id through `Query.metrics`, `Query.funnel` or `Query.retention`. */
  readonly report?: Maybe<Tabular>;
  /** Whose it is. */
  readonly source: DataSource;
};


/** A saved chart whose kind the provider does not say, or that is none of the others. */
export type UnknownChartReportArgs = {
  period: PeriodInput;
};

/**
 * Somebody who uses your product, as one data source knows them. Ids of different data sources are not matched: the same person is another `User`
 * at each. A subgraph that knows your customers joins here, by the data source's key and the provider's id.
 */
export type User = Node & {
  readonly __typename?: 'User';
  /** What they did, newest first. Fails where the data source has no raw events, or cannot filter them by user. */
  readonly events?: Maybe<EventConnection>;
  /** Global and opaque. */
  readonly id: Scalars['ID']['output'];
  /** The provider's own id, just as it is written there. Often the id that your app gave the user. */
  readonly nativeId: Scalars['String']['output'];
  /** What the provider knows about them; null where it knows nobody of that id. Fails with `CAPABILITY_NOT_SUPPORTED` where the provider hands out no profiles. */
  readonly profile?: Maybe<UserProfile>;
  /** Who knows them by that id. */
  readonly source: DataSource;
};


/**
 * Somebody who uses your product, as one data source knows them. Ids of different data sources are not matched: the same person is another `User`
 * at each. A subgraph that knows your customers joins here, by the data source's key and the provider's id.
 */
export type UserEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  names?: ReadonlyArray<Scalars['String']['input']>;
  period: PeriodInput;
  timezone?: InputMaybe<Scalars['TimeZone']['input']>;
};

/** A mistake of the caller, as data. */
export type UserError = {
  readonly __typename?: 'UserError';
  /** What kind of mistake. */
  readonly code: ErrorCode;
  /** What is wrong, and what is allowed. */
  readonly message: Scalars['String']['output'];
  /** The argument it is about. Example: `["input", "source", "rows", "table"]`. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
};

/** What a provider knows about a user. What it does not say is null. */
export type UserProfile = {
  readonly __typename?: 'UserProfile';
  /** What else the provider says, in its own words. */
  readonly attributes: Scalars['JSONObject']['output'];
  /** A picture of them. */
  readonly avatarUrl?: Maybe<Scalars['URL']['output']>;
  /** When the provider met them first. */
  readonly createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** Their address for mail. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** Their first name. */
  readonly firstName?: Maybe<Scalars['String']['output']>;
  /** Their last name. */
  readonly lastName?: Maybe<Scalars['String']['output']>;
  /** When they were seen last. */
  readonly lastSeenAt?: Maybe<Scalars['DateTime']['output']>;
  /** What your app has said about them, as it was sent. */
  readonly properties: Scalars['JSONObject']['output'];
};

export type WithIndex<TObject> = TObject & Record<string, any>;
export type ResolversObject<TObject> = WithIndex<TObject>;

export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = ResolversObject<{
  Cohort: Cohort;
  Dashboard: Dashboard;
  DataSource: DataSource;
  EventDefinition: EventDefinition;
  ExportTask: ExportTask;
  FunnelChart: FunnelChart;
  MetricsChart: MetricsChart;
  RetentionChart: RetentionChart;
  UnknownChart: UnknownChart;
  User: User;
}>;

/** Mapping of federation reference types */
export type FederationReferenceTypes = ResolversObject<{
  Cohort:
    ( { __typename: 'Cohort' }
    & ( GraphQLRecursivePick<FederationTypes['Cohort'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Cohort'], {"source":{"key":true},"nativeId":true}> ) );
  Dashboard:
    ( { __typename: 'Dashboard' }
    & ( GraphQLRecursivePick<FederationTypes['Dashboard'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Dashboard'], {"source":{"key":true},"nativeId":true}> ) );
  DataSource:
    ( { __typename: 'DataSource' }
    & ( GraphQLRecursivePick<FederationTypes['DataSource'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['DataSource'], {"key":true}> ) );
  EventDefinition:
    ( { __typename: 'EventDefinition' }
    & ( GraphQLRecursivePick<FederationTypes['EventDefinition'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['EventDefinition'], {"source":{"key":true},"nativeId":true}> ) );
  ExportTask:
    ( { __typename: 'ExportTask' }
    & GraphQLRecursivePick<FederationTypes['ExportTask'], {"id":true}> );
  FunnelChart:
    ( { __typename: 'FunnelChart' }
    & GraphQLRecursivePick<FederationTypes['FunnelChart'], {"id":true}> );
  MetricsChart:
    ( { __typename: 'MetricsChart' }
    & GraphQLRecursivePick<FederationTypes['MetricsChart'], {"id":true}> );
  RetentionChart:
    ( { __typename: 'RetentionChart' }
    & GraphQLRecursivePick<FederationTypes['RetentionChart'], {"id":true}> );
  UnknownChart:
    ( { __typename: 'UnknownChart' }
    & GraphQLRecursivePick<FederationTypes['UnknownChart'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & ( GraphQLRecursivePick<FederationTypes['User'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['User'], {"source":{"key":true},"nativeId":true}> ) );
}>;


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = ResolversObject<{
  Node:
    | ( DomainCohort )
    | ( DomainDashboard )
    | ( DomainDataSource )
    | ( DomainEventDefinition )
    | ( DomainExportTask )
    | ( DomainFunnelChart )
    | ( DomainMetricsChart )
    | ( DomainRetentionChart )
    | ( DomainUnknownChart )
    | ( DomainUser )
  ;
  SavedChart:
    | ( DomainFunnelChart )
    | ( DomainMetricsChart )
    | ( DomainRetentionChart )
    | ( DomainUnknownChart )
  ;
  Tabular:
    | ( DomainCohortAnalysisReport )
    | ( DomainCohortConnection )
    | ( DomainCohortMemberConnection )
    | ( DomainConversionReport )
    | ( DomainEventConnection )
    | ( DomainEventDefinitionConnection )
    | ( DomainFunnelReport )
    | ( DomainLifetimeValueReport )
    | ( DomainMetricsReport )
    | ( DomainRetentionReport )
  ;
}>;

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = ResolversObject<{
  Accounting: Accounting;
  Allowance: ResolverTypeWrapper<DomainAllowance>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AnsweredBy: AnsweredBy;
  CacheControlScope: CacheControlScope;
  CancelExportInput: CancelExportInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CancelExportPayload: ResolverTypeWrapper<Omit<CancelExportPayload, 'exportTask'> & { exportTask?: Maybe<ResolversTypes['ExportTask']> }>;
  Capability: ResolverTypeWrapper<Capability>;
  CapabilityKind: CapabilityKind;
  Catalog: ResolverTypeWrapper<DomainCatalog>;
  Cohort: ResolverTypeWrapper<DomainCohort>;
  CohortAnalysisLimits: ResolverTypeWrapper<CohortAnalysisLimits>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CohortAnalysisQuery: CohortAnalysisQuery;
  CohortAnalysisReport: ResolverTypeWrapper<DomainCohortAnalysisReport>;
  CohortCell: ResolverTypeWrapper<DomainCohortCell>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  CohortConnection: ResolverTypeWrapper<DomainCohortConnection>;
  CohortEdge: ResolverTypeWrapper<Omit<CohortEdge, 'node'> & { node: ResolversTypes['Cohort'] }>;
  CohortMeasure: CohortMeasure;
  CohortMember: ResolverTypeWrapper<Omit<CohortMember, 'user'> & { user: ResolversTypes['User'] }>;
  CohortMemberConnection: ResolverTypeWrapper<DomainCohortMemberConnection>;
  CohortMemberEdge: ResolverTypeWrapper<Omit<CohortMemberEdge, 'node'> & { node: ResolversTypes['CohortMember'] }>;
  CohortOffset: CohortOffset;
  CohortRow: ResolverTypeWrapper<DomainCohortRow>;
  Column: ResolverTypeWrapper<Column>;
  ColumnType: ColumnType;
  ComparisonInput: ComparisonInput;
  ComparisonPreset: ComparisonPreset;
  Completeness: Completeness;
  Compression: Compression;
  ConversionLimits: ResolverTypeWrapper<ConversionLimits>;
  ConversionPointInput: ConversionPointInput;
  ConversionPointKind: ConversionPointKind;
  ConversionQuery: ConversionQuery;
  ConversionReport: ResolverTypeWrapper<DomainConversionReport>;
  CountBy: CountBy;
  CreateExportInput: CreateExportInput;
  CreateExportPayload: ResolverTypeWrapper<Omit<CreateExportPayload, 'exportTask'> & { exportTask?: Maybe<ResolversTypes['ExportTask']> }>;
  CsvOptions: CsvOptions;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Dashboard: ResolverTypeWrapper<DomainDashboard>;
  DataSource: ResolverTypeWrapper<DomainDataSource>;
  DataSourceHealth: ResolverTypeWrapper<Omit<DataSourceHealth, 'problem'> & { problem?: Maybe<ResolversTypes['Problem']> }>;
  Dataset: ResolverTypeWrapper<DomainDataset>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateRange: ResolverTypeWrapper<DateRange>;
  DateRangeInput: DateRangeInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteExportInput: DeleteExportInput;
  DeleteExportPayload: ResolverTypeWrapper<DeleteExportPayload>;
  Delimiter: Delimiter;
  Dimension: ResolverTypeWrapper<DomainDimension>;
  DimensionValue: ResolverTypeWrapper<DomainDimensionValue>;
  Duration: ResolverTypeWrapper<Scalars['Duration']['output']>;
  ErrorCode: ErrorCode;
  Event: ResolverTypeWrapper<DomainEvent>;
  EventConnection: ResolverTypeWrapper<DomainEventConnection>;
  EventDefinition: ResolverTypeWrapper<DomainEventDefinition>;
  EventDefinitionConnection: ResolverTypeWrapper<DomainEventDefinitionConnection>;
  EventDefinitionEdge: ResolverTypeWrapper<Omit<EventDefinitionEdge, 'node'> & { node: ResolversTypes['EventDefinition'] }>;
  EventEdge: ResolverTypeWrapper<Omit<EventEdge, 'node'> & { node: ResolversTypes['Event'] }>;
  EventMeasure: EventMeasure;
  EventMetricInput: EventMetricInput;
  EventSelectorInput: EventSelectorInput;
  EventsQuery: EventsQuery;
  ExportColumn: ResolverTypeWrapper<ExportColumn>;
  ExportFile: ResolverTypeWrapper<DomainExportFile>;
  ExportFilter: ResolverTypeWrapper<ExportFilter>;
  ExportFormat: ExportFormat;
  ExportPhase: ExportPhase;
  ExportSourceInput: ExportSourceInput;
  ExportState: ExportState;
  ExportTable: ResolverTypeWrapper<DomainExportTable>;
  ExportTask: ResolverTypeWrapper<DomainExportTask>;
  ExportTaskConnection: ResolverTypeWrapper<DomainExportTaskConnection>;
  ExportTaskEdge: ResolverTypeWrapper<Omit<ExportTaskEdge, 'node'> & { node: ResolversTypes['ExportTask'] }>;
  ExportTaskFilter: ExportTaskFilter;
  FilterInput: FilterInput;
  FilterOperator: FilterOperator;
  FormulaCells: FormulaCells;
  FormulaInput: FormulaInput;
  Freshness: ResolverTypeWrapper<DomainFreshness>;
  FunnelChart: ResolverTypeWrapper<DomainFunnelChart>;
  FunnelChurnReason: ResolverTypeWrapper<FunnelChurnReason>;
  FunnelGroup: ResolverTypeWrapper<DomainFunnelGroup>;
  FunnelLimits: ResolverTypeWrapper<FunnelLimits>;
  FunnelOrder: FunnelOrder;
  FunnelQuery: FunnelQuery;
  FunnelReport: ResolverTypeWrapper<DomainFunnelReport>;
  FunnelStep: ResolverTypeWrapper<DomainFunnelStep>;
  FunnelStepInput: FunnelStepInput;
  InstantRangeInput: InstantRangeInput;
  Interval: Interval;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  JSONObject: ResolverTypeWrapper<Scalars['JSONObject']['output']>;
  LifetimeValueLimits: ResolverTypeWrapper<LifetimeValueLimits>;
  LifetimeValueQuery: LifetimeValueQuery;
  LifetimeValueReport: ResolverTypeWrapper<DomainLifetimeValueReport>;
  LifetimeValueRow: ResolverTypeWrapper<DomainLifetimeValueRow>;
  LineEnding: LineEnding;
  Metric: ResolverTypeWrapper<DomainMetric>;
  MetricInput: MetricInput;
  MetricPoint: ResolverTypeWrapper<MetricPoint>;
  MetricSelectionInput: MetricSelectionInput;
  MetricSeries: ResolverTypeWrapper<DomainMetricSeries>;
  MetricsChart: ResolverTypeWrapper<DomainMetricsChart>;
  MetricsQuery: MetricsQuery;
  MetricsReport: ResolverTypeWrapper<DomainMetricsReport>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Period: ResolverTypeWrapper<DomainPeriod>;
  PeriodInput: PeriodInput;
  PeriodPreset: PeriodPreset;
  PrepareDatasetInput: PrepareDatasetInput;
  PrepareDatasetPayload: ResolverTypeWrapper<Omit<PrepareDatasetPayload, 'exportTasks'> & { exportTasks?: Maybe<ReadonlyArray<ResolversTypes['ExportTask']>> }>;
  Problem: ResolverTypeWrapper<DomainProblem>;
  Provider: Provider;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  QueryLimits: ResolverTypeWrapper<QueryLimits>;
  ReportExportInput: ReportExportInput;
  RetentionCell: ResolverTypeWrapper<DomainRetentionCell>;
  RetentionChart: ResolverTypeWrapper<DomainRetentionChart>;
  RetentionEntry: RetentionEntry;
  RetentionLimits: ResolverTypeWrapper<RetentionLimits>;
  RetentionMode: RetentionMode;
  RetentionQuery: RetentionQuery;
  RetentionReport: ResolverTypeWrapper<DomainRetentionReport>;
  RetentionRow: ResolverTypeWrapper<DomainRetentionRow>;
  RetryExportInput: RetryExportInput;
  RetryExportPayload: ResolverTypeWrapper<Omit<RetryExportPayload, 'exportTask'> & { exportTask?: Maybe<ResolversTypes['ExportTask']> }>;
  RowsExportInput: RowsExportInput;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SavedChart: ResolverTypeWrapper<DomainSavedChart>;
  SavedChartKind: SavedChartKind;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SubscriptionPointInput: SubscriptionPointInput;
  SubscriptionStage: SubscriptionStage;
  Table: ResolverTypeWrapper<Table>;
  TableLayout: TableLayout;
  Tabular: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Tabular']>;
  TimeZone: ResolverTypeWrapper<Scalars['TimeZone']['output']>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  Unit: Unit;
  UnknownChart: ResolverTypeWrapper<DomainUnknownChart>;
  User: ResolverTypeWrapper<DomainUser>;
  UserError: ResolverTypeWrapper<UserError>;
  UserProfile: ResolverTypeWrapper<DomainUserProfile>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
}>;

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = ResolversObject<{
  Allowance: DomainAllowance;
  String: Scalars['String']['output'];
  CancelExportInput: CancelExportInput;
  ID: Scalars['ID']['output'];
  CancelExportPayload: Omit<CancelExportPayload, 'exportTask'> & { exportTask?: Maybe<ResolversParentTypes['ExportTask']> };
  Capability: Capability;
  Catalog: DomainCatalog;
  Cohort: DomainCohort;
  CohortAnalysisLimits: CohortAnalysisLimits;
  Boolean: Scalars['Boolean']['output'];
  CohortAnalysisQuery: CohortAnalysisQuery;
  CohortAnalysisReport: DomainCohortAnalysisReport;
  CohortCell: DomainCohortCell;
  Float: Scalars['Float']['output'];
  CohortConnection: DomainCohortConnection;
  CohortEdge: Omit<CohortEdge, 'node'> & { node: ResolversParentTypes['Cohort'] };
  CohortMember: Omit<CohortMember, 'user'> & { user: ResolversParentTypes['User'] };
  CohortMemberConnection: DomainCohortMemberConnection;
  CohortMemberEdge: Omit<CohortMemberEdge, 'node'> & { node: ResolversParentTypes['CohortMember'] };
  CohortRow: DomainCohortRow;
  Column: Column;
  ComparisonInput: ComparisonInput;
  ConversionLimits: ConversionLimits;
  ConversionPointInput: ConversionPointInput;
  ConversionQuery: ConversionQuery;
  ConversionReport: DomainConversionReport;
  CreateExportInput: CreateExportInput;
  CreateExportPayload: Omit<CreateExportPayload, 'exportTask'> & { exportTask?: Maybe<ResolversParentTypes['ExportTask']> };
  CsvOptions: CsvOptions;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Dashboard: DomainDashboard;
  DataSource: DomainDataSource;
  DataSourceHealth: Omit<DataSourceHealth, 'problem'> & { problem?: Maybe<ResolversParentTypes['Problem']> };
  Dataset: DomainDataset;
  Date: Scalars['Date']['output'];
  DateRange: DateRange;
  DateRangeInput: DateRangeInput;
  DateTime: Scalars['DateTime']['output'];
  DeleteExportInput: DeleteExportInput;
  DeleteExportPayload: DeleteExportPayload;
  Dimension: DomainDimension;
  DimensionValue: DomainDimensionValue;
  Duration: Scalars['Duration']['output'];
  Event: DomainEvent;
  EventConnection: DomainEventConnection;
  EventDefinition: DomainEventDefinition;
  EventDefinitionConnection: DomainEventDefinitionConnection;
  EventDefinitionEdge: Omit<EventDefinitionEdge, 'node'> & { node: ResolversParentTypes['EventDefinition'] };
  EventEdge: Omit<EventEdge, 'node'> & { node: ResolversParentTypes['Event'] };
  EventMetricInput: EventMetricInput;
  EventSelectorInput: EventSelectorInput;
  EventsQuery: EventsQuery;
  ExportColumn: ExportColumn;
  ExportFile: DomainExportFile;
  ExportFilter: ExportFilter;
  ExportSourceInput: ExportSourceInput;
  ExportTable: DomainExportTable;
  ExportTask: DomainExportTask;
  ExportTaskConnection: DomainExportTaskConnection;
  ExportTaskEdge: Omit<ExportTaskEdge, 'node'> & { node: ResolversParentTypes['ExportTask'] };
  ExportTaskFilter: ExportTaskFilter;
  FilterInput: FilterInput;
  FormulaInput: FormulaInput;
  Freshness: DomainFreshness;
  FunnelChart: DomainFunnelChart;
  FunnelChurnReason: FunnelChurnReason;
  FunnelGroup: DomainFunnelGroup;
  FunnelLimits: FunnelLimits;
  FunnelQuery: FunnelQuery;
  FunnelReport: DomainFunnelReport;
  FunnelStep: DomainFunnelStep;
  FunnelStepInput: FunnelStepInput;
  InstantRangeInput: InstantRangeInput;
  JSON: Scalars['JSON']['output'];
  JSONObject: Scalars['JSONObject']['output'];
  LifetimeValueLimits: LifetimeValueLimits;
  LifetimeValueQuery: LifetimeValueQuery;
  LifetimeValueReport: DomainLifetimeValueReport;
  LifetimeValueRow: DomainLifetimeValueRow;
  Metric: DomainMetric;
  MetricInput: MetricInput;
  MetricPoint: MetricPoint;
  MetricSelectionInput: MetricSelectionInput;
  MetricSeries: DomainMetricSeries;
  MetricsChart: DomainMetricsChart;
  MetricsQuery: MetricsQuery;
  MetricsReport: DomainMetricsReport;
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Period: DomainPeriod;
  PeriodInput: PeriodInput;
  PrepareDatasetInput: PrepareDatasetInput;
  PrepareDatasetPayload: Omit<PrepareDatasetPayload, 'exportTasks'> & { exportTasks?: Maybe<ReadonlyArray<ResolversParentTypes['ExportTask']>> };
  Problem: DomainProblem;
  Query: Record<PropertyKey, never>;
  QueryLimits: QueryLimits;
  ReportExportInput: ReportExportInput;
  RetentionCell: DomainRetentionCell;
  RetentionChart: DomainRetentionChart;
  RetentionLimits: RetentionLimits;
  RetentionQuery: RetentionQuery;
  RetentionReport: DomainRetentionReport;
  RetentionRow: DomainRetentionRow;
  RetryExportInput: RetryExportInput;
  RetryExportPayload: Omit<RetryExportPayload, 'exportTask'> & { exportTask?: Maybe<ResolversParentTypes['ExportTask']> };
  RowsExportInput: RowsExportInput;
  SafeInt: Scalars['SafeInt']['output'];
  SavedChart: DomainSavedChart;
  Subscription: Record<PropertyKey, never>;
  SubscriptionPointInput: SubscriptionPointInput;
  Table: Table;
  Tabular: ResolversInterfaceTypes<ResolversParentTypes>['Tabular'];
  TimeZone: Scalars['TimeZone']['output'];
  URL: Scalars['URL']['output'];
  UnknownChart: DomainUnknownChart;
  User: DomainUser;
  UserError: UserError;
  UserProfile: DomainUserProfile;
  Int: Scalars['Int']['output'];
}>;

export type CacheControlDirectiveArgs = {
  maxAge?: Maybe<Scalars['Int']['input']>;
  scope?: Maybe<CacheControlScope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = GraphQLContext, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AllowanceResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Allowance'] = ResolversParentTypes['Allowance']> = ResolversObject<{
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  remaining?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resetAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  window?: Resolver<ResolversTypes['Duration'], ParentType, ContextType>;
}>;

export type CancelExportPayloadResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['CancelExportPayload'] = ResolversParentTypes['CancelExportPayload']> = ResolversObject<{
  exportTask?: Resolver<Maybe<ResolversTypes['ExportTask']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type CapabilityResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Capability'] = ResolversParentTypes['Capability']> = ResolversObject<{
  answeredBy?: Resolver<ResolversTypes['AnsweredBy'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['CapabilityKind'], ParentType, ContextType>;
  limits?: Resolver<ResolversTypes['QueryLimits'], ParentType, ContextType>;
  optionsSchema?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
}>;

export type CatalogResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Catalog'] = ResolversParentTypes['Catalog']> = ResolversObject<{
  dimensions?: Resolver<ReadonlyArray<ResolversTypes['Dimension']>, ParentType, ContextType, Partial<CatalogDimensionsArgs>>;
  events?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType, Partial<CatalogEventsArgs>>;
  metrics?: Resolver<ReadonlyArray<ResolversTypes['Metric']>, ParentType, ContextType, Partial<CatalogMetricsArgs>>;
  tables?: Resolver<ReadonlyArray<ResolversTypes['ExportTable']>, ParentType, ContextType, Partial<CatalogTablesArgs>>;
}>;

export type CohortResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Cohort'] = ResolversParentTypes['Cohort'], FederationReferenceType extends FederationReferenceTypes['Cohort'] = FederationReferenceTypes['Cohort']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Cohort']> | FederationReferenceType, FederationReferenceType, ContextType>;
  csv?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, Partial<CohortCsvArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  members?: Resolver<Maybe<ResolversTypes['CohortMemberConnection']>, ParentType, ContextType, RequireFields<CohortMembersArgs, 'first'>>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nativeId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  size?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['DataSource'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  userKind?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CohortAnalysisLimitsResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['CohortAnalysisLimits'] = ResolversParentTypes['CohortAnalysisLimits']> = ResolversObject<{
  accountings?: Resolver<ReadonlyArray<ResolversTypes['Accounting']>, ParentType, ContextType>;
  measures?: Resolver<ReadonlyArray<ResolversTypes['CohortMeasure']>, ParentType, ContextType>;
  offsetBy?: Resolver<ReadonlyArray<ResolversTypes['CohortOffset']>, ParentType, ContextType>;
  supportsCumulative?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  takesEvents?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  takesValue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
}>;

export type CohortAnalysisReportResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['CohortAnalysisReport'] = ResolversParentTypes['CohortAnalysisReport']> = ResolversObject<{
  accounting?: Resolver<ResolversTypes['Accounting'], ParentType, ContextType>;
  answeredBy?: Resolver<ResolversTypes['AnsweredBy'], ParentType, ContextType>;
  csv?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<CohortAnalysisReportCsvArgs>>;
  cumulative?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  interval?: Resolver<ResolversTypes['Interval'], ParentType, ContextType>;
  measure?: Resolver<ResolversTypes['CohortMeasure'], ParentType, ContextType>;
  offsetBy?: Resolver<ResolversTypes['CohortOffset'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  rows?: Resolver<ReadonlyArray<ResolversTypes['CohortRow']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['DataSource'], ParentType, ContextType>;
  table?: Resolver<ResolversTypes['Table'], ParentType, ContextType, RequireFields<CohortAnalysisReportTableArgs, 'layout'>>;
  unit?: Resolver<ResolversTypes['Unit'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CohortCellResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['CohortCell'] = ResolversParentTypes['CohortCell']> = ResolversObject<{
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  offset?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  share?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
}>;

export type CohortConnectionResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['CohortConnection'] = ResolversParentTypes['CohortConnection']> = ResolversObject<{
  csv?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<CohortConnectionCsvArgs>>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['CohortEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Cohort']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  table?: Resolver<ResolversTypes['Table'], ParentType, ContextType, RequireFields<CohortConnectionTableArgs, 'layout'>>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CohortEdgeResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['CohortEdge'] = ResolversParentTypes['CohortEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Cohort'], ParentType, ContextType>;
}>;

export type CohortMemberResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['CohortMember'] = ResolversParentTypes['CohortMember']> = ResolversObject<{
  attributes?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type CohortMemberConnectionResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['CohortMemberConnection'] = ResolversParentTypes['CohortMemberConnection']> = ResolversObject<{
  attributeNames?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  csv?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<CohortMemberConnectionCsvArgs>>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['CohortMemberEdge']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  idName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['CohortMember']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  table?: Resolver<ResolversTypes['Table'], ParentType, ContextType, RequireFields<CohortMemberConnectionTableArgs, 'layout'>>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CohortMemberEdgeResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['CohortMemberEdge'] = ResolversParentTypes['CohortMemberEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CohortMember'], ParentType, ContextType>;
}>;

export type CohortRowResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['CohortRow'] = ResolversParentTypes['CohortRow']> = ResolversObject<{
  cells?: Resolver<ReadonlyArray<ResolversTypes['CohortCell']>, ParentType, ContextType>;
  cohort?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  dimensions?: Resolver<ReadonlyArray<ResolversTypes['DimensionValue']>, ParentType, ContextType>;
  isTotal?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  size?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
}>;

export type ColumnResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Column'] = ResolversParentTypes['Column']> = ResolversObject<{
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ColumnType'], ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['Unit']>, ParentType, ContextType>;
}>;

export type ConversionLimitsResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['ConversionLimits'] = ResolversParentTypes['ConversionLimits']> = ResolversObject<{
  points?: Resolver<ReadonlyArray<ResolversTypes['ConversionPointKind']>, ParentType, ContextType>;
}>;

export type ConversionReportResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['ConversionReport'] = ResolversParentTypes['ConversionReport']> = ResolversObject<{
  answeredBy?: Resolver<ResolversTypes['AnsweredBy'], ParentType, ContextType>;
  csv?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<ConversionReportCsvArgs>>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  fromCount?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  interval?: Resolver<ResolversTypes['Interval'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  previousRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  series?: Resolver<ReadonlyArray<ResolversTypes['MetricSeries']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['DataSource'], ParentType, ContextType>;
  table?: Resolver<ResolversTypes['Table'], ParentType, ContextType, RequireFields<ConversionReportTableArgs, 'layout'>>;
  toCount?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type CreateExportPayloadResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['CreateExportPayload'] = ResolversParentTypes['CreateExportPayload']> = ResolversObject<{
  exportTask?: Resolver<Maybe<ResolversTypes['ExportTask']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export type DashboardResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Dashboard'] = ResolversParentTypes['Dashboard'], FederationReferenceType extends FederationReferenceTypes['Dashboard'] = FederationReferenceTypes['Dashboard']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Dashboard']> | FederationReferenceType, FederationReferenceType, ContextType>;
  charts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['SavedChart']>>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  creator?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nativeId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['DataSource'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  updater?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type DataSourceResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['DataSource'] = ResolversParentTypes['DataSource'], FederationReferenceType extends FederationReferenceTypes['DataSource'] = FederationReferenceTypes['DataSource']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['DataSource']> | FederationReferenceType, FederationReferenceType, ContextType>;
  allowance?: Resolver<ReadonlyArray<ResolversTypes['Allowance']>, ParentType, ContextType>;
  capabilities?: Resolver<ReadonlyArray<ResolversTypes['Capability']>, ParentType, ContextType>;
  catalog?: Resolver<ResolversTypes['Catalog'], ParentType, ContextType>;
  cohorts?: Resolver<Maybe<ResolversTypes['CohortConnection']>, ParentType, ContextType, RequireFields<DataSourceCohortsArgs, 'first'>>;
  dashboard?: Resolver<Maybe<ResolversTypes['Dashboard']>, ParentType, ContextType, RequireFields<DataSourceDashboardArgs, 'nativeId'>>;
  dashboards?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Dashboard']>>, ParentType, ContextType>;
  datasets?: Resolver<ReadonlyArray<ResolversTypes['Dataset']>, ParentType, ContextType>;
  docsUrl?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  eventDefinitions?: Resolver<Maybe<ResolversTypes['EventDefinitionConnection']>, ParentType, ContextType, RequireFields<DataSourceEventDefinitionsArgs, 'first'>>;
  health?: Resolver<ResolversTypes['DataSourceHealth'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['Provider'], ParentType, ContextType>;
  timezone?: Resolver<Maybe<ResolversTypes['TimeZone']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type DataSourceHealthResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['DataSourceHealth'] = ResolversParentTypes['DataSourceHealth']> = ResolversObject<{
  checkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  isHealthy?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  latency?: Resolver<ResolversTypes['Duration'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['Problem']>, ParentType, ContextType>;
}>;

export type DatasetResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Dataset'] = ResolversParentTypes['Dataset']> = ResolversObject<{
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  byteSize?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  coverage?: Resolver<ReadonlyArray<ResolversTypes['DateRange']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  timezone?: Resolver<ResolversTypes['TimeZone'], ParentType, ContextType>;
}>;

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export type DateRangeResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['DateRange'] = ResolversParentTypes['DateRange']> = ResolversObject<{
  from?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
}>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteExportPayloadResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['DeleteExportPayload'] = ResolversParentTypes['DeleteExportPayload']> = ResolversObject<{
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type DimensionResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Dimension'] = ResolversParentTypes['Dimension']> = ResolversObject<{
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type DimensionValueResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['DimensionValue'] = ResolversParentTypes['DimensionValue']> = ResolversObject<{
  dimension?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nativeDimension?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nativeValue?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export interface DurationScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Duration'], any> {
  name: 'Duration';
}

export type EventResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event']> = ResolversObject<{
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  attributes?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  browser?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  browserVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  city?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  country?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  device?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deviceId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  os?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  osVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  path?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  properties?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  referrer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  revenue?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  sessionId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type EventConnectionResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['EventConnection'] = ResolversParentTypes['EventConnection']> = ResolversObject<{
  csv?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<EventConnectionCsvArgs>>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['EventEdge']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  lateArrivals?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Event']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['DataSource'], ParentType, ContextType>;
  table?: Resolver<ResolversTypes['Table'], ParentType, ContextType, RequireFields<EventConnectionTableArgs, 'layout'>>;
  totalCount?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type EventDefinitionResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['EventDefinition'] = ResolversParentTypes['EventDefinition'], FederationReferenceType extends FederationReferenceTypes['EventDefinition'] = FederationReferenceTypes['EventDefinition']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['EventDefinition']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nativeId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['DataSource'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type EventDefinitionConnectionResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['EventDefinitionConnection'] = ResolversParentTypes['EventDefinitionConnection']> = ResolversObject<{
  csv?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<EventDefinitionConnectionCsvArgs>>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['EventDefinitionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['EventDefinition']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  table?: Resolver<ResolversTypes['Table'], ParentType, ContextType, RequireFields<EventDefinitionConnectionTableArgs, 'layout'>>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type EventDefinitionEdgeResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['EventDefinitionEdge'] = ResolversParentTypes['EventDefinitionEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['EventDefinition'], ParentType, ContextType>;
}>;

export type EventEdgeResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['EventEdge'] = ResolversParentTypes['EventEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
}>;

export type ExportColumnResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['ExportColumn'] = ResolversParentTypes['ExportColumn']> = ResolversObject<{
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ColumnType'], ParentType, ContextType>;
}>;

export type ExportFileResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['ExportFile'] = ResolversParentTypes['ExportFile']> = ResolversObject<{
  byteSize?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  mediaType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rowCount?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
}>;

export type ExportFilterResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['ExportFilter'] = ResolversParentTypes['ExportFilter']> = ResolversObject<{
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  maxValues?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type ExportTableResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['ExportTable'] = ResolversParentTypes['ExportTable']> = ResolversObject<{
  columns?: Resolver<ReadonlyArray<ResolversTypes['ExportColumn']>, ParentType, ContextType>;
  defaultColumns?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  filters?: Resolver<ReadonlyArray<ResolversTypes['ExportFilter']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  takesOtherColumns?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
}>;

export type ExportTaskResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['ExportTask'] = ResolversParentTypes['ExportTask'], FederationReferenceType extends FederationReferenceTypes['ExportTask'] = FederationReferenceTypes['ExportTask']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ExportTask']> | FederationReferenceType, FederationReferenceType, ContextType>;
  attempt?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  byteSize?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  completeness?: Resolver<Maybe<ResolversTypes['Completeness']>, ParentType, ContextType>;
  compression?: Resolver<ResolversTypes['Compression'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['Problem']>, ParentType, ContextType>;
  expectedRowCount?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  files?: Resolver<ReadonlyArray<ResolversTypes['ExportFile']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  format?: Resolver<ResolversTypes['ExportFormat'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  phase?: Resolver<Maybe<ResolversTypes['ExportPhase']>, ParentType, ContextType>;
  preview?: Resolver<Maybe<ResolversTypes['Table']>, ParentType, ContextType, RequireFields<ExportTaskPreviewArgs, 'first'>>;
  progress?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  rowCount?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['DataSource']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ExportState'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type ExportTaskConnectionResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['ExportTaskConnection'] = ResolversParentTypes['ExportTaskConnection']> = ResolversObject<{
  edges?: Resolver<ReadonlyArray<ResolversTypes['ExportTaskEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ExportTask']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type ExportTaskEdgeResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['ExportTaskEdge'] = ResolversParentTypes['ExportTaskEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ExportTask'], ParentType, ContextType>;
}>;

export type FreshnessResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Freshness'] = ResolversParentTypes['Freshness']> = ResolversObject<{
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  completeUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  fromCache?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isSettled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
}>;

export type FunnelChartResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['FunnelChart'] = ResolversParentTypes['FunnelChart'], FederationReferenceType extends FederationReferenceTypes['FunnelChart'] = FederationReferenceTypes['FunnelChart']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['FunnelChart']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  creator?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SavedChartKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nativeId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nativeKind?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  report?: Resolver<Maybe<ResolversTypes['FunnelReport']>, ParentType, ContextType, RequireFields<FunnelChartReportArgs, 'interval' | 'period'>>;
  source?: Resolver<ResolversTypes['DataSource'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type FunnelChurnReasonResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['FunnelChurnReason'] = ResolversParentTypes['FunnelChurnReason']> = ResolversObject<{
  count?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type FunnelGroupResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['FunnelGroup'] = ResolversParentTypes['FunnelGroup']> = ResolversObject<{
  at?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  dimensions?: Resolver<ReadonlyArray<ResolversTypes['DimensionValue']>, ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['FunnelStep']>, ParentType, ContextType>;
}>;

export type FunnelLimitsResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['FunnelLimits'] = ResolversParentTypes['FunnelLimits']> = ResolversObject<{
  countBy?: Resolver<ReadonlyArray<ResolversTypes['CountBy']>, ParentType, ContextType>;
  maxConversionWindow?: Resolver<Maybe<ResolversTypes['Duration']>, ParentType, ContextType>;
  maxSteps?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  minConversionWindow?: Resolver<Maybe<ResolversTypes['Duration']>, ParentType, ContextType>;
  minSteps?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  orders?: Resolver<ReadonlyArray<ResolversTypes['FunnelOrder']>, ParentType, ContextType>;
  supportsExclusions?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  supportsStepFilters?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
}>;

export type FunnelReportResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['FunnelReport'] = ResolversParentTypes['FunnelReport']> = ResolversObject<{
  answeredBy?: Resolver<ResolversTypes['AnsweredBy'], ParentType, ContextType>;
  conversionRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  conversionWindow?: Resolver<Maybe<ResolversTypes['Duration']>, ParentType, ContextType>;
  countBy?: Resolver<ResolversTypes['CountBy'], ParentType, ContextType>;
  csv?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<FunnelReportCsvArgs>>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  groups?: Resolver<ReadonlyArray<ResolversTypes['FunnelGroup']>, ParentType, ContextType>;
  order?: Resolver<ResolversTypes['FunnelOrder'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['Problem']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['DataSource'], ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['FunnelStep']>, ParentType, ContextType>;
  table?: Resolver<ResolversTypes['Table'], ParentType, ContextType, RequireFields<FunnelReportTableArgs, 'layout'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type FunnelStepResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['FunnelStep'] = ResolversParentTypes['FunnelStep']> = ResolversObject<{
  churnReasons?: Resolver<Maybe<ReadonlyArray<ResolversTypes['FunnelChurnReason']>>, ParentType, ContextType>;
  count?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  dropOff?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  fromPrevious?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  fromStart?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  medianTimeFromPrevious?: Resolver<Maybe<ResolversTypes['Duration']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nativeName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export interface JsonObjectScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSONObject'], any> {
  name: 'JSONObject';
}

export type LifetimeValueLimitsResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['LifetimeValueLimits'] = ResolversParentTypes['LifetimeValueLimits']> = ResolversObject<{
  accountings?: Resolver<ReadonlyArray<ResolversTypes['Accounting']>, ParentType, ContextType>;
  offsetBy?: Resolver<ReadonlyArray<ResolversTypes['CohortOffset']>, ParentType, ContextType>;
  takesEvents?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  takesValue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
}>;

export type LifetimeValueReportResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['LifetimeValueReport'] = ResolversParentTypes['LifetimeValueReport']> = ResolversObject<{
  accounting?: Resolver<ResolversTypes['Accounting'], ParentType, ContextType>;
  answeredBy?: Resolver<ResolversTypes['AnsweredBy'], ParentType, ContextType>;
  csv?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<LifetimeValueReportCsvArgs>>;
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  interval?: Resolver<ResolversTypes['Interval'], ParentType, ContextType>;
  offsetBy?: Resolver<ResolversTypes['CohortOffset'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  rows?: Resolver<ReadonlyArray<ResolversTypes['LifetimeValueRow']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['DataSource'], ParentType, ContextType>;
  table?: Resolver<ResolversTypes['Table'], ParentType, ContextType, RequireFields<LifetimeValueReportTableArgs, 'layout'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type LifetimeValueRowResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['LifetimeValueRow'] = ResolversParentTypes['LifetimeValueRow']> = ResolversObject<{
  acquisitionCost?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  cells?: Resolver<ReadonlyArray<ResolversTypes['CohortCell']>, ParentType, ContextType>;
  cohort?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  dimensions?: Resolver<ReadonlyArray<ResolversTypes['DimensionValue']>, ParentType, ContextType>;
  isTotal?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lifetimeValue?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  paybackOffset?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  size?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
}>;

export type MetricResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Metric'] = ResolversParentTypes['Metric']> = ResolversObject<{
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isAdditive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['Unit'], ParentType, ContextType>;
}>;

export type MetricPointResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['MetricPoint'] = ResolversParentTypes['MetricPoint']> = ResolversObject<{
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  date?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  previous?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
}>;

export type MetricSeriesResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['MetricSeries'] = ResolversParentTypes['MetricSeries']> = ResolversObject<{
  answeredBy?: Resolver<Maybe<ResolversTypes['AnsweredBy']>, ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['CurrencyCode']>, ParentType, ContextType>;
  dimensions?: Resolver<ReadonlyArray<ResolversTypes['DimensionValue']>, ParentType, ContextType>;
  metric?: Resolver<Maybe<ResolversTypes['Metric']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  points?: Resolver<ReadonlyArray<ResolversTypes['MetricPoint']>, ParentType, ContextType>;
  previousTotal?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  previousValues?: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['Float']>>>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['DataSource']>, ParentType, ContextType>;
  timestamps?: Resolver<ReadonlyArray<ResolversTypes['DateTime']>, ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['Unit'], ParentType, ContextType>;
  values?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Float']>>, ParentType, ContextType>;
}>;

export type MetricsChartResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['MetricsChart'] = ResolversParentTypes['MetricsChart'], FederationReferenceType extends FederationReferenceTypes['MetricsChart'] = FederationReferenceTypes['MetricsChart']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['MetricsChart']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  creator?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SavedChartKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nativeId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nativeKind?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  report?: Resolver<Maybe<ResolversTypes['MetricsReport']>, ParentType, ContextType, RequireFields<MetricsChartReportArgs, 'interval' | 'period'>>;
  source?: Resolver<ResolversTypes['DataSource'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type MetricsReportResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['MetricsReport'] = ResolversParentTypes['MetricsReport']> = ResolversObject<{
  csv?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<MetricsReportCsvArgs>>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  interval?: Resolver<ResolversTypes['Interval'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['Problem']>, ParentType, ContextType>;
  series?: Resolver<ReadonlyArray<ResolversTypes['MetricSeries']>, ParentType, ContextType>;
  table?: Resolver<ResolversTypes['Table'], ParentType, ContextType, RequireFields<MetricsReportTableArgs, 'layout'>>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type MutationResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = ResolversObject<{
  cancelExport?: Resolver<ResolversTypes['CancelExportPayload'], ParentType, ContextType, RequireFields<MutationCancelExportArgs, 'input'>>;
  createExport?: Resolver<ResolversTypes['CreateExportPayload'], ParentType, ContextType, RequireFields<MutationCreateExportArgs, 'input'>>;
  deleteExport?: Resolver<ResolversTypes['DeleteExportPayload'], ParentType, ContextType, RequireFields<MutationDeleteExportArgs, 'input'>>;
  prepareDataset?: Resolver<ResolversTypes['PrepareDatasetPayload'], ParentType, ContextType, RequireFields<MutationPrepareDatasetArgs, 'input'>>;
  retryExport?: Resolver<ResolversTypes['RetryExportPayload'], ParentType, ContextType, RequireFields<MutationRetryExportArgs, 'input'>>;
}>;

export type NodeResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = ResolversObject<{
  __resolveType: TypeResolveFn<'Cohort' | 'Dashboard' | 'DataSource' | 'EventDefinition' | 'ExportTask' | 'FunnelChart' | 'MetricsChart' | 'RetentionChart' | 'UnknownChart' | 'User', ParentType, ContextType>;
}>;

export type PageInfoResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = ResolversObject<{
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type PeriodResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Period'] = ResolversParentTypes['Period']> = ResolversObject<{
  end?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  firstDay?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  lastDay?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  timezone?: Resolver<ResolversTypes['TimeZone'], ParentType, ContextType>;
}>;

export type PrepareDatasetPayloadResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['PrepareDatasetPayload'] = ResolversParentTypes['PrepareDatasetPayload']> = ResolversObject<{
  exportTasks?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ExportTask']>>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type ProblemResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Problem'] = ResolversParentTypes['Problem']> = ResolversObject<{
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  exportTask?: Resolver<Maybe<ResolversTypes['ExportTask']>, ParentType, ContextType>;
  isRetryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfter?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['DataSource']>, ParentType, ContextType>;
}>;

export type QueryResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = ResolversObject<{
  cohort?: Resolver<Maybe<ResolversTypes['Cohort']>, ParentType, ContextType, RequireFields<QueryCohortArgs, 'id'>>;
  cohortAnalysis?: Resolver<Maybe<ResolversTypes['CohortAnalysisReport']>, ParentType, ContextType, RequireFields<QueryCohortAnalysisArgs, 'query'>>;
  conversion?: Resolver<Maybe<ResolversTypes['ConversionReport']>, ParentType, ContextType, RequireFields<QueryConversionArgs, 'query'>>;
  dashboard?: Resolver<Maybe<ResolversTypes['Dashboard']>, ParentType, ContextType, RequireFields<QueryDashboardArgs, 'id'>>;
  dataSource?: Resolver<Maybe<ResolversTypes['DataSource']>, ParentType, ContextType, RequireFields<QueryDataSourceArgs, 'key'>>;
  dataSources?: Resolver<ReadonlyArray<ResolversTypes['DataSource']>, ParentType, ContextType, Partial<QueryDataSourcesArgs>>;
  events?: Resolver<Maybe<ResolversTypes['EventConnection']>, ParentType, ContextType, RequireFields<QueryEventsArgs, 'first' | 'query'>>;
  exportTask?: Resolver<Maybe<ResolversTypes['ExportTask']>, ParentType, ContextType, RequireFields<QueryExportTaskArgs, 'id'>>;
  exportTasks?: Resolver<Maybe<ResolversTypes['ExportTaskConnection']>, ParentType, ContextType, RequireFields<QueryExportTasksArgs, 'first'>>;
  funnel?: Resolver<Maybe<ResolversTypes['FunnelReport']>, ParentType, ContextType, RequireFields<QueryFunnelArgs, 'query'>>;
  lifetimeValue?: Resolver<Maybe<ResolversTypes['LifetimeValueReport']>, ParentType, ContextType, RequireFields<QueryLifetimeValueArgs, 'query'>>;
  metrics?: Resolver<Maybe<ResolversTypes['MetricsReport']>, ParentType, ContextType, RequireFields<QueryMetricsArgs, 'query'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  retention?: Resolver<Maybe<ResolversTypes['RetentionReport']>, ParentType, ContextType, RequireFields<QueryRetentionArgs, 'query'>>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'nativeId' | 'source'>>;
}>;

export type QueryLimitsResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['QueryLimits'] = ResolversParentTypes['QueryLimits']> = ResolversObject<{
  anyTimezone?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  cohortAnalysis?: Resolver<Maybe<ResolversTypes['CohortAnalysisLimits']>, ParentType, ContextType>;
  conversion?: Resolver<Maybe<ResolversTypes['ConversionLimits']>, ParentType, ContextType>;
  earliestDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  filterOperators?: Resolver<ReadonlyArray<ResolversTypes['FilterOperator']>, ParentType, ContextType>;
  funnel?: Resolver<Maybe<ResolversTypes['FunnelLimits']>, ParentType, ContextType>;
  intervals?: Resolver<ReadonlyArray<ResolversTypes['Interval']>, ParentType, ContextType>;
  lifetimeValue?: Resolver<Maybe<ResolversTypes['LifetimeValueLimits']>, ParentType, ContextType>;
  maxBreakdowns?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maxDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  maxPoints?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  measures?: Resolver<ReadonlyArray<ResolversTypes['EventMeasure']>, ParentType, ContextType>;
  retention?: Resolver<Maybe<ResolversTypes['RetentionLimits']>, ParentType, ContextType>;
  supportsInstants?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  takesChart?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
}>;

export type RetentionCellResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['RetentionCell'] = ResolversParentTypes['RetentionCell']> = ResolversObject<{
  count?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  offset?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
}>;

export type RetentionChartResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['RetentionChart'] = ResolversParentTypes['RetentionChart'], FederationReferenceType extends FederationReferenceTypes['RetentionChart'] = FederationReferenceTypes['RetentionChart']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['RetentionChart']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  creator?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SavedChartKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nativeId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nativeKind?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  report?: Resolver<Maybe<ResolversTypes['RetentionReport']>, ParentType, ContextType, RequireFields<RetentionChartReportArgs, 'interval' | 'period'>>;
  source?: Resolver<ResolversTypes['DataSource'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type RetentionLimitsResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['RetentionLimits'] = ResolversParentTypes['RetentionLimits']> = ResolversObject<{
  entryKinds?: Resolver<ReadonlyArray<ResolversTypes['RetentionEntry']>, ParentType, ContextType>;
  maxOffsets?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  modes?: Resolver<ReadonlyArray<ResolversTypes['RetentionMode']>, ParentType, ContextType>;
  offsetBy?: Resolver<ResolversTypes['CohortOffset'], ParentType, ContextType>;
  takesEvents?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
}>;

export type RetentionReportResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['RetentionReport'] = ResolversParentTypes['RetentionReport']> = ResolversObject<{
  answeredBy?: Resolver<ResolversTypes['AnsweredBy'], ParentType, ContextType>;
  average?: Resolver<ReadonlyArray<ResolversTypes['RetentionCell']>, ParentType, ContextType>;
  csv?: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<RetentionReportCsvArgs>>;
  entryKind?: Resolver<Maybe<ResolversTypes['RetentionEntry']>, ParentType, ContextType>;
  freshness?: Resolver<ResolversTypes['Freshness'], ParentType, ContextType>;
  interval?: Resolver<ResolversTypes['Interval'], ParentType, ContextType>;
  mode?: Resolver<ResolversTypes['RetentionMode'], ParentType, ContextType>;
  offsetBy?: Resolver<ResolversTypes['CohortOffset'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  rows?: Resolver<ReadonlyArray<ResolversTypes['RetentionRow']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['DataSource'], ParentType, ContextType>;
  table?: Resolver<ResolversTypes['Table'], ParentType, ContextType, RequireFields<RetentionReportTableArgs, 'layout'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type RetentionRowResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['RetentionRow'] = ResolversParentTypes['RetentionRow']> = ResolversObject<{
  cells?: Resolver<ReadonlyArray<ResolversTypes['RetentionCell']>, ParentType, ContextType>;
  cohort?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  dimensions?: Resolver<ReadonlyArray<ResolversTypes['DimensionValue']>, ParentType, ContextType>;
  isTotal?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  size?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
}>;

export type RetryExportPayloadResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['RetryExportPayload'] = ResolversParentTypes['RetryExportPayload']> = ResolversObject<{
  exportTask?: Resolver<Maybe<ResolversTypes['ExportTask']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type SavedChartResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['SavedChart'] = ResolversParentTypes['SavedChart']> = ResolversObject<{
  __resolveType: TypeResolveFn<'FunnelChart' | 'MetricsChart' | 'RetentionChart' | 'UnknownChart', ParentType, ContextType>;
}>;

export type SubscriptionResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = ResolversObject<{
  exportTask?: SubscriptionResolver<ResolversTypes['ExportTask'], "exportTask", ParentType, ContextType, RequireFields<SubscriptionExportTaskArgs, 'id'>>;
}>;

export type TableResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Table'] = ResolversParentTypes['Table']> = ResolversObject<{
  columns?: Resolver<ReadonlyArray<ResolversTypes['Column']>, ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rows?: Resolver<ReadonlyArray<ReadonlyArray<Maybe<ResolversTypes['JSON']>>>, ParentType, ContextType>;
}>;

export type TabularResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['Tabular'] = ResolversParentTypes['Tabular']> = ResolversObject<{
  __resolveType: TypeResolveFn<'CohortAnalysisReport' | 'CohortConnection' | 'CohortMemberConnection' | 'ConversionReport' | 'EventConnection' | 'EventDefinitionConnection' | 'FunnelReport' | 'LifetimeValueReport' | 'MetricsReport' | 'RetentionReport', ParentType, ContextType>;
}>;

export interface TimeZoneScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['TimeZone'], any> {
  name: 'TimeZone';
}

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UnknownChartResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['UnknownChart'] = ResolversParentTypes['UnknownChart'], FederationReferenceType extends FederationReferenceTypes['UnknownChart'] = FederationReferenceTypes['UnknownChart']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['UnknownChart']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  creator?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SavedChartKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nativeId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nativeKind?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  report?: Resolver<Maybe<ResolversTypes['Tabular']>, ParentType, ContextType, RequireFields<UnknownChartReportArgs, 'period'>>;
  source?: Resolver<ResolversTypes['DataSource'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type UserResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  events?: Resolver<Maybe<ResolversTypes['EventConnection']>, ParentType, ContextType, RequireFields<UserEventsArgs, 'first' | 'names' | 'period'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nativeId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  profile?: Resolver<Maybe<ResolversTypes['UserProfile']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['DataSource'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
}>;

export type UserErrorResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = ResolversObject<{
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type UserProfileResolvers<ContextType = GraphQLContext, ParentType extends ResolversParentTypes['UserProfile'] = ResolversParentTypes['UserProfile']> = ResolversObject<{
  attributes?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  avatarUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  firstName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  properties?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
}>;

export type Resolvers<ContextType = GraphQLContext> = ResolversObject<{
  Allowance?: AllowanceResolvers<ContextType>;
  CancelExportPayload?: CancelExportPayloadResolvers<ContextType>;
  Capability?: CapabilityResolvers<ContextType>;
  Catalog?: CatalogResolvers<ContextType>;
  Cohort?: CohortResolvers<ContextType>;
  CohortAnalysisLimits?: CohortAnalysisLimitsResolvers<ContextType>;
  CohortAnalysisReport?: CohortAnalysisReportResolvers<ContextType>;
  CohortCell?: CohortCellResolvers<ContextType>;
  CohortConnection?: CohortConnectionResolvers<ContextType>;
  CohortEdge?: CohortEdgeResolvers<ContextType>;
  CohortMember?: CohortMemberResolvers<ContextType>;
  CohortMemberConnection?: CohortMemberConnectionResolvers<ContextType>;
  CohortMemberEdge?: CohortMemberEdgeResolvers<ContextType>;
  CohortRow?: CohortRowResolvers<ContextType>;
  Column?: ColumnResolvers<ContextType>;
  ConversionLimits?: ConversionLimitsResolvers<ContextType>;
  ConversionReport?: ConversionReportResolvers<ContextType>;
  CreateExportPayload?: CreateExportPayloadResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  Dashboard?: DashboardResolvers<ContextType>;
  DataSource?: DataSourceResolvers<ContextType>;
  DataSourceHealth?: DataSourceHealthResolvers<ContextType>;
  Dataset?: DatasetResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateRange?: DateRangeResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteExportPayload?: DeleteExportPayloadResolvers<ContextType>;
  Dimension?: DimensionResolvers<ContextType>;
  DimensionValue?: DimensionValueResolvers<ContextType>;
  Duration?: GraphQLScalarType;
  Event?: EventResolvers<ContextType>;
  EventConnection?: EventConnectionResolvers<ContextType>;
  EventDefinition?: EventDefinitionResolvers<ContextType>;
  EventDefinitionConnection?: EventDefinitionConnectionResolvers<ContextType>;
  EventDefinitionEdge?: EventDefinitionEdgeResolvers<ContextType>;
  EventEdge?: EventEdgeResolvers<ContextType>;
  ExportColumn?: ExportColumnResolvers<ContextType>;
  ExportFile?: ExportFileResolvers<ContextType>;
  ExportFilter?: ExportFilterResolvers<ContextType>;
  ExportTable?: ExportTableResolvers<ContextType>;
  ExportTask?: ExportTaskResolvers<ContextType>;
  ExportTaskConnection?: ExportTaskConnectionResolvers<ContextType>;
  ExportTaskEdge?: ExportTaskEdgeResolvers<ContextType>;
  Freshness?: FreshnessResolvers<ContextType>;
  FunnelChart?: FunnelChartResolvers<ContextType>;
  FunnelChurnReason?: FunnelChurnReasonResolvers<ContextType>;
  FunnelGroup?: FunnelGroupResolvers<ContextType>;
  FunnelLimits?: FunnelLimitsResolvers<ContextType>;
  FunnelReport?: FunnelReportResolvers<ContextType>;
  FunnelStep?: FunnelStepResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  JSONObject?: GraphQLScalarType;
  LifetimeValueLimits?: LifetimeValueLimitsResolvers<ContextType>;
  LifetimeValueReport?: LifetimeValueReportResolvers<ContextType>;
  LifetimeValueRow?: LifetimeValueRowResolvers<ContextType>;
  Metric?: MetricResolvers<ContextType>;
  MetricPoint?: MetricPointResolvers<ContextType>;
  MetricSeries?: MetricSeriesResolvers<ContextType>;
  MetricsChart?: MetricsChartResolvers<ContextType>;
  MetricsReport?: MetricsReportResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Period?: PeriodResolvers<ContextType>;
  PrepareDatasetPayload?: PrepareDatasetPayloadResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  QueryLimits?: QueryLimitsResolvers<ContextType>;
  RetentionCell?: RetentionCellResolvers<ContextType>;
  RetentionChart?: RetentionChartResolvers<ContextType>;
  RetentionLimits?: RetentionLimitsResolvers<ContextType>;
  RetentionReport?: RetentionReportResolvers<ContextType>;
  RetentionRow?: RetentionRowResolvers<ContextType>;
  RetryExportPayload?: RetryExportPayloadResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  SavedChart?: SavedChartResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Table?: TableResolvers<ContextType>;
  Tabular?: TabularResolvers<ContextType>;
  TimeZone?: GraphQLScalarType;
  URL?: GraphQLScalarType;
  UnknownChart?: UnknownChartResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  UserProfile?: UserProfileResolvers<ContextType>;
}>;

export type DirectiveResolvers<ContextType = GraphQLContext> = ResolversObject<{
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
}>;
