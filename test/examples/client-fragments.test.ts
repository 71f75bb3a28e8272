import {
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLOutputType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { startSavedServer } from '../graphql/saved-server.ts';
import { createSchema } from '../../src/graphql/schema.ts';

/** What two fields of one name must share, so that both can be asked for under one interface without an alias. */
function toShape(type: GraphQLOutputType): string {
  if (isNonNullType(type)) return `${toShape(getNullableType(type))}!`;
  if (isListType(type)) return `[${toShape(type.ofType)}]`;
  return isLeafType(type) ? type.name : 'object';
}

/** Fields of an interface's types that differ from those of the same name in another of its types. */
function findDifferent(interfaceName: string): string[] {
  const schema = createSchema();
  const type = schema.getType(interfaceName);
  if (!isAbstractType(type)) throw new Error(`${interfaceName} is no interface`);
  const shapes = new Map<string, Set<string>>();
  for (const possible of schema.getPossibleTypes(type)) {
    for (const field of Object.values(possible.getFields())) {
      shapes.set(field.name, (shapes.get(field.name) ?? new Set()).add(toShape(field.type)));
    }
  }
  return [...shapes].flatMap(([name, different]) => (different.size > 1 ? [name] : [])).toSorted();
}

describe('fields of one name that differ from type to type', () => {
  it.each([
    ['SavedChart', []],
    ['Node', ['createdAt', 'kind', 'source']],
    ['Tabular', ['totalCount']],
  ])('under %s are %j', (name, expected) => {
    expect(findDifferent(name)).toEqual(expected);
  });

  it('are asked for under names of their own', async () => {
    const server = await startSavedServer();
    const { dataSource } = await server.query<{ dataSource: { dashboard: { id: string } } }>(
      '{ dataSource(key: "shop") { dashboard(nativeId: "d1") { id } } }',
    );
    const ask = (dashboard: string, task: string) =>
      server.ask(
        `query ($id: ID!) { node(id: $id) { id ... on Dashboard { ${dashboard} } ... on ExportTask { ${task} } } }`,
        dataSource.dashboard,
      );
    expect(await ask('createdAt', 'createdAt')).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    expect(await ask('madeOn: createdAt', 'madeAt: createdAt')).toEqual({
      data: { node: { id: dataSource.dashboard.id, madeOn: '2026-01-02' } },
    });
  });
});
