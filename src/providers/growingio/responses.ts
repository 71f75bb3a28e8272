import { z } from 'zod';

/** Body of `/metrics`: a value for each day of the period, in order. */
export const metricResponse = z.object({
  total: z.number(),
  days: z.array(z.object({ date: z.string(), value: z.number() })),
});
export type GrowingioMetricResponse = z.infer<typeof metricResponse>;

/** Body of `/account`. */
export const accountResponse = z.object({ id: z.string() });
export type GrowingioAccountResponse = z.infer<typeof accountResponse>;

const errorResponse = z.object({ error: z.string() });

/** Given the body of an error answer, return what Growingio says went wrong. */
export function explainError(body: unknown): string | undefined {
  return errorResponse.safeParse(body).data?.error;
}
