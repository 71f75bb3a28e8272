import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { concatAST, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { withAuthDirectives } from './auth-directives.ts';
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

/** What the schema may have beyond what is always there. */
export interface SchemaOptions {
  /** Whether it says, for routers to hold it, who may ask what. */
  readonly hasAuthDirectives?: boolean;
}

/** The executable subgraph schema. */
export function createSchema({ hasAuthDirectives = false }: SchemaOptions = {}): GraphQLSchema {
  const document = readTypeDefs();
  const typeDefs = hasAuthDirectives ? withAuthDirectives(document) : document;
  const schema = buildSubgraphSchema([{ typeDefs, resolvers }]);
  guardEntities(schema);
  return schema;
}
