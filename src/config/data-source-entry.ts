import { didYouMean, nearMatches } from '../analytics/near-matches.ts';
import type { Provider } from '../analytics/provider.ts';
import { isMapping } from './field-path.ts';
import { describeFound, describeKind } from './found-value.ts';
import type { FieldMistake } from './provider-fields.ts';
import { parseProviderFields } from './provider-fields.ts';
import type { Substitution, SubstitutionSources } from './substitution.ts';
import { substitute } from './substitution.ts';

/** One data source of the configuration file, checked and substituted. */
export interface DataSourceEntry {
  readonly key: string;
  /** What people see; the key where the file names none. */
  readonly name: string;
  readonly provider: Provider;
  /** What `provider.config` parsed. */
  readonly config: unknown;
}

/** What became of one entry of the file. */
export interface ReadEntry {
  /** Null where the entry has mistakes. */
  readonly entry: DataSourceEntry | null;
  /** The key after substitution; null where there is none or not a valid one. */
  readonly key: string | null;
  /** The key as the file writes it, which is safe to show; null where {@link key} is. */
  readonly label: string | null;
  readonly mistakes: readonly FieldMistake[];
}

/** What `key` must look like. */
export const DATA_SOURCE_KEY = /^[A-Za-z0-9]([A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/;

type Fields = Readonly<Record<string, unknown>>;

/** Given one item of `dataSources`, return it checked, or everything that is wrong with it. */
export function readDataSourceEntry(
  raw: unknown,
  providers: readonly Provider[],
  sources: SubstitutionSources,
): ReadEntry {
  if (!isMapping(raw)) {
    const mistake = {
      path: [],
      found: describeKind(raw),
      allowed: 'a mapping with key, provider and its fields',
    };
    return { entry: null, key: null, label: null, mistakes: [mistake] };
  }
  const substitution = substitute(raw, sources);
  const fields = isMapping(substitution.value) ? substitution.value : {};
  const mistakes: FieldMistake[] = [...substitution.failures];
  const key = readKey(raw, fields, substitution, mistakes);
  const name = readName(raw, fields, mistakes);
  const provider = readProvider(raw, fields, { providers, substitution, mistakes });
  const label = key === null ? null : String(raw['key']);
  if (!provider) return { entry: null, key, label, mistakes };
  const parsed = parseProviderFields(provider, withoutCommon(raw), {
    ...substitution,
    value: withoutCommon(fields),
  });
  mistakes.push(...parsed.mistakes);
  if (key === null || mistakes.length > 0) return { entry: null, key, label, mistakes };
  return { entry: { key, name: name ?? key, provider, config: parsed.config }, key, label, mistakes };
}

function withoutCommon(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !['key', 'name', 'provider'].includes(field)));
}

function readKey(raw: Fields, fields: Fields, substitution: Substitution, mistakes: FieldMistake[]): string | null {
  const key = fields['key'];
  if (typeof key === 'string' && DATA_SOURCE_KEY.test(key)) return key;
  if (!hasFailure(substitution, 'key')) {
    const allowed = '1 to 64 letters, digits and hyphens, no hyphen at either end';
    mistakes.push({ path: ['key'], found: describeFound(raw['key'], false), allowed });
  }
  return null;
}

function readName(raw: Fields, fields: Fields, mistakes: FieldMistake[]): string | null {
  const name = fields['name'];
  if (name === undefined) return null;
  if (typeof name === 'string' && name.trim() !== '') return name;
  const allowed = 'text that is not empty, or no name at all';
  mistakes.push({ path: ['name'], found: describeFound(raw['name'], false), allowed });
  return null;
}

interface ProviderContext {
  readonly providers: readonly Provider[];
  readonly substitution: Substitution;
  readonly mistakes: FieldMistake[];
}

function readProvider(raw: Fields, fields: Fields, context: ProviderContext): Provider | undefined {
  const { providers, substitution, mistakes } = context;
  const id = fields['provider'];
  const provider = providers.find((candidate) => candidate.id === id);
  if (provider || hasFailure(substitution, 'provider')) return provider;
  const ids = providers.map((candidate) => candidate.id);
  // A near match of a substituted id would tell what was substituted.
  const hint = typeof id === 'string' && id === raw['provider'] ? didYouMean(nearMatches(id, ids)) : '';
  const allowed = `${ids.join(', ')}.${hint}`;
  mistakes.push({ path: ['provider'], found: describeFound(raw['provider'], false), allowed });
  return undefined;
}

function hasFailure({ failures }: Substitution, field: string): boolean {
  return failures.some(({ path }) => path[0] === field);
}
