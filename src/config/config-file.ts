import type { Provider } from '../analytics/provider.ts';
import type { ConfigurationMistake } from './configuration-error.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { DataSourceEntry, ReadEntry } from './data-source-entry.ts';
import { readDataSourceEntry } from './data-source-entry.ts';
import { isMapping, toFieldName } from './field-path.ts';
import { describeKind } from './found-value.ts';
import { describeUnknownField } from './provider-fields.ts';
import type { SubstitutionSources } from './substitution.ts';
import { parseYaml } from './yaml-document.ts';

/** What {@link parseConfigFile} needs besides the text. */
export interface ConfigFileOptions extends SubstitutionSources {
  readonly providers: readonly Provider[];
  /** The file's path, for the error's first line. */
  readonly path: string;
}

const LIST_FIELD = 'dataSources';

/** Given the text of a configuration file, return its data sources; throws one {@link ConfigurationError} with every mistake. */
export function parseConfigFile(text: string, options: ConfigFileOptions): DataSourceEntry[] {
  const document = parseYaml(text);
  if (document.mistakes.length > 0) throw new ConfigurationError(document.mistakes, options.path);
  const mistakes = frameMistakes(document.value);
  const list: unknown = isMapping(document.value) ? document.value[LIST_FIELD] : undefined;
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  const read = items.map((item) => readDataSourceEntry(item, options.providers, options));
  read.forEach((entry, index) => mistakes.push(...entryMistakes(entry, index), ...repeatedKey(read, index)));
  if (mistakes.length > 0) throw new ConfigurationError(mistakes, options.path);
  return read.flatMap(({ entry }) => (entry ? [entry] : []));
}

/** What is wrong around the entries. */
function frameMistakes(root: unknown): ConfigurationMistake[] {
  if (!isMapping(root)) {
    const found = root === null ? 'an empty file' : describeKind(root);
    return [{ dataSource: null, field: LIST_FIELD, found, allowed: `a mapping with the field ${LIST_FIELD}` }];
  }
  const mistakes: ConfigurationMistake[] = Object.keys(root)
    .filter((field) => field !== LIST_FIELD)
    .map((field) => ({ dataSource: null, field, ...describeUnknownField(field, [LIST_FIELD]) }));
  const list = root[LIST_FIELD];
  if (Array.isArray(list) && list.length > 0) return mistakes;
  const found = Array.isArray(list) ? 'an empty list' : describeKind(list);
  const allowed = 'a list of at least one data source';
  return [...mistakes, { dataSource: null, field: LIST_FIELD, found, allowed }];
}

function entryMistakes({ label, mistakes }: ReadEntry, index: number): ConfigurationMistake[] {
  return mistakes.map(({ path, found, allowed }) => {
    const isWholeEntry = label === null || path.length === 0;
    const field = toFieldName(isWholeEntry ? [LIST_FIELD, index, ...path] : path);
    return { dataSource: label, field, found, allowed };
  });
}

function repeatedKey(read: readonly ReadEntry[], index: number): ConfigurationMistake[] {
  const { key, label } = read[index] ?? { key: null, label: null };
  const first = read.findIndex((other) => other.key === key);
  if (key === null || first === index) return [];
  const found = `the key of ${LIST_FIELD}[${first}] again`;
  return [
    {
      dataSource: label,
      field: `${LIST_FIELD}[${index}].key`,
      found,
      allowed: 'a different key for every data source',
    },
  ];
}
