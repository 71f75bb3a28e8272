import { Kind, visit, type DocumentNode, type SelectionSetNode } from 'graphql';
import { tidy, type GeneratedOperation } from './generated-operation.ts';

type Operation = Omit<GeneratedOperation, 'seed'>;

/** Enough to get from a page of fields to the few that matter. */
const MOST_TRIES = 150;

/** Given an operation that fails, return a smaller one that fails as well: fields, then parts of variables, are left out as long as it does. */
export async function shrink(
  operation: Operation,
  fails: (smaller: Operation) => Promise<boolean>,
): Promise<Operation> {
  let smallest = operation;
  let tries = 0;
  const tryAll = async (candidates: (from: Operation) => readonly Operation[]): Promise<boolean> => {
    for (const candidate of candidates(smallest)) {
      if (tries++ >= MOST_TRIES) return false;
      if (!(await fails(candidate))) continue;
      smallest = candidate;
      return true;
    }
    return false;
  };
  while (await tryAll(withoutSelections));
  while (await tryAll(withoutParts));
  return smallest;
}

/** The operation without each of its selections in turn, the outermost first. */
function withoutSelections({ document, variables }: Operation): readonly Operation[] {
  const places: { readonly depth: number; readonly place: string }[] = [];
  visit(document, {
    SelectionSet: (node, _key, _parent, path) => {
      if (node.selections.length < 2) return;
      node.selections.forEach((_, index) => places.push({ depth: path.length, place: `${path.join('.')}#${index}` }));
    },
  });
  places.sort((a, b) => a.depth - b.depth);
  return places.map(({ place }) => tidy(cut(document, place), variables));
}

function cut(document: DocumentNode, place: string): DocumentNode {
  return visit(document, {
    SelectionSet: (node, _key, _parent, path): SelectionSetNode | undefined => {
      const [at, index] = place.split('#');
      if (path.join('.') !== at) return undefined;
      const left = node.selections.filter((_, position) => position !== Number(index));
      return { kind: Kind.SELECTION_SET, selections: left };
    },
  });
}

/** The operation without each part of its variables in turn. */
function withoutParts({ document, variables }: Operation): readonly Operation[] {
  return cutOnce(variables).map((cutVariables) => ({ document, variables: cutVariables as Operation['variables'] }));
}

/** A value without each of its members and items in turn; long texts are halved. */
function cutOnce(value: unknown): unknown[] {
  if (typeof value === 'string' && value.length > 100) return [value.slice(0, value.length / 2)];
  if (Array.isArray(value)) {
    const shorter = value.map((_, index) => value.toSpliced(index, 1) as unknown[]);
    const smaller = value.flatMap((item, index) =>
      cutOnce(item).map((cutItem) => value.with(index, cutItem) as unknown[]),
    );
    return [...shorter, ...smaller];
  }
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const shorter = entries.map(([name]) => Object.fromEntries(entries.filter(([other]) => other !== name)));
  const smaller = entries.flatMap(([name, member]) =>
    cutOnce(member).map((cutMember) => ({ ...value, [name]: cutMember })),
  );
  return [...shorter, ...smaller];
}
