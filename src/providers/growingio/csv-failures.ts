import type { Readable } from 'node:stream';
import { ProviderRejectedError } from '../../errors.ts';
import { readFileStart } from '../../http/file-start.ts';
import { createRedactor } from '../../http/redaction.ts';
import { malformed } from './malformed.ts';
import { explainError } from './responses.ts';

/** Throw where a text that should be CSV is JSON, which is how errors come, even with the status of success. */
export function assertNoJson(text: string, path: string, secrets: readonly string[]): void {
  const json = text.trimStart().startsWith('{') ? parseJson(text) : undefined;
  if (json !== undefined) throw toFailure(json, path, secrets);
}

/** Given the body of a file that should be CSV, return it; throws where it is something else with the status of success. */
export async function checkFile(body: Readable, path: string, secrets: readonly string[]): Promise<Readable> {
  const start = await readFileStart(body);
  if (start.kind === 'FILE') return start.body;
  throw start.kind === 'JSON'
    ? toFailure(start.value, path, secrets)
    : malformed(path, 'expected CSV instead of markup');
}

function toFailure(json: unknown, path: string, secrets: readonly string[]): Error {
  const explanation = explainError(json);
  if (explanation === undefined) return malformed(path, 'expected CSV instead of JSON');
  const words = toOneLine(createRedactor(secrets)(explanation));
  return new ProviderRejectedError(`GrowingIO rejected the request: ${words}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A CSV may begin like JSON.
    return undefined;
  }
}

const LONGEST_EXPLANATION = 300;

function toOneLine(text: string): string {
  const line = text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/\.$/, '');
  return line.slice(0, LONGEST_EXPLANATION);
}
