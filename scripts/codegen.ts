import { join } from 'node:path';
import { generateAll } from './generate-all.ts';
import { findStale, writeFiles } from './generated-file.ts';
import { judgeSchema } from './judge-schema.ts';
import { SNAPSHOT } from './promised-schemas.ts';

const ROOT = join(import.meta.dirname, '..');

const files = await generateAll();
const stale = findStale(files, ROOT);
const sdl = files.find(({ path }) => path === SNAPSHOT)?.content ?? '';
const { refusals, warnings } = await judgeSchema(ROOT, sdl);
for (const line of [...warnings, ...refusals]) console.error(line);
if (refusals.length > 0) process.exitCode = 1;

if (process.argv.includes('--check')) {
  for (const { path } of stale) console.error(`${path} is stale: run "npm run codegen"`);
  if (stale.length > 0) process.exitCode = 1;
} else {
  const written = stale.filter(({ path }) => refusals.length === 0 || path !== SNAPSHOT);
  writeFiles(written, ROOT);
  for (const { path } of written) console.log(`wrote ${path}`);
}
