import { existsSync } from 'node:fs';
import { join } from 'node:path';

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/;

/** Names that the generated registries cannot import a provider as: the lists' own, and words of the language. */
const RESERVED = new Set(
  `providers emulators arguments await break case catch class const continue debugger default delete do else enum eval
  export extends false finally for function if implements import in instanceof interface let new null package private
  protected public return static super switch this throw true try typeof var void while with yield`.split(/\s+/),
);

/** Given the id of a provider to be made below `root`, return what is wrong with it, or undefined. */
export function findIdMistake(id: string | undefined, root: string): string | undefined {
  if (id === undefined || id === '') return 'Say which provider: npm run new:provider <id>';
  if (!KEBAB_CASE.test(id))
    return `"${id}" is not kebab-case: lower-case words that start with a letter, such as "acme-ads"`;
  if (RESERVED.has(id)) return `"${id}" is a word of the language or of the registry; take the vendor's full name`;
  const taken = ['src/providers', 'src/sandbox', 'test/providers'].find((folder) => existsSync(join(root, folder, id)));
  return taken === undefined ? undefined : `"${id}" is taken: ${taken}/${id} exists`;
}
