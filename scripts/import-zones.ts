import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listFolders } from './folders.ts';

/** One ban of `import-x/no-restricted-paths`: what `target` may not import, and why. */
export interface ImportZone {
  readonly target: string;
  readonly from: string;
  readonly except: string[];
  readonly message: string;
}

interface Layer {
  /** What it may import besides its own files, from the top of src. */
  readonly mayImport: readonly string[];
  readonly reason: string;
}

const SINGLE_DOOR =
  'Only src/server.ts puts the parts together: declare an interface of your own and have it handed in.';

/** Who may import whom; ARCHITECTURE.md draws it. A folder of src that is missing here may import nothing of the others. */
const LAYERS: Readonly<Record<string, Layer>> = {
  'errors.ts': { mayImport: [], reason: 'The taxonomy of errors is what everything else stands on.' },
  analytics: {
    mayImport: ['errors.ts'],
    reason: 'The domain is pure: it knows neither providers nor doors nor the network.',
  },
  'system-clock.ts': {
    mayImport: ['analytics/deadline.ts'],
    reason: 'The clock knows the port that it implements, nothing else.',
  },
  http: {
    mayImport: ['analytics/http-client.ts', 'analytics/token-store.ts', 'analytics/deadline.ts', 'errors.ts'],
    reason: 'How we talk to providers does not depend on what is asked of them: only the ports that it implements.',
  },
  access: { mayImport: ['errors.ts'], reason: 'Who may ask does not depend on what is asked.' },
  config: {
    mayImport: ['analytics', 'errors.ts'],
    reason: 'The configuration is given the providers, it does not know them.',
  },
  tabular: { mayImport: ['analytics', 'errors.ts'], reason: 'A table is a pure function of a report.' },
  reports: { mayImport: ['tabular', 'analytics', 'errors.ts'], reason: SINGLE_DOOR },
  store: {
    // exports/task.ts is the port: the types of the records, whose fields the store must know to keep them.
    mayImport: ['exports/task.ts', 'errors.ts'],
    reason: 'How state is kept does not depend on what is done with it: only on the records that it keeps.',
  },
  warehouse: {
    mayImport: ['tabular', 'analytics', 'errors.ts'],
    reason: 'Rows at rest know the domain, not the doors.',
  },
  exports: {
    mayImport: ['reports', 'warehouse', 'tabular', 'store', 'analytics', 'errors.ts'],
    reason: SINGLE_DOOR,
  },
  datasets: {
    mayImport: ['exports', 'warehouse', 'store', 'analytics', 'errors.ts'],
    reason: SINGLE_DOOR,
  },
  graphql: {
    mayImport: ['datasets', 'exports', 'reports', 'access', 'tabular', 'analytics', 'errors.ts'],
    reason: SINGLE_DOOR,
  },
  routes: { mayImport: ['exports', 'reports', 'access', 'tabular', 'analytics', 'errors.ts'], reason: SINGLE_DOOR },
  providers: {
    mayImport: ['analytics', 'http', 'errors.ts'],
    reason: 'A provider knows the domain and how to talk to its API; the house hands it everything else in `connect`.',
  },
  sandbox: {
    mayImport: [],
    reason: 'Emulators are written from the documents; shared code would share its mistakes with the adapters.',
  },
  'main.ts': { mayImport: ['server.ts', 'config', 'system-clock.ts', 'errors.ts'], reason: SINGLE_DOOR },
};

/** Given the top of the repository, return every ban on imports, made from the folders that are there. */
export function createImportZones(root: string): ImportZone[] {
  const entries = readdirSync(join(root, 'src')).filter((entry) => entry !== 'server.ts');
  return [
    ...entries.map(layerZone),
    ...siblingZones(root, 'src/providers', 'A provider is complete in its folder: it never imports another provider.'),
    ...siblingZones(root, 'src/sandbox', 'An emulator is complete in its folder: emulators share only the world.'),
    ...['test', 'scripts', 'bench'].map((folder) => ({
      target: './src',
      from: `./${folder}`,
      except: [],
      message: `src runs without ${folder}.`,
    })),
  ];
}

function layerZone(entry: string): ImportZone {
  const { mayImport, reason } = LAYERS[entry] ?? {
    mayImport: [],
    reason: 'Say in scripts/import-zones.ts what it may import.',
  };
  const allowed = [entry, ...mayImport].map((path) => `./${path}`);
  return { target: `./src/${entry}`, from: './src', except: allowed, message: reason };
}

/** A zone for each pair of providers (or emulators): they may import what lies beside them, but nothing of each other. */
function siblingZones(root: string, folder: string, message: string): ImportZone[] {
  const names = listFolders(join(root, folder));
  return names.flatMap((name) =>
    names
      .filter((other) => other !== name)
      .map((other) => ({ target: `./${folder}/${name}`, from: `./${folder}/${other}`, except: [], message })),
  );
}
