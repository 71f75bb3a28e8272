import { z } from 'zod';
import type { Clock } from '../../analytics/deadline.ts';
import type { ExportsCapability, RowsQuery } from '../../analytics/exports.ts';
import type { ExportParameters, InstalClient } from './client.ts';
import type { InstalConfig } from './config.ts';
import { createTable, toLayout } from './table.ts';
import { toUpstreamExport } from './upstream-export.ts';

/** Given a client, return the export of its advertiser's report. */
export function createExports(client: InstalClient, config: InstalConfig, clock: Clock): ExportsCapability {
  const table = createTable(config.currency);
  const options = createOptions(config.csvHeaders);
  const optionsOf = (query: Pick<RowsQuery, 'options'>) => options.parse(query.options);
  return {
    limits: {
      intervals: ['TOTAL'],
      maxPoints: null,
      maxDays: null,
      earliestDate: config.earliestDate ?? null,
      maxBreakdowns: 0,
      filterOperators: [],
      timezones: 'DATA_SOURCE',
      supportsInstants: false,
    },
    tables: [table],
    options,
    // No export is known to be too large.
    shortestWindowMs: null,
    layoutOf: (query) => toLayout(query.columns, table.columns, optionsOf(query).csvHeaders),
    start: ({ period, ...query }, deadline) => {
      const { interval, sorting, csvHeaders } = optionsOf(query);
      return client.createExport(
        { ...toDates(period, config), ...(sorting && { sorting }), format: 'csv', csv_headers: csvHeaders, interval },
        deadline,
      );
    },
    check: async (id, since, deadline) =>
      toUpstreamExport(await client.fetchExport(id, deadline), clock.now() - since, config),
    download: client.download,
  };
}

function toDates(
  { firstDay, lastDay, end }: RowsQuery['period'],
  { stopDate }: InstalConfig,
): Pick<ExportParameters, 'start_date' | 'stop_date'> {
  return { start_date: firstDay, stop_date: stopDate === 'included' ? lastDay : end.toPlainDate().toString() };
}

// http://docs.instal.com/api/adv_bulk_export_api/#demand-a-new-export (checked 2026-11)
function createOptions(csvHeaders: boolean) {
  return z.strictObject({
    interval: z
      .enum(['hourly', 'daily', 'monthly'])
      .default('daily')
      .describe('How long the time of one row is: an hour, a day or a month.'),
    // Documented to be `campaign_id` where left out, which is not among the documented values.
    sorting: z
      .enum(['time', 'campaign', 'aff_sub_id', 'cr'])
      .optional()
      .describe('By which column rows are sorted; by the id of the campaign where left out.'),
    csvHeaders: z
      .boolean()
      .default(csvHeaders)
      .describe('Whether the file has names of columns on top, by which its columns are checked.'),
  });
}
