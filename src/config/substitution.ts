import type { FieldPath } from './field-path.ts';
import { isMapping } from './field-path.ts';
import type { ReadFile } from './text-file.ts';
import { toReadFailure } from './text-file.ts';

/** Where placeholders get their values from. */
export interface SubstitutionSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readFile: ReadFile;
}

/** A placeholder that has no value. */
export interface SubstitutionFailure {
  readonly path: FieldPath;
  readonly found: string;
  readonly allowed: string;
}

/** A document whose placeholders are replaced. */
export interface Substitution {
  readonly value: unknown;
  readonly failures: readonly SubstitutionFailure[];
  /** Every text that came from outside the file: none of them may be shown. */
  readonly substituted: ReadonlySet<string>;
}

/** A regular expression (its source) that finds a placeholder in the text of a field. */
export const PLACEHOLDER_PATTERN = '(^|[^$])\\$\\{([A-Za-z_][A-Za-z0-9_]*|file:[^}]+)\\}';

const ESCAPE_OR_PLACEHOLDER = /\$\$\{|\$\{([^}]*)(\}?)/g;
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const FILE_PREFIX = 'file:';

/** Given a parsed document, return it with `${NAME}` and `${file:/path}` replaced in every string and `$${` unescaped. */
export function substitute(document: unknown, sources: SubstitutionSources): Substitution {
  const failures: SubstitutionFailure[] = [];
  const substituted = new Set<string>();

  function visit(value: unknown, path: FieldPath): unknown {
    if (typeof value === 'string') return visitText(value, path);
    if (Array.isArray(value)) return value.map((item, index) => visit(item, [...path, index]));
    if (!isMapping(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, [...path, key])]));
  }

  function visitText(text: string, path: FieldPath): string {
    return text.replace(ESCAPE_OR_PLACEHOLDER, (placeholder: string, name?: string, end?: string) => {
      if (name === undefined) return '${';
      const replacement = end === '}' ? resolvePlaceholder(name, sources) : MALFORMED;
      if ('found' in replacement) {
        failures.push({ path, ...replacement });
        return placeholder;
      }
      substituted.add(replacement.text);
      return replacement.text;
    });
  }

  return { value: visit(document, []), failures, substituted };
}

type Replacement = { readonly text: string } | Omit<SubstitutionFailure, 'path'>;

// What stands between the braces is not repeated: it may be a piece of a password that contains "${".
const MALFORMED: Replacement = {
  found: 'a "${" that starts no placeholder',
  allowed: '${NAME}, ${file:/path}, or $${ where the text itself has "${"',
};

function resolvePlaceholder(name: string, sources: SubstitutionSources): Replacement {
  if (name.startsWith(FILE_PREFIX)) return resolveFile(name.slice(FILE_PREFIX.length), sources.readFile);
  return VARIABLE_NAME.test(name) ? resolveVariable(name, sources.env) : MALFORMED;
}

function resolveVariable(name: string, env: SubstitutionSources['env']): Replacement {
  // process.env inherits from Object: `${constructor}` would find a function.
  const text = Object.hasOwn(env, name) ? env[name] : undefined;
  if (text) return { text };
  const state = text === undefined ? 'is not set' : 'is empty';
  return {
    found: `\${${name}}, and the environment variable ${name} ${state}`,
    allowed: 'a variable that is set and not empty',
  };
}

function resolveFile(path: string, readFile: ReadFile): Replacement {
  const allowed = 'a readable file that is not empty';
  try {
    const text = readFile(path).replace(/[\r\n]+$/, '');
    return text === '' ? { found: `\${file:${path}}, an empty file`, allowed } : { text };
  } catch (error) {
    return { found: `\${file:${path}} (${toReadFailure(error)})`, allowed };
  }
}
