import type { Completeness } from '../analytics/freshness.ts';

/** How far a task has come, as the caller sees it. */
export const EXPORT_STATES = [
  'QUEUED',
  'RUNNING',
  'CANCELLING',
  'CANCELLED',
  'SUCCEEDED',
  'FAILED',
  'EXPIRED',
] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

/** What a running task is doing. */
export const EXPORT_PHASES = ['STARTING', 'WAITING', 'FETCHING', 'CONVERTING', 'PUBLISHING'] as const;
export type ExportPhase = (typeof EXPORT_PHASES)[number];

export const EXPORT_FORMATS = ['CSV', 'TSV', 'JSONL', 'PARQUET', 'XLSX', 'PROVIDER_NATIVE'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const COMPRESSIONS = ['NONE', 'GZIP'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

/** Every change of state there is: nothing else may happen to a task. */
export const TRANSITIONS: Readonly<Record<ExportState, readonly ExportState[]>> = {
  // CANCELLING where an earlier worker has left something of it.
  QUEUED: ['RUNNING', 'CANCELLED', 'CANCELLING'],
  // Back to QUEUED where the worker was lost.
  RUNNING: ['SUCCEEDED', 'FAILED', 'CANCELLING', 'QUEUED'],
  // SUCCEEDED where it was too late, FAILED where it failed before it could be cancelled.
  CANCELLING: ['CANCELLED', 'SUCCEEDED', 'FAILED'],
  SUCCEEDED: ['EXPIRED'],
  // A retry is the same task, next attempt.
  FAILED: ['QUEUED'],
  CANCELLED: ['QUEUED'],
  EXPIRED: [],
};

/** A task, as it is kept. Times are milliseconds since the epoch. */
export interface ExportTask {
  /** A random UUID. */
  readonly id: string;
  /** Whose task it is. */
  readonly principal: string;
  readonly state: ExportState;
  readonly phase: ExportPhase | null;
  /** 1 for the first; a retry is the next. */
  readonly attempt: number;
  /** What was asked for, as checked when the task was made: enough to run it again after a restart. */
  readonly request: ExportRequest;
  /** The data source's key; null where a report asks several. */
  readonly source: string | null;
  /** From 0 to 1; null while nobody knows. */
  readonly progress: number | null;
  /** Rows delivered so far; all of them once the task has succeeded. */
  readonly rowCount: number | null;
  /** Rows that the provider says there are; null where it does not say. */
  readonly expectedRowCount: number | null;
  /** Bytes fetched so far; bytes of all files once the task has succeeded. */
  readonly byteSize: number | null;
  readonly completeness: Completeness | null;
  readonly failure: ExportFailure | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** When its files are removed; null before it has succeeded. */
  readonly expiresAt: number | null;
}

/** Why a task failed: what a `Problem` of it says. */
export interface ExportFailure {
  readonly code: string;
  readonly message: string;
  readonly isRetryable: boolean;
}

/** A file of a task that has succeeded. */
export interface ExportFile {
  readonly name: string;
  /** Null where nobody counts, such as for the provider's own bytes. */
  readonly rowCount: number | null;
  readonly byteSize: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly mediaType: string;
}

/** A file, and whose it is. */
export interface TaskFile extends ExportFile {
  readonly taskId: string;
}

/** What a task exports, and how it is written. Plain JSON. */
export interface ExportRequest {
  readonly what: Readonly<Record<string, unknown>> & {
    readonly kind: 'ROWS' | 'REPORT' | 'COHORT_MEMBERS' | 'DATASET';
  };
  readonly format: ExportFormat;
  readonly compression: Compression;
  /** Of no meaning to formats other than CSV and TSV. */
  readonly csv: Readonly<Record<string, unknown>>;
}

/** One question to the provider: an export of a task is cut into windows where the provider wants shorter ones. */
export interface ExportChunk {
  readonly taskId: string;
  /** Order of the rows: windows are cut in two by putting the halves in the place of the whole. */
  readonly position: number;
  /** Milliseconds since the epoch, half-open; null where the question has no window. */
  readonly from: number | null;
  readonly to: number | null;
  /** The provider's id of its export; null before it was asked for. */
  readonly upstreamId: string | null;
  readonly upstreamStartedAt: number | null;
  readonly state: 'PLANNED' | 'STARTED' | 'READY' | 'FETCHED';
  /** How often it was asked for anew. */
  readonly restarts: number;
}

/** A piece of a chunk, on disk or on its way there. */
export interface ExportPart {
  readonly taskId: string;
  readonly chunk: number;
  /** Order within the chunk. */
  readonly position: number;
  /** The provider's link, or where a page reader goes on; never shown. */
  readonly upstream: string;
  readonly state: 'EXPECTED' | 'STORED';
  /** What is known of the file once it is stored. */
  readonly byteSize: number | null;
  readonly sha256: string | null;
  readonly rowCount: number | null;
}
