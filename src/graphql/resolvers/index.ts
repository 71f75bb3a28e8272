import type { Resolvers } from '../__generated__/resolvers.ts';
import { scalars } from '../scalars.ts';
import { Allowance } from './Allowance.ts';
import { Catalog } from './Catalog.ts';
import { CohortAnalysisReport } from './CohortAnalysisReport.ts';
import { ConversionReport } from './ConversionReport.ts';
import { DataSource } from './DataSource.ts';
import { EventConnection } from './EventConnection.ts';
import { Freshness } from './Freshness.ts';
import { FunnelReport } from './FunnelReport.ts';
import { FunnelStep } from './FunnelStep.ts';
import { LifetimeValueReport } from './LifetimeValueReport.ts';
import { MetricSeries } from './MetricSeries.ts';
import { MetricsReport } from './MetricsReport.ts';
import { Node } from './Node.ts';
import { Period } from './Period.ts';
import { Problem } from './Problem.ts';
import { Query } from './Query.ts';
import { RetentionReport } from './RetentionReport.ts';

/** Every resolver that is not simply the field of its parent. */
export const resolvers: Resolvers = {
  ...scalars,
  Allowance,
  Catalog,
  CohortAnalysisReport,
  ConversionReport,
  DataSource,
  EventConnection,
  Freshness,
  FunnelReport,
  FunnelStep,
  LifetimeValueReport,
  MetricSeries,
  MetricsReport,
  Node,
  Period,
  Problem,
  Query,
  RetentionReport,
};
