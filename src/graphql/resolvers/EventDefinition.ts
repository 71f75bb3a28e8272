import { toGlobalId } from '../../analytics/global-id.ts';
import type { EventDefinitionResolvers } from '../__generated__/resolvers.ts';
import { findNodeOf } from '../nodes.ts';

/** What counts as an event. */
export const EventDefinition: EventDefinitionResolvers = {
  __resolveReference: findNodeOf('EventDefinition'),
  id: ({ source, nativeId }) => toGlobalId('EventDefinition', source.key, nativeId),
};
