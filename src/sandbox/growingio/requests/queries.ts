import { z } from 'zod';

import { refuse } from './api-error.ts';

/** The documents the emulator can follow: the one of 2019 to the letter, or what was added until 2024. */
export type ApiVersion = '2024' | '2026';

const INTERVALS = ['3600000', '86400000', '604800000', '2592000000'] as const;

/** Creates the schemas of the three reports' queries; unknown parameters are ignored. */
export function createQuerySchemas(version: ApiVersion) {
  const time = z
    .string()
    .regex(/^\d{1,15}$/, 'must be a time in unix milliseconds')
    .transform(Number);
  const optional = time.optional();
  // Required in 2019; in 2024 both may be missing, but not one of them.
  const startTime = version === '2024' ? time : optional;
  const endTime = version === '2024' ? time : optional;
  const times = { startTime, endTime };
  return {
    // What another interval is answered is not documented.
    charts: z.object({ ...times, interval: z.enum(INTERVALS).default('86400000') }),
    // Ninety days is the longest that the console offers.
    funnels: z.object({
      ...times,
      conversionWindow: z
        .string()
        .regex(/^([1-9]|[1-8]\d|90)$/, 'must be between 1 and 90 days')
        .transform(Number)
        .optional(),
    }),
    // The default is not documented.
    retentions: z.object({ ...times, range: z.enum(['day', 'week', 'month']).default('day') }),
  };
}

/** Reads a query, or refuses it with 400. */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(400, 'bad_request', `${issue?.path.join('.')}: ${issue?.message}`);
}
