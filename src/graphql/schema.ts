import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { concatAST, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { guardEntities } from './entities.ts';
import { resolvers } from './resolvers/index.ts';

const SCHEMA_FOLDER = join(import.meta.dirname, '../../schema');

/** All of `schema/*.graphql` as one document. */
export function readTypeDefs(folder: string = SCHEMA_FOLDER): DocumentNode {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .toSorted();
  return concatAST(files.map((name) => parse(readFileSync(join(folder, name), 'utf8'))));
}

/** The executable subgraph schema. */
export function createSchema(): GraphQLSchema {
  const schema = buildSubgraphSchema([{ typeDefs: readTypeDefs(), resolvers }]);
  guardEntities(schema);
  return schema;
}
