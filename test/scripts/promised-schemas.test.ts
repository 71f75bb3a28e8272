import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readPromisedSchemas, SNAPSHOT } from '../../scripts/promised-schemas.ts';

/** A folder of its own that ends with the test. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-promised-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Run git in a folder, as nobody in particular and whatever this machine has configured. */
function git(folder: string, ...parameters: string[]): string {
  const identity = { NAME: 'Nobody', EMAIL: 'nobody@example.com' };
  const env = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) =>
      Object.entries(identity).map(([what, value]) => [`GIT_${who}_${what}`, value]),
    ),
  );
  const { PATH = '' } = process.env;
  return execFileSync('git', parameters, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...env, PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  });
}

/** A repository whose main line has a commit for each of these snapshots. */
function makeRepository(...snapshots: string[]): string {
  const folder = makeFolder();
  git(folder, 'init', '--quiet', '--initial-branch=main');
  for (const snapshot of snapshots) commit(folder, snapshot);
  return folder;
}

function commit(folder: string, snapshot: string): void {
  writeFileSync(join(folder, SNAPSHOT), snapshot);
  git(folder, 'add', SNAPSHOT);
  git(folder, 'commit', '--quiet', '--message', snapshot);
}

function clone(folder: string, ...parameters: string[]): string {
  const copy = makeFolder();
  git(copy, 'clone', '--quiet', ...parameters, `file://${folder}`, '.');
  return copy;
}

const sdlsOf = (folder: string): string[] => readPromisedSchemas(folder).map(({ sdl }) => sdl);

describe('what was promised', () => {
  it('is what lies on the disk, where there is no git', () => {
    const folder = makeFolder();
    expect(sdlsOf(folder)).toEqual([]);
    writeFileSync(join(folder, SNAPSHOT), 'written');
    expect(readPromisedSchemas(folder)).toEqual([{ origin: SNAPSHOT, sdl: 'written' }]);
  });

  it('is the snapshot that a branch started from, whatever it has written since', () => {
    const folder = makeRepository('first', 'second');
    git(folder, 'switch', '--quiet', '--create', 'branch');
    commit(folder, 'third');
    writeFileSync(join(folder, SNAPSHOT), 'fourth');
    expect(sdlsOf(folder)).toEqual(['fourth', 'second']);
    // What only the branch has had is promised to nobody.
    rmSync(join(folder, SNAPSHOT));
    expect(sdlsOf(folder)).toEqual(['second']);
  });

  it('is not what the main line has got since the branch left it', () => {
    const folder = makeRepository('first');
    git(folder, 'switch', '--quiet', '--create', 'branch');
    commit(folder, 'second');
    git(folder, 'switch', '--quiet', 'main');
    commit(folder, 'elsewhere');
    git(folder, 'switch', '--quiet', 'branch');
    expect(sdlsOf(folder)).toEqual(['second', 'first']);
  });

  it('is on the main line what the last two commits have', () => {
    const folder = makeRepository('first', 'second', 'third');
    expect(sdlsOf(folder)).toEqual(['third', 'third', 'second']);
    const [, last] = readPromisedSchemas(folder);
    expect(last?.origin).toBe(`${SNAPSHOT} of commit ${git(folder, 'rev-parse', 'HEAD').slice(0, 10)}`);
  });

  it('is on the first commit what that has', () => {
    expect(sdlsOf(makeRepository('first'))).toEqual(['first', 'first']);
  });

  it('is read of the main line of the clone, too', () => {
    const folder = makeRepository('first');
    const copy = clone(folder);
    git(copy, 'switch', '--quiet', '--create', 'branch');
    git(copy, 'branch', '--quiet', '--delete', 'main');
    commit(copy, 'second');
    expect(sdlsOf(copy)).toEqual(['second', 'first']);
  });

  it('is what is known, in a clone that knows nothing before its last commit', () => {
    const copy = clone(makeRepository('first', 'second'), '--depth=1');
    expect(sdlsOf(copy)).toEqual(['second', 'second']);
    git(copy, 'remote', 'remove', 'origin');
    git(copy, 'switch', '--quiet', '--detach');
    git(copy, 'branch', '--quiet', '--delete', 'main');
    expect(sdlsOf(copy)).toEqual(['second']);
  });

  it('is of the tree that is asked about, not of a repository around it', () => {
    const folder = makeRepository('around');
    const inside = join(folder, 'inside');
    mkdirSync(inside);
    writeFileSync(join(inside, SNAPSHOT), 'inside');
    expect(sdlsOf(inside)).toEqual(['inside']);
  });
});
