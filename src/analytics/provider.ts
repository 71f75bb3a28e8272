import type { z } from 'zod';
import { QueryLimitError, UnsupportedCapabilityError } from '../errors.ts';
import type { ProviderCatalog } from './catalog.ts';
import type { CohortAnalysisCapability } from './cohort-analysis.ts';
import type { CohortsCapability } from './cohorts.ts';
import type { ConversionsCapability } from './conversions.ts';
import type { DashboardsCapability } from './dashboards.ts';
import type { DataSource } from './data-source.ts';
import type { DatasetTables } from './datasets.ts';
import type { Clock, Deadline } from './deadline.ts';
import type { EventDefinitionsCapability } from './event-definitions.ts';
import type { EventsCapability } from './events.ts';
import type { ExportsCapability } from './exports.ts';
import type { FunnelsCapability } from './funnels.ts';
import type { Allowance, CreateHttpClient } from './http-client.ts';
import type { LifetimeValueCapability } from './lifetime-value.ts';
import type { MetricsCapability } from './metrics.ts';
import type { NativeAnswers, NativeFiles, NativeQuestions } from './native-files.ts';
import { findRefusalReason } from './refusal-reasons.ts';
import type { RetentionCapability } from './retention.ts';
import type { TokenStore } from './token-store.ts';
import type { UsersCapability } from './users.ts';

/** An analytics provider: a folder of `src/providers` and a value. */
export interface Provider<Config = unknown> {
  /** The folder's name, and what `provider:` says in the configuration. */
  readonly id: string;
  /** As the vendor writes it. */
  readonly name: string;
  readonly docsUrl: string;
  /** One data source's entry in the configuration file, without `key`, `name` and `provider`. */
  readonly config: z.ZodType<Config>;
  /** Given one checked entry, return the connection. No request is made here. */
  connect(config: Config, services: ProviderServices): ProviderConnection;
}

/** What the house hands to a provider. */
export interface ProviderServices {
  readonly createHttpClient: CreateHttpClient;
  readonly clock: Clock;
  /** Where tokens are kept that are exchanged for credentials: one place for all data sources. */
  readonly tokens: TokenStore;
}

/** One data source, connected. */
export interface ProviderConnection {
  /** The IANA time zone whose days its numbers are; null where the provider does not say. */
  readonly timezone: string | null;
  readonly capabilities: ProviderCapabilities;
  readonly catalog: ProviderCatalog;
  /** Which of its exported rows analyses are computed over that the provider does not answer itself; absent where none are. */
  readonly datasets?: DatasetTables;
  /** The provider's cheapest authenticated call: resolves if our credentials work, else throws an error of the taxonomy. */
  checkAccess(deadline: Deadline): Promise<void>;
  allowances(): readonly Allowance[];
}

/** What a data source can answer. Absent means unsupported; there is no other flag. */
export interface ProviderCapabilities {
  readonly metrics?: MetricsCapability & NativeAnswers<'metrics'>;
  readonly funnels?: FunnelsCapability & NativeAnswers<'funnels'>;
  readonly conversions?: ConversionsCapability & NativeAnswers<'conversions'>;
  readonly retention?: RetentionCapability & NativeAnswers<'retention'>;
  readonly 'cohort-analysis'?: CohortAnalysisCapability & NativeAnswers<'cohort-analysis'>;
  readonly 'lifetime-value'?: LifetimeValueCapability & NativeAnswers<'lifetime-value'>;
  readonly events?: EventsCapability;
  readonly users?: UsersCapability;
  readonly 'event-definitions'?: EventDefinitionsCapability;
  readonly cohorts?: CohortsCapability & NativeAnswers<'cohorts'>;
  readonly dashboards?: DashboardsCapability;
  readonly exports?: ExportsCapability;
}

/** A member of {@link ProviderCapabilities}, which is also the file's name in every layer. */
export type CapabilityName = keyof ProviderCapabilities;

/** Every capability, with the words a refusal uses for it. A capability missing here does not compile. */
export const CAPABILITY_NAMES: Readonly<Record<CapabilityName, string>> = {
  metrics: 'metrics',
  funnels: 'funnels',
  conversions: 'conversions',
  retention: 'retention',
  'cohort-analysis': 'cohort analysis',
  'lifetime-value': 'lifetime value',
  events: 'raw events',
  users: 'user profiles',
  'event-definitions': 'event definitions',
  cohorts: 'cohorts',
  dashboards: 'dashboards',
  exports: 'exports of raw rows',
};

/** Given a provider's definition, return it unchanged, its configuration's type inferred. */
export function defineProvider<Config>(provider: Provider<Config>): Provider<Config> {
  return provider;
}

/** Given a data source and a capability, return the capability; throws `CAPABILITY_NOT_SUPPORTED` where it is absent, with the reason where one is known. */
export function requireCapability<Name extends CapabilityName>(
  dataSource: DataSource,
  name: Name,
): NonNullable<ProviderCapabilities[Name]> {
  const { capabilities } = dataSource.connection;
  const capability = capabilities[name];
  if (capability) return capability;
  const offered = Object.keys(capabilities).map((key) => CAPABILITY_NAMES[key as CapabilityName]);
  const refusal = `${dataSource.provider.name} has no ${CAPABILITY_NAMES[name]} (data source "${dataSource.key}").`;
  const reason = findRefusalReason(dataSource.connection, name);
  throw new UnsupportedCapabilityError(
    `${refusal} It offers: ${offered.join(', ') || 'nothing'}.${reason === null ? '' : ` It ${reason}.`}`,
  );
}

/** Given a data source and a capability, return the files in which its provider answers; throws `QUERY_NOT_SUPPORTED` where it has none. */
export function requireNativeFiles<Name extends keyof NativeQuestions>(
  dataSource: DataSource,
  name: Name,
): NativeFiles<NativeQuestions[Name]> {
  const { nativeFiles } = requireCapability(dataSource, name) as NativeAnswers<Name>;
  if (nativeFiles) return nativeFiles;
  throw new QueryLimitError(
    `${dataSource.provider.name} has no file of its own for ${CAPABILITY_NAMES[name]} (data source "${dataSource.key}")`,
  );
}
