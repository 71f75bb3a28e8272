import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { concatAST, isEnumType, parse, Source, validate, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAPABILITY_NAMES, type Provider, type ProviderConnection } from '../src/analytics/provider.ts';
import { loadSettings } from '../src/config/settings.ts';
import { ERROR_CODES } from '../src/errors.ts';
import { providers } from '../src/providers/registry.generated.ts';
import type { RunningEmulator } from '../src/sandbox/define-emulator.ts';
import { emulators } from '../src/sandbox/registry.generated.ts';
import { createWorld } from '../src/sandbox/world.ts';

const ROOT = join(import.meta.dirname, '..');
const CAPABILITIES = Object.keys(CAPABILITY_NAMES);
const NOON = Date.UTC(2026, 0, 31, 12);

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const list = (folder: string): string[] => (existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder)) : []);
const listFolders = (folder: string): string[] =>
  list(folder).filter((entry) => existsSync(join(ROOT, folder, entry, 'index.ts')));

describe('providers', () => {
  it('are the folders, each named after its id', () => {
    expect(providers.map(({ id }) => id)).toEqual(listFolders('src/providers'));
  });

  it('each have an emulator, in a folder named after the same id', () => {
    expect(emulators.map(({ id }) => id)).toEqual(listFolders('src/sandbox'));
    expect(emulators.map(({ id }) => id)).toEqual(providers.map(({ id }) => id));
  });

  describe.each(providers.map((provider): [string, Provider] => [provider.id, provider]))('%s', (id, provider) => {
    let emulator: RunningEmulator | undefined;
    let capabilities: string[];

    beforeAll(async () => {
      const world = createWorld({ today: '2026-01-31' });
      emulator = await emulators.find((candidate) => candidate.id === id)?.start({ world, clock: () => NOON });
      capabilities = Object.keys(connect(provider, emulator?.dataSource ?? {}).capabilities);
    });

    afterAll(() => emulator?.close());

    it('has a file for each capability that it offers, and for no other', () => {
      const files = list(`src/providers/${id}`).map((file) => basename(file, '.ts'));
      expect(files.filter((file) => CAPABILITIES.includes(file)).sort()).toEqual([...capabilities].sort());
    });

    it('has a fixture for each capability that it offers', () => {
      const fixtures = list(`test/providers/${id}/fixtures`).filter((file) => file.endsWith('.json'));
      const covered = new Set(fixtures.map((file) => file.slice(0, file.indexOf('.'))));
      expect(capabilities.filter((capability) => !covered.has(capability))).toEqual([]);
    });

    it.each([`src/providers/${id}/README.md`, `docs/providers/${id}.md`])('is described in %s', (path) => {
      expect(existsSync(join(ROOT, path)), `${path} is missing`).toBe(true);
    });
  });
});

describe('error codes', () => {
  it('are the values of the schema enum', () => {
    const codes = readSchema().getType('ErrorCode');
    expect(isEnumType(codes) && codes.getValues().map(({ name }) => name)).toEqual([...ERROR_CODES]);
  });

  it.each(ERROR_CODES)('%s is in docs/errors.md', (code) => {
    expect(read('docs/errors.md')).toContain(`\`${code}\``);
  });
});

describe('resolver files', () => {
  it('are named after GraphQL types', () => {
    const types = readSchema().getTypeMap();
    const files = list('src/graphql/resolvers').map((file) => basename(file, '.ts'));
    expect(files.filter((file) => file !== 'index' && !(file in types))).toEqual([]);
  });
});

describe('example operations', () => {
  const files = list('examples/operations').filter((file) => file.endsWith('.graphql'));

  it('are there', () => {
    expect(files).not.toEqual([]);
  });

  it.each(files)('%s fits the schema', (file) => {
    const document = parse(new Source(read(`examples/operations/${file}`), file));
    expect(validate(readSchema(), document)).toEqual([]);
  });
});

describe('configuration', () => {
  it('documents every environment variable that is read', () => {
    const documented = read('docs/configuration.md');
    expect(readVariables().filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('files', () => {
  const paths = list('.').flatMap(listFiles);

  it('name no path of the machine they were written on', () => {
    // Where people and machines have their folders, and where this repository is, unless that is as short as /app.
    const folders = ['/home/[a-z]+', '/Users/[A-Za-z]+', '/root', 'C:\\\\Users'];
    if (dirname(ROOT) !== '/') folders.push(RegExp.escape(ROOT));
    const pattern = new RegExp(`(?<![\\w.~-])(?:${folders.join('|')})[/\\\\]`);
    expect(paths.filter((path) => path !== 'test/architecture.test.ts' && pattern.test(read(path)))).toEqual([]);
  });

  it('are named after what is in them', () => {
    const vague = /^(utils?|helpers?|common|types|shared|misc)\.ts$/;
    expect(paths.filter((path) => vague.test(basename(path)))).toEqual([]);
  });
});

/** Given a provider and its emulator's entry in the configuration, connect it; a request made meanwhile fails. */
function connect(provider: Provider, entry: Record<string, unknown>): ProviderConnection {
  const { key: _key, name: _name, provider: _provider, ...config } = entry;
  return provider.connect(provider.config.parse(config), {
    createHttpClient: () => ({
      requestJson: () => Promise.reject(new Error('connect must not make requests')),
      requestText: () => Promise.reject(new Error('connect must not make requests')),
      requestFile: () => Promise.reject(new Error('connect must not make requests')),
      download: () => Promise.reject(new Error('connect must not make requests')),
      downloadText: () => Promise.reject(new Error('connect must not make requests')),
      allowances: () => [],
    }),
    clock: { now: () => NOON, sleep: () => Promise.resolve() },
    tokens: { obtain: () => Promise.reject(new Error('connect must not make requests')) },
  });
}

function readSchema(): GraphQLSchema {
  const files = list('schema').filter((file) => file.endsWith('.graphql'));
  return buildSubgraphSchema([{ typeDefs: concatAST(files.map((file) => parse(read(`schema/${file}`)))) }]);
}

/** The names of the environment variables that the settings are read from. */
function readVariables(): string[] {
  const names = new Set<string>();
  const env = new Proxy<Record<string, string>>({}, { get: (_env, name) => void names.add(String(name)) });
  const readFile = () => {
    throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  };
  loadSettings({ env, providers: [], readFile });
  return [...names];
}

/** The files at a path from the top of the repository, or below it, without those that nobody here has written. */
function listFiles(path: string): string[] {
  // Examples may have packages of their own.
  if (['.git', 'node_modules', 'coverage', 'data'].includes(basename(path))) return [];
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  return readdirSync(join(ROOT, path)).flatMap((entry) => listFiles(`${path}/${entry}`));
}
