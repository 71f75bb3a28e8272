import type { ServerUnderTest } from './running-server.ts';

/** One dimension of a group. */
interface DimensionValue {
  readonly dimension: string;
  readonly value: string | null;
}

/** A cell of a report by cohort; retention counts, the others have values. */
export interface AskedCell {
  readonly offset: number;
  readonly count?: number | null;
  readonly rate?: number | null;
  readonly value?: number | null;
  readonly share?: number | null;
  readonly isComplete: boolean;
}

/** A row of a report by cohort. */
export interface AskedRow {
  readonly cohort: string | null;
  readonly isTotal: boolean;
  readonly dimensions: readonly DimensionValue[];
  readonly size: number | null;
  readonly cells: readonly AskedCell[];
  readonly lifetimeValue?: number | null;
}

/** A report by cohort, as far as these tests look at it. */
export interface CohortReport {
  readonly rows: readonly AskedRow[];
  readonly average: readonly AskedCell[];
  readonly offsetBy: string;
  readonly unit?: string;
  readonly currency?: string | null;
  readonly freshness: { readonly isSettled: boolean; readonly completeness: string };
  readonly tidy: string;
  readonly wide: string;
}

const ROW = 'cohort isTotal dimensions { dimension value } size';
const COMMON = `offsetBy freshness { isSettled completeness }
  tidy: csv(options: { nullText: "NULL" }) wide: csv(options: { nullText: "NULL", layout: WIDE })`;

const OPERATIONS = {
  retention: `query ($query: RetentionQuery!) { report: retention(query: $query) {
    rows { ${ROW} cells { offset count rate isComplete } } average { offset count rate isComplete } ${COMMON}
  } }`,
  cohortAnalysis: `query ($query: CohortAnalysisQuery!) { report: cohortAnalysis(query: $query) {
    rows { ${ROW} cells { offset value share isComplete } } unit currency ${COMMON}
  } }`,
  lifetimeValue: `query ($query: LifetimeValueQuery!) { report: lifetimeValue(query: $query) {
    rows { ${ROW} lifetimeValue cells { offset value share isComplete } } currency ${COMMON}
  } }`,
} as const;

/** Ask the sandbox's Adapty for a report by cohort; an error fails the test. */
export async function askCohorts(
  server: ServerUnderTest,
  field: keyof typeof OPERATIONS,
  query: object,
): Promise<CohortReport> {
  const variables = { query: { source: 'sandbox-adapty', ...query } };
  return (await server.query<{ report: CohortReport }>(OPERATIONS[field], variables)).report;
}

/** The row of all cohorts and of everybody. */
export function totalOf({ rows }: CohortReport): AskedRow {
  const total = rows.find(({ isTotal, dimensions }) => isTotal && dimensions.length === 0);
  if (!total) throw new Error('There is no row of everybody');
  return total;
}

/** The rows of single cohorts. */
export function cohortsOf({ rows }: CohortReport): AskedRow[] {
  return rows.filter(({ isTotal }) => !isTotal);
}

/** A number as CSV has it, with null as NULL. */
export function written(cell: string | number | boolean | null | undefined): string {
  return cell === null || cell === undefined ? 'NULL' : String(cell);
}
