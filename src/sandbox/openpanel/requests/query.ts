import type { z } from 'zod';

/** Guesses the type of every value of a query string, as the service does before it validates. */
export function coerceQuery(query: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query as object).map(([key, value]) => [key, coerceValue(value)]));
}

function coerceValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(coerceValue);
  if (typeof value !== 'string') return value;
  if (/^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (value === 'true' || value === 'false') return value === 'true';
  try {
    // `null` stays the word: only what parses to something replaces the text.
    return JSON.parse(value) ?? value;
  } catch {
    return value;
  }
}

/** Writes validation issues as the service words them. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  return issues.map(({ path, message }) => `querystring/${path.join('/')} ${message}`).join(', ');
}
