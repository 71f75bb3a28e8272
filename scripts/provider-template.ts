import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toIdentifier } from './generate-registries.ts';
import type { GeneratedFile } from './generated-file.ts';

const TEMPLATES = join(import.meta.dirname, 'provider-template');

const PROVIDER_FILES = [
  'index.ts',
  'config.ts',
  'client.ts',
  'responses.ts',
  'vocabulary.ts',
  'metrics.ts',
  'README.md',
];

/** Given a new provider's id, return the files of its three folders: provider, emulator, test. */
export function toProviderFiles(id: string): GeneratedFile[] {
  return [
    ...PROVIDER_FILES.map((file) => ({ path: `src/providers/${id}/${file}`, content: fill(`provider/${file}`, id) })),
    { path: `src/sandbox/${id}/index.ts`, content: fill('sandbox/index.ts', id) },
    { path: `test/providers/${id}/${id}.test.ts`, content: fill('test/provider.test.ts', id) },
    { path: `test/providers/${id}/sample-config.ts`, content: fill('test/sample-config.ts', id) },
    { path: `test/providers/${id}/fixtures/.gitkeep`, content: '' },
  ];
}

function fill(template: string, id: string): string {
  const camel = toIdentifier(id);
  const words: Readonly<Record<string, string>> = {
    id,
    camel,
    Pascal: toCapitalised(camel),
    Title: id.split('-').map(toCapitalised).join(' '),
  };
  const text = readFileSync(join(TEMPLATES, `${template}.template`), 'utf8');
  return text.replace(/\{\{(\w+)\}\}/g, (placeholder, word: string) => words[word] ?? placeholder);
}

function toCapitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
