import { buildSubgraphSchema } from '@apollo/subgraph';
import { concatAST, graphql, parse, Source } from 'graphql';
import type { GeneratedFile } from './generated-file.ts';

/** Given the files of schema/, return the SDL that a router is answered when it asks the subgraph for it. */
export async function generateSchemaSnapshot(schemaFiles: readonly GeneratedFile[]): Promise<GeneratedFile[]> {
  const documents = schemaFiles.map(({ path, content }) => parse(new Source(content, path)));
  const schema = buildSubgraphSchema([{ typeDefs: concatAST(documents) }]);
  const { data, errors } = await graphql({ schema, source: '{ _service { sdl } }' });
  if (errors) throw new AggregateError(errors, 'The schema could not be printed');
  return [{ path: 'schema.snapshot.graphql', content: `${readSdl(data).trim()}\n` }];
}

function readSdl(data: unknown): string {
  const { _service: service } = data as { _service: { sdl: string } };
  return service.sdl;
}
