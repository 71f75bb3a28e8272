import { toGlobalId } from '../../analytics/global-id.ts';
import type { EventDefinitionResolvers } from '../__generated__/resolvers.ts';
import { findNative } from '../references.ts';

/** What counts as an event. */
export const EventDefinition: EventDefinitionResolvers = {
  __resolveReference: findNative('EventDefinition'),
  id: ({ source, nativeId }) => toGlobalId('EventDefinition', source.key, nativeId),
};
