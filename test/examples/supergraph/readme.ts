import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUPERGRAPH_FOLDER } from './install.ts';

/** The query that the example's README asks, and the answer that it promises. */
export function readWalk(): { readonly query: string; readonly answer: unknown } {
  const readme = readFileSync(join(SUPERGRAPH_FOLDER, 'README.md'), 'utf8');
  const blockOf = (language: string) => new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(readme)?.[1] ?? '';
  return { query: blockOf('graphql'), answer: JSON.parse(blockOf('json')) };
}
