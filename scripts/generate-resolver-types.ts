import { executeCodegen } from '@graphql-codegen/cli';
import config from '../codegen.ts';
import type { GeneratedFile } from './generated-file.ts';

/** Given the files of schema/, return the types of the resolvers, as codegen.ts asks for them. */
export async function generateResolverTypes(schemaFiles: readonly GeneratedFile[]): Promise<GeneratedFile[]> {
  const { result, error } = await executeCodegen({
    ...config,
    schema: schemaFiles.map(({ content }) => content),
    silent: true,
  });
  if (error) throw error;
  return result.map(({ filename, content }) => ({ path: filename, content }));
}
