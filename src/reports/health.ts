import type { DataSource } from '../analytics/data-source.ts';
import type { Clock, Deadline } from '../analytics/deadline.ts';
import { toProblem, type Problem } from '../analytics/problem.ts';

/** Whether a data source can be reached with its credentials. */
export interface DataSourceHealth {
  readonly isHealthy: boolean;
  /** Milliseconds since the epoch. */
  readonly checkedAt: number;
  readonly latencyMs: number;
  readonly problem: Problem | null;
}

/** Given a data source, ask its provider whether our credentials work; a failure is part of the answer. */
export async function checkHealth(dataSource: DataSource, clock: Clock, deadline: Deadline): Promise<DataSourceHealth> {
  const checkedAt = clock.now();
  const problem = await dataSource.connection.checkAccess(deadline).then(
    () => null,
    (error: unknown) => toProblem(error, dataSource, clock.now()),
  );
  return { isHealthy: problem === null, checkedAt, latencyMs: clock.now() - checkedAt, problem };
}
