import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file that a generator wants to exist, with its path from the top of the repository. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** Given generated files, return those that differ from what is on disk below `root`, or are not there. */
export function findStale(files: readonly GeneratedFile[], root: string): GeneratedFile[] {
  return files.filter(({ path, content }) => readIfPresent(join(root, path)) !== content);
}

/** Write generated files below `root`, making their folders. */
export function writeFiles(files: readonly GeneratedFile[], root: string): void {
  for (const { path, content } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
