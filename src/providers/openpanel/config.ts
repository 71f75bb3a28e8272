import { z } from 'zod';
import { isCalendarDay, isTimezone } from '../../analytics/period.ts';

// YAML reads 2026 and 12345 as numbers; both spellings mean the same.
const textOrNumber = z.union([z.string().min(1, 'must not be empty'), z.number()]).transform(String);

/** One OpenPanel data source: one client (`read` or `root` mode) of one project. */
export const openpanelConfig = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://api.openpanel.dev')
    .describe('Where the API is. Change it for a self-hosted OpenPanel.'),
  clientId: z
    .string()
    .min(1, 'must not be empty')
    .describe('The client id, a UUID. The client needs `read` or `root` mode.'),
  clientSecret: z.string().min(1, 'must not be empty').meta({ secret: true }).describe('The client secret.'),
  projectId: textOrNumber.describe('The project whose data is read.'),
  timezone: z
    .string()
    .refine(isTimezone, 'must be an IANA time zone, such as Europe/Stockholm')
    .default('UTC')
    .describe("The time zone of the organisation at OpenPanel: its charts' days are days of this zone."),
  apiVersion: z
    .union([z.literal('2026'), z.literal('2024'), z.literal(2026), z.literal(2024)])
    .default('2026')
    .transform((version) => (String(version) === '2024' ? '2024' : '2026'))
    .describe(
      '`2026`: what OpenPanel runs today. `2024`: its documented export API of November 2024, with /export/funnel.',
    ),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, such as EUR')
    .optional()
    .describe('The currency of the properties in `moneyProperties`.'),
  moneyProperties: z
    .array(z.string())
    .default([])
    .describe('Numeric properties that are money in `currency`, such as properties.price.'),
  earliestDate: z
    .string()
    .refine(isCalendarDay, 'must be a day, YYYY-MM-DD')
    .optional()
    .describe('The first day with data: where the period ALL_TIME starts.'),
  requestsPer10Seconds: z
    .int()
    .min(1, 'must be at least 1')
    .optional()
    .describe('How many requests this client may make in 10 seconds. Left out: 100, or 10 with apiVersion 2024.'),
});

/** The checked configuration of one OpenPanel data source. */
export type OpenpanelConfig = z.infer<typeof openpanelConfig>;
