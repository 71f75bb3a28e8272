import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the snapshot of the schema is kept, from the top of the repository. */
export const SNAPSHOT = 'schema.snapshot.graphql';

/** A schema that somebody may rely on already. */
export interface PromisedSchema {
  /** Whose it is, for people. Example: `schema.snapshot.graphql of commit 35da2fe`. */
  readonly origin: string;
  readonly sdl: string;
}

const MAIN_LINES = ['origin/main', 'main'];

/**
 * Given the top of the repository, return the schemas that may not be broken: the snapshot on disk, and that of the commit where this
 * branch left the main line; on the main line itself, of the last two commits. Where git knows no such commit, only the one on disk.
 */
export function readPromisedSchemas(root: string): PromisedSchema[] {
  const commits = new Set(MAIN_LINES.flatMap((line) => listCommits(root, line)));
  const committed = [...commits].flatMap((commit) => {
    const sdl = git(root, 'show', `${commit}:./${SNAPSHOT}`);
    return sdl === undefined ? [] : [{ origin: `${SNAPSHOT} of commit ${commit.slice(0, 10)}`, sdl }];
  });
  const path = join(root, SNAPSHOT);
  const onDisk = existsSync(path) ? [{ origin: SNAPSHOT, sdl: readFileSync(path, 'utf8') }] : [];
  return [...onDisk, ...committed];
}

function listCommits(root: string, mainLine: string): string[] {
  const head = git(root, 'rev-parse', 'HEAD')?.trim();
  const base = git(root, 'merge-base', 'HEAD', mainLine)?.trim();
  if (!base) return [];
  const parent = base === head ? git(root, 'rev-parse', '--verify', '--quiet', 'HEAD^')?.trim() : undefined;
  return parent ? [base, parent] : [base];
}

/** What git prints of the repository that `root` is in; undefined where it fails, is not there, or lacks it, as in a shallow clone. */
function git(root: string, ...parameters: string[]): string | undefined {
  try {
    return execFileSync('git', parameters, {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      stdio: ['ignore', 'pipe', 'ignore'],
      // A hook of git names its own repository, which need not be the one that `root` is in.
      env: { ...process.env, GIT_DIR: undefined, GIT_WORK_TREE: undefined },
    });
  } catch {
    return undefined;
  }
}
