import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const NOT_COPIED = ['.git', 'node_modules', 'coverage', 'data'];

/** What a program left behind. */
export interface Outcome {
  readonly exitCode: number;
  /** Everything it printed. */
  readonly output: string;
}

/** A copy of the whole tree that a test may change. */
export interface HouseCopy {
  readonly root: string;
  /** The contents' hash of every file, by its path; generated files left out. */
  hashHandWritten(): Record<string, string>;
  /** Run a file under this very Node, from the top of the copy. */
  run(file: string, ...parameters: string[]): Promise<Outcome>;
  remove(): void;
}

/** Copy the tree to a temporary folder; the packages are shared. */
export function copyHouse(): HouseCopy {
  const root = mkdtempSync(join(tmpdir(), 'tributary-house-'));
  // Some folders have packages of their own, which are as large.
  const filter = (path: string): boolean => !NOT_COPIED.includes(basename(path));
  for (const entry of [...globSync('*', { cwd: ROOT }), '.prettierrc.json', '.prettierignore']) {
    cpSync(join(ROOT, entry), join(root, entry), { recursive: true, filter });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  return {
    root,
    hashHandWritten: () => hashHandWritten(root),
    run: (file, ...parameters) => run(root, [file, ...parameters]),
    remove: () => rmSync(root, { recursive: true }),
  };
}

function hashHandWritten(root: string): Record<string, string> {
  const isGenerated = (path: string) =>
    /\.generated\.|__generated__|schema\.snapshot|config\.schema\.json|docs\/answers\.md/.test(path);
  const files = globSync('**/*', { cwd: root, exclude: ['node_modules'] })
    .filter((path) => statSync(join(root, path)).isFile() && !isGenerated(path))
    .sort();
  const hash = (path: string) =>
    createHash('sha256')
      .update(readFileSync(join(root, path)))
      .digest('hex');
  return Object.fromEntries(files.map((path) => [path, hash(path)]));
}

function run(cwd: string, parameters: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, parameters, { cwd, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? Number(error.code ?? 1) : 0, output: stdout + stderr });
    });
  });
}
