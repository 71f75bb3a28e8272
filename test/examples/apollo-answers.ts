import type { ObservableQuery, OperationVariables } from '@apollo/client';
import { onTestFinished, vi } from 'vitest';

/** What a page shows of a question, kept up to date by the cache. */
export interface Shown<Data> {
  /** Wait until it shows a whole answer that fits, and return that; any answer where nothing is said. */
  until(fits?: (data: Data) => boolean): Promise<Data>;
}

/** Show a watched query until the test ends. */
export function show<Data, Variables extends OperationVariables>(
  watched: ObservableQuery<Data, Variables>,
): Shown<Data> {
  const subscription = watched.subscribe(() => undefined);
  onTestFinished(() => subscription.unsubscribe());
  return {
    until: (fits = () => true) =>
      vi.waitFor(
        () => {
          const { data, dataState } = watched.getCurrentResult();
          if (dataState !== 'complete' || !fits(data)) throw new Error('It does not show that yet');
          return data;
        },
        { timeout: 60_000, interval: 10 },
      ),
  };
}
