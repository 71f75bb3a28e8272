import {
  isAbstractType,
  isIntrospectionType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';

/** Every field of the objects that can be reached from a query or a mutation, as `Type.field`. */
export function listFields(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !isIntrospectionType(type) && type !== schema.getSubscriptionType())
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
}

/** The fields of objects that a document selects, as `Type.field`: of an interface, those of everything that may be it. */
export function listSelected(schema: GraphQLSchema, document: DocumentNode): Set<string> {
  const selected = new Set<string>();
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: ({ name }) => {
        const parent = info.getParentType();
        if (!parent) return;
        const types = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        types.forEach((type) => selected.add(`${type.name}.${name.value}`));
      },
    }),
  );
  return selected;
}
