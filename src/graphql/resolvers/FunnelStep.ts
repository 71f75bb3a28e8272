import type { FunnelStepResolvers } from '../__generated__/resolvers.ts';
import { toDuration } from '../instants.ts';

/** A step and who reached it. */
export const FunnelStep: FunnelStepResolvers = {
  medianTimeFromPrevious: ({ medianTimeFromPreviousMs }) => toDuration(medianTimeFromPreviousMs),
};
