import {
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { createCacheHints, type CacheHint, type CacheHints } from './cache-hints.ts';
import { fragmentsOf } from './document-fragments.ts';

/** How long whole answers of an operation may be kept, and by whom. */
export interface CachePolicy {
  /** Seconds; 0 for not at all. */
  readonly maxAge: number;
  /** Whether only the caller may keep them. */
  readonly isPrivate: boolean;
}

/** Given a parsed and valid document, and the operation of it that is asked, return the operation's policy. */
export type CachePolicies = (document: DocumentNode, operation: OperationDefinitionNode) => CachePolicy;

const NOT_AT_ALL: CachePolicy = { maxAge: 0, isPrivate: false };

/** Given a schema, return what works out an operation's policy from its selections, once for each document. */
export function createCachePolicies(schema: GraphQLSchema): CachePolicies {
  const hints = createCacheHints(schema);
  // A document that is asked again is the same object, until the server forgets it.
  const known = new WeakMap<OperationDefinitionNode, CachePolicy>();
  return (document, operation) => {
    const found = known.get(operation) ?? toPolicy(document, operation, { schema, hints });
    known.set(operation, found);
    return found;
  };
}

interface Walk {
  readonly schema: GraphQLSchema;
  readonly hints: CacheHints;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** What reading a named fragment has said. It is read once in each place it may stand in: documents may spread one a great many times. */
  readonly read: Map<string, boolean>;
  maxAge: number;
  isPrivate: boolean;
}

function toPolicy(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  known: Pick<Walk, 'schema' | 'hints'>,
): CachePolicy {
  const query = known.schema.getQueryType();
  if (operation.operation !== OperationTypeNode.QUERY || !query) return NOT_AT_ALL;
  const walk: Walk = {
    ...known,
    fragments: fragmentsOf(document),
    read: new Map(),
    maxAge: Infinity,
    isPrivate: false,
  };
  readRoot(operation.selectionSet, query, walk);
  return Number.isFinite(walk.maxAge) ? { maxAge: walk.maxAge, isPrivate: walk.isPrivate } : NOT_AT_ALL;
}

/** What stands at the top must say how long, by itself or by what it returns. Introspection says nothing, so it is not kept. */
function readRoot(selections: SelectionSetNode, query: GraphQLCompositeType, walk: Walk): void {
  for (const selection of selections.selections) {
    if (selection.kind === Kind.FIELD) readRootField(selection, query, walk);
    else readFragment(selection, { place: 'root', parent: query, walk }, (inner) => readRoot(inner, query, walk));
  }
}

function readRootField(selection: FieldNode, query: GraphQLCompositeType, walk: Walk): void {
  // It never changes, and says nothing of how long the rest holds.
  if (selection.name.value === '__typename') return;
  const field = fieldOf(query, selection);
  const type = field && walk.hints.typeOf(field);
  const hint = field ? walk.hints.ofField(field) : {};
  note([hint], walk);
  if (hint.maxAge !== undefined) note(type ? walk.hints.ofType(type) : [], walk);
  else if (!type || !readTypes(selection.selectionSet, type, walk)) walk.maxAge = 0;
  if (type && selection.selectionSet) readBelow(selection.selectionSet, type, walk);
}

/**
 * Note how long the things that are selected hold, by their types: what is below `node` or `_entities` is what its fragments are about. Returns
 * whether anything says so; `id` and `__typename` of whatever comes do not, because they never change.
 */
function readTypes(selections: SelectionSetNode | undefined, parent: GraphQLCompositeType, walk: Walk): boolean {
  const found = (selections?.selections ?? []).map((selection) => {
    if (selection.kind !== Kind.FIELD) {
      return readFragment(selection, { place: 'typed', parent, walk }, (inner, type) => readTypes(inner, type, walk));
    }
    if (isAbstractType(parent) && UNCHANGING.has(selection.name.value)) return false;
    note(
      walk.hints.ofType(parent).map((hint) => ({ maxAge: 0, ...hint })),
      walk,
    );
    return true;
  });
  return found.includes(true);
}

const UNCHANGING: ReadonlySet<string> = new Set(['id', '__typename']);

/** Below the top, what says nothing holds as long as what it is in. */
function readBelow(selections: SelectionSetNode, parent: GraphQLCompositeType, walk: Walk): void {
  for (const selection of selections.selections) {
    if (selection.kind !== Kind.FIELD) {
      readFragment(selection, { place: 'below', parent, walk }, (inner, type) => readBelow(inner, type, walk));
      continue;
    }
    const field = fieldOf(parent, selection);
    if (!field) continue;
    note([walk.hints.ofField(field)], walk);
    const type = walk.hints.typeOf(field);
    if (!type || !selection.selectionSet) continue;
    note(walk.hints.ofType(type), walk);
    readBelow(selection.selectionSet, type, walk);
  }
}

/** Where a fragment stands, and in what. */
interface FragmentPlace {
  readonly place: 'root' | 'typed' | 'below';
  readonly parent: GraphQLCompositeType;
  readonly walk: Walk;
}

/** Read the selections of a fragment, and the type that they are selected of; or return what reading it has returned before. */
function readFragment(
  selection: InlineFragmentNode | FragmentSpreadNode,
  { place, parent, walk }: FragmentPlace,
  read: (selections: SelectionSetNode, type: GraphQLCompositeType) => boolean | void,
): boolean {
  const isNamed = selection.kind === Kind.FRAGMENT_SPREAD;
  const key = isNamed ? `${place} ${selection.name.value}` : '';
  const before = walk.read.get(key);
  if (before !== undefined) return before;
  const fragment = isNamed ? walk.fragments.get(selection.name.value) : selection;
  if (!fragment) throw new Error('A document that spreads a fragment it does not have is not valid');
  const name = fragment.typeCondition?.name.value;
  const type = name === undefined ? parent : walk.schema.getType(name);
  const found = read(fragment.selectionSet, isCompositeType(type) ? type : parent) === true;
  if (isNamed) walk.read.set(key, found);
  return found;
}

function fieldOf(parent: GraphQLCompositeType, { name }: FieldNode) {
  return isUnionType(parent) ? undefined : parent.getFields()[name.value];
}

function note(hints: readonly CacheHint[], walk: Walk): void {
  for (const { maxAge, isPrivate } of hints) {
    if (maxAge !== undefined) walk.maxAge = Math.min(walk.maxAge, maxAge);
    if (isPrivate) walk.isPrivate = true;
  }
}
