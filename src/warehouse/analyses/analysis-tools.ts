import type { Database } from '../database.ts';

/** What every analysis computes with; once the signal aborts, it stops. */
export interface AnalysisTools {
  readonly database: Database;
  readonly signal: AbortSignal;
}
