import { z } from 'zod';

/** One Mytracker data source. */
export const mytrackerConfig = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default('https://api.mytracker.example')
    .describe('Where the API is.'),
  apiKey: z.string().min(1, 'must not be empty').meta({ secret: true }).describe('The API key.'),
});

/** The checked configuration of one Mytracker data source. */
export type MytrackerConfig = z.infer<typeof mytrackerConfig>;
