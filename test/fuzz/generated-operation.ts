import {
  buildASTSchema,
  isAbstractType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  Kind,
  parse,
  print,
  printSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { generateRandomMutation, generateRandomQuery } from 'ibm-graphql-query-generator';
import { createArgumentValues, LEFT_OUT } from './argument-values.ts';
import type { KnownWords } from './known-words.ts';
import { createRandom } from './random.ts';

/** An operation that was made up. */
export interface GeneratedOperation {
  readonly seed: number;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Makes up operations over a schema. */
export type GenerateOperation = (seed: number) => GeneratedOperation;

// The generator reads a type's fields off its first definition only: what `extend type` adds must be put into it before.
const merge = (schema: GraphQLSchema): DocumentNode => parse(printSchema(schema));

const MUTATIONS = 0.3;
const REPORTS = 0.5;
const REPORT_FIELDS = ['metrics', 'funnel', 'conversion', 'retention', 'cohortAnalysis', 'lifetimeValue', 'events'];

/** Given a schema and what can be named, return what makes up an operation from a seed: the same one for the same seed. */
export function createGenerator(schema: GraphQLSchema, known: KnownWords): GenerateOperation {
  const document = merge(schema);
  const [everything, reports] = [buildASTSchema(document), buildASTSchema(onlyReports(document))];
  const attempt = (seed: number): GeneratedOperation => {
    const random = createRandom(seed);
    const merged = random.chance(REPORTS) ? reports : everything;
    const depth = random.whole(3, 8);
    const breadth = random.pick([0.15, 0.3, 0.5]);
    const configuration = {
      seed,
      maxDepth: depth,
      depthProbability: (level: number) => (level < 3 ? 0.9 : 0.6),
      breadthProbability: (level: number) => (level === 0 ? 0.06 : breadth),
      pickNestedQueryField: true,
      considerInterfaces: true,
      considerUnions: true,
      ignoreOptionalArguments: false,
      providerMap: createProviders(merged, known, random.whole(0, 2 ** 31)),
    };
    const { document, values } =
      merged === everything && random.chance(MUTATIONS)
        ? toOperation(generateRandomMutation(merged, configuration))
        : toOperation(generateRandomQuery(merged, configuration));
    return { seed, ...tidy(withTypeNames(document, merged), values) };
  };
  return (seed) => {
    for (let tries = 0; ; tries++) {
      try {
        return attempt(seed + tries * 1_000_003);
      } catch (error) {
        // Where a type at the deepest level has nothing but objects, the generator gives up.
        if (tries === 20) throw error;
      }
    }
  };
}

/** Reports are where most can go wrong, and one field in three: a schema without the others has them asked more often. */
function onlyReports(document: DocumentNode): DocumentNode {
  return visit(document, {
    ObjectTypeDefinition: (node) => {
      if (node.name.value !== 'Query') return undefined;
      return { ...node, fields: (node.fields ?? []).filter(({ name }) => REPORT_FIELDS.includes(name.value)) };
    },
  });
}

type Generated = ReturnType<typeof generateRandomQuery> | ReturnType<typeof generateRandomMutation>;

function toOperation(generated: Generated) {
  const document = 'queryDocument' in generated ? generated.queryDocument : generated.mutationDocument;
  return { document, values: generated.variableValues as Readonly<Record<string, unknown>> };
}

/** A maker for each argument, by the name that the generator gives its variable. */
function createProviders(schema: GraphQLSchema, known: KnownWords, seed: number): Record<string, () => unknown> {
  const values = createArgumentValues(known, createRandom(seed));
  const providers: Record<string, () => unknown> = {};
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || (!isObjectType(type) && !isInterfaceType(type))) continue;
    for (const field of Object.values(type.getFields())) {
      for (const argument of field.args) {
        const place = { type: type.name, field: field.name };
        providers[`${type.name}__${field.name}__${argument.name}`] = () => values.valueOf(place, argument);
      }
    }
  }
  return providers;
}

/** Which type an answer is of must be known to whoever checks it. */
function withTypeNames(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const info = new TypeInfo(schema);
  const name = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
  return visit(
    document,
    visitWithTypeInfo(info, {
      SelectionSet: (node) =>
        isAbstractType(info.getParentType()) ? { ...node, selections: [name, ...node.selections] } : undefined,
    }),
  );
}

/** Given a document whose arguments are variables, return it without the arguments that are left out and with the variables that it uses. */
export function tidy(document: DocumentNode, values: Readonly<Record<string, unknown>>) {
  const used = new Set<string>();
  const trimmed = visit(document, {
    Argument: (node) => {
      if (node.value.kind !== Kind.VARIABLE) return undefined;
      const name = node.value.name.value;
      if (values[name] === LEFT_OUT) return null;
      used.add(name);
      return undefined;
    },
  });
  const tidied = visit(trimmed, {
    VariableDefinition: (node) => (used.has(node.variable.name.value) ? undefined : null),
  });
  const variables = Object.fromEntries(Object.entries(values).filter(([name]) => used.has(name)));
  return { document: tidied, variables };
}

/** The operation as somebody would send it by hand. */
export function printOperation({ document, variables }: Omit<GeneratedOperation, 'seed'>): string {
  return `${print(document)}\n\n${JSON.stringify(variables, null, 2)}`;
}
