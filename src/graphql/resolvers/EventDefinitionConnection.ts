import type { SourceEventDefinition } from '../../analytics/event-definitions.ts';
import type { Page } from '../../analytics/page.ts';
import { toEventDefinitionsTable } from '../../tabular/listing-tables.ts';
import type { EventDefinitionConnectionResolvers } from '../__generated__/resolvers.ts';
import { connectionFields } from '../connection-fields.ts';
import { tabularFields } from '../tabular-fields.ts';

/** A page of the defined events of a data source. */
export const EventDefinitionConnection: EventDefinitionConnectionResolvers = {
  ...connectionFields((page: Page<SourceEventDefinition>) => page),
  ...tabularFields(({ items }: Page<SourceEventDefinition>) => toEventDefinitionsTable(items)),
};
