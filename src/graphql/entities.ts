import { isUnionType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { InvalidQueryError } from '../errors.ts';
import type { GraphQLContext } from './context.ts';

/** Most things that one operation of a gateway may ask for by their keys. */
export const MOST_REPRESENTATIONS = 5000;

const LONGEST_SHOWN = 80;

type Resolve = GraphQLFieldResolver<unknown, GraphQLContext>;

/** Given a subgraph's schema, have it say of each thing that a gateway asks for and that is none of ours what is wrong, beside the others. */
export function guardEntities(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()['_entities'];
  const entity = schema.getType('_Entity');
  if (!field?.resolve || !isUnionType(entity)) throw new Error('The schema has no entities');
  const types = new Set(entity.getTypes().map(({ name }) => name));
  field.resolve = createEntitiesResolver(field.resolve, types);
}

function createEntitiesResolver(resolve: Resolve, types: ReadonlySet<string>): Resolve {
  const asked = new WeakMap<GraphQLContext, number>();
  return (root, { representations }, context, info) => {
    const wanted = representations as readonly unknown[];
    const count = (asked.get(context) ?? 0) + wanted.length;
    asked.set(context, count);
    if (count > MOST_REPRESENTATIONS) {
      throw new InvalidQueryError(
        `representations: ${count} in one operation; at most ${MOST_REPRESENTATIONS}. Ask for smaller pages`,
      );
    }
    const isOurs = wanted.map((representation) => types.has(typeOf(representation) ?? ''));
    const found = resolve(root, { representations: wanted.filter((_, index) => isOurs[index]) }, context, info);
    const entities = (found as readonly unknown[]).values();
    // An error that stands in a list is that of its place.
    return wanted.map((one, index) => (isOurs[index] ? entities.next().value : toError(one, index)));
  };
}

/** What a representation says that it is; undefined where it says nothing that could be a type. */
function typeOf(representation: unknown): string | undefined {
  if (typeof representation !== 'object' || representation === null) return undefined;
  const type = '__typename' in representation ? representation.__typename : undefined;
  return typeof type === 'string' ? type : undefined;
}

function toError(representation: unknown, index: number): InvalidQueryError {
  const type = typeOf(representation);
  const what =
    type === undefined
      ? 'is no object with a __typename'
      : `${JSON.stringify(type.slice(0, LONGEST_SHOWN))} is no entity of this subgraph`;
  return new InvalidQueryError(`representations[${index}]: ${what}`);
}
