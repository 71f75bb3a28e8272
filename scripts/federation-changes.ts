import {
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  parse,
  type ConstDirectiveNode,
  type DocumentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';

/** What federation is told of a type or of something in it. */
interface Place {
  /** The fields by which other subgraphs may refer to the type. */
  readonly keys: Set<string>;
  /** Directives without arguments that count: `shareable`, and those that keep it from somebody. */
  readonly marks: Set<string>;
}

const SHAREABLE = 'shareable';
const LOCKS = ['inaccessible', 'authenticated', 'requiresScopes', 'policy'];

/**
 * Given a subgraph's SDL as it was and as it is, return what breaks a supergraph or its clients and does not show in the types: a key
 * that is gone, a field that may be shared no more, a lock on what was open. What is gone as a whole is not repeated here.
 */
export function findFederationChanges(before: DocumentNode, after: DocumentNode): string[] {
  const places = readPlaces(after);
  return [...readPlaces(before)].flatMap(([name, old]) => {
    const place = places.get(name);
    if (!place) return [];
    const lostKeys = [...old.keys].filter((key) => !place.keys.has(key));
    const newLocks = LOCKS.filter((lock) => place.marks.has(lock) && !old.marks.has(lock));
    const isSharedNoMore = old.marks.has(SHAREABLE) && !place.marks.has(SHAREABLE);
    return [
      ...lostKeys.map((key) => `Key '${key}' was removed from '${name}'`),
      ...(isSharedNoMore ? [`'@${SHAREABLE}' was removed from '${name}'`] : []),
      ...newLocks.map((lock) => `'@${lock}' was added to '${name}'`),
    ];
  });
}

/** What is said of each type and of each of its fields or values, by `User` and `User.id`. */
function readPlaces(document: DocumentNode): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const definition of document.definitions) {
    if (!isTypeDefinitionNode(definition) && !isTypeExtensionNode(definition)) continue;
    const type = definition.name.value;
    const { directives = [] } = definition;
    // `@shareable` beside a type's name is about the fields below it, and not about the type.
    const isShareable = (directive: ConstDirectiveNode): boolean => nameOf(directive) === SHAREABLE;
    addToPlace(
      places,
      type,
      directives.filter((directive) => !isShareable(directive)),
    );
    for (const part of partsOf(definition)) {
      const ofPart = [...(part.directives ?? []), ...directives.filter(isShareable)];
      addToPlace(places, `${type}.${part.name.value}`, ofPart);
    }
  }
  return places;
}

function addToPlace(places: Map<string, Place>, name: string, directives: readonly ConstDirectiveNode[]): void {
  const { keys, marks } = places.get(name) ?? { keys: new Set(), marks: new Set() };
  places.set(name, { keys, marks });
  for (const directive of directives) {
    if (nameOf(directive) === 'key') keys.add(toKey(directive));
    else marks.add(nameOf(directive));
  }
}

/** A key as text that is the same for the same fields; one that cannot be resolved says so, and is another. */
function toKey({ arguments: given = [] }: ConstDirectiveNode): string {
  const values = new Map(given.map(({ name, value }) => [name.value, value]));
  const fields = values.get('fields');
  const resolvable = values.get('resolvable');
  const text = fields?.kind === Kind.STRING ? toFieldSet(fields.value) : '';
  return resolvable?.kind === Kind.BOOLEAN && !resolvable.value ? `${text} (not resolvable)` : text;
}

function toFieldSet(fields: string): string {
  const [operation] = parse(`{ ${fields} }`).definitions as [OperationDefinitionNode];
  return toText(operation.selectionSet);
}

function toText({ selections }: SelectionSetNode): string {
  const texts = selections.map((selection) => {
    if (selection.kind !== Kind.FIELD) return selection.kind;
    const { name, selectionSet } = selection;
    return selectionSet ? `${name.value} { ${toText(selectionSet)} }` : name.value;
  });
  return texts.sort().join(' ');
}

/** A directive that `@link` does not import has the name of its specification before its own. */
function nameOf({ name }: ConstDirectiveNode): string {
  return name.value.replace(/^federation__/, '');
}

function partsOf(definition: TypeDefinitionNode | TypeExtensionNode): readonly {
  readonly name: { readonly value: string };
  readonly directives?: readonly ConstDirectiveNode[];
}[] {
  if ('fields' in definition) return definition.fields ?? [];
  return 'values' in definition ? (definition.values ?? []) : [];
}
