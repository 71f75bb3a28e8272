import type { Resolvers } from '../__generated__/resolvers.ts';
import { scalars } from '../scalars.ts';
import { Allowance } from './Allowance.ts';
import { Catalog } from './Catalog.ts';
import { Cohort } from './Cohort.ts';
import { CohortAnalysisReport } from './CohortAnalysisReport.ts';
import { CohortConnection } from './CohortConnection.ts';
import { CohortMemberConnection } from './CohortMemberConnection.ts';
import { ConversionReport } from './ConversionReport.ts';
import { Dashboard } from './Dashboard.ts';
import { DataSource } from './DataSource.ts';
import { Dataset } from './Dataset.ts';
import { Event } from './Event.ts';
import { EventConnection } from './EventConnection.ts';
import { EventDefinition } from './EventDefinition.ts';
import { EventDefinitionConnection } from './EventDefinitionConnection.ts';
import { ExportFile } from './ExportFile.ts';
import { ExportTask } from './ExportTask.ts';
import { ExportTaskConnection } from './ExportTaskConnection.ts';
import { Freshness } from './Freshness.ts';
import { FunnelChart } from './FunnelChart.ts';
import { FunnelReport } from './FunnelReport.ts';
import { FunnelStep } from './FunnelStep.ts';
import { LifetimeValueReport } from './LifetimeValueReport.ts';
import { MetricSeries } from './MetricSeries.ts';
import { MetricsChart } from './MetricsChart.ts';
import { MetricsReport } from './MetricsReport.ts';
import { Mutation } from './Mutation.ts';
import { Node } from './Node.ts';
import { Period } from './Period.ts';
import { Problem } from './Problem.ts';
import { Query } from './Query.ts';
import { RetentionChart } from './RetentionChart.ts';
import { RetentionReport } from './RetentionReport.ts';
import { SavedChart } from './SavedChart.ts';
import { Subscription } from './Subscription.ts';
import { UnknownChart } from './UnknownChart.ts';
import { User } from './User.ts';

/** Every resolver that is not simply the field of its parent. */
export const resolvers: Resolvers = {
  ...scalars,
  Allowance,
  Catalog,
  Cohort,
  CohortAnalysisReport,
  CohortConnection,
  CohortMemberConnection,
  ConversionReport,
  Dashboard,
  DataSource,
  Dataset,
  Event,
  EventConnection,
  EventDefinition,
  EventDefinitionConnection,
  ExportFile,
  ExportTask,
  ExportTaskConnection,
  Freshness,
  FunnelChart,
  FunnelReport,
  FunnelStep,
  LifetimeValueReport,
  MetricSeries,
  MetricsChart,
  MetricsReport,
  Mutation,
  Node,
  Period,
  Problem,
  Query,
  RetentionChart,
  RetentionReport,
  SavedChart,
  Subscription,
  UnknownChart,
  User,
};
