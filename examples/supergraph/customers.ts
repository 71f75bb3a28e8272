import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import DataLoader from 'dataloader';
import { parse } from 'graphql';

interface Customer {
  readonly id: string;
  readonly name: string;
  readonly plan: 'FREE' | 'TEAM' | 'BUSINESS';
  readonly accountManager: string;
  readonly users: readonly UserKey[];
}

/** How Tributary names somebody. */
interface UserKey {
  readonly source: { readonly key: string };
  readonly nativeId: string;
}

function userOf(key: string, nativeId: string): UserKey {
  return { source: { key }, nativeId };
}

// In the place of a database. The sandbox has these people whatever its day and its seed are.
const CUSTOMERS: readonly Customer[] = [
  {
    id: 'kestrel-books',
    name: 'Kestrel Books',
    plan: 'TEAM',
    accountManager: 'Maja Lind',
    users: [userOf('sandbox-openpanel', 'user_0gz2'), userOf('sandbox-openpanel', 'user_0gz3')],
  },
  {
    id: 'hartmann',
    name: 'Hartmann & Söhne',
    plan: 'BUSINESS',
    accountManager: 'Ola Berg',
    users: [userOf('sandbox-openpanel', '10427'), userOf('sandbox-growingio', 'user_0000')],
  },
  {
    id: 'blue-heron',
    name: 'Blue Heron Travel',
    plan: 'FREE',
    accountManager: 'Maja Lind',
    users: [userOf('sandbox-openpanel', 'user_0gz1')],
  },
];

/** A gateway asks for many things at once: a loader for each operation finds them all in one look at the database. */
function createContext() {
  return {
    customerById: new DataLoader<string, Customer | null>(async (ids) =>
      ids.map((id) => CUSTOMERS.find((customer) => customer.id === id) ?? null),
    ),
    customerByUser: new DataLoader<UserKey, Customer | null, string>(
      async (keys) => keys.map((key) => CUSTOMERS.find(({ users }) => users.some((user) => isSame(user, key))) ?? null),
      { cacheKeyFn: ({ source, nativeId }) => JSON.stringify([source.key, nativeId]) },
    ),
  };
}

function isSame(one: UserKey, other: UserKey): boolean {
  return one.source.key === other.source.key && one.nativeId === other.nativeId;
}

type Context = ReturnType<typeof createContext>;

const resolvers = {
  Query: {
    customers: () => CUSTOMERS,
    customer: (_: unknown, { id }: { id: string }, { customerById }: Context) => customerById.load(id),
  },
  Customer: {
    __resolveReference: ({ id }: { id: string }, { customerById }: Context) => customerById.load(id),
    // The keys are enough: the gateway asks Tributary for the rest.
    users: ({ users }: Customer) => users.map(({ source, nativeId }) => userOf(source.key, nativeId)),
  },
  User: {
    customer: (user: UserKey, _: unknown, { customerByUser }: Context) => customerByUser.load(user),
  },
};

const typeDefs = parse(readFileSync(new URL('customers.graphql', import.meta.url), 'utf8'));
const server = new ApolloServer<Context>({
  schema: buildSubgraphSchema([{ typeDefs, resolvers }]),
  plugins: [ApolloServerPluginInlineTraceDisabled()],
});
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: Number(process.env['CUSTOMERS_PORT'] ?? 4002) },
  context: async () => createContext(),
});
console.log(`customers is at ${url}`);
