import { createHash } from 'node:crypto';
import {
  ApolloClient,
  ApolloLink,
  HttpLink,
  InMemoryCache,
  type PossibleTypesMap,
  type TypePolicies,
} from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { OperationTypeNode } from 'graphql';
import { createSubscriptionClient } from './subscription-client.ts';

/** Where to ask, and how. */
export interface ApolloOptions {
  readonly url: string;
  readonly apiKey?: string;
  readonly facts: SchemaFacts;
  /** The platform's where left out. */
  readonly fetch?: typeof fetch;
  /** Whether operations are sent by their hash, queries by GET. */
  readonly hashes?: boolean;
}

/** What the cache must know of the schema. */
export interface SchemaFacts {
  /** The types of each interface. */
  readonly possibleTypes: PossibleTypesMap;
  /** Types whose things have no id: they are parts of what they are asked through. */
  readonly values: readonly string[];
}

interface IntrospectedType {
  readonly kind: string;
  readonly name: string;
  readonly possibleTypes: readonly { readonly name: string }[] | null;
  readonly interfaces: readonly { readonly name: string }[] | null;
}

/** Ask a server for what the cache must know of its schema. Keep the answer as a file beside the client. */
export async function readSchemaFacts(url: string, headers: Record<string, string> = {}): Promise<SchemaFacts> {
  const query = '{ __schema { types { kind name possibleTypes { name } interfaces { name } } } }';
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const { data } = (await response.json()) as { data: { __schema: { types: IntrospectedType[] } } };
  const { types } = data.__schema;
  const abstract = types.filter(({ kind }) => kind === 'INTERFACE' || kind === 'UNION');
  const objects = types.filter(({ kind, name }) => kind === 'OBJECT' && !name.startsWith('__'));
  const roots = ['Query', 'Mutation', 'Subscription'];
  return {
    possibleTypes: Object.fromEntries(
      abstract.map(({ name, possibleTypes }) => [name, possibleTypes?.map((type) => type.name) ?? []]),
    ),
    values: objects
      .filter(({ name, interfaces }) => !roots.includes(name) && !interfaces?.some((type) => type.name === 'Node'))
      .map(({ name }) => name),
  };
}

/** What the cache is told of the schema. */
export function createTypePolicies({ values }: SchemaFacts): TypePolicies {
  return {
    // Two questions for parts of the same thing complete each other; without this the later answer replaces the earlier.
    ...Object.fromEntries(values.map((name) => [name, { merge: true }])),
    // The id of an event is the provider's own: two data sources may use the same one.
    Event: { keyFields: false },
    // A page is added to the pages before it; what is named here keeps lists apart.
    Query: {
      fields: {
        events: relayStylePagination(['query']),
        exportTasks: relayStylePagination(['filter']),
      },
    },
    DataSource: { fields: { cohorts: relayStylePagination(), eventDefinitions: relayStylePagination() } },
    Cohort: { fields: { members: relayStylePagination() } },
    User: { fields: { events: relayStylePagination(['period', 'timezone', 'names']) } },
  };
}

/** Return a client with a cache; stop it where it is no longer needed. */
export function createApolloClient({ url, apiKey, facts, fetch, hashes = false }: ApolloOptions): ApolloClient {
  const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const http = new HttpLink({ uri: url, headers, ...(fetch && { fetch }) });
  const hashed = new PersistedQueryLink({
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    useGETForHashedQueries: true,
  });
  const socket = new GraphQLWsLink(createSubscriptionClient({ url, ...(apiKey !== undefined && { apiKey }) }));
  return new ApolloClient({
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      socket,
      hashes ? hashed.concat(http) : http,
    ),
    cache: new InMemoryCache({ possibleTypes: facts.possibleTypes, typePolicies: createTypePolicies(facts) }),
  });
}
