import {
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  isCompositeType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

/** What one `@cacheControl` says. */
export interface CacheHint {
  /** Seconds; absent where it says nothing of time. */
  readonly maxAge?: number;
  readonly isPrivate?: boolean;
}

/** The `@cacheControl` of a schema, each read once. */
export interface CacheHints {
  /** What stands at the field itself, and not at what it returns. */
  ofField(field: GraphQLField<unknown, unknown>): CacheHint;
  /** What stands at the types that a value of this type can be of, each. */
  ofType(type: GraphQLCompositeType): readonly CacheHint[];
  /** What a field's value can be of; null for scalars and enums. */
  typeOf(field: GraphQLField<unknown, unknown>): GraphQLCompositeType | null;
}

/** Given a schema, return what its `@cacheControl` directives say. */
export function createCacheHints(schema: GraphQLSchema): CacheHints {
  const directive = schema.getDirective('cacheControl');
  const known = new WeakMap<object, CacheHint>();
  const read = (definition: DirectiveBearer): CacheHint => {
    const found = known.get(definition) ?? toHint(definition);
    known.set(definition, found);
    return found;
  };
  const toHint = ({ astNode, extensionASTNodes = [] }: DirectiveBearer): CacheHint => {
    const values = [astNode, ...extensionASTNodes]
      .map((node) => directive && node && getDirectiveValues(directive, node))
      .find((found) => found);
    const { maxAge, scope } = values ?? {};
    return {
      ...(typeof maxAge === 'number' && { maxAge: Math.max(0, maxAge) }),
      ...(scope === 'PRIVATE' && { isPrivate: true }),
    };
  };
  return {
    ofField: read,
    ofType: (type) => (isAbstractType(type) ? schema.getPossibleTypes(type) : [type]).map(read),
    typeOf({ type }) {
      const named = getNamedType(type);
      return isCompositeType(named) ? named : null;
    },
  };
}

type DirectiveNode = Parameters<typeof getDirectiveValues>[1];

interface DirectiveBearer {
  readonly astNode?: DirectiveNode | null | undefined;
  readonly extensionASTNodes?: readonly DirectiveNode[];
}
