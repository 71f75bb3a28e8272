import type { Dimension, DimensionFamily } from '../../analytics/catalog.ts';
import type { EventTable, EventTables } from '../../analytics/datasets.ts';
import { columnsReadBy, type ColumnSource, type ExportTable, type RowsLayout } from '../../analytics/exports.ts';
import type { MytrackerConfig } from './config.ts';
import { CODES_BY_COUNTRY_ID } from './countries.ts';
import { TABLES } from './tables.ts';

const HOUR_MS = 3_600_000;

/** The table whose rows name their events themselves. Other events go by the name of their table. */
const NAMED_EVENTS = 'customEvents';
/** What "any event" means: what is done in the app, and that it was opened. The other tables repeat some of it. */
const ANY_EVENT: readonly string[] = [NAMED_EVENTS, 'sessions', 'installs'];

/** Which selector each dimension is. */
const SELECTORS = {
  app: 'idAppTitle',
  app_version: 'idAppVersionTitle',
  platform: 'idPlatformTitle',
  os: 'idOsTitle',
  os_version: 'idOsVersionTitle',
  region: 'idRegionTitle',
  network: 'idPartnerTitle',
  campaign: 'idCampaignTitle',
  ad_set: 'idSubAdSetTitle',
  creative: 'idSubCreativeTitle',
} as const;

/** What MyTracker's events can be filtered and split by. */
export const DIMENSIONS: readonly Dimension[] = [
  {
    key: 'country',
    name: 'Country',
    description: 'ISO 3166-1 code of the country, two letters, by its id at MyTracker.',
  },
  { key: 'region', name: 'Region', description: 'Name of the region.' },
  { key: 'app', name: 'App', description: 'Name of the app.' },
  { key: 'app_version', name: 'App version', description: "The app's version." },
  { key: 'platform', name: 'Platform', description: 'Platform, as MyTracker writes it, such as Android.' },
  { key: 'os', name: 'Operating system', description: 'Operating system, as MyTracker writes it.' },
  { key: 'os_version', name: 'Version of the operating system', description: 'Such as 17.4.' },
  { key: 'network', name: 'Network', description: 'Name of the partner that the installation was attributed to.' },
  { key: 'campaign', name: 'Campaign', description: 'Name of the campaign that the installation was attributed to.' },
  { key: 'ad_set', name: 'Ad set', description: "The partner's ad set." },
  { key: 'creative', name: 'Creative', description: "The partner's creative." },
];

/** The parameters of custom events. */
export const DIMENSION_FAMILIES: readonly DimensionFamily[] = [
  { prefix: 'properties.', description: 'A parameter of a custom event, by its own name.' },
];

/** Given the configuration, return the events that analyses are computed over: a table of ours for each that is about somebody's device. */
export function toEventTables(config: MytrackerConfig): EventTables {
  const ofDevices = TABLES.filter(({ columns }) => columns.some(({ name }) => name === 'idProfile'));
  return {
    tables: ofDevices.filter(({ name }) => !name.startsWith('user')).map((table) => toEventTable(table, config)),
    anyEvent: ANY_EVENT,
    entryEvent: 'installs',
    currency: config.revenue?.currency ?? null,
  };
}

function toEventTable(table: ExportTable, { revenue, userSelector }: MytrackerConfig): EventTable {
  const hasNames = table.name === NAMED_EVENTS;
  const revenueColumn = revenue?.table === table.name ? revenue.selector : null;
  const columns = toColumns({ hasNames, fixedName: table.name, revenueColumn, userSelector });
  const selectors = [...new Set(columns.flatMap(({ source }) => columnsReadBy(source)))];
  return {
    name: table.name,
    description: table.description,
    event: hasNames ? null : table.name,
    timezone: 'UTC',
    // https://docs.tracker.my.com/api/export-api/raw/about (checked 2026-11): rows of the last three hours may be missing.
    arrivesWithinMs: 3 * HOUR_MS,
    // How late a device may send what it has kept is not documented.
    settlesAfterMs: 48 * HOUR_MS,
    columns,
    toRowsQuery: (period) => ({ table, columns: selectors, period, filters: [], options: {} }),
  };
}

interface EventColumns {
  readonly hasNames: boolean;
  /** The name of all events where rows have none. */
  readonly fixedName: string;
  readonly revenueColumn: string | null;
  readonly userSelector: string;
}

function toColumns({ hasNames, fixedName, revenueColumn, userSelector }: EventColumns): RowsLayout['columns'] {
  const text = (name: string, source: ColumnSource) => ({ name, type: 'TEXT', source }) as const;
  const asIs = (column: string): ColumnSource => ({ kind: 'AS_IS', column });
  return [
    { name: 'at', type: 'DATETIME', source: { kind: 'EPOCH_SECONDS', column: 'tsEvent' } },
    text('name', hasNames ? asIs('eventName') : { kind: 'CONSTANT', value: fixedName }),
    text('user_id', asIs(userSelector)),
    text('device_id', asIs('idDevice')),
    text('country', { kind: 'LOOK_UP', column: 'idCountry', values: CODES_BY_COUNTRY_ID }),
    ...Object.entries(SELECTORS).map(([name, selector]) => text(name, asIs(selector))),
    ...(revenueColumn === null ? [] : [{ name: 'revenue', type: 'NUMBER', source: asIs(revenueColumn) } as const]),
    ...(hasNames
      ? [
          {
            name: 'properties',
            type: 'JSON',
            source: { kind: 'OBJECT', names: 'params.name', values: 'params.value' },
          } as const,
        ]
      : []),
  ];
}
