import { CriticalityLevel, diff } from '@graphql-inspector/core';
import {
  buildASTSchema,
  Kind,
  parse,
  specifiedDirectives,
  visit,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { findFederationChanges } from './federation-changes.ts';

/** What has changed in a schema, a sentence each. */
export interface SchemaChanges {
  /** What stops a client, a router or another subgraph that was right before. */
  readonly breaking: readonly string[];
  /** What may surprise one, such as another value of an enum. */
  readonly dangerous: readonly string[];
}

const CLIENT_DIRECTIVES = new Set(specifiedDirectives.map(({ name }) => name));

/** Given a subgraph's SDL as it was and as it is, return what may break those who use it. */
export async function findSchemaChanges(before: string, after: string): Promise<SchemaChanges> {
  const documents = [parse(before), parse(after)] as const;
  const [oldSchema, newSchema] = documents.map(toClientSchema) as [GraphQLSchema, GraphQLSchema];
  const changes = await diff(oldSchema, newSchema);
  const ofLevel = (level: CriticalityLevel): string[] =>
    changes.filter(({ criticality }) => criticality.level === level).map(({ message }) => message);
  return {
    breaking: [...ofLevel(CriticalityLevel.Breaking), ...findFederationChanges(...documents)],
    dangerous: ofLevel(CriticalityLevel.Dangerous),
  };
}

/** What a client sees: without the machinery of federation, and without the advice to routers that directives are. */
function toClientSchema(document: DocumentNode): GraphQLSchema {
  const definitions = document.definitions.filter(
    (definition) => !('name' in definition && /^_|__/.test(definition.name?.value ?? '')),
  );
  const visible = visit(
    { kind: Kind.DOCUMENT, definitions },
    {
      DirectiveDefinition: () => null,
      Directive: ({ name }) => (CLIENT_DIRECTIVES.has(name.value) ? undefined : null),
      FieldDefinition: ({ name }) => (name.value.startsWith('_') ? null : undefined),
    },
  );
  return buildASTSchema(visible, { assumeValidSDL: true });
}
