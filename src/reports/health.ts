import type { DataSource } from '../analytics/data-source.ts';
import type { Clock, Deadline } from '../analytics/deadline.ts';
import type { Problem } from '../analytics/problem.ts';
import type { Failures } from './failures.ts';

/** Whether a data source can be reached with its credentials. */
export interface DataSourceHealth {
  readonly isHealthy: boolean;
  /** Milliseconds since the epoch. */
  readonly checkedAt: number;
  readonly latencyMs: number;
  readonly problem: Problem | null;
}

/** What asking needs. */
export interface HealthServices {
  readonly clock: Clock;
  readonly deadline: Deadline;
  readonly toProblem: Failures;
}

/** Given a data source, ask its provider whether our credentials work; a failure is part of the answer. */
export async function checkHealth(
  dataSource: DataSource,
  { clock, deadline, toProblem }: HealthServices,
): Promise<DataSourceHealth> {
  const checkedAt = clock.now();
  const problem = await dataSource.connection.checkAccess(deadline).then(
    () => null,
    (error: unknown) => toProblem(error, dataSource),
  );
  return { isHealthy: problem === null, checkedAt, latencyMs: clock.now() - checkedAt, problem };
}
