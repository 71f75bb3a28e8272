import type { CohortMembers } from '../analytics/cohorts.ts';
import type { DataSource } from '../analytics/data-source.ts';
import type { Deadline } from '../analytics/deadline.ts';
import type { Event, EventPosition, EventsQuery } from '../analytics/events.ts';
import type { Completeness } from '../analytics/freshness.ts';
import { requireCapability } from '../analytics/provider.ts';
import { FILE_ROOM, type ColumnTable } from '../tabular/column-table.ts';
import { toEventsTable } from '../tabular/events-table.ts';
import { toCohortMembersTable } from '../tabular/listing-tables.ts';
import type { ExportSource, FetchedPart, PartToFetch } from './export-source.ts';
import type { WritePart } from './conversion.ts';
import { settlePart, toPartialPath } from './part-file.ts';

/** A table that was read, and where reading goes on. */
interface ReadTable {
  readonly table: ColumnTable;
  readonly completeness: Completeness;
  readonly next: string | null;
}

/** Given what reads a table and what writes it down, return a source that has nothing to prepare: each part is one table. */
export function createTableSource(
  read: (upstream: string, deadline: Deadline) => Promise<ReadTable>,
  writePart: WritePart,
): ExportSource {
  return {
    window: null,
    layout: null,
    start: () => Promise.resolve(null),
    check: () => Promise.resolve({ state: 'READY', files: [{ url: '', expiresAt: null, rowCount: null }] }),
    cancel: () => Promise.resolve(true),
    cutOf: () => null,
    fetch: (part, deadline) => fetchTable(part, () => read(part.upstream, deadline), writePart),
  };
}

async function fetchTable(
  { path, onProgress }: PartToFetch,
  read: () => Promise<ReadTable>,
  writePart: WritePart,
): Promise<FetchedPart> {
  const { table, completeness, next } = await read();
  const layout = await writePart(table, toPartialPath(path));
  const stored = await settlePart(path, { layout, completeness });
  onProgress(stored.byteSize, stored.byteSize);
  return { ...stored, rowCount: table.rowCount, layout, completeness, next };
}

/** Events of one part: as many pages as it takes, so that parts are worth a file. */
const EVENTS_A_PART = 50_000;
const EVENTS_A_PAGE = 1000;

/** Given a question for events, return what reads them part by part, in the closed window of the question. */
export function readEventTables(query: EventsQuery, dataSource: DataSource) {
  return async (upstream: string, deadline: Deadline): Promise<ReadTable> => {
    const capability = requireCapability(dataSource, 'events');
    const after = upstream === '' ? null : (JSON.parse(upstream) as EventPosition);
    const events: Event[] = [];
    let next: EventPosition | null = null;
    let completeness: Completeness = 'COMPLETE';
    for await (const page of capability.readEvents(query, { after, pageSize: EVENTS_A_PAGE }, deadline)) {
      events.push(...page.events);
      // What has turned up where reading has already been is not among the rows.
      if (page.lateArrivals > 0) completeness = 'PARTIAL';
      else if (completeness === 'COMPLETE') completeness = page.freshness.completeness;
      next = page.hasMore ? (page.positions.at(-1) ?? null) : null;
      if (!page.hasMore || events.length >= EVENTS_A_PART) break;
    }
    return { table: toEventsTable({ events }, 'TIDY', FILE_ROOM), completeness, next: next && JSON.stringify(next) };
  };
}

/** Given a cohort's id, return what reads its members. */
export function readMembersTable(cohortId: string, dataSource: DataSource) {
  return async (_upstream: string, deadline: Deadline): Promise<ReadTable> => {
    const members: CohortMembers = await requireCapability(dataSource, 'cohorts').readMembers(cohortId, deadline);
    return {
      table: toCohortMembersTable(members, 'TIDY', FILE_ROOM),
      completeness: members.freshness.completeness,
      next: null,
    };
  };
}
