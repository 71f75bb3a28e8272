import type { DataSource } from '../analytics/data-source.ts';
import { toFailure } from './failures.ts';

/** What asks a data source for a thing at most once. */
export type AskOnce = <T>(source: DataSource, what: string, ask: () => Promise<T>) => Promise<T>;

/** Return what asks each thing of an operation at most once; every failure names its data source. */
export function createOnce(): AskOnce {
  const asked = new Map<DataSource, Map<string, Promise<unknown>>>();
  return <T>(source: DataSource, what: string, ask: () => Promise<T>): Promise<T> => {
    const ofSource = asked.get(source) ?? new Map<string, Promise<unknown>>();
    asked.set(source, ofSource);
    const running = ofSource.get(what) ?? nameFailure(source, ask);
    ofSource.set(what, running);
    return running as Promise<T>;
  };
}

/** Every failure of a data source names it. */
export async function nameFailure<T>(source: DataSource, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw toFailure(error, source);
  }
}
