import { z } from 'zod';
import { didYouMean, nearMatches } from '../analytics/near-matches.ts';
import type { Provider } from '../analytics/provider.ts';
import { ANY_VALUE, describeAllowed } from './allowed-values.ts';
import type { FieldPath } from './field-path.ts';
import { valueAt } from './field-path.ts';
import { describeFound } from './found-value.ts';
import type { SchemaNode } from './schema-node.ts';
import { isSecretAt, knownFieldsAt } from './schema-node.ts';
import type { Substitution } from './substitution.ts';

/** A faulty field of a data source's entry. */
export interface FieldMistake {
  readonly path: FieldPath;
  readonly found: string;
  readonly allowed: string;
}

/** The provider's own fields, checked; `config` is undefined where there are mistakes. */
export interface ProviderFields {
  readonly config: unknown;
  readonly mistakes: readonly FieldMistake[];
}

/** Given a provider and its fields as written and as substituted, return them parsed, or what is wrong with each. */
export function parseProviderFields(provider: Provider, raw: SchemaNode, substitution: Substitution): ProviderFields {
  const schema = z.toJSONSchema(provider.config, { io: 'input', unrepresentable: 'any' });
  // What the schema's author wrote is shown as it is, unless it repeats the value; what we wrote cannot repeat it.
  const ours = new Set<string>();
  const parsed = provider.config.safeParse(substitution.value, {
    error: (issue) => {
      const text = describeAllowed(issue, ours);
      ours.add(text);
      return text;
    },
  });
  if (parsed.success) return { config: parsed.data, mistakes: [] };
  const failed = new Set(substitution.failures.map((failure) => failure.path.join('\n')));
  const mistakes = parsed.error.issues
    .filter((issue) => !failed.has(issue.path.join('\n')))
    .flatMap((issue) => toFieldMistakes(issue, { raw, schema, ours, substitution }));
  return { config: undefined, mistakes };
}

interface IssueContext {
  readonly raw: SchemaNode;
  readonly schema: SchemaNode;
  readonly ours: ReadonlySet<string>;
  readonly substitution: Substitution;
}

function toFieldMistakes(issue: z.core.$ZodIssue, context: IssueContext): FieldMistake[] {
  const { path } = issue;
  const { raw, schema } = context;
  if (issue.code === 'unrecognized_keys') {
    const known = knownFieldsAt(schema, path);
    return issue.keys.map((key) => ({ path: [...path, key], ...describeUnknownField(key, known) }));
  }
  const value = valueAt(raw, path);
  const isSecret = isSecretAt(schema, path) || repeatsHidden(value, context);
  const found = path.length === 0 ? 'this combination of fields' : describeFound(value, isSecret);
  return [{ path, found, allowed: toAllowed(issue.message, context) }];
}

/** Given an unknown field and the known ones, return what was found and what is allowed. */
export function describeUnknownField(key: string, known: readonly string[]): Omit<FieldMistake, 'path'> {
  const allowed = known.length === 0 ? 'no fields here' : known.join(', ');
  return { found: 'an unknown field', allowed: `${allowed}.${didYouMean(nearMatches(key, known))}` };
}

function toAllowed(message: string, context: IssueContext): string {
  if (context.ours.has(message)) return message;
  return repeatsHidden(message, context) ? ANY_VALUE : message.replace(/^must (not )?be /i, '$1');
}

/** True for a text with a secret or a substituted value in it: a provider's message, a password in two fields. */
function repeatsHidden(text: unknown, { raw, schema, substitution }: IssueContext): boolean {
  if (typeof text !== 'string') return false;
  const hidden = [...substitution.substituted, ...secretTexts(raw, schema, [])];
  return hidden.some((secret) => secret !== '' && text.includes(secret));
}

function secretTexts(root: SchemaNode, schema: SchemaNode, path: FieldPath): string[] {
  const value = valueAt(root, path);
  if (typeof value === 'object' && value !== null) {
    const keys: PropertyKey[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
    return keys.flatMap((key) => secretTexts(root, schema, [...path, key]));
  }
  return isSecretAt(schema, path) ? [String(value)] : [];
}
