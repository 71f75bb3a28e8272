import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Provider } from '../src/analytics/provider.ts';
import { listFolders } from './folders.ts';
import { generateAnswers } from './generate-answers.ts';
import { generateClientExample } from './generate-client-example.ts';
import { generateConfigSchema } from './generate-config-schema.ts';
import { generateProviderEnum } from './generate-provider-enum.ts';
import { generateRegistries } from './generate-registries.ts';
import { generateResolverTypes } from './generate-resolver-types.ts';
import { generateSchemaSnapshot } from './generate-schema-snapshot.ts';
import type { GeneratedFile } from './generated-file.ts';

const ROOT = join(import.meta.dirname, '..');

/** Everything that is generated, from the folders and the schema below the top of the repository. */
export async function generateAll(): Promise<GeneratedFile[]> {
  const folders = {
    providers: listFolders(join(ROOT, 'src/providers')),
    emulators: listFolders(join(ROOT, 'src/sandbox')),
  };
  const providers = await importProviders(folders.providers);
  const providerEnum = generateProviderEnum(providers);
  const schemaFiles = readSchema(providerEnum);
  return [
    ...generateRegistries(folders),
    ...providerEnum,
    ...generateConfigSchema(providers),
    ...(await generateAnswers(providers)),
    ...(await generateSchemaSnapshot(schemaFiles)),
    ...(await generateResolverTypes(schemaFiles)),
    ...(await generateClientExample(schemaFiles)),
  ];
}

async function importProviders(folders: readonly string[]): Promise<Provider[]> {
  const modules = folders.map(async (folder) => {
    const module = (await import(`../src/providers/${folder}/index.ts`)) as { default: Provider };
    return module.default;
  });
  return Promise.all(modules);
}

/** The files of schema/ in the order of their names, those just generated in place of the ones on disk. */
function readSchema(generated: readonly GeneratedFile[]): GeneratedFile[] {
  const fresh = new Set(generated.map(({ path }) => path));
  const kept = globSync('schema/*.graphql', { cwd: ROOT })
    .filter((path) => !fresh.has(path))
    .map((path) => ({ path, content: readFileSync(join(ROOT, path), 'utf8') }));
  return [...kept, ...generated].sort((a, b) => (a.path < b.path ? -1 : 1));
}
