import { join } from 'node:path';
import graphql from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const SCHEMA = 'schema/events.graphql';
const OPERATION = 'examples/operations/events-page.graphql';
const eslint = new ESLint({ cwd: ROOT });
const presets = graphql.configs;

/** The rules that a text breaks which stands in for the file of that path, without the prefix of the plugin. */
async function brokenBy(filePath: string, text: string): Promise<string[]> {
  const results = await eslint.lintText(`${text}\n`, { filePath: join(ROOT, filePath) });
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message }) => ruleId?.replace('@graphql-eslint/', '') ?? message),
  );
}

async function severitiesFor(file: string): Promise<Record<string, number>> {
  const { rules } = (await eslint.calculateConfigForFile(join(ROOT, file))) as { rules: Record<string, number[]> };
  return Object.fromEntries(Object.entries(rules).map(([rule, [severity = 0]]) => [rule, severity]));
}

/** A type that keeps every rule but that nothing leads to it, with these fields after its id. */
const thing = (fields: string): string => `"""
A thing.
"""
type Thing {
  """
  Its id.
  """
  id: ID!

  ${fields}
}`;

const described = (definition: string): string => `"""
What it is.
"""
${definition}`;

const UNREACHABLE = 'no-unreachable-types';

const BAD_SCHEMAS: readonly (readonly [what: string, text: string, rules: readonly string[]])[] = [
  ['a type that nothing leads to', thing(''), [UNREACHABLE]],
  ['a field without a description', thing('name: String'), ['require-description', UNREACHABLE]],
  ['a description on one line', thing('"Its name." name: String'), ['description-style', UNREACHABLE]],
  ['a name with an underscore', thing(described('first_name: String')), ['naming-convention', UNREACHABLE]],
  ['a name that begins with the type', thing(described('thingName: String')), ['no-typename-prefix', UNREACHABLE]],
  ['an unknown type', thing(described('other: Nowhere')), ['known-type-names', UNREACHABLE]],
  ['an unknown directive', thing(described('name: String @secret')), ['known-directives', UNREACHABLE]],
  ['the same field twice', thing(described('id: ID!')), ['unique-field-definition-names', 'strict-id-in-types']],
  ['an object without an id', described(`type Thing { ${described('name: String')} }`), ['strict-id-in-types']],
  ['a comment for a description', '# What it is.\ntype Thing { id: ID! }', ['no-hashtag-description']],
  [
    'an end of which nobody says why',
    thing(described('name: String @deprecated')),
    ['require-deprecation-reason', 'require-deprecation-date'],
  ],
  [
    'a connection without cursors',
    described(`type ThingConnection { ${described('nodes: [Event!]!')} }`),
    ['relay-connection-types'],
  ],
  ['a connection without a page', `extend type Query { ${described('things: EventConnection')} }`, ['relay-arguments']],
  ['an edge without a cursor', described(`type EventEdge { ${described('node: Event!')} }`), ['relay-edge-types']],
  ['a page that does not say where it ends', described('type PageInfo { endCursor: String }'), ['relay-page-info']],
  [
    'a mutation of loose arguments that returns text',
    `extend type Mutation { ${described(`rename(${described('name: String!')}): String`)} }`,
    ['input-name', 'no-scalar-result-type-on-mutation'],
  ],
  [
    'a field that must be there, and must not',
    described(`input Choice @oneOf { ${described('one: Int!')} }`),
    ['require-nullable-fields-with-oneof'],
  ],
];

const BAD_OPERATIONS: readonly (readonly [what: string, text: string, rules: readonly string[]])[] = [
  ['has no name', '{ dataSources { id } }', ['no-anonymous-operations']],
  ['leaves the id out', 'query Sources { dataSources { key } }', ['require-selections']],
  ['has a variable for nothing', 'query Sources($a: Int) { dataSources { id } }', ['no-unused-variables']],
  ['asks for what is not there', 'query Sources { dataSources { id colour } }', ['fields-on-correct-type']],
  ['leaves an argument out', 'query Source { dataSource { id } }', ['provided-required-arguments']],
];

describe('the rules of the schema', () => {
  it.each(BAD_SCHEMAS)('report %s', async (_what, text, rules) => {
    expect(await brokenBy(SCHEMA, text)).toEqual(expect.arrayContaining([...rules]));
  });

  it.each([SCHEMA, 'schema/provider.generated.graphql'])('are all of the two presets, for %s', async (file) => {
    const preset = { ...presets['flat/schema-recommended'].rules, ...presets['flat/schema-relay'].rules };
    expect(Object.keys(preset).length).toBeGreaterThan(20);
    const errors = Object.fromEntries(Object.keys(preset).map((rule) => [rule, 2]));
    expect(await severitiesFor(file)).toMatchObject(errors);
  });

  it('let what is written well pass', async () => {
    const text = `extend type Query {
  ${described(`oldest(
    """
    How many.
    """
    first: Int! = 50

    """
    Where the page starts.
    """
    after: String
  ): EventConnection`)}
}`;
    expect(await brokenBy(SCHEMA, text)).toEqual([]);
  });
});

describe('the rules of operations', () => {
  it.each(BAD_OPERATIONS)('report one that %s', async (_what, text, rules) => {
    expect(await brokenBy(OPERATION, text)).toEqual(rules);
  });

  it('are all of the preset', async () => {
    const rules = Object.keys(presets['flat/operations-recommended'].rules);
    expect(rules.length).toBeGreaterThan(20);
    expect(await severitiesFor(OPERATION)).toMatchObject(Object.fromEntries(rules.map((rule) => [rule, 2])));
  });
});
