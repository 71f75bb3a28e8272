import { z } from 'zod';

/** One Growingio data source. */
export const growingioConfig = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://api.growingio.example')
    .describe('Where the API is.'),
  apiKey: z.string().min(1, 'must not be empty').meta({ secret: true }).describe('The API key.'),
});

/** The checked configuration of one Growingio data source. */
export type GrowingioConfig = z.infer<typeof growingioConfig>;
