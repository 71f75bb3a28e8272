import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import { parseDay } from '../../world.ts';
import { ApiError } from './api-error.ts';

// The document lists the first four and then names a fifth as the default.
const SORTINGS = ['time', 'campaign', 'aff_sub_id', 'cr', 'campaign_id'] as const;
const WRONG_DATE = 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.';

type Problem = (issue: { readonly input?: unknown }) => string;

const describe =
  (toText: (input: unknown) => string): Problem =>
  ({ input }) => {
    if (input === undefined) return 'This field is required.';
    return input === null ? 'This field may not be null.' : toText(input);
  };
const day = z.string({ error: describe(() => WRONG_DATE) }).refine(isDay, { error: WRONG_DATE, abort: true });
const notAChoice = describe((input) => `"${toWord(input)}" is not a valid choice.`);

const schema = z
  .object(
    {
      start_date: day,
      stop_date: day,
      sorting: z.enum(SORTINGS, { error: notAChoice }).default('campaign_id'),
      format: z.enum(['csv'], { error: notAChoice }).default('csv'),
      csv_headers: z.boolean({ error: describe(() => 'Must be a valid boolean.') }).default(true),
      interval: z.enum(['hourly', 'daily', 'monthly'], { error: notAChoice }).default('daily'),
    },
    { error: 'Invalid data. Expected a dictionary.' },
  )
  .refine(({ start_date, stop_date }) => start_date <= stop_date, {
    path: ['stop_date'],
    error: 'Must not be before start_date.',
  });

/** What an export is asked for; both days are included. */
export type ExportRequest = z.infer<typeof schema>;

/** Reads the body of a demand for an export, or refuses it. */
export function parseExportRequest({ headers, body }: FastifyRequest): ExportRequest {
  const parsed = schema.safeParse(parseJson(headers['content-type'], body));
  if (parsed.success) return parsed.data;
  const errors: Record<string, string[]> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = path.length === 0 ? 'non_field_errors' : path.join('.');
    errors[field] = [...(errors[field] ?? []), message];
  }
  throw new ApiError(400, errors);
}

function parseJson(contentType: string | undefined, body: unknown): unknown {
  // Where nothing was sent, the framework looks at no media type and misses the fields.
  if (typeof body !== 'string' || body === '') return {};
  const type = contentType ?? '';
  if (type.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    throw new ApiError(415, `Unsupported media type "${type}" in request.`);
  }
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new ApiError(400, 'JSON parse error - the body is not JSON.');
  }
}

function isDay(text: string): boolean {
  try {
    parseDay(text);
    return true;
  } catch {
    return false;
  }
}

function toWord(input: unknown): string {
  return typeof input === 'string' ? input : JSON.stringify(input);
}
