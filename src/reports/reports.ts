import type { CohortAnalysisReport, CohortAnalysisRequest } from '../analytics/cohort-analysis.ts';
import type { ConversionReport, ConversionRequest } from '../analytics/conversions.ts';
import type { DataSource, DataSources } from '../analytics/data-source.ts';
import type { Clock, Deadline } from '../analytics/deadline.ts';
import type { EventsReport, EventsRequest } from '../analytics/events.ts';
import type { FunnelReport, FunnelRequest } from '../analytics/funnels.ts';
import type { LifetimeValueReport, LifetimeValueRequest } from '../analytics/lifetime-value.ts';
import type { MetricsReport, MetricsRequest } from '../analytics/metrics.ts';
import type { RetentionReport, RetentionRequest } from '../analytics/retention.ts';
import { reportCohortAnalysis } from './cohort-analysis.ts';
import { reportConversion } from './conversions.ts';
import type { EventNames } from './event-names.ts';
import { reportEvents, type EventsPaging } from './events.ts';
import { createFailures, type FailureLog, type Failures } from './failures.ts';
import { reportFunnel } from './funnels.ts';
import { reportLifetimeValue } from './lifetime-value.ts';
import { checkHealth, type DataSourceHealth } from './health.ts';
import { createListings, type Listings } from './listings.ts';
import { createMetricsReports } from './metrics.ts';
import { createNativeListings, type NativeListings } from './native-listings.ts';
import { nameFailure } from './once.ts';
import { reportRetention } from './retention.ts';
import { createUsers, type Users } from './users.ts';

/** What an operation is answered with. */
export interface ReportServices {
  readonly dataSources: DataSources;
  readonly eventNames: EventNames;
  readonly clock: Clock;
  /** Named after the operation, so that a line in it can be found by the request's id. */
  readonly log: FailureLog;
}

/** Everything one operation can ask. Equal questions of the same operation reach a provider once. */
export interface Reports {
  metrics(request: MetricsRequest): Promise<MetricsReport>;
  funnel(request: FunnelRequest): Promise<FunnelReport>;
  conversion(request: ConversionRequest): Promise<ConversionReport>;
  retention(request: RetentionRequest): Promise<RetentionReport>;
  cohortAnalysis(request: CohortAnalysisRequest): Promise<CohortAnalysisReport>;
  lifetimeValue(request: LifetimeValueRequest): Promise<LifetimeValueReport>;
  events(request: EventsRequest, paging: EventsPaging): Promise<EventsReport>;
  /** Names of the events ever sent; null where the provider cannot list them. */
  eventNames(dataSource: DataSource): Promise<readonly string[] | null>;
  readonly listings: Listings;
  readonly nativeListings: NativeListings;
  readonly users: Users;
  health(dataSource: DataSource): Promise<DataSourceHealth>;
  /** Whether a failure stands beside an answer that was given so far: asked again, the same question may be answered otherwise. */
  hasProblems(): boolean;
}

/** Given the process's services and one operation's deadline, return what answers the operation's questions. */
export function createReports(shared: ReportServices, deadline: Deadline): Reports {
  const toProblem = createFailures(shared.clock, shared.log);
  let hasProblems = false;
  const services = {
    ...shared,
    deadline,
    toProblem: ((error, dataSource) => {
      hasProblems = true;
      return toProblem(error, dataSource);
    }) satisfies Failures,
  };
  const metrics = createMetricsReports(services);
  return {
    metrics,
    funnel: (request) => reportFunnel(request, services),
    conversion: (request) => reportConversion(request, services),
    retention: (request) => reportRetention(request, services),
    cohortAnalysis: (request) => reportCohortAnalysis(request, services),
    lifetimeValue: (request) => reportLifetimeValue(request, { ...services, metrics }),
    events: (request, paging) => reportEvents(request, paging, services),
    eventNames: (dataSource) => nameFailure(dataSource, () => shared.eventNames.list(dataSource, deadline)),
    listings: createListings(deadline),
    nativeListings: createNativeListings(services),
    users: createUsers(services),
    health: (dataSource) => checkHealth(dataSource, services),
    hasProblems: () => hasProblems,
  };
}
