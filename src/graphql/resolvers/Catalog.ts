import type { ExportTable } from '../../analytics/exports.ts';
import type { ProviderConnection } from '../../analytics/provider.ts';
import { EVENT_ROWS } from '../../exports/event-rows.ts';
import type { CatalogResolvers } from '../__generated__/resolvers.ts';

/** The words a data source understands. */
export const Catalog: CatalogResolvers = {
  metrics: ({ connection }, { search }) => connection.catalog.metrics.filter(holds(search)),
  dimensions: ({ connection }, { search }) => {
    const { dimensions, dimensionFamilies } = connection.catalog;
    const families = dimensionFamilies.map(({ prefix, description }) => ({
      key: `${prefix}<name>`,
      name: `${prefix}<name>`,
      description,
    }));
    return [...dimensions, ...families].filter(holds(search));
  },
  events: async (dataSource, { search }, { reports }) => {
    const names = await reports.eventNames(dataSource);
    const wanted = search?.toLowerCase() ?? '';
    return names?.filter((name) => name.toLowerCase().includes(wanted)) ?? null;
  },
  tables: ({ connection }, { search }) => {
    const isWanted = holds(search);
    return tablesOf(connection).filter(({ name, description }) => isWanted({ key: name, name, description }));
  },
};

function tablesOf({ capabilities }: ProviderConnection): readonly ExportTable[] {
  if (capabilities.exports) return capabilities.exports.tables;
  return capabilities.events ? [EVENT_ROWS] : [];
}

function holds(search: string | null | undefined) {
  const wanted = search?.toLowerCase() ?? '';
  return ({ key, name, description }: { key: string; name: string; description: string }): boolean =>
    [key, name, description].some((text) => text.toLowerCase().includes(wanted));
}
