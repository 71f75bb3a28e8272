import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
  type FieldNode,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createOperationCosts } from '../../src/graphql/operation-cost.ts';
import { createSchema } from '../../src/graphql/schema.ts';

const schema = createSchema();

interface ListSize {
  readonly assumedSize?: number;
  readonly slicingArguments?: readonly string[];
  readonly sizedFields?: readonly string[];
  readonly requireOneSlicingArgument?: boolean;
}

interface Declared {
  readonly coordinate: string;
  readonly parent: GraphQLObjectType | GraphQLInterfaceType;
  readonly field: GraphQLField<unknown, unknown>;
  /** Null where none is given. */
  readonly weight: number | null;
  readonly listSize: ListSize | null;
}

const types = Object.values(schema.getTypeMap()).filter(
  (type) => (isObjectType(type) || isInterfaceType(type)) && !isIntrospectionType(type) && !type.name.startsWith('_'),
) as (GraphQLObjectType | GraphQLInterfaceType)[];
const declared = types
  .flatMap((parent) => Object.values(parent.getFields()).map((field) => toDeclared(parent, field)))
  .filter(({ field }) => !field.name.startsWith('_'));

function toDeclared(parent: Declared['parent'], field: Declared['field']): Declared {
  const argumentsOf = (directive: string) => {
    const used = field.astNode?.directives?.find(({ name }) => name.value === directive);
    return used && Object.fromEntries((used.arguments ?? []).map(({ name, value }) => [name.value, value] as const));
  };
  const { weight } = argumentsOf('cost') ?? {};
  const listSize = argumentsOf('listSize');
  return {
    coordinate: `${parent.name}.${field.name}`,
    parent,
    field,
    weight: weight ? Number(valueFromASTUntyped(weight)) : null,
    listSize:
      listSize &&
      Object.fromEntries(Object.entries(listSize).map(([name, value]) => [name, valueFromASTUntyped(value)])),
  } as Declared;
}

const isList = ({ type }: Pick<Declared['field'], 'type'>): boolean => isListType(getNullableType(type));
const namesOf = (found: readonly Declared[]): string[] => found.map(({ coordinate }) => coordinate);
const returning = (type: string): Declared[] => declared.filter(({ field }) => getNamedType(field.type).name === type);

/** Whether every field that answers with the type says how long this list of it is. */
function isSizedFromAbove({ parent, field }: Declared): boolean {
  const above = returning(parent.name).filter(({ parent: { name } }) => !name.endsWith('Edge'));
  return above.length > 0 && above.every(({ listSize }) => listSize?.sizedFields?.includes(field.name));
}

/** What a provider is called for, or what writes large text: by what is answered, so that a new report is covered unasked. */
function isDear({ parent, field }: Declared): boolean {
  const type = getNamedType(field.type);
  if (isInterfaceType(parent)) return false;
  if (['Table', 'DataSourceHealth', 'UserProfile'].includes(type.name)) return true;
  if (field.name === 'csv') return true;
  // A list of what was saved is asked for as a whole to find one of it; below something of it, it has been asked for.
  if (['Cohort', 'Dashboard'].includes(type.name)) return field.args.length > 0;
  const isTabular = isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Tabular');
  return isTabular || type.name === 'Tabular' || type.name === 'Node';
}

/** Questions that are answered without a provider, by hand. */
const FREE = ['dataSources', 'dataSource', 'user', 'exportTask', 'exportTasks'];

describe('costs', () => {
  it('are on everything that calls a provider or writes a table', () => {
    const dear = declared.filter(isDear);
    expect(namesOf(dear)).toEqual(
      expect.arrayContaining([
        ...['Query.metrics', 'Query.events', 'Query.node', 'DataSource.cohorts', 'DataSource.health', 'Cohort.members'],
        ...['MetricsChart.report', 'UnknownChart.report', 'User.profile', 'User.events', 'ExportTask.preview'],
        ...['FunnelReport.csv', 'FunnelReport.table', 'Cohort.csv', 'DataSource.dashboard'],
      ]),
    );
    expect(namesOf(dear.filter(({ weight }) => (weight ?? 0) < 10))).toEqual([]);
  });

  it('are on every question but those that need no provider', () => {
    const questions = declared.filter(({ parent }) => parent.name === 'Query');
    const free = questions.filter(({ weight }) => weight === null).map(({ field }) => field.name);
    expect(free.toSorted()).toEqual(FREE.toSorted());
  });

  it('are highest for what begins to export', () => {
    const weights = Object.fromEntries(declared.map(({ coordinate, weight }) => [coordinate, weight]));
    expect([weights['Mutation.createExport'], weights['Mutation.retryExport']]).toEqual([50, 50]);
    expect(weights['Mutation.prepareDataset']).toBe(50);
    expect(Math.max(...Object.values(weights).map(Number))).toBe(50);
  });

  it('are not on interfaces, whose fields cost what those of the types cost', () => {
    expect(namesOf(declared.filter(({ parent, weight }) => isInterfaceType(parent) && weight !== null))).toEqual([]);
  });

  it('are not multiplied: a list costs what is in it', () => {
    // Gateways multiply the weight of a field by the length of its list, which would count one call as often as it finds something.
    expect(namesOf(declared.filter(({ field, weight }) => isList(field) && (weight ?? 1) > 1))).toEqual([]);
  });
});

describe('sizes', () => {
  it('are on every list of objects, or on what answers with it', () => {
    const lists = declared.filter(({ field }) => isList(field) && isCompositeType(getNamedType(field.type)));
    expect(lists.length).toBeGreaterThan(40);
    const unsized = lists.filter((list) => !list.listSize?.assumedSize && !isSizedFromAbove(list));
    expect(namesOf(unsized)).toEqual([]);
  });

  it('follow every argument "first"', () => {
    const paged = declared.filter(({ field }) => field.args.some(({ name }) => name === 'first'));
    expect(namesOf(paged)).toEqual(
      expect.arrayContaining(['Query.events', 'Query.exportTasks', 'DataSource.cohorts', 'Cohort.members']),
    );
    for (const { coordinate, field, listSize } of paged) {
      const usual = field.args.find(({ name }) => name === 'first')?.defaultValue;
      expect({ coordinate, ...listSize }).toEqual({
        coordinate,
        assumedSize: usual,
        slicingArguments: ['first'],
        sizedFields: expect.any(Array),
        // It has a default: whoever leaves it out is given that many.
        requireOneSlicingArgument: false,
      });
    }
  });

  it('are of lists that are there', () => {
    for (const { coordinate, field, listSize } of declared) {
      const type = getNamedType(field.type);
      const fields = isObjectType(type) ? type.getFields() : {};
      for (const name of listSize?.sizedFields ?? []) {
        const sized = fields[name];
        expect({ coordinate, name, isThere: sized !== undefined && isList(sized) }).toEqual({
          ...{ coordinate, name, isThere: true },
        });
      }
      const isSized = listSize === null || listSize === undefined || isList(field) || !!listSize.sizedFields;
      expect({ coordinate, isSized }).toEqual({ coordinate, isSized: true });
    }
  });
});

const OPERATIONS = join(import.meta.dirname, '../../examples/operations');

/** The example operations without variables and fragments, by name; not those by interfaces, whose fields the server counts by their dearest type. */
function listOperations(): [string, string][] {
  return readdirSync(OPERATIONS)
    .map((name): [string, string] => [name, readFileSync(join(OPERATIONS, name), 'utf8')])
    .filter(([name, text]) => name.endsWith('.graphql') && !/\$|\.\.\.\w|charts/.test(text));
}

describe('an operation', () => {
  const read = (file: string) => readFileSync(join(OPERATIONS, `${file}.graphql`), 'utf8');

  it.each([
    // 20 for the question, 1 for the period, 20 series of 1, 10 for the text
    ['metrics-total', { instead: 51, besides: 52 }],
    // 1 + 10 for the list, then for its one cohort 1 + 20 for its members, 3 members of 1, 1 for the page, 10 for the text
    ['cohorts-and-members', { instead: 46, besides: 48 }],
  ])('costs what the documentation says: %s', (file, costs) => {
    const operation = read(file);
    expect({ instead: costOf(operation, 'instead'), besides: costOf(operation, 'besides') }).toEqual(costs);
    const page = readFileSync(join(import.meta.dirname, '../../docs/federation.md'), 'utf8');
    expect(page).toContain(`examples/operations/${file}.graphql`);
    expect(page).toMatch(new RegExp(`${file}.*\\b${costs.instead}\\b.*\\b${costs.besides}\\b`));
  });

  it.each(listOperations())('costs for the server what it costs here: %s', (_name, text) => {
    const document = parse(text);
    const [operation] = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    const asked = { document, operation: operation as OperationDefinitionNode, variables: {} };
    expect(createOperationCosts(schema)(asked, Infinity)).toBe(costOf(text, 'instead'));
  });

  it('costs more, the more it asks for', () => {
    const cohorts = (first: number) => `{ dataSource(key: "x") { cohorts(first: ${first}) { nodes { csv } } } }`;
    // 1 + 10, then 31 for each cohort
    expect([1, 2, 1000].map((first) => costOf(cohorts(first), 'instead'))).toEqual([42, 73, 31_011]);
    expect(costOf('{ dataSource(key: "x") { cohorts { nodes { id } } } }', 'instead')).toBe(61);
  });
});

/**
 * What an operation without variables costs by the directives: every object costs 1, and lists are multiplied. A weight stands `instead`
 * of the object's 1, as Apollo Router has it, or `besides` it, as Hive Gateway has it.
 */
function costOf(text: string, weights: 'instead' | 'besides'): number {
  const info = new TypeInfo(schema);
  const factors = [1];
  const sizes: (ReadonlyMap<string, number> | null)[] = [];
  let cost = 0;
  visit(
    parse(text),
    visitWithTypeInfo(info, {
      Field: {
        enter(node: FieldNode) {
          const field = info.getFieldDef();
          const parent = info.getParentType();
          if (!field || !parent || !('getFields' in parent)) return;
          const { weight, listSize } = toDeclared(parent, field);
          const [, given] = [...(node.arguments ?? [])].flatMap(({ name, value }) =>
            listSize?.slicingArguments?.includes(name.value) && value.kind === Kind.INT
              ? ['', Number(value.value)]
              : [],
          );
          const size = Number(given ?? listSize?.assumedSize ?? 1);
          const own = isList(field) ? (sizes.at(-1)?.get(field.name) ?? size) : 1;
          const factor = (factors.at(-1) ?? 1) * own;
          const object = isCompositeType(getNamedType(field.type)) ? 1 : 0;
          cost += factor * (weights === 'instead' ? (weight ?? object) : (weight ?? 0) + object);
          factors.push(factor);
          sizes.push(listSize?.sizedFields ? new Map(listSize.sizedFields.map((name) => [name, size])) : null);
        },
        leave() {
          factors.pop();
          sizes.pop();
        },
      },
    }),
  );
  return cost;
}
