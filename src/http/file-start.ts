import type { Readable } from 'node:stream';
import { peek } from './unpack.ts';

/** What comes where a file of text, such as a CSV, was asked for. */
export type FileStart =
  /** Nothing speaks against it; `body` still has all of its bytes. */
  | { readonly kind: 'FILE'; readonly body: Readable }
  /** A page for people, or another kind of markup. */
  | { readonly kind: 'MARKUP' }
  /** `value` is undefined where it goes on for too long to be read here. */
  | { readonly kind: 'JSON'; readonly value: unknown };

const START_BYTES = 16_384;

/** Given a body, look at its first bytes and say what it is; what is no file is not read on. */
export async function readFileStart(body: Readable): Promise<FileStart> {
  const { start, whole } = await peek(body, START_BYTES);
  const text = new TextDecoder().decode(start).trimStart();
  const json = text.startsWith('<') ? null : readJson(text, start.length < START_BYTES);
  if (json === null && !text.startsWith('<')) return { kind: 'FILE', body: whole };
  whole.destroy();
  return json === null ? { kind: 'MARKUP' } : { kind: 'JSON', ...json };
}

/** Null for what is no JSON: the header of a CSV may begin like it. */
function readJson(text: string, isWhole: boolean): { readonly value: unknown } | null {
  if (!isWhole) return /^(\{\s*"|\[\s*[[{"])/.test(text) ? { value: undefined } : null;
  if (!/^[{[]/.test(text)) return null;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}
