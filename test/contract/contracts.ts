import { cohortAnalysisContract } from './cohort-analysis.contract.ts';
import { cohortsContract } from './cohorts.contract.ts';
import type { Contracts } from './contract.ts';
import { conversionsContract } from './conversions.contract.ts';
import { dashboardsContract } from './dashboards.contract.ts';
import { eventDefinitionsContract } from './event-definitions.contract.ts';
import { eventsContract } from './events.contract.ts';
import { exportsContract } from './exports.contract.ts';
import { funnelsContract } from './funnels.contract.ts';
import { lifetimeValueContract } from './lifetime-value.contract.ts';
import { metricsContract } from './metrics.contract.ts';
import { retentionContract } from './retention.contract.ts';
import { usersContract } from './users.contract.ts';

/** The contract of each capability. */
export const CONTRACTS: Contracts = {
  metrics: metricsContract,
  funnels: funnelsContract,
  conversions: conversionsContract,
  retention: retentionContract,
  'cohort-analysis': cohortAnalysisContract,
  'lifetime-value': lifetimeValueContract,
  events: eventsContract,
  'event-definitions': eventDefinitionsContract,
  cohorts: cohortsContract,
  dashboards: dashboardsContract,
  users: usersContract,
  exports: exportsContract,
};
