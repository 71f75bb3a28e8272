import type { RowsLayout } from '../analytics/exports.ts';
import { ConversionError } from './conversion-error.ts';
import type { Database } from './database.ts';
import { diagnose } from './diagnosis.ts';
import { isDiskFull } from './disk-full.ts';

/** How rows are written: `wideColumns` are those of whole numbers that do not fit into 64 bits. */
export interface HowToWrite {
  readonly isParallel: boolean;
  readonly wideColumns: ReadonlySet<number>;
}

/** What is written, from which files. */
interface Writing<T> {
  readonly paths: readonly string[];
  readonly layout: RowsLayout;
  /** Whether cells are written in their own types, so that each must fit. */
  readonly isTyped: boolean;
  write(how: HowToWrite): Promise<T>;
}

/** Write as fast as it goes; where that fails, find out why; where nothing is wrong, write with one reader and with wider numbers. */
export async function attemptTwice<T>(
  database: Database,
  { paths, layout, isTyped, write }: Writing<T>,
  signal: AbortSignal,
): Promise<T> {
  try {
    return await write({ isParallel: true, wideColumns: new Set() });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ConversionError || isDiskFull(error)) throw error;
    const findings = await diagnose(database, { paths, layout, isTyped }, signal);
    return await write({ isParallel: false, ...findings }).catch((second: unknown) => {
      throw withoutValues(second);
    });
  }
}

/** What DuckDB says may repeat what rows hold; only what kind of failure it was is kept. */
function withoutValues(error: unknown): unknown {
  const kind =
    error instanceof Error ? /^[A-Z][A-Za-z ]* (?:Error|exception)(?=:)/.exec(error.message)?.[0] : undefined;
  return kind === undefined || isDiskFull(error) ? error : new Error(`A file could not be written: ${kind}`);
}
