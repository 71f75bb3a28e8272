import { z } from 'zod';

/** One Instal data source. */
export const instalConfig = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://api.instal.example')
    .describe('Where the API is.'),
  apiKey: z.string().min(1, 'must not be empty').meta({ secret: true }).describe('The API key.'),
});

/** The checked configuration of one Instal data source. */
export type InstalConfig = z.infer<typeof instalConfig>;
