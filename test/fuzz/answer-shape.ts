import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { GeneratedOperation } from './generated-operation.ts';

/** Where a value of an answer stands. */
type Path = readonly (string | number)[];

/** What a value is checked against. */
interface Expectation {
  readonly type: GraphQLOutputType;
  readonly fields: readonly FieldNode[];
  readonly path: Path;
}

/** What is told while an answer is looked through. */
export interface ShapeListener {
  /** Something is not as the schema says. */
  mistake(path: Path, message: string): void;
  /** A field was answered, by something or by null. */
  met(coordinate: string): void;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const fits = (pattern: RegExp) => (value: unknown) => isText(value) && pattern.test(value);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const DAY = /^\d{4}-\d\d-\d\d$/;
const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: isText,
  ID: (value) => isText(value) && value !== '',
  Int: (value) => Number.isInteger(value),
  SafeInt: (value) => Number.isSafeInteger(value),
  Float: (value) => Number.isFinite(value),
  Boolean: (value) => typeof value === 'boolean',
  Date: fits(DAY),
  DateTime: fits(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/),
  TimeZone: fits(/^[A-Za-z][A-Za-z0-9_+/-]*$|^[+-]\d\d:\d\d$/),
  Duration: fits(/^-?P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/),
  CurrencyCode: fits(/^[A-Z]{3}$/),
  URL: (value) => isText(value) && URL.canParse(value),
  JSON: (value) => value !== undefined,
  JSONObject: isRecord,
};

/** Given an operation and the `data` of its answer, tell whatever in it does not agree with the schema. */
export function checkShape(
  schema: GraphQLSchema,
  { document }: Pick<GeneratedOperation, 'document'>,
  { data, listener }: { readonly data: unknown; readonly listener: ShapeListener },
): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition;
  }
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) throw new Error('The document has no operation');
  checkObject(root, [operation.selectionSet], { value: data, path: [] });

  function checkObject(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    { value, path }: { readonly value: unknown; readonly path: Path },
  ): void {
    if (!isRecord(value)) return listener.mistake(path, `is no object of type ${type.name}`);
    const wanted = new Map<string, FieldNode[]>();
    sets.forEach((set) => collect(type, set, wanted));
    for (const key of Object.keys(value)) if (!wanted.has(key)) listener.mistake([...path, key], 'was not asked for');
    for (const [key, fields] of wanted) {
      const name = fields[0]?.name.value ?? '';
      const at = [...path, key];
      if (!(key in value)) listener.mistake(at, 'is missing');
      else if (name === '__typename') {
        if (value[key] !== type.name) listener.mistake(at, `is ${String(value[key])} and not ${type.name}`);
      } else {
        const field = type.getFields()[name];
        if (!field) throw new Error(`There is no field ${type.name}.${name}`);
        listener.met(`${type.name}.${name}`);
        checkValue(value[key], { type: field.type, fields, path: at });
      }
    }
  }

  function checkValue(value: unknown, { type, fields, path }: Expectation): void {
    if (value === null) {
      if (isNonNullType(type)) listener.mistake(path, 'is null');
      return;
    }
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      if (!Array.isArray(value)) return listener.mistake(path, 'is no list');
      value.forEach((item, index) => checkValue(item, { type: nullable.ofType, fields, path: [...path, index] }));
      return;
    }
    const named = getNamedType(type);
    if (isLeafType(named)) {
      const isRight = isEnumType(named)
        ? isText(value) && named.getValue(value) !== undefined
        : SCALARS[named.name]?.(value) !== false;
      if (!isRight) listener.mistake(path, `is no ${named.name}: ${JSON.stringify(value).slice(0, 80)}`);
      return;
    }
    const runtime = isAbstractType(named)
      ? schema.getType(String((value as Record<string, unknown>)['__typename']))
      : named;
    if (!isObjectType(runtime)) return listener.mistake(path, `is of no type that ${named.name} could be`);
    if (isAbstractType(named) && !schema.isSubType(named, runtime))
      listener.mistake(path, `is a ${runtime.name}, which is no ${named.name}`);
    const sets = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
    checkObject(runtime, sets, { value, path });
  }

  function collect(type: GraphQLObjectType, set: SelectionSetNode, into: Map<string, FieldNode[]>): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        into.set(key, [...(into.get(key) ?? []), selection]);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
      const applies =
        !condition || condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
      if (fragment && applies) collect(type, fragment.selectionSet, into);
    }
  }
}
