import type { CohortMembers, CohortMembersPage, SourceCohort } from '../analytics/cohorts.ts';
import type { SourceChart, SourceDashboard } from '../analytics/dashboards.ts';
import type { DataSource } from '../analytics/data-source.ts';
import type { Deadline } from '../analytics/deadline.ts';
import type { SourceEventDefinition } from '../analytics/event-definitions.ts';
import type { Page, Paging } from '../analytics/page.ts';
import { requireCapability } from '../analytics/provider.ts';
import { createOnce, nameFailure } from './once.ts';
import { assertPaging, toPage } from './pages.ts';

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
    cohorts: (source, paging) => cut(source, paging, async () => toPage(await cohorts(source), idOf, paging)),
    cohort: async (source, nativeId) => findById(await cohorts(source), nativeId),
    allMembers,
    members: (cohort, paging) =>
      cut(cohort.source, paging, async () => {
        const { members, ...rest } = await allMembers(cohort);
        return { ...rest, source: cohort.source, page: toPage(members, ({ userId }) => userId, paging) };
      }),
    eventDefinitions: (source, paging) =>
      cut(source, paging, async () => toPage(await eventDefinitions(source), idOf, paging)),
    eventDefinition: async (source, nativeId) => findById(await eventDefinitions(source), nativeId),
  };
}

/** Given which page is wanted and what cuts it out of its list, return it; what cannot be cut is not asked for. */
function cut<T>(source: DataSource, paging: Paging, page: () => Promise<T>): Promise<T> {
  return nameFailure(source, () => {
    assertPaging(paging);
    return page();
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
