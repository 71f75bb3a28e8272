import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/clients.md'), 'utf8');

/** A piece of TypeScript without what depends on how deep it stands: spaces, line breaks, and commas before brackets. */
function toDense(text: string): string {
  return text
    .replaceAll(/\s+/g, '')
    .replaceAll(/,(?=[)\]}])/g, '')
    .replace(/;$/, '');
}

const tested = globSync(['test/examples/*client*.ts', 'test/examples/plain-fetch.ts'], { cwd: ROOT })
  .filter((path) => !path.endsWith('client-recipes.test.ts'))
  .map((path) => toDense(readFileSync(join(ROOT, path), 'utf8')));

const blocks = [...PAGE.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({
  language,
  text,
}));

describe('docs/clients.md', () => {
  it('has recipes in TypeScript only', () => {
    expect(blocks.length).toBeGreaterThan(10);
    expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(['ts']));
  });

  it.each(blocks.map(({ text }) => [text.split('\n')[0], text]))('runs %s …', (_firstLine, text = '') => {
    expect(tested.some((file) => file.includes(toDense(text)))).toBe(true);
  });
});
