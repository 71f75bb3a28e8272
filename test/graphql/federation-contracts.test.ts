import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices as composeWithApollo } from '@apollo/composition';
import { applyTagFilterOnSubgraphs, composeSchemaContract } from '@theguild/federation-composition';
import {
  buildSchema,
  getNamedType,
  getOperationAST,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  validate,
  validateSchema,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema, readTypeDefs } from '../../src/graphql/schema.ts';

const typeDefs = readTypeDefs();
const schema = createSchema();
const services = [{ name: 'tributary', url: 'http://tributary.invalid', typeDefs }];
const TAGS = ['personal-data', 'operations', 'exports'] as const;

/** What a variant of the supergraph without a tag must not have, by hand. */
const WITHOUT: Readonly<Record<(typeof TAGS)[number], readonly string[]>> = {
  'personal-data': [
    ...['User', 'UserProfile', 'Event', 'EventConnection', 'CohortMember', 'RowsExportInput', 'ExportFile'],
    ...['Query.user', 'Query.events', 'Cohort.members', 'Cohort.csv', 'ExportTask.files', 'ExportTask.preview'],
    ...['ExportSourceInput.rows', 'ExportSourceInput.cohortMembers', 'SavedChart.creator', 'Dashboard.updater'],
  ],
  operations: [
    ...['DataSourceHealth', 'Allowance', 'Dataset', 'PrepareDatasetInput', 'PrepareDatasetPayload'],
    ...['DataSource.health', 'DataSource.allowance', 'DataSource.datasets', 'Mutation.prepareDataset'],
  ],
  exports: [
    ...['Mutation', 'Subscription', 'ExportTask', 'ExportTaskConnection', 'CreateExportInput', 'ExportFile'],
    ...['Query.exportTask', 'Query.exportTasks', 'Problem.exportTask', 'Catalog.tables', 'ExportTable'],
  ],
};

/** What every variant must have still. */
const ALWAYS = [
  ...['Query.metrics', 'Query.funnel', 'Query.retention', 'Query.cohort', 'Query.dashboard', 'Query.node'],
  ...['DataSource.cohorts', 'Cohort.size', 'MetricsChart.report', 'MetricsReport.csv', 'Problem.message'],
];

function composeWithout(tags: readonly string[]): GraphQLSchema {
  const { errors, publicSdl } = composeSchemaContract(services, { include: new Set(), exclude: new Set(tags) });
  expect(errors ?? []).toEqual([]);
  const contract = buildSchema(publicSdl ?? '');
  expect(validateSchema(contract)).toEqual([]);
  return contract;
}

function has(contract: GraphQLSchema, coordinate: string): boolean {
  const [name = '', field] = coordinate.split('.');
  const type = contract.getType(name);
  if (!type || field === undefined) return type !== undefined;
  return (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) && field in type.getFields();
}

/** The types and fields that carry one of these tags, as `schema/` has them. */
function findTagged(tags: readonly string[]): Set<string> {
  const found = new Set<string>();
  const isTagged = (node: ASTNode) =>
    'directives' in node &&
    node.directives?.some(({ name, arguments: [argument] = [] }) => {
      const { value } = argument ?? {};
      return name.value === 'tag' && value?.kind === Kind.STRING && tags.includes(value.value);
    });
  for (const definition of typeDefs.definitions) {
    if (!('name' in definition) || !definition.name) continue;
    const type = definition.name.value;
    if (isTagged(definition)) found.add(type);
    const fields = 'fields' in definition ? (definition.fields ?? []) : [];
    for (const field of fields) if (isTagged(field)) found.add(`${type}.${field.name.value}`);
  }
  return found;
}

/** Whether an operation names anything of these. */
function isAbout(operation: DocumentNode, coordinates: ReadonlySet<string>): boolean {
  let isFound = false;
  const info = new TypeInfo(schema);
  const look = (type: { readonly name: string } | null | undefined, field?: string) => {
    if (type && (coordinates.has(type.name) || coordinates.has(`${type.name}.${field}`))) isFound = true;
  };
  visit(
    operation,
    visitWithTypeInfo(info, {
      Field({ name }) {
        look(info.getParentType(), name.value);
        const type = info.getType();
        look(type && getNamedType(type));
      },
      InlineFragment: () => look(info.getType() as { readonly name: string } | undefined),
      ObjectField({ name }) {
        const type = info.getParentInputType();
        look(type && getNamedType(type), name.value);
      },
      Variable() {
        const type = info.getInputType();
        look(type && getNamedType(type));
      },
    }),
  );
  return isFound;
}

/** Whether an operation can be asked: that there is no such root type is found out when it is executed. */
function isTaken(operation: DocumentNode, contract: GraphQLSchema): boolean {
  const kind = getOperationAST(operation)?.operation;
  return kind !== undefined && !!contract.getRootType(kind) && validate(contract, operation).length === 0;
}

const folder = join(import.meta.dirname, '../../examples/operations');
const examples = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => ({ file, operation: parse(readFileSync(join(folder, file), 'utf8')) }));

describe.each([...TAGS.map((tag) => ({ tags: [tag] })), { tags: TAGS }])('the schema without $tags', ({ tags }) => {
  const contract = composeWithout(tags);
  const tagged = findTagged(tags);

  it('composes with Apollo’s composer, too', () => {
    const filter = { include: new Set<string>(), exclude: new Set<string>(tags) };
    expect(composeWithApollo(applyTagFilterOnSubgraphs(services, filter)).errors ?? []).toEqual([]);
  });

  it('has nothing of what is tagged, and the rest', () => {
    const gone = tags.flatMap((tag) => WITHOUT[tag]);
    expect(gone.filter((coordinate) => has(contract, coordinate))).toEqual([]);
    expect([...tagged].filter((coordinate) => has(contract, coordinate))).toEqual([]);
    expect(ALWAYS.filter((coordinate) => !has(contract, coordinate))).toEqual([]);
  });

  it('takes every example that is about something else, and no other', () => {
    const taken = examples.filter(({ operation }) => isTaken(operation, contract));
    const others = examples.filter(({ operation }) => !isAbout(operation, tagged));
    expect(taken.map(({ file }) => file)).toEqual(others.map(({ file }) => file));
    expect(taken.length).toBeGreaterThan(15);
    expect(taken.length).toBeLessThan(examples.length);
  });
});

describe('a tag', () => {
  it('is on things that the schema has', () => {
    const names = [...findTagged(TAGS)];
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((coordinate) => !has(schema, coordinate))).toEqual([]);
  });

  it('is one of those that are documented', () => {
    const used = new Set<string>();
    visit(typeDefs, {
      Directive({ name, arguments: [argument] = [] }) {
        if (name.value === 'tag' && argument?.value.kind === Kind.STRING) used.add(argument.value.value);
      },
    });
    expect([...used].toSorted()).toEqual([...TAGS].toSorted());
  });
});
