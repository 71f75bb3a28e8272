import { readFileSync } from 'node:fs';

/** Given a path, return the file's text; throws what `node:fs` throws. */
export type ReadFile = (path: string) => string;

/** The file system's own {@link ReadFile}. */
export function readTextFile(path: string): string {
  return readFileSync(path, 'utf8');
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'permission denied',
  EISDIR: 'a folder, not a file',
};

/** Given what reading a file threw, return the reason in words. The path is left to the caller. */
export function toReadFailure(error: unknown): string {
  const code = errorCodeOf(error);
  return REASONS[code] ?? `unreadable (${code || 'unknown reason'})`;
}

/** True for the failure of reading a file that does not exist. */
export function isMissingFile(error: unknown): boolean {
  return errorCodeOf(error) === 'ENOENT';
}

function errorCodeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
