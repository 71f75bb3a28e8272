import { z } from 'zod';
import type { StatedOutcome } from '../../analytics/http-client.ts';

const words = z.string().nullish();
/** Documented as texts. */
const id = z.union([z.string().min(1), z.int()]).transform(String);
const seconds = z.union([z.string().regex(/^\d+$/, 'expected digits'), z.int()]).transform(Number);

/** Body of `create.json`. */
export const createResponse = z.object({ code: z.literal(200), data: z.object({ idRawExport: id }) });

const fileResponse = z.object({ link: z.string().min(1), timestampExpires: seconds.nullish() });

/** What an export is at, in MyTracker's words. */
const exportResponse = z.discriminatedUnion('status', [
  z.object({ status: z.literal('In progress'), progress: words }),
  // How an empty export looks is not documented: no list may stand for an empty one.
  z.object({ status: z.literal('Success!'), files: z.array(fileResponse).nullable() }),
  z.object({ status: z.literal('Error occurred'), errorMessage: words }),
  z.object({ status: z.literal('User error occurred'), errorMessage: words }),
  z.object({ status: z.literal('Canceled by user'), errorMessage: words }),
]);
export type MytrackerExportResponse = z.infer<typeof exportResponse>;

/** Body of `get.json`: the export, or that there is none of that id. */
export const getResponse = z.discriminatedUnion('code', [
  z.object({ code: z.literal(200), data: exportResponse }),
  z.object({ code: z.literal(404) }),
]);
export type MytrackerGetResponse = z.infer<typeof getResponse>;

/** Body of `cancel.json`: 400 for an export that has ended, 404 for one that is not known. */
export const cancelResponse = z.object({ code: z.union([z.literal(200), z.literal(400), z.literal(404)]) });

/** Body of `quotas/get.json`, of which only matters that it came. */
export const quotasResponse = z.object({ code: z.literal(200) });

const errorResponse = z.object({
  message: words,
  data: z.object({ error: z.object({ detail: words }).nullish() }).nullish(),
});

/** Given the body of an error answer, return what MyTracker says went wrong. */
export function explainError(body: unknown): string | undefined {
  const { message, data } = errorResponse.safeParse(body).data ?? {};
  return data?.error?.detail ?? message ?? undefined;
}

const statusResponse = z.object({ code: z.int().min(200).max(599) });

const fullQueueResponse = z.object({
  data: z.object({
    error: z.union([
      z.object({ info: z.object({ exports: z.array(z.unknown()) }) }),
      // The words are a second sign only: what tells this 400 from a bad request is the list of exports.
      z.object({ detail: z.string().regex(/^Maximum number of simultaneous requests reached/) }),
    ]),
  }),
});

const exceededResponse = z.object({
  data: z.object({
    error: z.object({
      info: z.object({
        quotas: z.array(z.object({ exceeded: z.boolean(), resetInSecond: z.coerce.number().min(0).nullish() })),
      }),
    }),
  }),
});

/** Given any body, return what it says of itself: its own code counts, a full queue is a matter of waiting, and quotas say how long. */
export function toStatedOutcome(body: unknown): StatedOutcome | undefined {
  const status = statusResponse.safeParse(body).data?.code;
  if (status === undefined) return undefined;
  if (status === 400 && fullQueueResponse.safeParse(body).success) return { status: 429 };
  if (status !== 429) return { status };
  const retryAfterMs = toWaitMs(body);
  return { status, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** A quota that is not exceeded need not be waited for. https://docs.tracker.my.com/api/export-api/quotas (checked 2026-11) */
function toWaitMs(body: unknown): number | undefined {
  const quotas = exceededResponse.safeParse(body).data?.data.error.info.quotas ?? [];
  const waits = quotas.filter(({ exceeded }) => exceeded).flatMap(({ resetInSecond }) => resetInSecond ?? []);
  return waits.length === 0 ? undefined : Math.max(...waits) * 1000;
}
