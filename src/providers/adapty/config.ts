import { z } from 'zod';
import { isCalendarDay, isTimezone } from '../../analytics/period.ts';

// Adapty takes names of the IANA database; an offset such as +02:00 would do without summer time.
const isIanaName = (text: string): boolean => /^[A-Za-z]/.test(text) && isTimezone(text);

/** One Adapty data source: one app, which the secret key selects. */
export const adaptyConfig = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://api-admin.adapty.io')
    .describe('Where the API is.'),
  secretKey: z
    .string()
    .min(1, 'must not be empty')
    .meta({ secret: true })
    .describe('The secret key of the app, from App settings, General. It selects the app.'),
  timezone: z
    .string()
    .refine(isIanaName, 'must be an IANA time zone, such as Europe/Stockholm')
    .default('UTC')
    .describe('Whose days the numbers are, where a question does not say: sent with every request.'),
  apiVersion: z
    .union([z.literal('2026'), z.literal('2024'), z.literal(2026), z.literal(2024)])
    .default('2026')
    .transform((version) => (String(version) === '2024' ? '2024' : '2026'))
    .describe('`2026`: what Adapty documents today. `2024`: its export document of that year, without chart ids.'),
  earliestDate: z
    .string()
    .refine(isCalendarDay, 'must be a day, YYYY-MM-DD')
    .optional()
    .describe('The first day with data: where the period ALL_TIME starts.'),
  requestsPerSecond: z
    .int()
    .min(1, 'must be at least 1')
    .default(2)
    .describe('How many requests this app may make in a second. Fewer than 2 where others share its allowance.'),
});

/** The checked configuration of one Adapty data source. */
export type AdaptyConfig = z.infer<typeof adaptyConfig>;

/** Which of Adapty's documents a data source speaks. */
export type AdaptyVersion = AdaptyConfig['apiVersion'];
