import { formatInstant } from '../../analytics/time-axis.ts';
import type { PeriodResolvers } from '../__generated__/resolvers.ts';

/** A period as it was understood. */
export const Period: PeriodResolvers = {
  start: ({ start }) => formatInstant(start),
  end: ({ end }) => formatInstant(end),
};
