import { z } from 'zod';

const text = z.string();
const words = text.nullish();
const milliseconds = z.int();

/** A token of 64 letters and digits; when it expires is not said. */
export const tokenResponse = z.object({ status: z.literal('success'), code: text.min(1) });

/** Days are documented as YYYY-MM-DD, those of charts not at all. */
const moment = z.union([text, z.number()]).nullish();

/** Body of `dashboards.json`. */
export const dashboardsResponse = z.array(
  z.object({
    id: text.min(1),
    name: text,
    type: words,
    scope: words,
    createdAt: moment,
    updatedAt: moment,
    creator: words,
    updater: words,
  }),
);
export type GrowingioDashboardsResponse = z.infer<typeof dashboardsResponse>;

/** Body of `dashboards/<id>.json`. The creator of a chart is spelt `createor` in every document; the newer ones have no `resource_type`. */
export const dashboardResponse = z.object({
  id: text,
  name: text,
  charts: z.array(z.object({ id: text.min(1), name: text, createor: words, createdAt: moment, resource_type: words })),
});
export type GrowingioDashboardResponse = z.infer<typeof dashboardResponse>;

/** One row: what column a cell belongs to only `meta` says. */
export type GrowingioRow = readonly (string | number | null)[];

/** What a column holds; the flag that does not hold is left out. */
const columnResponse = z
  .object({ name: text, dimension: z.boolean().optional(), metric: z.boolean().optional() })
  .refine(({ dimension, metric }) => (dimension === true) !== (metric === true), 'expected a dimension or a metric');
export type GrowingioColumnResponse = z.infer<typeof columnResponse>;

// A union of three for each of up to two million cells takes seconds; this takes none.
const rowsResponse = z.custom<readonly GrowingioRow[]>(Array.isArray, 'expected array').superRefine((rows, context) => {
  const place = findMisfit(rows);
  if (place === null) return;
  const message = place.length === 1 ? 'expected array' : 'expected a text, a number or null';
  context.addIssue({ code: 'custom', path: place, message });
});

function findMisfit(rows: readonly unknown[]): number[] | null {
  for (const [row, cells] of rows.entries()) {
    if (!Array.isArray(cells)) return [row];
    const cell = cells.findIndex((one) => one !== null && typeof one !== 'string' && typeof one !== 'number');
    if (cell >= 0) return [row, cell];
  }
  return null;
}

const reportResponse = z.object({
  id: text,
  name: text,
  startTime: milliseconds,
  endTime: milliseconds,
  interval: milliseconds,
  meta: z.array(columnResponse),
  data: rowsResponse,
});

/** What all reports have in common: columns, and rows of cells. */
export type GrowingioTableResponse = Pick<z.infer<typeof reportResponse>, 'meta' | 'data'>;

/** Body of an event analysis. A big number has `aggregator`: this period and the one before. */
export const chartResponse = reportResponse.extend({
  aggregator: z.object({ values: z.array(z.union([z.number(), text]).nullable()) }).nullish(),
});
export type GrowingioChartResponse = z.infer<typeof chartResponse>;

/** Body of a funnel. The window is in days. */
export const funnelResponse = reportResponse.extend({ conversionWindow: z.int().min(1) });
export type GrowingioFunnelResponse = z.infer<typeof funnelResponse>;

/** Body of a retention. */
export const retentionResponse = reportResponse.extend({ range: text });
export type GrowingioRetentionResponse = z.infer<typeof retentionResponse>;

/** Body of `segmentations.json`. */
export const segmentationsResponse = z.array(
  z.object({ id: text.min(1), name: text, userType: words, userNum: z.int().min(0).nullish(), updatedAt: moment }),
);
export type GrowingioSegmentationsResponse = z.infer<typeof segmentationsResponse>;

/** A finished export of a segment's users. */
export const segmentExportResponse = z.object({
  status: z.literal('done'),
  downloadLinks: z.array(text).min(1, 'expected at least one link'),
});
export type GrowingioSegmentExportResponse = z.infer<typeof segmentExportResponse>;

const unfinishedResponse = z.object({ status: z.literal('doing') });

/** Given what a finished answer looks like, return the schema that takes an unfinished one as well, as null. */
export function whenReady<T>(schema: z.ZodType<T>): z.ZodType<T | null> {
  return z.unknown().transform((body, context): T | null => {
    // By the status alone: until it is ready `id` is a job's, then the report's.
    if (unfinishedResponse.safeParse(body).success) return null;
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  });
}

const errorResponse = z.object({
  message: text,
  errors: z.array(z.object({ code: words, message: words })).nullish(),
});

/** Given the body of an error answer, return what GrowingIO says went wrong; of `errors` there may be none. */
export function explainError(body: unknown): string | undefined {
  const { data } = errorResponse.safeParse(body);
  if (!data) return undefined;
  const details = (data.errors ?? []).flatMap(({ code, message }) => {
    const parts = [code, message === data.message ? null : message].filter((part) => part);
    return parts.length > 0 ? [parts.join(': ')] : [];
  });
  return [data.message, ...details].filter((part) => part !== '').join('; ') || undefined;
}

const failedResponse = z.object({ status: z.literal('failed'), errorMsg: words });

/** Given a body that came with success, return the failure in it: an export that failed, or an error in the place of an answer. */
export function explainFailure(body: unknown): string | undefined {
  const failed = failedResponse.safeParse(body);
  if (failed.success) return failed.data.errorMsg || 'the export failed';
  return z.object({ meta: z.unknown() }).safeParse(body).data?.meta === undefined ? explainError(body) : undefined;
}

const refusedTokenResponse = z.object({ status: text, message: words });

/** Given the body of an exchange, return why there is no token; undefined where there is one. */
export function explainTokenFailure(body: unknown): string | undefined {
  const { data } = refusedTokenResponse.safeParse(body);
  if (!data) return explainError(body);
  return data.status === 'success' ? undefined : data.message || `the exchange ended with ${data.status}`;
}
