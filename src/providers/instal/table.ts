import type { ExportColumn, ExportTable, RowsLayout } from '../../analytics/exports.ts';

// http://docs.instal.com/api/adv_bulk_export_api/#export-result (checked 2026-11), in its order. Ids are text: nobody calculates with them.
const toColumns = (currency: string | undefined): readonly ExportColumn[] => [
  { name: 'aff_sub_id', type: 'TEXT', description: 'Id of the affiliate: the publisher behind the publisher.' },
  {
    name: 'time',
    // Documented as an integer and as a text in one line, and not at all by interval: left as it comes.
    type: 'TEXT',
    description:
      'Start of the hour, day or month as Instal writes it, documented as YYYY-MM-DD HH:mm, without a time zone.',
  },
  { name: 'clicks_aggr', type: 'INTEGER', description: 'Clicks.' },
  { name: 'campaign', type: 'TEXT', description: 'Name of the campaign.' },
  { name: 'country', type: 'TEXT', description: 'Country. Whether by name or by code is not documented.' },
  { name: 'creative_id', type: 'TEXT', description: 'Name of the creative, whatever the column is called.' },
  { name: 'app_id', type: 'TEXT', description: 'Package name of the app, such as com.example.shop.' },
  { name: 'campaign_id', type: 'TEXT', description: 'Id of the campaign, a number.' },
  {
    name: 'cost_aggr',
    type: 'NUMBER',
    description: `Costs, ${currency === undefined ? 'in a currency that is not known' : `in ${currency}`}.`,
  },
  {
    name: 'cr',
    type: 'NUMBER',
    description:
      'Conversion rate from 0 to 1: conversions_aggr divided by clicks_aggr. Null where there were no clicks.',
  },
  { name: 'conversions_aggr', type: 'INTEGER', description: 'Conversions.' },
  { name: 'name_os', type: 'TEXT', description: 'Operating system.' },
  {
    name: 'version_os',
    // Documented as a float, which would make one of 10.1 and 10.10.
    type: 'TEXT',
    description: 'Version of the operating system, such as 10.10.',
  },
  { name: 'lang', type: 'TEXT', description: 'Language of the user.' },
  { name: 'publisher_id', type: 'TEXT', description: 'Id of the publisher, a number.' },
];

/** Given the currency of costs, if it is known, return the one table that Instal exports. It has no name there. */
export function createTable(currency: string | undefined): ExportTable {
  const columns = toColumns(currency);
  return {
    name: 'report',
    description:
      'Clicks, conversions and costs for each hour, day or month, by campaign, creative, app, country, device and publisher. Sums may be added up.',
    columns,
    takesOtherColumns: false,
    defaultColumns: columns.map(({ name }) => name),
    filters: [],
  };
}

/** Given the columns that are wanted, and whether files have names of columns on top, return what the rows are like. */
export function toLayout(wanted: readonly string[], columns: readonly ExportColumn[], hasHeader: boolean): RowsLayout {
  const names = columns.map(({ name }) => name);
  return {
    dialect: {
      delimiter: ',',
      header: hasHeader ? names : null,
      columns: names,
      // How a missing value is written is not documented: an empty cell can mean nothing else.
      nullTexts: [''],
    },
    columns: wanted.flatMap((name) =>
      columns
        .filter((column) => column.name === name)
        .map(({ type }) => ({
          name,
          type,
          // The cell may be a fraction or a percentage, which is not documented.
          source:
            name === 'cr'
              ? { kind: 'RATIO', part: 'conversions_aggr', whole: 'clicks_aggr' }
              : { kind: 'AS_IS', column: name },
        })),
    ),
  };
}
