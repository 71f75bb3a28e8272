import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;
type Describers = { readonly [Code in Issue['code']]?: (issue: Extract<Issue, { code: Code }>) => string };

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

const FORMATS: Readonly<Record<string, string>> = {
  url: 'a URL such as https://api.example.com',
  date: 'a day as YYYY-MM-DD',
  datetime: 'an instant in ISO 8601',
  email: 'an e-mail address',
  uuid: 'a UUID',
  guid: 'a UUID',
};

const DESCRIBERS: Describers = {
  invalid_type: ({ expected, input }) => {
    const isBareScalar = typeof input === 'number' || typeof input === 'boolean';
    return expected === 'string' && isBareScalar ? 'text (put it in quotes)' : (TYPES[expected] ?? expected);
  },
  invalid_value: ({ values }) => listOf(values.map((value) => JSON.stringify(value) ?? String(value))),
  invalid_format: (issue) => {
    if (issue.format === 'starts_with') return `text that starts with "${String(issue['prefix'])}"`;
    if (issue.format === 'regex') return `text that matches ${String(issue['pattern'])}`;
    return FORMATS[issue.format] ?? `text in the format "${issue.format}"`;
  },
  too_small: ({ origin, minimum, inclusive }) => describeBound(origin, inclusive ? 'at least' : 'more than', minimum),
  too_big: ({ origin, maximum, inclusive }) => describeBound(origin, inclusive ? 'at most' : 'less than', maximum),
  not_multiple_of: ({ divisor }) => `a multiple of ${divisor}`,
};

/** What is said where nothing more can be said. */
export const ANY_VALUE = 'a value that the provider accepts';

/**
 * Given what zod found wrong, return what would be right, in words and without the value that was found. `trusted` are the
 * texts that this function returned before: of a union's branches only those are repeated.
 */
export function describeAllowed(issue: Issue, trusted: ReadonlySet<string>): string {
  if (issue.code === 'invalid_union') return describeUnion(issue, trusted);
  // The table is indexed by the issue's own code, which TypeScript cannot relate to the union's member.
  const describe = DESCRIBERS[issue.code] as ((issue: Issue) => string) | undefined;
  return describe?.(issue) ?? ANY_VALUE;
}

/** Given words, return them as a sentence lists alternatives: `a, b or c`. */
export function listOf(words: readonly string[]): string {
  const last = words.at(-1) ?? 'nothing';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

function describeUnion(issue: Extract<Issue, { code: 'invalid_union' }>, trusted: ReadonlySet<string>): string {
  if (Array.isArray(issue['options'])) return listOf(issue['options'].map((option) => JSON.stringify(option)));
  const branches = issue.errors.map((errors) => (errors.length === 1 ? errors[0] : undefined));
  const messages = branches.flatMap((error) => (error?.path.length === 0 ? error.message : []));
  const areTold = messages.length === branches.length && messages.every((message) => trusted.has(message));
  return areTold && messages.length > 0 ? listOf([...new Set(messages)]) : ANY_VALUE;
}

function describeBound(origin: string, relation: string, bound: number | bigint): string {
  if (origin === 'string') return `text of ${relation} ${bound} ${bound === 1 ? 'character' : 'characters'}`;
  if (origin === 'array' || origin === 'set') return `a list of ${relation} ${bound} items`;
  return `a number, ${relation} ${bound}`;
}
