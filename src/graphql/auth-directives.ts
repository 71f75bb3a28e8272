import {
  Kind,
  parse,
  valueFromASTUntyped,
  visit,
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from 'graphql';

type Scope = 'analytics:read' | 'exports:read' | 'exports:write';

/** Any one of these opens it. */
type AnyOf = readonly Scope[];

/** What the fields of a root type need, and those that need something else. */
const ROOT_FIELDS: Readonly<Record<string, { readonly usual: AnyOf } & Readonly<Record<string, AnyOf>>>> = {
  Query: {
    usual: ['analytics:read'],
    // What is found is an entity, and says itself what it needs.
    node: ['analytics:read', 'exports:read'],
    exportTask: ['exports:read'],
    exportTasks: ['exports:read'],
  },
  Mutation: { usual: ['exports:write'] },
  Subscription: { usual: ['exports:read'] },
};

/** What entities need, which other subgraphs lead to without any root field of ours. */
const ENTITIES: { readonly usual: AnyOf } & Readonly<Record<string, AnyOf>> = {
  usual: ['analytics:read'],
  // Whoever may start an export sees the task that comes of it.
  ExportTask: ['exports:read', 'exports:write'],
};

const FEDERATION = 'https://specs.apollo.dev/federation/';

/** Given the schema as a document, return it with the directives by which routers ask who is calling, on every root field and entity. */
export function withAuthDirectives(typeDefs: DocumentNode): DocumentNode {
  return visit(typeDefs, {
    Directive: (node) => (isFederationLink(node) ? importing(node) : undefined),
    ObjectTypeDefinition: closed,
    ObjectTypeExtension: closed,
  });
}

function closed<T extends ObjectTypeDefinitionNode | ObjectTypeExtensionNode>(node: T): T {
  const { name, directives = [], fields = [] } = node;
  const root = ROOT_FIELDS[name.value];
  if (root) return { ...node, fields: fields.map((field) => needing(field, root[field.name.value] ?? root.usual)) };
  const isEntity = directives.some((directive) => directive.name.value === 'key');
  return isEntity ? needing(node, ENTITIES[name.value] ?? ENTITIES.usual) : node;
}

function needing<T extends ObjectTypeDefinitionNode | ObjectTypeExtensionNode | FieldDefinitionNode>(
  node: T,
  scopes: AnyOf,
): T {
  return { ...node, directives: [...(node.directives ?? []), ...toDirectives(scopes)] };
}

function toDirectives(scopes: AnyOf): readonly ConstDirectiveNode[] {
  const listed = JSON.stringify(scopes.map((scope) => [scope]));
  const [carrier] = parse(`scalar Carrier @authenticated @requiresScopes(scopes: ${listed})`, {
    noLocation: true,
  }).definitions;
  return carrier?.kind === Kind.SCALAR_TYPE_DEFINITION ? (carrier.directives ?? []) : [];
}

function isFederationLink({ name, arguments: given = [] }: DirectiveNode): boolean {
  const url = given.find((argument) => argument.name.value === 'url');
  return name.value === 'link' && url !== undefined && String(valueFromASTUntyped(url.value)).startsWith(FEDERATION);
}

function importing(link: DirectiveNode): DirectiveNode {
  const added = ['@authenticated', '@requiresScopes'].map((value) => ({ kind: Kind.STRING, value }) as const);
  return {
    ...link,
    arguments: (link.arguments ?? []).map((argument) =>
      argument.value.kind === Kind.LIST && argument.name.value === 'import'
        ? { ...argument, value: { ...argument.value, values: [...argument.value.values, ...added] } }
        : argument,
    ),
  };
}
