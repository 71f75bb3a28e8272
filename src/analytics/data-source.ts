import { InvalidQueryError } from '../errors.ts';
import { didYouMean, nearMatches } from './near-matches.ts';
import type { Provider, ProviderConnection } from './provider.ts';

/** A configured provider: a key chosen by the user, one set of credentials, one project or app. */
export interface DataSource {
  readonly key: string;
  readonly name: string;
  readonly provider: Pick<Provider, 'id' | 'name' | 'docsUrl'>;
  readonly connection: ProviderConnection;
}

/** Every configured data source, in the order of the configuration. */
export class DataSources {
  readonly all: readonly DataSource[];
  readonly #byKey: ReadonlyMap<string, DataSource>;

  constructor(all: readonly DataSource[]) {
    this.all = all;
    this.#byKey = new Map(all.map((dataSource) => [dataSource.key, dataSource]));
  }

  /** The data source of that key, or undefined. */
  find(key: string): DataSource | undefined {
    return this.#byKey.get(key);
  }

  /** The data source of that key; throws `BAD_USER_INPUT` with near matches. `path` names the argument it came from. */
  require(key: string, path: string): DataSource {
    const found = this.find(key);
    if (found) return found;
    const known = [...this.#byKey.keys()];
    throw new InvalidQueryError(
      `${path}: there is no data source "${key}".${didYouMean(nearMatches(key, known))} Configured: ${known.join(', ') || 'none'}.`,
    );
  }
}
