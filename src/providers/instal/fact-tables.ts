import type { Dimension, Metric } from '../../analytics/catalog.ts';
import type { FactFormula, FactTable } from '../../analytics/datasets.ts';
import type { ExportTable, RowsLayout } from '../../analytics/exports.ts';
import type { InstalConfig } from './config.ts';

const DAY_MS = 86_400_000;
const NUMBER = { unit: 'NUMBER', currency: null } as const;

/** Given the currency of costs, if it is known, return what can be measured over Instal's report. */
export function toMetrics(currency: string | undefined): readonly Metric[] {
  const count = { unit: 'COUNT', currency: null, isAdditive: true } as const;
  // An amount of nobody knows which money is a number.
  const money = currency === undefined ? NUMBER : ({ unit: 'MONEY', currency } as const);
  return [
    { key: 'clicks', name: 'Clicks', ...count, description: 'Clicks on ads.' },
    { key: 'conversions', name: 'Conversions', ...count, description: 'Conversions that clicks have led to.' },
    { key: 'cost', name: 'Cost', ...money, isAdditive: true, description: 'What the ads have cost.' },
    {
      key: 'conversion_rate',
      name: 'Conversion rate',
      unit: 'FRACTION',
      currency: null,
      isAdditive: false,
      description: 'Conversions divided by clicks, 0 to 1. Null without clicks.',
    },
    {
      key: 'cost_per_conversion',
      name: 'Cost per conversion',
      ...money,
      isAdditive: false,
      description: 'Cost divided by conversions. Null without conversions.',
    },
    {
      key: 'cost_per_click',
      name: 'Cost per click',
      ...money,
      isAdditive: false,
      description: 'Cost divided by clicks. Null without clicks.',
    },
  ];
}

/** Which column of Instal's report each dimension is. */
const COLUMNS = {
  campaign: 'campaign',
  campaign_id: 'campaign_id',
  creative: 'creative_id',
  app: 'app_id',
  publisher: 'publisher_id',
  sub_publisher: 'aff_sub_id',
  country: 'country',
  platform: 'name_os',
  os: 'name_os',
  os_version: 'version_os',
  language: 'lang',
} as const;

/** What Instal's report can be filtered and split by. */
export const DIMENSIONS: readonly Dimension[] = [
  { key: 'campaign', name: 'Campaign', description: 'Name of the campaign.' },
  { key: 'campaign_id', name: 'Campaign id', description: "Instal's id of the campaign." },
  { key: 'creative', name: 'Creative', description: 'Name of the creative.' },
  { key: 'app', name: 'App', description: 'Package name of the app, such as com.example.shop.' },
  { key: 'publisher', name: 'Publisher', description: "Instal's id of the publisher." },
  {
    key: 'sub_publisher',
    name: 'Sub-publisher',
    description: 'Id of the affiliate: the publisher behind the publisher.',
  },
  { key: 'country', name: 'Country', description: 'Country, as Instal writes it.' },
  {
    key: 'platform',
    name: 'Platform',
    description: 'The operating system, which is what the platforms of other providers are for apps.',
  },
  { key: 'os', name: 'Operating system', description: 'Operating system, as Instal writes it.' },
  { key: 'os_version', name: 'Version of the operating system', description: 'Such as 10.10.' },
  { key: 'language', name: 'Language', description: 'Language of the user, as Instal writes it.' },
];

const FORMULAS: Readonly<Record<string, FactFormula>> = {
  clicks: { kind: 'SUM', column: 'clicks' },
  conversions: { kind: 'SUM', column: 'conversions' },
  cost: { kind: 'SUM', column: 'cost' },
  conversion_rate: { kind: 'RATIO', part: 'conversions', whole: 'clicks' },
  cost_per_conversion: { kind: 'RATIO', part: 'cost', whole: 'conversions' },
  cost_per_click: { kind: 'RATIO', part: 'cost', whole: 'clicks' },
};

const asIs = (name: string, column: string, type: 'TEXT' | 'INTEGER' | 'NUMBER' = 'TEXT') =>
  ({ name, type, source: { kind: 'AS_IS', column } }) as const;

const FACT_COLUMNS: RowsLayout['columns'] = [
  { name: 'at', type: 'DATETIME', source: { kind: 'WALL_CLOCK', column: 'time' } },
  asIs('clicks', 'clicks_aggr', 'INTEGER'),
  asIs('conversions', 'conversions_aggr', 'INTEGER'),
  asIs('cost', 'cost_aggr', 'NUMBER'),
  ...Object.entries(COLUMNS).map(([name, column]) => asIs(name, column)),
];

/** Given the one table that Instal exports, return the days and the hours of it that metrics are computed over. */
export function toFactTables(table: ExportTable, { timezone, csvHeaders }: InstalConfig): readonly FactTable[] {
  const toTable = (name: string, grain: FactTable['grain'], interval: string): FactTable => ({
    name,
    description: `Instal's report: one row for each ${grain === 'DAY' ? 'day' : 'hour'}, campaign, creative, app, publisher, country and device.`,
    timezone,
    // Nor when a click is counted.
    arrivesWithinMs: DAY_MS,
    // Instal does not say how long conversions are still added to a day.
    settlesAfterMs: 2 * DAY_MS,
    grain,
    metrics: FORMULAS,
    columns: FACT_COLUMNS,
    toRowsQuery: (period) => ({
      table,
      columns: table.defaultColumns,
      period,
      filters: [],
      options: { interval, csvHeaders },
    }),
  });
  return [toTable('report', 'DAY', 'daily'), toTable('report-hourly', 'HOUR', 'hourly')];
}
