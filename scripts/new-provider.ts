import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { generateAll } from './generate-all.ts';
import { findStale, writeFiles, type GeneratedFile } from './generated-file.ts';
import { findIdMistake } from './provider-id.ts';
import { toProviderFiles } from './provider-template.ts';

const ROOT = join(import.meta.dirname, '..');

/** Lines of the template break elsewhere once the id is in them. */
async function formatFile({ path, content }: GeneratedFile): Promise<GeneratedFile> {
  if (content === '') return { path, content };
  const options = await resolveConfig(join(ROOT, path));
  return { path, content: await format(content, { ...options, filepath: path }) };
}

async function scaffold(id: string): Promise<void> {
  const files = await Promise.all(toProviderFiles(id).map(formatFile));
  writeFiles(files, ROOT);
  const generated = findStale(await generateAll(), ROOT);
  writeFiles(generated, ROOT);
  for (const { path } of [...files, ...generated]) console.log(`wrote ${path}`);
  console.log(`\nNext: src/providers/${id}/README.md says what is to be filled in; "npm run check" fails until it is.`);
}

const [, , id] = process.argv;
const mistake = findIdMistake(id, ROOT);
if (id === undefined || mistake !== undefined) {
  console.error(mistake);
  process.exitCode = 1;
} else {
  await scaffold(id);
}
