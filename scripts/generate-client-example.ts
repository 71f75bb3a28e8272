import { join } from 'node:path';
import { executeCodegen } from '@graphql-codegen/cli';
import config from '../examples/client-typescript/codegen.ts';
import type { GeneratedFile } from './generated-file.ts';

const FOLDER = 'examples/client-typescript';

/** Given the files of schema/, return the types of the operations in the TypeScript example, as its own codegen.ts asks for them. */
export async function generateClientExample(schemaFiles: readonly GeneratedFile[]): Promise<GeneratedFile[]> {
  const { result, error } = await executeCodegen({
    ...config,
    cwd: join(import.meta.dirname, '..', FOLDER),
    schema: schemaFiles.map(({ content }) => content),
    silent: true,
  });
  if (error) throw error;
  return result.map(({ filename, content }) => ({ path: join(FOLDER, filename), content }));
}
