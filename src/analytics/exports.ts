import type { z } from 'zod';
import type { ColumnType } from './column-types.ts';
import type { Deadline } from './deadline.ts';
import type { LocatedFilter } from './filters.ts';
import type { FileBytes, FilePosition } from './http-client.ts';
import type { Period } from './period.ts';
import type { QueryLimits } from './query-limits.ts';

/** A raw table that a provider exports: its name, columns and filters are the provider's own words. */
export interface ExportTable {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly ExportColumn[];
  /** Whether columns may be named that are not listed: no public document has all of them. They are then text. */
  readonly takesOtherColumns: boolean;
  /** What is exported where a question names no columns. */
  readonly defaultColumns: readonly string[];
  readonly filters: readonly ExportFilter[];
}

/** A column of a raw table. */
export interface ExportColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly description: string;
}

/** Something that a raw table can be filtered by. */
export interface ExportFilter {
  readonly name: string;
  readonly description: string;
  /** Most values of one filter; null for no limit of the provider. */
  readonly maxValues: number | null;
}

/** Rows of a raw table, everything checked against its words and limits. */
export interface RowsQuery {
  readonly table: ExportTable;
  /** Names of columns, in the order in which they are wanted. */
  readonly columns: readonly string[];
  readonly period: Period;
  readonly filters: readonly LocatedFilter[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** Where an export stands at the provider. */
export type UpstreamExport =
  /** `progress` from 0 to 1; null where the provider does not say. */
  | { readonly state: 'RUNNING'; readonly progress: number | null }
  /** All of its files, in order. */
  | { readonly state: 'READY'; readonly files: readonly UpstreamFile[] }
  /** More rows than the provider exports at once: to be asked for in shorter windows. */
  | { readonly state: 'TOO_LARGE'; readonly message: string }
  /** It will never be ready. `isRepeatable`: a new one of the same question may. */
  | { readonly state: 'FAILED'; readonly message: string; readonly isRepeatable: boolean };

/** A file that a provider hands out. Its link is as good as a key: it reaches no log, no error, no answer. */
export interface UpstreamFile {
  readonly url: string;
  /** When the link ends, in milliseconds since the epoch; null where the provider does not say. */
  readonly expiresAt: number | null;
  /** Rows, where the provider says how many; null where it does not. */
  readonly rowCount: number | null;
}

/** How to read the files of an export, once they are decompressed. */
export interface FileDialect {
  readonly delimiter: ',' | '\t' | ';' | '|';
  /** The header line that every file must have, in the file's order; null where files have none, and `columns` is their order. */
  readonly header: readonly string[] | null;
  /** The columns of the file, in its order. */
  readonly columns: readonly string[];
  /** Cells that mean that there is no value, where they stand without quotes. */
  readonly nullTexts: readonly string[];
}

/** How one column of an export is made of the columns of its files. Declared, so that it is done where the rows are. */
export type ColumnSource =
  /** The cell as it is. */
  | { readonly kind: 'AS_IS'; readonly column: string }
  /** The value that stands beside the cell in `values`; null where there is none. */
  | { readonly kind: 'LOOK_UP'; readonly column: string; readonly values: Readonly<Record<string, string>> }
  /** `part` divided by `whole`; null where `whole` is 0 or one of them is null. */
  | { readonly kind: 'RATIO'; readonly part: string; readonly whole: string }
  /** A list in single quotes, `['a','b\'c']`, with `\\`, `\'`, `\n` and the like written out. */
  | { readonly kind: 'QUOTED_LIST'; readonly column: string }
  /** A day, or a day and a time without a time zone (`2026-11-01 13:00`), as the same moment of UTC. */
  | { readonly kind: 'WALL_CLOCK'; readonly column: string }
  /** Seconds since the epoch, as a moment; null for 0, which stands for none. */
  | { readonly kind: 'EPOCH_SECONDS'; readonly column: string }
  /** The same for every row. */
  | { readonly kind: 'CONSTANT'; readonly value: string }
  /** A JSON object of two lists in single quotes: names, and the value of each. */
  | { readonly kind: 'OBJECT'; readonly names: string; readonly values: string };

/** Given what a column is made of, return the columns of the files that this takes. */
export function columnsReadBy(source: ColumnSource): readonly string[] {
  switch (source.kind) {
    case 'RATIO':
      return [source.part, source.whole];
    case 'OBJECT':
      return [source.names, source.values];
    case 'CONSTANT':
      return [];
    default:
      return [source.column];
  }
}

/** What an export's rows are like: a column of the export for each column that was asked for. */
export interface RowsLayout {
  readonly dialect: FileDialect;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly source: ColumnSource }[];
}

/** A data source whose provider prepares exports in the background. */
export interface ExportsCapability {
  readonly limits: QueryLimits;
  readonly tables: readonly ExportTable[];
  /** What only this provider understands, published as JSON Schema. */
  readonly options: z.ZodType<Record<string, unknown>>;
  /** The shortest window that is still worth asking for where a longer one is too large, in milliseconds; null where windows cannot be split. */
  readonly shortestWindowMs: number | null;
  /** What the rows of a question are like: known before anything is asked. */
  layoutOf(query: RowsQuery): RowsLayout;
  /** Ask for an export; returns the provider's id of it. A full queue is `PROVIDER_RATE_LIMITED`. */
  start(query: RowsQuery, deadline: Deadline): Promise<string>;
  /** `since`: when the export was asked for, in milliseconds since the epoch. */
  check(id: string, since: number, deadline: Deadline): Promise<UpstreamExport>;
  /** Ask for an end of it; resolves with whether the provider agreed. Absent where it cannot be asked. */
  cancel?(id: string, deadline: Deadline): Promise<boolean>;
  /** Bytes of a file from `offset` on, if it still is what `validator` names. */
  download(file: UpstreamFile, from: FilePosition, deadline: Deadline): Promise<FileBytes>;
}
