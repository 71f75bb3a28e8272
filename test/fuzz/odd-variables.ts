import fc from 'fast-check';
import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

const TEXTS = [
  ...[
    '',
    ' ',
    '__proto__',
    'constructor',
    'NaN',
    'Infinity',
    '-0',
    '1e999',
    'null',
    '\0',
    '\uD800',
    '\uFEFF',
    '💩',
    '0x1',
  ],
  ...['sandbox-openpanel', 'sandbox-adapty', 'sandbox-mytracker', 'sandbox-instal', 'sandbox-growingio', 'purchase'],
  ...[
    '2026-06-10',
    '2026-06-15',
    '2026-02-30',
    '2026-06-10T00:00:00Z',
    'UTC',
    'Europe/Stockholm',
    'P7D',
    'PT1S',
    'P-1D',
  ],
  ...['events', 'customEvents', 'report', 'country', 'properties.x', 'RGF0YVNvdXJjZTpzYW5kYm94LW9wZW5wYW5lbA'],
];

const leaf = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, 0, -1, 1, 1.5, 2 ** 31, 2 ** 53, -1e308, 1e21) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>([], {}, [[]], [null], { length: 1 }, { then: 1 }, { toJSON: 1 }) },
);

/** Any JSON at all. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(leaf, fc.jsonValue({ maxDepth: 3 }));

const DEEPEST = 5;

/** Given an input type, return values that mostly have its fields, with whatever in them: right, wrong, missing or too many. */
export function oddValueOf(type: GraphQLInputType, depth = 0): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return oddValueOf(type.ofType, depth);
  const fitting = fittingValueOf(type, depth);
  return fc.oneof({ weight: 9, arbitrary: fitting }, { weight: 1, arbitrary: depth > 2 ? leaf : anyJson });
}

function fittingValueOf(type: GraphQLInputType, depth: number): fc.Arbitrary<unknown> {
  if (depth > DEEPEST) return leaf;
  if (isListType(type)) return fc.array(oddValueOf(type.ofType, depth + 1), { maxLength: 3 });
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  if (isInputObjectType(type)) return oddObjectOf(type, depth);
  return leaf;
}

function oddObjectOf(type: GraphQLInputObjectType, depth: number): fc.Arbitrary<unknown> {
  const fields = Object.values(type.getFields());
  if (type.isOneOf) {
    const choices = fields.map(({ name, type: inner }) =>
      oddValueOf(inner, depth + 1).map((value) => ({ [name]: value })),
    );
    const none = fc.constant({});
    const two = fc.tuple(fc.oneof(...choices), fc.oneof(...choices)).map(([a, b]) => ({ ...a, ...b }));
    return fc.oneof(
      { weight: 8, arbitrary: fc.oneof(...choices) },
      { weight: 1, arbitrary: none },
      { weight: 1, arbitrary: two },
    );
  }
  const shape = Object.fromEntries(fields.map(({ name, type: inner }) => [name, oddValueOf(inner, depth + 1)]));
  const required = fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
  const record = fc.record(shape, { requiredKeys: required.map(({ name }) => name) });
  const extra = fc.constantFrom<object>({}, {}, {}, {}, { colour: 'red' }, { constructor: {} });
  return fc.tuple(record, extra).map(([value, more]) => ({ ...value, ...more }));
}

/** A field that takes arguments, as an operation with a variable for each of them. */
export interface AskedField {
  readonly coordinate: string;
  readonly query: string;
  readonly variables: fc.Arbitrary<Record<string, unknown>>;
}

const SELECTIONS: Readonly<Record<string, string>> = { _entities: '{ __typename }', node: '{ id }' };
const REPORTS = ['metrics', 'funnel', 'conversion', 'retention', 'cohortAnalysis', 'lifetimeValue', 'events'];

/** Every root field that takes arguments. */
export function listAskedFields(schema: GraphQLSchema): AskedField[] {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    Object.values(root?.getFields() ?? {})
      .filter(({ args }) => args.length > 0)
      .map(({ name, args }) => {
        const kind = root === schema.getMutationType() ? 'mutation' : 'query';
        const selection = SELECTIONS[name] ?? (REPORTS.includes(name) ? '{ csv }' : '{ __typename }');
        const declared = args.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(', ');
        const passed = args.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
        const values = Object.fromEntries(args.map((argument) => [argument.name, oddValueOf(argument.type)]));
        const required = args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
        return {
          coordinate: `${root?.name}.${name}`,
          query: `${kind} (${declared}) { ${name}(${passed}) ${selection} }`,
          variables: fc.record(values, { requiredKeys: required.map((argument) => argument.name) }),
        };
      }),
  );
}
