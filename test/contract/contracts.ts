import type { Contracts } from './contract.ts';
import { dashboardsContract } from './dashboards.contract.ts';
import { eventsContract } from './events.contract.ts';
import { funnelsContract } from './funnels.contract.ts';
import { metricsContract } from './metrics.contract.ts';

/** The contract of each capability. */
export const CONTRACTS: Contracts = {
  metrics: metricsContract,
  funnels: funnelsContract,
  events: eventsContract,
  dashboards: dashboardsContract,
};
