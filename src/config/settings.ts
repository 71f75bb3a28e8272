import type { Provider } from '../analytics/provider.ts';
import type { ApiKeyHash } from './api-key-list.ts';
import { readApiKeys } from './api-key-list.ts';
import { parseConfigFile } from './config-file.ts';
import type { ConfigurationMistake } from './configuration-error.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { DataSourceEntry } from './data-source-entry.ts';
import type { Environment, LogLevel, Variable } from './environment.ts';
import {
  ALLOWED_HOSTS,
  anyText,
  HOST,
  LOG_LEVEL,
  onOrOff,
  readVariable,
  SANDBOX_TODAY,
  wholeNumber,
} from './environment.ts';
import type { ExportsSettings } from './export-settings.ts';
import { readExportsSettings } from './export-settings.ts';
import type { ReadFile } from './text-file.ts';
import { isMissingFile, readTextFile, toReadFailure } from './text-file.ts';

/** Everything that can be set from outside, checked. docs/configuration.md has it for people. */
export interface Settings {
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  /** The one deadline of a whole GraphQL operation. */
  readonly requestTimeoutMs: number;
  /** The most that one operation may cost, by the schema's own costs. */
  readonly operationCostLimit: number;
  readonly logLevel: LogLevel;
  /** Further names, lower case, that the Host header may carry. */
  readonly allowedHosts: readonly string[];
  readonly apiKeys: readonly ApiKeyHash[];
  /** True where a proxy in front is trusted to ask who is calling. */
  readonly allowUnauthenticated: boolean;
  /** Whether the schema says, for routers to hold it, who may ask what. */
  readonly federationAuthDirectives: boolean;
  /** Null where there is no configuration file: run the sandbox. */
  readonly dataSources: readonly DataSourceEntry[] | null;
  readonly sandbox: SandboxSettings;
  readonly exports: ExportsSettings;
}

/** What the sandbox's made-up world depends on; what is absent is the sandbox's to choose. */
export interface SandboxSettings {
  /** YYYY-MM-DD; the world ends the day before. */
  readonly today?: string;
  readonly seed?: number;
  /** The path of a file with raw events. */
  readonly eventsFile?: string;
}

/** What {@link loadSettings} reads from. */
export interface LoadSettingsOptions {
  /** The process's own where left out. */
  readonly env?: Environment;
  readonly providers: readonly Provider[];
  /** The file system's where left out. */
  readonly readFile?: ReadFile;
}

const DEFAULT_PATH = 'tributary.config.yaml';

/** Read the environment and the configuration file; throws one {@link ConfigurationError} with every mistake of both. */
export function loadSettings({ env = process.env, providers, readFile = readTextFile }: LoadSettingsOptions): Settings {
  const mistakes: ConfigurationMistake[] = [];
  const read = <T, F>(variable: Variable<T>, fallback: F): T | F => readVariable(env, variable, { fallback, mistakes });
  const today = read(SANDBOX_TODAY, undefined);
  const seed = read(wholeNumber('SANDBOX_SEED', 0, 0xffff_ffff), undefined);
  const eventsFile = read(anyText('SANDBOX_EVENTS'), undefined);
  const environment = {
    host: read(HOST, '127.0.0.1'),
    port: read(wholeNumber('PORT', 0, 65_535), 4000),
    requestTimeoutMs: read(wholeNumber('REQUEST_TIMEOUT_MS', 1, 3_600_000), 30_000),
    operationCostLimit: read(wholeNumber('OPERATION_COST_LIMIT', 1, 1_000_000_000), 100_000),
    logLevel: read(LOG_LEVEL, 'info'),
    allowedHosts: read(ALLOWED_HOSTS, []),
    apiKeys: readApiKeys(env, mistakes),
    allowUnauthenticated: read(onOrOff('TRIBUTARY_ALLOW_UNAUTHENTICATED'), false),
    federationAuthDirectives: read(onOrOff('FEDERATION_AUTH_DIRECTIVES'), false),
    sandbox: {
      ...(today !== undefined && { today }),
      ...(seed !== undefined && { seed }),
      ...(eventsFile !== undefined && { eventsFile }),
    },
    exports: readExportsSettings(read),
  };
  const path = read(anyText('TRIBUTARY_CONFIG'), undefined);
  const dataSources = loadDataSources({ env, providers, readFile }, { path, mistakes });
  if (mistakes.length > 0) throw new ConfigurationError(mistakes, path ?? (dataSources === null ? null : DEFAULT_PATH));
  return { ...environment, dataSources };
}

interface FileContext {
  /** What TRIBUTARY_CONFIG says; undefined where it is silent. */
  readonly path: string | undefined;
  readonly mistakes: ConfigurationMistake[];
}

function loadDataSources(
  { env, providers, readFile }: Required<LoadSettingsOptions>,
  { path, mistakes }: FileContext,
): DataSourceEntry[] | null {
  try {
    const text = readFile(path ?? DEFAULT_PATH);
    return parseConfigFile(text, { env, providers, readFile, path: path ?? DEFAULT_PATH });
  } catch (error) {
    if (error instanceof ConfigurationError) {
      mistakes.push(...error.mistakes);
      return [];
    }
    if (path === undefined && isMissingFile(error)) return null;
    const field = path === undefined ? DEFAULT_PATH : 'TRIBUTARY_CONFIG';
    const found = `${JSON.stringify(path ?? DEFAULT_PATH)} (${toReadFailure(error)})`;
    mistakes.push({ dataSource: null, field, found, allowed: 'the path of a readable configuration file' });
    return null;
  }
}
