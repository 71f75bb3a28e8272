import { z } from 'zod';
import { isCalendarDay } from '../../analytics/period.ts';

const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/;

const required = z.string().min(1, 'must not be empty');

const fields = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://www.growingio.com')
    .describe('Where the API is.'),
  projectId: z
    .string()
    .regex(/^[0-9A-Za-z_-]+$/, 'must be letters and digits')
    .describe('The uid of the project: the eight characters behind `/projects/` in the console.'),
  publicKey: required.describe('The public key of the project, sent as `X-Client-Id`.'),
  privateKey: required
    .meta({ secret: true })
    .optional()
    .describe('The private key of the project. It signs the request for a token and is never sent. Needs `accountId`.'),
  accountId: required
    .optional()
    .describe('The id that GrowingIO calls `ai`, 16 or 32 hexadecimal digits. Goes with `privateKey`.'),
  token: required
    .meta({ secret: true })
    .optional()
    .describe('A token made in the console, in the place of `privateKey` and `accountId`.'),
  tokenPrefix: z
    .string()
    .default('')
    .describe('What stands before the token in `Authorization`, such as `Token ` with the space behind it.'),
  apiVersion: z
    .union([z.literal('2026'), z.literal('2024'), z.literal(2026), z.literal(2024)])
    .default('2026')
    .transform((version) => (String(version) === '2024' ? '2024' : '2026'))
    .describe(
      '`2026`: reports and users of segments through the exporter (v3), asked for until they are ready. `2024`: the statistics API (v2), answered at once.',
    ),
  rates: z
    .enum(['fraction', 'percent'])
    .default('fraction')
    .describe('How this project writes rates: 0.25 or 25. GrowingIO does not document it.'),
  lagMinutes: z
    .int()
    .min(0, 'must not be negative')
    .default(30)
    .describe('How long GrowingIO takes to count, in minutes.'),
  dayCompleteAt: z
    .string()
    .regex(CLOCK_TIME, 'must be a time of day, HH:MM')
    .default('04:00')
    .describe('When the day before is counted, Beijing time.'),
  requestsPerSecond: z
    .int()
    .min(1, 'must be at least 1')
    .default(2)
    .describe(
      'How many charts, funnels, retentions and segments this project may ask for in a second, each kind by itself.',
    ),
  downloadHosts: z
    .array(z.string().regex(HOST, 'must be a host, with its port where it is not the usual one'))
    .min(1, 'must hold at least one host')
    .default(['gta.growingio.com'])
    .describe('From where users of segments may be downloaded, with `apiVersion` 2026.'),
  allowPrivateNetwork: z
    .boolean()
    .default(false)
    .describe('Whether these hosts may be in a private network. Only for tests and for installations of your own.'),
  earliestDate: z
    .string()
    .refine(isCalendarDay, 'must be a day, YYYY-MM-DD')
    .optional()
    .describe('The first day with data: where the period ALL_TIME starts.'),
});

/** One GrowingIO data source: one project, and one way to be let in. */
export const growingioConfig = fields
  .superRefine((config, context) => {
    for (const { field, message } of findCredentialMistakes(config)) {
      context.addIssue({ code: 'custom', path: [field], message });
    }
  })
  // The same for editors: JSON Schema keeps nothing of a refinement.
  .meta({ allOf: [{ oneOf: [having('token'), having('privateKey', 'accountId')] }] });

/** The JSON Schema of whatever has these fields. */
function having(...fields: readonly string[]) {
  return { type: 'object', properties: Object.fromEntries(fields.map((field) => [field, {}])), required: fields };
}

/** The checked configuration of one GrowingIO data source. */
export type GrowingioConfig = z.infer<typeof growingioConfig>;

interface CredentialMistake {
  readonly field: 'token' | 'privateKey' | 'accountId';
  readonly message: string;
}

function findCredentialMistakes({ token, privateKey, accountId }: z.infer<typeof fields>): CredentialMistake[] {
  if (token !== undefined) {
    const surplus = (['privateKey', 'accountId'] as const).filter(
      (field) => (field === 'privateKey' ? privateKey : accountId) !== undefined,
    );
    return surplus.map((field) => ({
      field,
      message: 'must be left out where there is a token: one way or the other',
    }));
  }
  if (privateKey === undefined && accountId === undefined) {
    return [{ field: 'token', message: 'must be given, or privateKey and accountId, which are exchanged for one' }];
  }
  if (privateKey === undefined) return [{ field: 'privateKey', message: 'must be given with accountId' }];
  if (accountId === undefined) return [{ field: 'accountId', message: 'must be given with privateKey' }];
  return [];
}
