import type { DataSource } from './data-source.ts';
import type { Deadline } from './deadline.ts';
import type { Page } from './page.ts';

/** What counts as an event, as somebody defined it at the provider. Nothing says that one ever happened. */
export interface EventDefinition {
  /** The provider's own id. */
  readonly nativeId: string;
  /** Several definitions may share a name. */
  readonly name: string;
  /** What sort of thing happens, in the provider's words; null where it does not say. */
  readonly kind: string | null;
}

/** A data source whose provider lists the events that were defined. */
export interface EventDefinitionsCapability {
  listEventDefinitions(deadline: Deadline): Promise<readonly EventDefinition[]>;
}

/** A defined event, and whose it is. */
export interface SourceEventDefinition extends EventDefinition {
  readonly source: DataSource;
}

/** A page of a data source's defined events. */
export type EventDefinitionPage = Page<SourceEventDefinition>;
