import { z } from 'zod';
import { isCalendarDay } from '../../analytics/period.ts';
import { TABLES } from './tables.ts';
import { isOfferedTimezone, TIMEZONES } from './timezones.ts';

const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/;

const id = z
  .union([z.int().min(1, 'must be a positive number'), z.string().regex(/^\d+$/, 'must be digits')])
  .transform(String);
const allowance = z.int().min(1, 'must be at least 1');

/** One MyTracker data source: one API user. */
export const mytrackerConfig = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://tracker.my.com')
    .describe('Where the API is.'),
  userId: id.describe('The API User ID of the profile, a number.'),
  secretKey: z
    .string()
    .min(1, 'must not be empty')
    .meta({ secret: true })
    .describe('The Secret Key beside it. It signs each request and is never sent.'),
  timezone: z
    .string()
    .refine(isOfferedTimezone, `must be one of the ${TIMEZONES.length} time zones that MyTracker takes`)
    .default('Europe/Moscow')
    .describe('Whose days are meant where a question names no time zone: one of the names that MyTracker takes.'),
  idApp: z.array(id).min(1, 'must not be empty').optional().describe('Apps to export where a question names none.'),
  SDKKey: z
    .array(z.string().regex(/^[^\s,]+$/, 'must not hold blanks or commas'))
    .min(1, 'must not be empty')
    .optional()
    .describe(
      'SDK keys to export where a question names neither apps nor keys. With `idApp`: rows of one or the other.',
    ),
  parameterPlacement: z
    .enum(['body', 'query'])
    .default('body')
    .describe('Where the parameters of an export travel: in a form, or in the address. Long filters need the form.'),
  downloadHosts: z
    .array(z.string().regex(HOST, 'must be a host, with its port where it is not the usual one'))
    .min(1, 'must hold at least one host')
    .default(['tracker.my.com', 'rawdata.hb.bizmrg.com'])
    .describe('From where files may be fetched.'),
  allowPrivateNetwork: z
    .boolean()
    .default(false)
    .describe('Whether these hosts may be in a private network. Only for tests and for installations of your own.'),
  signDownloads: z
    .enum(['same-host', 'all-hosts', 'never'])
    .default('same-host')
    .describe(
      'Which requests for files are signed: those to the host of `baseUrl`, to all of `downloadHosts`, or none.',
    ),
  requestsPerSecond: allowance.default(10).describe('How many requests this API user may make in a second.'),
  requestsPerMinute: allowance.default(100).describe('How many in a minute.'),
  requestsPerHour: allowance.default(1000).describe('How many in an hour.'),
  refusalsPerMinute: allowance
    .default(60)
    .describe('How many requests in a minute MyTracker may refuse before it blocks the API user for a while.'),
  userSelector: z
    .enum(['idProfile', 'customUserId', 'idDevice'])
    .default('idProfile')
    .describe(
      'Who counts as one user where analyses are computed: a device in one app, whom the app calls so, or a device.',
    ),
  revenue: z
    .strictObject({
      table: z
        .string()
        .refine(
          (name) => TABLES.some((table) => table.name === name),
          'must be the name of an event, such as payments',
        ),
      selector: z.string().regex(/^[\w.-]+$/, 'must be the name of a selector'),
      currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, such as EUR'),
    })
    .optional()
    .describe(
      'Which selector of which event is money, and in which currency: MyTracker does not publish them. Revenue is not known without it.',
    ),
  earliestDate: z
    .string()
    .refine(isCalendarDay, 'must be a day, YYYY-MM-DD')
    .refine((day) => day >= '1970-01-01', 'must not be before 1970-01-01, where MyTracker begins')
    .default('1970-01-01')
    .describe('The first day with data: where the period ALL_TIME starts. Earlier days are refused.'),
});

/** The checked configuration of one MyTracker data source. */
export type MytrackerConfig = z.infer<typeof mytrackerConfig>;
