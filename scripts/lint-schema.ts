import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, printSchema } from 'graphql';

/**
 * The federation directives that the schema uses, as plain definitions. @graphql-eslint builds a federated schema in a way that
 * @apollo/subgraph 2.15 no longer takes, so it is given one that does not look federated.
 */
const FEDERATION = `
scalar _FieldSet
directive @key(fields: _FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
directive @shareable repeatable on FIELD_DEFINITION | OBJECT
directive @tag(name: String!) repeatable on ARGUMENT_DEFINITION | ENUM | ENUM_VALUE | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | INPUT_OBJECT | INTERFACE | OBJECT | SCALAR | UNION
directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
directive @link(url: String!, import: [String!]) repeatable on SCHEMA
`;

/** Given the top of the repository, return its whole schema as text that can be linted. */
export function createLintSchema(root: string): string {
  const files = globSync('schema/*.graphql', { cwd: root }).sort();
  const text = [FEDERATION, ...files.map((file) => readFileSync(join(root, file), 'utf8'))].join('\n');
  // Built and printed, so that every `extend` is folded into its type: the rules look only at what a type itself says.
  return printSchema(buildSchema(text));
}
