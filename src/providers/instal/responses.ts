import { z } from 'zod';

const taskId = z
  .union([z.string().min(1), z.int()])
  .transform(String)
  // It becomes a part of an address, where dots alone lead elsewhere.
  .refine((id) => !/^\.+$/.test(id), 'is no id');

/** Answer to a request for an export; what is not `QUEUED` is found by {@link explainFailure} first. */
export const queuedResponse = z.object({ result: z.literal('QUEUED'), task_id: taskId });

/** Where an export stands. */
export const statusResponse = z.object({
  /** `PENDING` and `SUCCESS` are documented. */
  state: z.string().min(1),
  /** A link where the state is `SUCCESS`, null before. */
  result: z.unknown(),
});
export type InstalStatusResponse = z.infer<typeof statusResponse>;

const refusal = z.object({ result: z.literal('ERROR'), state: z.undefined().optional() });

/** Given the body of a 2xx answer, return why no export was queued. */
export function explainFailure(body: unknown): string | undefined {
  if (!refusal.safeParse(body).success) return undefined;
  const reason = explainError(body);
  return `no export was queued (ERROR)${reason === undefined ? '' : `: ${reason}`}`;
}

const detail = z.object({ detail: z.string() });
const words = z.array(z.string()).min(1);

// Instal documents no body of an error. These are what Django REST framework answers, which its header and its words look like
// (https://www.django-rest-framework.org/api-guide/exceptions/, checked 2026-11).
/** Given the body of an error answer, return what it says went wrong. */
export function explainError(body: unknown): string | undefined {
  const said = detail.safeParse(body);
  if (said.success) return said.data.detail;
  if (typeof body !== 'object' || body === null) return undefined;
  const problems = Object.entries(body).flatMap(([field, value]) => {
    const parsed = words.safeParse(value);
    return parsed.success ? [`${field}: ${parsed.data.join(' ')}`] : [];
  });
  return problems.length === 0 ? undefined : problems.join('; ');
}
