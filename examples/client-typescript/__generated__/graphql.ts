/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Which money. */
export type Accounting =
  /** What users paid. */
  | 'GROSS'
  /** After the store's commission and taxes. */
  | 'NET'
  /** After the store's commission. */
  | 'PROCEEDS';

/** A question for a cohort analysis. */
export type CohortAnalysisQuery = {
  /** Which money. */
  readonly accounting?: Accounting;
  /** Dimensions to split by. */
  readonly breakdown?: ReadonlyArray<string>;
  /** Whether values add up from offset to offset. */
  readonly cumulative?: boolean;
  /** With offsets by day: which days. Left out: the provider's choice. */
  readonly days?: ReadonlyArray<number> | null | undefined;
  /** The event that enters a cohort; left out where the provider's is fixed, such as the install. */
  readonly entry?: EventSelectorInput | null | undefined;
  /** What to keep. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** The length of a cohort's bucket. */
  readonly interval?: Interval;
  /** What to measure. */
  readonly measure?: CohortMeasure;
  /** What an offset counts. */
  readonly offsetBy?: CohortOffset;
  /** What only this provider understands: see `Capability.optionsSchema`. */
  readonly options?: Record<string, unknown> | null | undefined;
  /** When users entered. */
  readonly period: PeriodInput;
  /** The data source's key. Example: `sandbox-adapty`. */
  readonly source: string;
  /** Whose days are meant. Left out: the data source's own. */
  readonly timezone?: string | null | undefined;
  /** What users are worth: how many events of one name there are (`COUNT`), or the sum of a property of theirs (`SUM`). Left out: revenue. */
  readonly value?: EventMetricInput | null | undefined;
  /**
   * How long to wait for rows that are fetched in the background, where this server computes the answer itself. What is not there by then is `NOT_READY`,
   * with the export task that fetches it; the next question finds what has arrived. Left out: 10 seconds; never longer than the server gives a request.
   */
  readonly waitFor?: string | null | undefined;
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

/** What an offset counts. */
export type CohortOffset =
  /** Days since entry. */
  | 'DAY'
  /** Buckets of the interval asked for. */
  | 'PERIOD'
  /** Paid periods of a subscription, from 1. */
  | 'RENEWAL';

/** An earlier period to compare with: one of the two ways to say it. */
export type ComparisonInput =
  {   /** From one calendar day to another, both included. */
  readonly dates: DateRangeInput; readonly preset?: never; }
  |  { readonly dates?: never;   /** By name. */
  readonly preset: ComparisonPreset; };

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

/** A point of a conversion: one of the two ways to say it. */
export type ConversionPointInput =
  {   /** An event by its name. */
  readonly event: string; readonly subscription?: never; }
  |  { readonly event?: never;   /** A stage of a subscription. */
  readonly subscription: SubscriptionPointInput; };

/** A question for a conversion. */
export type ConversionQuery = {
  /** Dimensions to split by. */
  readonly breakdown?: ReadonlyArray<string>;
  /** An earlier period, whose numbers stand beside. */
  readonly compareTo?: ComparisonInput | null | undefined;
  /** What to keep. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** Where it starts. */
  readonly from: ConversionPointInput;
  /** A rate for each of these; `TOTAL` for one rate. */
  readonly interval?: Interval;
  /** What only this provider understands: see `Capability.optionsSchema`. */
  readonly options?: Record<string, unknown> | null | undefined;
  /** When the conversion started. */
  readonly period: PeriodInput;
  /** The data source's key. Example: `sandbox-adapty`. */
  readonly source: string;
  /** Whose days are meant. Left out: the data source's own. */
  readonly timezone?: string | null | undefined;
  /** Where it ends. */
  readonly to: ConversionPointInput;
  /**
   * How long to wait for rows that are fetched in the background, where this server computes the answer itself. What is not there by then is `NOT_READY`,
   * with the export task that fetches it; the next question finds what has arrived. Left out: 10 seconds; never longer than the server gives a request.
   */
  readonly waitFor?: string | null | undefined;
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
  readonly csv?: CsvOptions | null | undefined;
  /** The format of the files. */
  readonly format?: ExportFormat;
  /** Any text of yours, up to 200 characters: within 24 hours the same key answers the same task instead of starting another. */
  readonly idempotencyKey?: string | null | undefined;
  /** What to export. */
  readonly source: ExportSourceInput;
};

/** How CSV text is written. */
export type CsvOptions = {
  /** Whether the text starts with a byte order mark, by which Excel recognises UTF-8. */
  readonly byteOrderMark?: boolean;
  /** What stands between cells. */
  readonly delimiter?: Delimiter;
  /** What happens to text cells that a spreadsheet would run as formulas. */
  readonly formulas?: FormulaCells;
  /** Whether the first line names the columns. */
  readonly header?: boolean;
  /** How series are laid out. */
  readonly layout?: TableLayout;
  /** What ends a line. */
  readonly lineEnding?: LineEnding;
  /** What stands for null. A text cell that reads the same is quoted, so that the two stay apart. */
  readonly nullText?: string;
};

/** Calendar days in the question's time zone, both included. None may lie in the future. */
export type DateRangeInput = {
  /** The first day. Example: `2026-01-01`. */
  readonly from: string;
  /** The last day. Example: `2026-01-31`. */
  readonly to: string;
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
  readonly name: string;
  /** The numeric property to sum, average, or find the least or greatest of. Needed for these, refused for the others. Example: `properties.price`. */
  readonly property?: string | null | undefined;
};

/** Events of one name. */
export type EventSelectorInput = {
  /** The event's name, as it was sent. */
  readonly event: string;
  /** Which of them. */
  readonly filters?: ReadonlyArray<FilterInput>;
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
  {   /** The members of a cohort, by its global id. */
  readonly cohortMembers: string | number; readonly report?: never; readonly rows?: never; }
  |  { readonly cohortMembers?: never;   /** Any report, without the limits of one answer. */
  readonly report: ReportExportInput; readonly rows?: never; }
  |  { readonly cohortMembers?: never; readonly report?: never;   /** Rows of a raw table of one data source. */
  readonly rows: RowsExportInput; };

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

/** Keep what has the dimension's value among the given ones. Several filters: all must hold. */
export type FilterInput = {
  /** A dimension of the data source's catalog. Example: `country`. */
  readonly dimension: string;
  /** How to compare. */
  readonly operator?: FilterOperator;
  /** What to compare with: one or more values (any of them fits), one number for `GT`, `GTE`, `LT` and `LTE`, none for `IS_SET` and `IS_NOT_SET`. */
  readonly values?: ReadonlyArray<string>;
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
  readonly as: string;
  /**
   * An expression of `+ - * /`, parentheses, numbers and names of series: `as` of a selection, or the metric's own name. Names other than letters, digits and
   * underscores stand in double quotes. What is divided by 0, or made of something missing, is null. Money of several currencies is never mixed. Example:
   * `cost / sign_ups`.
   */
  readonly expression: string;
  /** What it counts or measures. Left out: money where the expression is money of one currency, else `NUMBER`. */
  readonly unit?: Unit | null | undefined;
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
  readonly breakdown?: ReadonlyArray<string>;
  /** A saved funnel of the provider, by its global id or the provider's own, in the place of steps. */
  readonly chart?: string | number | null | undefined;
  /** How long after the first step the last one may come. Left out: the provider's default, which the report states. Example: `P7D`. */
  readonly conversionWindow?: string | null | undefined;
  /** Whether distinct users or distinct sessions are counted. */
  readonly countBy?: CountBy;
  /** Events that must not come between steps. */
  readonly excluding?: ReadonlyArray<EventSelectorInput>;
  /** What to keep, for all steps. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** A funnel for each of these; `TOTAL` for one funnel. */
  readonly interval?: Interval;
  /** What only this provider understands: see `Capability.optionsSchema`. */
  readonly options?: Record<string, unknown> | null | undefined;
  /** How strictly the order is wanted. */
  readonly order?: FunnelOrder;
  /** When: all steps must fall into it. */
  readonly period: PeriodInput;
  /** The data source's key. Example: `sandbox-openpanel`. */
  readonly source: string;
  /** 2 to 20 steps in order; left out where the provider's funnel is fixed or a saved one is asked for. A data source may allow fewer: see `Capability.limits`. */
  readonly steps?: ReadonlyArray<FunnelStepInput> | null | undefined;
  /** Whose days are meant. Left out: the data source's own. */
  readonly timezone?: string | null | undefined;
  /**
   * How long to wait for rows that are fetched in the background, where this server computes the answer itself. What is not there by then is `NOT_READY`,
   * with the export task that fetches it; the next question finds what has arrived. Left out: 10 seconds; never longer than the server gives a request.
   */
  readonly waitFor?: string | null | undefined;
};

/** A step of a funnel. */
export type FunnelStepInput = {
  /** What the step is called. Left out: the event's name. */
  readonly as?: string | null | undefined;
  /** The event's name, as it was sent. Example: `sign_up`. */
  readonly event: string;
  /** Which of them. */
  readonly filters?: ReadonlyArray<FilterInput>;
};

/** Moments, half-open: `from` belongs to the range, `to` does not. */
export type InstantRangeInput = {
  /** The first moment. Example: `2026-01-31T13:00:00Z`. */
  readonly from: string;
  /** The first moment after the range. */
  readonly to: string;
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

/** A question for lifetime value. */
export type LifetimeValueQuery = {
  /** Which money. */
  readonly accounting?: Accounting;
  /**
   * What it costs to bring users in: a sum of money, of this or of another data source. Rows then have `acquisitionCost` and `paybackOffset`. Its currency must be
   * that of the values; `breakdown` and `filters` are asked of it too.
   */
  readonly acquisitionCost?: MetricSelectionInput | null | undefined;
  /** Dimensions to split by. */
  readonly breakdown?: ReadonlyArray<string>;
  /** The event with which users enter. Left out: the data source's own entry, such as the install. */
  readonly entry?: EventSelectorInput | null | undefined;
  /** What to keep. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** The length of a cohort's bucket. */
  readonly interval?: Interval;
  /** What an offset counts. */
  readonly offsetBy?: CohortOffset;
  /** What only this provider understands: see `Capability.optionsSchema`. */
  readonly options?: Record<string, unknown> | null | undefined;
  /** When users entered. */
  readonly period: PeriodInput;
  /** The data source's key. Example: `sandbox-adapty`. */
  readonly source: string;
  /** Whose days are meant. Left out: the data source's own. */
  readonly timezone?: string | null | undefined;
  /** What users are worth: how many events of one name there are (`COUNT`), or the sum of a property of theirs (`SUM`). Left out: revenue. */
  readonly value?: EventMetricInput | null | undefined;
  /**
   * How long to wait for rows that are fetched in the background, where this server computes the answer itself. What is not there by then is `NOT_READY`,
   * with the export task that fetches it; the next question finds what has arrived. Left out: 10 seconds; never longer than the server gives a request.
   */
  readonly waitFor?: string | null | undefined;
};

/** What ends a CSV line. */
export type LineEnding =
  /** Carriage return and line feed, as RFC 4180 says. */
  | 'CRLF'
  /** Line feed alone. */
  | 'LF';

/** What to measure: one of the three. */
export type MetricInput =
  {   /** Every metric of a saved chart, by its global id or the provider's own. The chart brings its own groups and filters. */
  readonly chart: string | number; readonly event?: never; readonly key?: never; }
  |  { readonly chart?: never;   /** Something about events of one name. */
  readonly event: EventMetricInput; readonly key?: never; }
  |  { readonly chart?: never; readonly event?: never;   /** A metric of the data source's catalog. Example: `unique_users`. */
  readonly key: string; };

/** One series (or, with a breakdown, one family of series). */
export type MetricSelectionInput = {
  /** What the series is called. Left out: the metric's own name. A saved chart of several metrics names each series `as`, a dot and the metric. */
  readonly as?: string | null | undefined;
  /** What to keep, for this selection only. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** What to measure. */
  readonly metric: MetricInput;
  /** What only this provider understands: see `Capability.optionsSchema`. */
  readonly options?: Record<string, unknown> | null | undefined;
  /** The data source's key. Example: `sandbox-openpanel`. */
  readonly source: string;
};

/** A question for numbers over time. */
export type MetricsQuery = {
  /** Dimensions to split each selection by: one series for each combination of values. */
  readonly breakdown?: ReadonlyArray<string>;
  /** An earlier period, whose values stand beside: `previous`. */
  readonly compareTo?: ComparisonInput | null | undefined;
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
  readonly seriesLimit?: number;
  /** Whose days are meant. Left out: each data source's own. Another zone than its own is refused by data sources that cannot shift days. */
  readonly timezone?: string | null | undefined;
  /**
   * How long to wait for rows that are fetched in the background, where this server computes the numbers itself. What is not there by then is `NOT_READY`,
   * with the export task that fetches it; the next question finds what has arrived. Left out: 10 seconds; never longer than the server gives a request.
   */
  readonly waitFor?: string | null | undefined;
};

/** A stretch of time: one of the three ways to say it. */
export type PeriodInput =
  {   /** From one calendar day to another, both included. */
  readonly dates: DateRangeInput; readonly instants?: never; readonly preset?: never; }
  |  { readonly dates?: never;   /** From one moment up to, not including, another. */
  readonly instants: InstantRangeInput; readonly preset?: never; }
  |  { readonly dates?: never; readonly instants?: never;   /** By name, in the days of the data source. */
  readonly preset: PeriodPreset; };

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

/** A report to export: one of these. */
export type ReportExportInput =
  {   /** What becomes of those who entered together. */
  readonly cohortAnalysis: CohortAnalysisQuery; readonly conversion?: never; readonly funnel?: never; readonly lifetimeValue?: never; readonly metrics?: never; readonly retention?: never; }
  |  { readonly cohortAnalysis?: never;   /** The share that gets from one point to another. */
  readonly conversion: ConversionQuery; readonly funnel?: never; readonly lifetimeValue?: never; readonly metrics?: never; readonly retention?: never; }
  |  { readonly cohortAnalysis?: never; readonly conversion?: never;   /** How many go from step to step. */
  readonly funnel: FunnelQuery; readonly lifetimeValue?: never; readonly metrics?: never; readonly retention?: never; }
  |  { readonly cohortAnalysis?: never; readonly conversion?: never; readonly funnel?: never;   /** What a user has been worth. */
  readonly lifetimeValue: LifetimeValueQuery; readonly metrics?: never; readonly retention?: never; }
  |  { readonly cohortAnalysis?: never; readonly conversion?: never; readonly funnel?: never; readonly lifetimeValue?: never;   /** Numbers over time. */
  readonly metrics: MetricsQuery; readonly retention?: never; }
  |  { readonly cohortAnalysis?: never; readonly conversion?: never; readonly funnel?: never; readonly lifetimeValue?: never; readonly metrics?: never;   /** How many come back. */
  readonly retention: RetentionQuery; };

/** Which entries count. */
export type RetentionEntry =
  /** The first one ever: a user is in one cohort. */
  | 'FIRST_TIME'
  /** Every one: a user is in each cohort in which it happened. */
  | 'RECURRING';

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
  readonly breakdown?: ReadonlyArray<string>;
  /** A saved retention of the provider, by its global id or the provider's own, in the place of events. */
  readonly chart?: string | number | null | undefined;
  /** The event that enters a cohort; left out where the provider's retention is fixed. */
  readonly entry?: EventSelectorInput | null | undefined;
  /** Which entries count. */
  readonly entryKind?: RetentionEntry;
  /** What to keep. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** The length of a cohort's bucket and of an offset. */
  readonly interval?: Interval;
  /** When a user counts as having come back. */
  readonly mode?: RetentionMode;
  /** How many offsets after 0, up to 400. Left out: as many as there are. */
  readonly offsets?: number | null | undefined;
  /** What only this provider understands: see `Capability.optionsSchema`. */
  readonly options?: Record<string, unknown> | null | undefined;
  /** When users entered. */
  readonly period: PeriodInput;
  /** The event that counts as coming back; left out where the provider's retention is fixed. */
  readonly returning?: EventSelectorInput | null | undefined;
  /** The data source's key. Example: `sandbox-adapty`. */
  readonly source: string;
  /** Whose days are meant. Left out: the data source's own. */
  readonly timezone?: string | null | undefined;
  /**
   * How long to wait for rows that are fetched in the background, where this server computes the answer itself. What is not there by then is `NOT_READY`,
   * with the export task that fetches it; the next question finds what has arrived. Left out: 10 seconds; never longer than the server gives a request.
   */
  readonly waitFor?: string | null | undefined;
};

/** Rows of a raw table. Tables, columns and filters are in the provider's own words: `Catalog.tables` lists them. */
export type RowsExportInput = {
  /** Which columns, in this order. Left out: the table's usual ones. */
  readonly columns?: ReadonlyArray<string> | null | undefined;
  /** What to keep. */
  readonly filters?: ReadonlyArray<FilterInput>;
  /** What only this provider understands: see `Capability.optionsSchema`. */
  readonly options?: Record<string, unknown> | null | undefined;
  /** When. */
  readonly period: PeriodInput;
  /** The data source's key. Example: `sandbox-mytracker`. */
  readonly source: string;
  /** The table. Example: `customEvents`. */
  readonly table: string;
  /** Whose days are meant. Left out: the data source's own. */
  readonly timezone?: string | null | undefined;
};

/** A stage of a subscription. */
export type SubscriptionPointInput = {
  /** For `PAID`: whether later periods count as well. */
  readonly orLater?: boolean;
  /** For `PAID`: which paid period, from 1. Left out: the first. */
  readonly period?: number | null | undefined;
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

/** How series become rows and columns. */
export type TableLayout =
  /** A row for each series and time: what databases and BI tools want. */
  | 'TIDY'
  /** A row for each time, a column for each series: what spreadsheets and charts want. */
  | 'WIDE';

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

export type TaskProgressFragment = { readonly id: string, readonly state: ExportState, readonly phase: ExportPhase | null, readonly progress: number | null, readonly rowCount: number | null, readonly error: { readonly code: ErrorCode, readonly message: string } | null, readonly files: ReadonlyArray<{ readonly name: string, readonly url: string, readonly byteSize: number, readonly sha256: string }> } & { ' $fragmentName'?: 'TaskProgressFragment' };

export type CreateExportMutationVariables = Exact<{
  input: CreateExportInput;
}>;


export type CreateExportMutation = { readonly createExport: { readonly exportTask: { ' $fragmentRefs'?: { 'TaskProgressFragment': TaskProgressFragment } } | null, readonly userErrors: ReadonlyArray<{ ' $fragmentRefs'?: { 'UserErrorLineFragment': UserErrorLineFragment } }> } };

export type WatchExportSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type WatchExportSubscription = { readonly exportTask: { ' $fragmentRefs'?: { 'TaskProgressFragment': TaskProgressFragment } } };

export type ProblemLineFragment = { readonly code: ErrorCode, readonly message: string, readonly isRetryable: boolean, readonly source: { readonly key: string } | null } & { ' $fragmentName'?: 'ProblemLineFragment' };

export type UserErrorLineFragment = { readonly code: ErrorCode, readonly message: string, readonly path: ReadonlyArray<string> } & { ' $fragmentName'?: 'UserErrorLineFragment' };

export type VisitToTrialQueryVariables = Exact<{
  source: string;
  period: PeriodInput;
}>;


export type VisitToTrialQuery = { readonly funnel: { readonly conversionRate: number | null, readonly csv: string, readonly problems: ReadonlyArray<{ ' $fragmentRefs'?: { 'ProblemLineFragment': ProblemLineFragment } }> } | null };

export type PurchaseLineFragment = { readonly at: string, readonly userId: string | null, readonly country: string | null, readonly revenue: number | null } & { ' $fragmentName'?: 'PurchaseLineFragment' };

export type PurchasesPageQueryVariables = Exact<{
  source: string;
  period: PeriodInput;
  first: number;
  after?: string | null | undefined;
}>;


export type PurchasesPageQuery = { readonly events: { readonly nodes: ReadonlyArray<{ ' $fragmentRefs'?: { 'PurchaseLineFragment': PurchaseLineFragment } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type SignUpsByCountryQueryVariables = Exact<{
  source: string;
  period: PeriodInput;
}>;


export type SignUpsByCountryQuery = { readonly metrics: { readonly period: { readonly firstDay: string, readonly lastDay: string }, readonly series: ReadonlyArray<{ readonly total: number | null, readonly previousTotal: number | null, readonly values: ReadonlyArray<number | null>, readonly dimensions: ReadonlyArray<{ readonly value: string | null }> }>, readonly problems: ReadonlyArray<{ ' $fragmentRefs'?: { 'ProblemLineFragment': ProblemLineFragment } }>, readonly freshness: { readonly completeness: Completeness } } | null };

export const TaskProgressFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TaskProgress"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ExportTask"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"byteSize"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}}]}}]}}]} as unknown as DocumentNode<TaskProgressFragment, unknown>;
export const ProblemLineFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"isRetryable"}},{"kind":"Field","name":{"kind":"Name","value":"source"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}}]} as unknown as DocumentNode<ProblemLineFragment, unknown>;
export const UserErrorLineFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]} as unknown as DocumentNode<UserErrorLineFragment, unknown>;
export const PurchaseLineFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PurchaseLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Event"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"country"}},{"kind":"Field","name":{"kind":"Name","value":"revenue"}}]}}]} as unknown as DocumentNode<PurchaseLineFragment, unknown>;
export const CreateExportDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateExport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateExportInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createExport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exportTask"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TaskProgress"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorLine"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TaskProgress"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ExportTask"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"byteSize"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]} as unknown as DocumentNode<CreateExportMutation, CreateExportMutationVariables>;
export const WatchExportDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"WatchExport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"exportTask"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TaskProgress"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TaskProgress"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ExportTask"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"files"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"byteSize"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}}]}}]}}]} as unknown as DocumentNode<WatchExportSubscription, WatchExportSubscriptionVariables>;
export const VisitToTrialDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"VisitToTrial"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"period"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PeriodInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"funnel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"query"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"period"},"value":{"kind":"Variable","name":{"kind":"Name","value":"period"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"steps"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"event"},"value":{"kind":"StringValue","value":"session_start","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"as"},"value":{"kind":"StringValue","value":"visit","block":false}}]},{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"event"},"value":{"kind":"StringValue","value":"sign_up","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"as"},"value":{"kind":"StringValue","value":"sign-up","block":false}}]},{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"event"},"value":{"kind":"StringValue","value":"trial_start","block":false}},{"kind":"ObjectField","name":{"kind":"Name","value":"as"},"value":{"kind":"StringValue","value":"trial","block":false}}]}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"conversionWindow"},"value":{"kind":"StringValue","value":"P7D","block":false}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conversionRate"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemLine"}}]}},{"kind":"Field","name":{"kind":"Name","value":"csv"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"options"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"lineEnding"},"value":{"kind":"EnumValue","value":"LF"}}]}}]}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"isRetryable"}},{"kind":"Field","name":{"kind":"Name","value":"source"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}}]} as unknown as DocumentNode<VisitToTrialQuery, VisitToTrialQueryVariables>;
export const PurchasesPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PurchasesPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"period"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PeriodInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"query"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"period"},"value":{"kind":"Variable","name":{"kind":"Name","value":"period"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"names"},"value":{"kind":"ListValue","values":[{"kind":"StringValue","value":"purchase","block":false}]}}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PurchaseLine"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PurchaseLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Event"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"country"}},{"kind":"Field","name":{"kind":"Name","value":"revenue"}}]}}]} as unknown as DocumentNode<PurchasesPageQuery, PurchasesPageQueryVariables>;
export const SignUpsByCountryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SignUpsByCountry"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"period"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PeriodInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"metrics"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"query"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"select"},"value":{"kind":"ListValue","values":[{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"metric"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"event"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"name"},"value":{"kind":"StringValue","value":"sign_up","block":false}}]}}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"as"},"value":{"kind":"StringValue","value":"sign-ups","block":false}}]}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"period"},"value":{"kind":"Variable","name":{"kind":"Name","value":"period"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"interval"},"value":{"kind":"EnumValue","value":"DAY"}},{"kind":"ObjectField","name":{"kind":"Name","value":"breakdown"},"value":{"kind":"ListValue","values":[{"kind":"StringValue","value":"country","block":false}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"seriesLimit"},"value":{"kind":"IntValue","value":"3"}},{"kind":"ObjectField","name":{"kind":"Name","value":"compareTo"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"preset"},"value":{"kind":"EnumValue","value":"PREVIOUS_PERIOD"}}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"period"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"firstDay"}},{"kind":"Field","name":{"kind":"Name","value":"lastDay"}}]}},{"kind":"Field","name":{"kind":"Name","value":"series"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dimensions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"previousTotal"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemLine"}}]}},{"kind":"Field","name":{"kind":"Name","value":"freshness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"completeness"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemLine"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"isRetryable"}},{"kind":"Field","name":{"kind":"Name","value":"source"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}}]} as unknown as DocumentNode<SignUpsByCountryQuery, SignUpsByCountryQueryVariables>;