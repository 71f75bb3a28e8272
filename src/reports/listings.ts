import type { CohortMembers, CohortMembersPage, SourceCohort } from '../analytics/cohorts.ts';
import type { SourceChart, SourceDashboard } from '../analytics/dashboards.ts';
import type { DataSource } from '../analytics/data-source.ts';
import type { Deadline } from '../analytics/deadline.ts';
import type { SourceEventDefinition } from '../analytics/event-definitions.ts';
import type { Page, Paging } from '../analytics/page.ts';
import { requireCapability } from '../analytics/provider.ts';
import { createOnce, nameFailure } from './once.ts';
import { assertPaging, toPage, type PagedList } from './pages.ts';

/** What somebody saved at the providers: each list is asked for once in an operation, however many fields want it. */
export interface Listings {
  dashboards(dataSource: DataSource): Promise<readonly SourceDashboard[]>;
  /** Null where there is none of that id. */
  dashboard(dataSource: DataSource, nativeId: string): Promise<SourceDashboard | null>;
  charts(dashboard: Pick<SourceDashboard, 'source' | 'nativeId'>): Promise<readonly SourceChart[]>;
  cohorts(dataSource: DataSource, paging: Paging): Promise<Page<SourceCohort>>;
  /** Null where there is none of that id. */
  cohort(dataSource: DataSource, nativeId: string): Promise<SourceCohort | null>;
  members(cohort: SourceCohort, paging: Paging): Promise<CohortMembersPage>;
  allMembers(cohort: SourceCohort): Promise<CohortMembers>;
  eventDefinitions(dataSource: DataSource, paging: Paging): Promise<Page<SourceEventDefinition>>;
  /** Null where there is none of that id. */
  eventDefinition(dataSource: DataSource, nativeId: string): Promise<SourceEventDefinition | null>;
}

/** Given an operation's deadline, return its listings; every failure names its data source. */
export function createListings(deadline: Deadline): Listings {
  const once = createOnce();

  const dashboards: Listings['dashboards'] = (source) =>
    once(source, 'dashboards', async () => {
      const listed = await requireCapability(source, 'dashboards').listDashboards(deadline);
      return listed.map((dashboard) => ({ ...dashboard, source }));
    });
  const cohorts = (source: DataSource): Promise<readonly SourceCohort[]> =>
    once(source, 'cohorts', async () => {
      const listed = await requireCapability(source, 'cohorts').listCohorts(deadline);
      return listed.map((cohort) => ({ ...cohort, source }));
    });
  const eventDefinitions = (source: DataSource): Promise<readonly SourceEventDefinition[]> =>
    once(source, 'event-definitions', async () => {
      const listed = await requireCapability(source, 'event-definitions').listEventDefinitions(deadline);
      return listed.map((definition) => ({ ...definition, source }));
    });
  const allMembers: Listings['allMembers'] = ({ source, nativeId }) =>
    once(source, `members ${nativeId}`, () => requireCapability(source, 'cohorts').readMembers(nativeId, deadline));

  return {
    dashboards,
    dashboard: async (source, nativeId) => findById(await dashboards(source), nativeId),
    charts: ({ source, nativeId: dashboardId }) =>
      once(source, `charts ${dashboardId}`, async () => {
        const listed = await requireCapability(source, 'dashboards').listCharts(dashboardId, deadline);
        return listed.map((chart) => ({ ...chart, source, dashboardId }));
      }),
    cohorts: (source, paging) =>
      cut<SourceCohort>(source, paging, { name: 'cohorts', idOf, read: () => cohorts(source) }),
    cohort: async (source, nativeId) => findById(await cohorts(source), nativeId),
    allMembers,
    async members(cohort, paging) {
      const page = await cut(cohort.source, paging, {
        name: `members ${cohort.nativeId}`,
        idOf: ({ userId }) => userId,
        read: async () => (await allMembers(cohort)).members,
      });
      const { members: _members, ...rest } = await allMembers(cohort);
      return { ...rest, source: cohort.source, page };
    },
    eventDefinitions: (source, paging) =>
      cut<SourceEventDefinition>(source, paging, {
        name: 'event-definitions',
        idOf,
        read: () => eventDefinitions(source),
      }),
    eventDefinition: async (source, nativeId) => findById(await eventDefinitions(source), nativeId),
  };
}

/** A list of a data source, with what reads it as a whole. */
interface ReadableList<T> extends PagedList<T> {
  read(): Promise<readonly T[]>;
}

/** Given which page of a data source's list is wanted, return it; where there can be none, the list is not asked for. */
function cut<T>(source: DataSource, paging: Paging, { name, idOf, read }: ReadableList<T>): Promise<Page<T>> {
  const list = { name: `${source.key} ${name}`, idOf };
  return nameFailure(source, async () => {
    assertPaging(paging, list.name);
    return toPage(await read(), list, paging);
  });
}

interface Identified {
  readonly nativeId: string;
}

function idOf({ nativeId }: Identified): string {
  return nativeId;
}

function findById<T extends Identified>(items: readonly T[], nativeId: string): T | null {
  return items.find((item) => item.nativeId === nativeId) ?? null;
}
