import type { z } from 'zod';
import type { ProviderAnswer } from './exchange.ts';

/** A parsed body, or what is wrong with it in words that repeat nothing of it. */
export type JsonBody = { readonly value: unknown } | { readonly problem: string };

const LISTED_MISMATCHES = 3;

/** Given an answer, return its body as text. */
export function toText(answer: ProviderAnswer): string {
  return new TextDecoder().decode(answer.body);
}

/** Given an answer, return its parsed body. */
export function parseJsonBody(answer: ProviderAnswer): JsonBody {
  // No content is a whole answer to a request that only asks for something to be done; the schema says whether it is enough.
  if (answer.status === 204 || answer.status === 205) return { value: undefined };
  const contentType = [answer.headers['content-type'] ?? []].flat().join(', ');
  const found = contentType === '' ? 'no content-type' : `content-type ${contentType}`;
  const text = toText(answer).trim();
  if (text === '') return { problem: `an empty body (status ${answer.status}, ${found})` };
  try {
    return { value: JSON.parse(text) };
  } catch {
    // The engine's own message quotes the payload, so it is not kept as a cause.
    if (text.startsWith('<'))
      return { problem: `${/html/i.test(found) ? 'HTML' : 'markup'} instead of JSON (${found})` };
    if (isUnfinished(text)) return { problem: `JSON that broke off at byte ${answer.body.length}` };
    return { problem: `something that is not JSON (${found}, ${answer.body.length} bytes)` };
  }
}

/** Given why a body does not fit its schema, return the first mismatches: where, and what was expected there. */
export function describeMismatches({ issues }: z.ZodError): string {
  const listed = issues.slice(0, LISTED_MISMATCHES).map(describeIssue).join('; ');
  const more = issues.length - LISTED_MISMATCHES;
  return more > 0 ? `${listed}; and ${more} more` : listed;
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const expectation =
    issue.code === 'invalid_union' ? 'fits none of the expected shapes' : issue.message.replace(/^Invalid input: /, '');
  return `${path.replace(/^\./, '') || 'the body'}: ${expectation}`;
}

/** Whether a text that is not JSON would need more text, rather than other text. */
function isUnfinished(text: string): boolean {
  if (!/^[[{"]/.test(text)) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') {
      at = toClosingQuote(text, at);
      if (at === -1) return true;
    } else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
  }
  return depth > 0;
}

function toClosingQuote(text: string, opening: number): number {
  for (let at = opening + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') return at;
    if (character === '\\') at++;
  }
  return -1;
}
