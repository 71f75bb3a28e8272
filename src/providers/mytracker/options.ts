import { z } from 'zod';
import type { RowsQuery } from '../../analytics/exports.ts';

const instant = z.iso.datetime({
  offset: true,
  error: 'must be an instant, such as 2026-01-31T13:00:00Z or one with an offset',
});

/** What only MyTracker understands. */
export const exportOptions = z.strictObject({
  availableFrom: instant
    .optional()
    .describe('Only rows that MyTracker has had since this instant, whenever their events happened.'),
  availableTo: instant
    .optional()
    .describe('Only rows that MyTracker had before this instant, which must be at least three hours ago.'),
  byTimestamps: z
    .boolean()
    .optional()
    .describe('Ask for whole days by their first and last second, too, rather than by their dates.'),
  eitherAppOrKey: z
    .boolean()
    .optional()
    .describe('Filter by `idApp` and `SDKKey` together as MyTracker does: rows that fit one or the other.'),
});

/** {@link exportOptions}, checked. */
export type ExportOptions = z.infer<typeof exportOptions>;

/** Given a question, return its options. */
export function optionsOf({ options }: Pick<RowsQuery, 'options'>): ExportOptions {
  return exportOptions.parse(options);
}
