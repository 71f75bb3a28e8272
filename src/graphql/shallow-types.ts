import { GraphQLError, Kind, type TypeNode, type ValidationRule } from 'graphql';

/** More lists in one another than any argument of the schema has. */
const MOST_LISTS = 20;

/**
 * Refuses variables whose type is wrapped in too many lists. graphql-js reads such a type by calling itself for each of them, and a few thousand are
 * more than the stack holds: not a mistake of the document then, but an unexpected failure.
 */
export const shallowTypes: ValidationRule = (context) => ({
  Document({ definitions }) {
    for (const definition of definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      const tooDeep = definition.variableDefinitions?.find(({ type }) => isTooDeep(type));
      if (!tooDeep) continue;
      const name = tooDeep.variable.name.value;
      context.reportError(
        new GraphQLError(`Variable "$${name}" is of a type with more than ${MOST_LISTS} lists in one another.`, {
          nodes: tooDeep.variable,
        }),
      );
      // Nothing below it is looked at, by this rule or another.
      return null;
    }
    return undefined;
  },
});

function isTooDeep(type: TypeNode): boolean {
  let lists = 0;
  for (let inner = type; inner.kind !== Kind.NAMED_TYPE; inner = inner.type) {
    if (inner.kind === Kind.LIST_TYPE && ++lists > MOST_LISTS) return true;
  }
  return false;
}
