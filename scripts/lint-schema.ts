import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { concatAST, parse, Source } from 'graphql';

/** Given the top of the repository, return its whole schema as text that can be linted, with what federation adds to it. */
export function createLintSchema(root: string): string {
  const files = globSync('schema/*.graphql', { cwd: root }).sort();
  const documents = files.map((file) => parse(new Source(readFileSync(join(root, file), 'utf8'), file)));
  // Built here and printed whole: the rules look only at what a type itself says, not at what an `extend` adds, and
  // @graphql-eslint 4.4.1 builds a federated schema in a way that @apollo/subgraph 2.15 no longer takes (tried 2026-11).
  return printSchemaWithDirectives(buildSubgraphSchema([{ typeDefs: concatAST(documents) }]));
}
