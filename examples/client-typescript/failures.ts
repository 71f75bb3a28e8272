import { ClientError } from 'graphql-request';
import { graphql, readFragment, type FragmentType } from './__generated__/index.ts';

/** What one of several data sources could not answer, beside what the others have answered. */
const ProblemLine = graphql(`
  fragment ProblemLine on Problem {
    code
    message
    isRetryable
    source {
      key
    }
  }
`);

/** Mistakes in the input of a mutation, as data. */
const UserErrorLine = graphql(`
  fragment UserErrorLine on UserError {
    code
    message
    path
  }
`);

/** A request that was understood and refused: its message says all there is to say. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** Given the problems of an answer, return a line for each. */
export function describeProblems(masked: readonly FragmentType<typeof ProblemLine>[]): string[] {
  return readFragment(ProblemLine, masked).map(({ code, message, isRetryable, source }) => {
    const advice = isRetryable ? ' (ask again later)' : '';
    return `${code} of ${source?.key ?? 'the question'}: ${message}${advice}`;
  });
}

/** Throw where a mutation's input has mistakes. */
export function assertNoUserErrors(masked: readonly FragmentType<typeof UserErrorLine>[]): void {
  const lines = readFragment(UserErrorLine, masked).map(
    ({ code, message, path }) => `${code} at ${path.join('.')}: ${message}`,
  );
  if (lines.length > 0) throw new RefusedError(lines.join('\n'));
}

/** Given what a request threw, return a line for each thing that went wrong. Decide by the code: messages may change. */
export function describeFailure(failure: unknown): string[] {
  if (!(failure instanceof ClientError)) return [failure instanceof Error ? failure.message : String(failure)];
  const { errors = [], status } = failure.response;
  if (errors.length === 0) return [`The server answered with the status ${status}`];
  return errors.map(({ message, path = [], extensions }) => {
    const { code, retryAfterMs, requestId } = extensions;
    const place = path.length > 0 ? ` at ${path.join('.')}` : '';
    const advice = typeof retryAfterMs === 'number' ? ` (ask again in ${Math.ceil(retryAfterMs / 1000)} s)` : '';
    const request = typeof requestId === 'string' ? ` [request ${requestId}]` : '';
    return `${String(code)}${place}: ${message}${advice}${request}`;
  });
}
