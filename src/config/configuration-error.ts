/** One thing that is wrong with the configuration. No member ever holds a secret or a substituted value. */
export interface ConfigurationMistake {
  /** The data source's key as the file writes it; null for the environment, the file's frame and entries without a key. */
  readonly dataSource: string | null;
  /** An environment variable, a place in the file ("line 3, column 5") or a field ("clientId", "dataSources[0].key"). */
  readonly field: string;
  readonly found: string;
  readonly allowed: string;
}

/** Everything that is wrong with the environment and the configuration file, told at once. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly mistakes: readonly ConfigurationMistake[];

  /** `file` is the configuration file's path, null where none was read. */
  constructor(mistakes: readonly ConfigurationMistake[], file: string | null = null) {
    const count = mistakes.length === 1 ? 'one mistake' : `${mistakes.length} mistakes`;
    const where = file === null ? 'in the environment' : `in the environment or in ${file}`;
    super([`Tributary cannot start: ${count} ${where}.`, ...mistakes.map(toLine)].join('\n'));
    this.mistakes = mistakes;
  }
}

function toLine({ dataSource, field, found, allowed }: ConfigurationMistake): string {
  const place = dataSource === null ? field : `data source "${dataSource}", ${field}`;
  return `  ${place}: found ${found}; allowed: ${allowed}`;
}
