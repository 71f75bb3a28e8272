import { toGlobalId } from '../../analytics/global-id.ts';
import type { DashboardResolvers } from '../__generated__/resolvers.ts';
import { findNative } from '../references.ts';

/** A saved collection of charts. */
export const Dashboard: DashboardResolvers = {
  __resolveReference: findNative('Dashboard'),
  id: ({ source, nativeId }) => toGlobalId('Dashboard', source.key, nativeId),
  charts: async (dashboard, _arguments, { reports }) => [...(await reports.listings.charts(dashboard))],
};
