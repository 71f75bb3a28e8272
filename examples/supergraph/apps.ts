import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import DataLoader from 'dataloader';
import { parse } from 'graphql';

interface App {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  /** Keys of Tributary's data sources. */
  readonly sources: readonly string[];
}

// In the place of a database.
const APPS: readonly App[] = [
  {
    id: 'mobile',
    name: 'Wellness for phones',
    team: 'Mobile',
    sources: ['sandbox-adapty', 'sandbox-instal', 'sandbox-mytracker'],
  },
  { id: 'web', name: 'Wellness in the browser', team: 'Web', sources: ['sandbox-openpanel'] },
  { id: 'china', name: 'Wellness for China', team: 'Shanghai', sources: ['sandbox-growingio'] },
];

/** A gateway asks for many things at once: a loader for each operation finds them all in one look at the database. */
function createContext() {
  return {
    appById: new DataLoader<string, App | null>(async (ids) =>
      ids.map((id) => APPS.find((app) => app.id === id) ?? null),
    ),
    appBySource: new DataLoader<string, App | null>(async (keys) =>
      keys.map((key) => APPS.find(({ sources }) => sources.includes(key)) ?? null),
    ),
  };
}

type Context = ReturnType<typeof createContext>;

const resolvers = {
  Query: {
    apps: () => APPS,
    app: (_: unknown, { id }: { id: string }, { appById }: Context) => appById.load(id),
  },
  App: {
    __resolveReference: ({ id }: { id: string }, { appById }: Context) => appById.load(id),
    // The key is enough: the gateway asks Tributary for the rest.
    dataSources: ({ sources }: App) => sources.map((key) => ({ key })),
  },
  DataSource: {
    app: ({ key }: { key: string }, _: unknown, { appBySource }: Context) => appBySource.load(key),
  },
};

const typeDefs = parse(readFileSync(new URL('apps.graphql', import.meta.url), 'utf8'));
const server = new ApolloServer<Context>({
  schema: buildSubgraphSchema([{ typeDefs, resolvers }]),
  plugins: [ApolloServerPluginInlineTraceDisabled()],
});
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: Number(process.env['APPS_PORT'] ?? 4001) },
  context: async () => createContext(),
});
console.log(`apps is at ${url}`);
