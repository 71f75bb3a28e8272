import { join } from 'node:path';
import { generateAll } from './generate-all.ts';
import { findStale, writeFiles } from './generated-file.ts';

const ROOT = join(import.meta.dirname, '..');

const stale = findStale(await generateAll(), ROOT);
if (process.argv.includes('--check')) {
  for (const { path } of stale) console.error(`${path} is stale: run "npm run codegen"`);
  if (stale.length > 0) process.exitCode = 1;
} else {
  writeFiles(stale, ROOT);
  for (const { path } of stale) console.log(`wrote ${path}`);
}
