import type { z } from 'zod';
import { InvalidQueryError } from '../errors.ts';

const MOST_MISTAKES = 5;

/** Given an argument and its schema, return it parsed; throws `BAD_USER_INPUT` that names each faulty field below `path`, which is empty where the fields are arguments themselves. */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const mistakes = issues.slice(0, MOST_MISTAKES).map((issue) => `${fieldPath(path, issue.path)}: ${issue.message}`);
  if (issues.length > MOST_MISTAKES) mistakes.push(`and ${issues.length - MOST_MISTAKES} more`);
  throw new InvalidQueryError(mistakes.join('; '), { cause: parsed.error });
}

/** Given what messages call an argument and the keys down to one of its fields, return what they call the field. The root may be empty. */
export function fieldPath(root: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, root);
}
