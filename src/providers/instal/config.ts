import { z } from 'zod';
import { isCalendarDay, isTimezone } from '../../analytics/period.ts';

const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/;
const PATH = /^\/[^\s?#]*$/;

/** One Instal data source: one advertiser. Most of the vendor's page is silent; what it leaves open is a field with a default. */
export const instalConfig = z.strictObject({
  token: z
    .string()
    // Copied from a web page, and split by the vendor's framework where it has blanks.
    .trim()
    .min(1, 'must not be empty')
    .regex(/^\S*$/, 'must not have blanks in it')
    .meta({ secret: true })
    .describe('The API authentication token: in the dashboard, the user profile, User Information.'),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://dashboard.instal.com')
    .describe('Where the API is.'),
  createPath: z
    .string()
    .regex(PATH, 'must be a path that starts with a slash')
    .default('/advertiser/api/v1/reports/exports/')
    .describe('Where exports are asked for, with the slash at its end.'),
  statusPath: z
    .string()
    .regex(PATH, 'must be a path that starts with a slash')
    .refine((path) => path.includes('{taskId}'), 'must have {taskId} in it')
    .default('/advertiser/api/v1/reports/exports/{taskId}')
    .describe(
      'Where an export stands. Without a slash at its end, the form with one is tried where this is no address.',
    ),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, such as EUR')
    .optional()
    .describe('The currency of costs, which Instal does not say. Not known where left out.'),
  timezone: z
    .string()
    .refine(isTimezone, 'must be an IANA time zone, such as Europe/Rome')
    .default('UTC')
    .describe('The time zone of the account at Instal, which it does not say: reports are by its days.'),
  stopDate: z
    .enum(['included', 'excluded'])
    .default('included')
    .describe('Whether the day `stop_date` belongs to a report, which Instal does not say.'),
  csvHeaders: z
    .boolean()
    .default(true)
    .describe(
      'Whether files are asked for with names of columns on top. Without them the documented order is taken on trust.',
    ),
  downloadHosts: z
    .array(z.string().regex(HOST, 'must be a host, with its port where it is not the usual one'))
    .default([])
    .describe('From where files may be fetched besides the host of `baseUrl`. Other hosts do not get the token.'),
  allowPrivateNetwork: z
    .boolean()
    .default(false)
    .describe('Whether these hosts may be in a private network. Only for tests and for installations of your own.'),
  deadlineMinutes: z
    .number()
    .positive('must be more than 0')
    .default(10)
    .describe('How long an export may be on its way. Instal says PENDING for ever of one that it has forgotten.'),
  requestsPerSecond: z
    .int()
    .min(1, 'must be at least 1')
    .default(2)
    .describe('How many requests this token may make in a second. Instal documents no limit.'),
  earliestDate: z
    .string()
    .refine(isCalendarDay, 'must be a day, YYYY-MM-DD')
    .optional()
    .describe('The first day with data: where the period ALL_TIME starts.'),
});

/** The checked configuration of one Instal data source. */
export type InstalConfig = z.infer<typeof instalConfig>;
