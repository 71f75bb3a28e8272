import {
  getDirectiveValues,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isListType,
  isUnionType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { fragmentsOf } from './document-fragments.ts';

/** An operation as it is asked. Nothing of it need be valid. */
export interface AskedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As they were sent. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Given an operation, return what it costs by the schema's `@cost` and `@listSize`, as docs/federation.md has it for routers: 1 for each object unless a
 * weight says otherwise, times the sizes of the lists that it is in. Counting ends where the cost has passed `limit`.
 */
export type OperationCosts = (asked: AskedOperation, limit: number) => number;

/** Given a schema, return what counts the costs of its operations. */
export function createOperationCosts(schema: GraphQLSchema): OperationCosts {
  const known = new WeakMap<Field, FieldCost>();
  const costOf = (field: Field, parent: GraphQLCompositeType): FieldCost => {
    const found = known.get(field) ?? toFieldCost(field, { parent, schema });
    known.set(field, found);
    return found;
  };
  return ({ document, operation, variables }, limit) => {
    const root = schema.getRootType(operation.operation);
    if (!root) return 0;
    const walk: Walk = {
      schema,
      costOf,
      fragments: fragmentsOf(document),
      variables: withDefaults(operation, variables),
    };
    // A list, because what is not valid may go into itself without end, or deeper than the stack.
    const rest: Place[] = [{ selections: operation.selectionSet, parent: root, ...OUTERMOST, spread: new Set() }];
    let cost = 0;
    for (let place = rest.pop(); place && cost <= limit; place = rest.pop()) {
      for (const selection of place.selections.selections) {
        const counted = selection.kind === Kind.FIELD ? countField(selection, place, walk) : null;
        cost += counted?.cost ?? 0;
        const inner = selection.kind === Kind.FIELD ? counted?.inner : placeOfFragment(selection, place, walk);
        if (inner) rest.push(inner);
      }
    }
    return cost;
  };
}

type Field = GraphQLField<unknown, unknown>;

/** What the schema says of a field. */
interface FieldCost {
  readonly weight: number;
  readonly isList: boolean;
  /** Of the lists that `sizedFields` names, and of the field itself where it is one; null where nothing is said. */
  readonly assumedSize: number | null;
  readonly slicingArguments: readonly string[];
  readonly sizedFields: readonly string[];
  /** What can be selected of it; null for scalars and enums. */
  readonly type: GraphQLCompositeType | null;
}

interface Walk {
  readonly schema: GraphQLSchema;
  costOf(field: Field, parent: GraphQLCompositeType): FieldCost;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Selections, and what they are selected of. */
interface Place {
  readonly selections: SelectionSetNode;
  readonly parent: GraphQLCompositeType;
  /** How many objects there are to select them of. */
  readonly count: number;
  /** How long some of the lists in each are, by the field's name. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Fragments that were spread here: once more adds nothing to the answer. */
  readonly spread: Set<string>;
}

const OUTERMOST = { count: 1, sizes: new Map<string, number>() };

function countField(node: FieldNode, place: Place, walk: Walk): { cost: number; inner: Place | null } | null {
  const { parent, count, sizes } = place;
  const field = isUnionType(parent) ? undefined : parent.getFields()[node.name.value];
  if (!field) return null;
  const { weight, isList, assumedSize, slicingArguments, sizedFields, type } = walk.costOf(field, parent);
  const size = sizeGiven(node, slicingArguments, walk.variables) ?? assumedSize ?? 1;
  const objects = count * (isList ? (sizes.get(field.name) ?? size) : 1);
  const isEntered = type !== null && node.selectionSet !== undefined;
  const below = { count: objects, sizes: new Map(sizedFields.map((name) => [name, size])), spread: new Set<string>() };
  return {
    cost: objects * weight,
    inner: isEntered ? { selections: node.selectionSet, parent: type, ...below } : null,
  };
}

function placeOfFragment(node: InlineFragmentNode | FragmentSpreadNode, place: Place, walk: Walk): Place | null {
  const isSpread = node.kind === Kind.FRAGMENT_SPREAD;
  if (isSpread && place.spread.has(node.name.value)) return null;
  if (isSpread) place.spread.add(node.name.value);
  const fragment = isSpread ? walk.fragments.get(node.name.value) : node;
  if (!fragment) return null;
  const condition = fragment.typeCondition?.name.value;
  const type = condition === undefined ? place.parent : walk.schema.getType(condition);
  return isCompositeType(type) ? { ...place, selections: fragment.selectionSet, parent: type } : null;
}

/** Representations of entities say themselves how many they are. */
const ENTITIES: Pick<FieldCost, 'slicingArguments'> = { slicingArguments: ['representations'] };

function toFieldCost(field: Field, { parent, schema }: { parent: GraphQLCompositeType; schema: GraphQLSchema }) {
  const named = getNamedType(field.type);
  const type = isCompositeType(named) ? named : null;
  const said = sameFields(field, parent, schema).map((each) => readDirectives(each, schema));
  const sized = said.find(({ listSize }) => listSize)?.listSize;
  return {
    weight: Math.max(...said.map(({ weight }) => weight ?? (type ? 1 : 0))),
    isList: isListType(getNullableType(field.type)),
    assumedSize: sized?.assumedSize ?? null,
    slicingArguments: sized?.slicingArguments ?? [],
    sizedFields: sized?.sizedFields ?? [],
    type,
    ...(field.name === '_entities' && ENTITIES),
  };
}

/** Nothing stands at the fields of an interface: they cost what the dearest of its types costs. */
function sameFields(field: Field, parent: GraphQLCompositeType, schema: GraphQLSchema): readonly Field[] {
  if (!isAbstractType(parent)) return [field];
  return [field, ...schema.getPossibleTypes(parent).flatMap((type) => type.getFields()[field.name] ?? [])];
}

interface ListSize {
  readonly assumedSize?: number;
  readonly slicingArguments?: readonly string[];
  readonly sizedFields?: readonly string[];
}

function readDirectives(
  { astNode }: Field,
  schema: GraphQLSchema,
): { weight: number | null; listSize: ListSize | null } {
  const read = (name: string) => {
    const directive = schema.getDirective(name);
    return (directive && astNode && getDirectiveValues(directive, astNode)) ?? null;
  };
  return { weight: (read('cost') as { weight: number } | null)?.weight ?? null, listSize: read('listSize') };
}

function sizeGiven(node: FieldNode, slicingArguments: readonly string[], variables: Walk['variables']): number | null {
  const given = node.arguments?.find(({ name }) => slicingArguments.includes(name.value))?.value;
  const size = given && readSize(given, variables);
  // Whoever asks for none, or for fewer, is refused by the field itself; what is below must not become free by it.
  return typeof size === 'number' ? Math.max(1, size) : null;
}

function readSize(given: ValueNode, variables: Walk['variables']): unknown {
  if (given.kind === Kind.INT) return Number(given.value);
  if (given.kind === Kind.LIST) return given.values.length;
  const value = given.kind === Kind.VARIABLE ? variables[given.name.value] : null;
  return Array.isArray(value) ? value.length : value;
}

function withDefaults(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: AskedOperation['variables'],
): AskedOperation['variables'] {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, readSize(defaultValue, {})] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...variables };
}
