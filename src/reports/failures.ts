import type { DataSource } from '../analytics/data-source.ts';
import type { Clock } from '../analytics/deadline.ts';
import { toProblem, type Problem } from '../analytics/problem.ts';
import { AppError, withOrigin } from '../errors.ts';

/** Where failures that nobody foresaw are written; a pino logger fits. */
export interface FailureLog {
  error(fields: object, message: string): void;
}

/** Turns failures that stand beside an answer into problems. */
export type Failures = (error: unknown, dataSource: DataSource | null) => Problem;

/** Given a clock and a log, return what turns failures into problems: what is masked for the caller goes to the log. */
export function createFailures(clock: Clock, log: FailureLog): Failures {
  return (error, dataSource) => {
    if (!(error instanceof AppError)) log.error({ err: error, source: dataSource?.key }, 'unexpected failure');
    return toProblem(error, dataSource, clock.now());
  };
}

/** Given what was thrown, return it as an error that names its data source. */
export function toFailure(thrown: unknown, { key, provider }: DataSource): Error {
  const failure = withOrigin(thrown, { source: key, provider: provider.id });
  return failure instanceof Error ? failure : new Error('Something that is no error was thrown', { cause: thrown });
}
