import type { ExportTable } from '../analytics/exports.ts';
import { toEventsTable } from '../tabular/events-table.ts';
import { EVENTS_TABLE } from './rows-query.ts';

const { columns } = toEventsTable({ events: [] }, 'TIDY');

/** The table of raw events of every data source that hands them out page by page. All of its columns always come. */
export const EVENT_ROWS: ExportTable = {
  name: EVENTS_TABLE,
  description: 'Raw events, newest first, as `Query.events` answers them. Filters take dimensions of the catalog.',
  columns: columns.map(({ name, type }) => ({ name, type, description: '' })),
  takesOtherColumns: false,
  defaultColumns: columns.map(({ name }) => name),
  filters: [],
};
