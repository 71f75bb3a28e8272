import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Settings } from '../../src/config/settings.ts';
import { loadSettings } from '../../src/config/settings.ts';
import { acme, configurationErrorOf, fakeProviders, mistakeLines } from './fake-providers.ts';

const HASH_A = 'a'.repeat(64);
const HASH_B = `${'0123456789abcdef'.repeat(3)}0123456789ABCDEF`;
const FILE = 'dataSources: [{ key: shop, provider: acme, clientId: abc, clientSecret: "${SECRET}" }]\n';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-settings-'));
  await writeFile(join(folder, 'config.yaml'), FILE);
});

afterAll(() => rm(folder, { recursive: true }));

/** Load with nothing but these variables and, unless a test says otherwise, no configuration file. */
function load(env: Record<string, string>, readFile: (path: string) => string = missing): Settings {
  return loadSettings({ env, providers: fakeProviders, readFile });
}

function missing(path: string): never {
  throw Object.assign(new Error(path), { code: 'ENOENT' });
}

describe('settings', () => {
  it('has defaults for an empty environment', () => {
    expect(load({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      requestTimeoutMs: 30_000,
      operationCostLimit: 100_000,
      logLevel: 'info',
      allowedHosts: [],
      apiKeys: [],
      allowUnauthenticated: false,
      federationAuthDirectives: false,
      dataSources: null,
      sandbox: {},
      exports: {
        folder: './data',
        databaseUrl: null,
        concurrency: 2,
        limits: { perPrincipal: 20, inTotal: 200 },
        keepMs: 259_200_000,
        lifetimeMs: 3_600_000,
        patienceMs: 21_600_000,
        memoryLimitMiB: 256,
        datasetBytes: 20 * 2 ** 30,
        signingKey: null,
      },
    });
  });

  it('reads every variable of the environment', () => {
    const env = {
      HOST: '::',
      PORT: '0',
      REQUEST_TIMEOUT_MS: ' 1500 ',
      OPERATION_COST_LIMIT: '5000',
      LOG_LEVEL: 'debug',
      ALLOWED_HOSTS: 'API.example.com, tributary_1 ,10.0.0.7,',
      TRIBUTARY_API_KEYS: `grafana:${HASH_A}, nightly-job.2:${HASH_B}`,
      TRIBUTARY_ALLOW_UNAUTHENTICATED: '1',
      FEDERATION_AUTH_DIRECTIVES: '1',
      SANDBOX_TODAY: '2026-02-28',
      SANDBOX_SEED: '42',
      SANDBOX_EVENTS: './events.json',
      TRIBUTARY_DATA: '/data',
      DATABASE_URL: 'postgresql://ann:hunter2@db.example:5433/analytics?sslmode=require',
      EXPORT_CONCURRENCY: '4',
      EXPORTS_PER_CALLER: '5',
      EXPORTS_IN_TOTAL: '50',
      EXPORT_KEEP_HOURS: '1',
      EXPORT_LINK_MINUTES: '15',
      EXPORT_PATIENCE_MINUTES: '2',
      EXPORT_MEMORY_MIB: '512',
      DATASETS_MAX_MIB: '100',
      SIGNING_KEY: 'k'.repeat(32),
    };
    expect(load(env)).toEqual({
      host: '::',
      port: 0,
      requestTimeoutMs: 1500,
      operationCostLimit: 5000,
      logLevel: 'debug',
      allowedHosts: ['api.example.com', 'tributary_1', '10.0.0.7'],
      apiKeys: [
        { name: 'grafana', sha256: HASH_A },
        { name: 'nightly-job.2', sha256: HASH_B.toLowerCase() },
      ],
      allowUnauthenticated: true,
      federationAuthDirectives: true,
      dataSources: null,
      sandbox: { today: '2026-02-28', seed: 42, eventsFile: './events.json' },
      exports: {
        folder: '/data',
        databaseUrl: 'postgresql://ann:hunter2@db.example:5433/analytics?sslmode=require',
        concurrency: 4,
        limits: { perPrincipal: 5, inTotal: 50 },
        keepMs: 3_600_000,
        lifetimeMs: 900_000,
        patienceMs: 120_000,
        memoryLimitMiB: 512,
        datasetBytes: 104_857_600,
        signingKey: 'k'.repeat(32),
      },
    });
  });

  it('takes an empty variable for unset', () => {
    const names = [
      ...['HOST', 'PORT', 'LOG_LEVEL', 'TRIBUTARY_API_KEYS', 'TRIBUTARY_CONFIG', 'SANDBOX_SEED'],
      ...['TRIBUTARY_DATA', 'DATABASE_URL', 'EXPORT_KEEP_HOURS', 'SIGNING_KEY'],
    ];
    expect(load(Object.fromEntries(names.map((name) => [name, ' '])))).toEqual(load({}));
  });

  it.each([
    ['HOST', 'http://x', 'found "http://x"; allowed: an IP address or a host name, without port and brackets'],
    ['HOST', '[::1]', 'found "[::1]"; allowed: an IP address or a host name, without port and brackets'],
    ['HOST', '0.0.0.0:80', 'found "0.0.0.0:80"; allowed: an IP address or a host name, without port and brackets'],
    ['PORT', 'http', 'found "http"; allowed: a whole number from 0 to 65535'],
    ['PORT', '65536', 'found "65536"; allowed: a whole number from 0 to 65535'],
    ['PORT', '-1', 'found "-1"; allowed: a whole number from 0 to 65535'],
    ['PORT', '0x10', 'found "0x10"; allowed: a whole number from 0 to 65535'],
    ['REQUEST_TIMEOUT_MS', '0', 'found "0"; allowed: a whole number from 1 to 3600000'],
    ['REQUEST_TIMEOUT_MS', '30s', 'found "30s"; allowed: a whole number from 1 to 3600000'],
    ['OPERATION_COST_LIMIT', '0', 'found "0"; allowed: a whole number from 1 to 1000000000'],
    ['LOG_LEVEL', 'INFO', 'found "INFO"; allowed: silent, fatal, error, warn, info, debug or trace'],
    [
      'ALLOWED_HOSTS',
      'ok.com,https://x',
      'found "ok.com,https://x"; allowed: host names separated by commas, without scheme and port',
    ],
    ['ALLOWED_HOSTS', 'x.com:80', 'found "x.com:80"; allowed: host names separated by commas, without scheme and port'],
    ['TRIBUTARY_ALLOW_UNAUTHENTICATED', 'true', 'found "true"; allowed: 1 or 0'],
    ['TRIBUTARY_ALLOW_UNAUTHENTICATED', 'constructor', 'found "constructor"; allowed: 1 or 0'],
    ['SANDBOX_TODAY', '2026-02-30', 'found "2026-02-30"; allowed: a day as YYYY-MM-DD'],
    ['EXPORT_CONCURRENCY', '0', 'found "0"; allowed: a whole number from 1 to 32'],
    ['EXPORTS_PER_CALLER', '0', 'found "0"; allowed: a whole number from 1 to 100000'],
    ['EXPORTS_IN_TOTAL', '-1', 'found "-1"; allowed: a whole number from 1 to 100000'],
    ['EXPORT_KEEP_HOURS', '8785', 'found "8785"; allowed: a whole number from 1 to 8784'],
    ['EXPORT_LINK_MINUTES', '1h', 'found "1h"; allowed: a whole number from 1 to 10080'],
    ['EXPORT_PATIENCE_MINUTES', '10081', 'found "10081"; allowed: a whole number from 1 to 10080'],
    ['EXPORT_MEMORY_MIB', '63', 'found "63"; allowed: a whole number from 64 to 1048576'],
    ['DATASETS_MAX_MIB', '15', 'found "15"; allowed: a whole number from 16 to 1073741824'],
    ['SANDBOX_SEED', '1.5', 'found "1.5"; allowed: a whole number from 0 to 4294967295'],
    [
      'TRIBUTARY_CONFIG',
      '/gone.yaml',
      'found "/gone.yaml" (no such file); allowed: the path of a readable configuration file',
    ],
  ])('refuses %s=%s', (name, value, rest) => {
    expect(mistakeLines(() => load({ [name]: value }))).toEqual([`${name}: ${rest}`]);
  });

  it.each(['postgres://db', 'postgresql:///analytics?host=/run/postgresql', 'postgres://ann:p%40ss@[::1]:5432/a'])(
    'takes the database %s',
    (url) => {
      expect(load({ DATABASE_URL: url }).exports.databaseUrl).toBe(url);
    },
  );

  const DATABASE_ALLOWED = 'the address of a Postgres server, postgres://user:password@host:5432/name';
  it.each([
    ['DATABASE_URL', 'mysql://ann:hunter2@db/a', 24, DATABASE_ALLOWED],
    ['DATABASE_URL', 'host=db password=hunter2', 24, DATABASE_ALLOWED],
    ['DATABASE_URL', 'postgres://ann:hunter2%zz@db', 28, DATABASE_ALLOWED],
    ['DATABASE_URL', 'postgres://ann:hunter2@db:99999', 31, DATABASE_ALLOWED],
    ['SIGNING_KEY', 'hunter2', 7, 'a random text of at least 32 characters'],
  ])('refuses %s=%s without showing it', (name, value, length, allowed) => {
    const lines = mistakeLines(() => load({ [name]: value }));
    expect(lines).toEqual([`${name}: found a secret of ${length} characters; allowed: ${allowed}`]);
  });

  const KEYS_ALLOWED =
    'allowed: name:hash, the name of letters, digits, ".", "_" and "-", the hash of 64 hexadecimal digits';
  it.each([
    ['hunter2', 'entry 1, which is not a name and a hash'],
    [`ok:${HASH_A},me:hunter2`, 'entry 2, which is not a name and a hash'],
    [`my hunter2:${HASH_A}`, 'entry 1, which is not a name and a hash'],
    [`a:${HASH_A},b:${HASH_A.toUpperCase()}`, 'entry 2, which is the hash of an earlier entry'],
    [
      'me:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'entry 1, which is the hash of an empty key',
    ],
    [
      'me:01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b',
      'entry 1, which is the hash of an empty key',
    ],
  ])('refuses the API keys %s without showing them', (keys, found) => {
    const lines = mistakeLines(() => load({ TRIBUTARY_API_KEYS: keys }));
    expect(lines).toEqual([`TRIBUTARY_API_KEYS: found ${found}; ${KEYS_ALLOWED}`]);
  });

  it('reads the file that TRIBUTARY_CONFIG names', () => {
    const env = { TRIBUTARY_CONFIG: join(folder, 'config.yaml'), SECRET: '0123456789' };
    const { dataSources } = loadSettings({ env, providers: fakeProviders });
    expect(dataSources).toEqual([
      {
        key: 'shop',
        name: 'shop',
        provider: acme,
        config: { clientId: 'abc', clientSecret: '0123456789', apiVersion: 'v2', retries: 3 },
      },
    ]);
  });

  it('falls back on tributary.config.yaml here', () => {
    const asked: string[] = [];
    const { dataSources } = load({ SECRET: '0123456789' }, (path) => {
      asked.push(path);
      return FILE;
    });
    expect(asked).toEqual(['tributary.config.yaml']);
    expect(dataSources).toHaveLength(1);
  });

  it('does not take an unreadable file for none', () => {
    const denied = (): never => {
      throw Object.assign(new Error(), { code: 'EACCES' });
    };
    expect(mistakeLines(() => load({}, denied))).toEqual([
      'tributary.config.yaml: found "tributary.config.yaml" (permission denied); allowed: the path of a readable configuration file',
    ]);
    expect(mistakeLines(() => loadSettings({ env: { TRIBUTARY_CONFIG: folder }, providers: fakeProviders }))).toEqual([
      `TRIBUTARY_CONFIG: found ${JSON.stringify(folder)} (a folder, not a file); allowed: the path of a readable configuration file`,
    ]);
  });

  it('tells environment and file mistakes at once', () => {
    const { message, mistakes } = configurationErrorOf(() => load({ PORT: 'x', LOG_LEVEL: 'y' }, () => FILE));
    expect(message).toBe(`Tributary cannot start: 3 mistakes in the environment or in tributary.config.yaml.
  PORT: found "x"; allowed: a whole number from 0 to 65535
  LOG_LEVEL: found "y"; allowed: silent, fatal, error, warn, info, debug or trace
  data source "shop", clientSecret: found \${SECRET}, and the environment variable SECRET is not set; allowed: a variable that is set and not empty`);
    expect(mistakes[2]).toEqual({
      dataSource: 'shop',
      field: 'clientSecret',
      found: '${SECRET}, and the environment variable SECRET is not set',
      allowed: 'a variable that is set and not empty',
    });
  });

  it('blames only the environment without a file', () => {
    const { message } = configurationErrorOf(() => load({ PORT: 'x' }));
    expect(message.split('\n')[0]).toBe('Tributary cannot start: one mistake in the environment.');
  });
});
