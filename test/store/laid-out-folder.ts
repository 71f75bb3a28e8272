import { cp, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedDatabase } from '../../src/store/embedded-database.ts';

const MODULES = join(import.meta.dirname, '../../node_modules');
const CACHE = join(MODULES, '.cache');

/**
 * Make a data folder with an empty embedded database in it. Laying one out takes seconds, and there is a dozen in these tests: the first
 * of each version of PGlite is kept, the others are copies.
 */
export async function makeLaidOutFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'store-embedded-'));
  const kept = join(CACHE, `store-pglite-${await versionOfPGlite()}`);
  if (await exists(kept)) {
    await cp(kept, folder, { recursive: true });
    return folder;
  }
  await (await openEmbeddedDatabase(folder)).close();
  await mkdir(CACHE, { recursive: true });
  const copy = await mkdtemp(join(CACHE, 'store-'));
  await cp(folder, copy, { recursive: true });
  // Another file of tests may have been faster: then theirs stays.
  await rename(copy, kept).catch(() => rm(copy, { recursive: true }));
  return folder;
}

async function versionOfPGlite(): Promise<string> {
  const description = await readFile(join(MODULES, '@electric-sql/pglite/package.json'), 'utf8');
  return (JSON.parse(description) as { version: string }).version;
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
