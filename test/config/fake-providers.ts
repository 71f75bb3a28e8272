import { z } from 'zod';
import { defineProvider } from '../../src/analytics/provider.ts';
import { parseConfigFile } from '../../src/config/config-file.ts';
import { ConfigurationError } from '../../src/config/configuration-error.ts';
import type { DataSourceEntry } from '../../src/config/data-source-entry.ts';

const endpoint = z.strictObject({ url: z.url(), token: z.string().min(8).meta({ secret: true }).optional() });

/** A provider with every kind of field. */
export const acme = defineProvider({
  id: 'acme',
  name: 'Acme',
  docsUrl: 'https://acme.example/docs',
  config: z.strictObject({
    clientId: z.string().min(3).describe('The client id.'),
    clientSecret: z.string().min(10).meta({ secret: true }).describe('The client secret.'),
    apiVersion: z.enum(['v1', 'v2']).default('v2'),
    retries: z.int().min(0).max(9).default(3),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, such as EUR')
      .optional(),
    code: z
      .string()
      .regex(/^[a-z]+$/)
      .optional(),
    earliestDate: z.iso.date().optional(),
    tags: z.array(z.string().min(2)).optional(),
    projectId: z.union([z.string(), z.number()]).transform(String).optional(),
    endpoint: endpoint.optional(),
  }),
  connect: connectNothing,
});

const repeating = z
  .string()
  .refine((text) => text.startsWith('tok-'), { error: ({ input }) => `not ${String(input)}` });

/** A provider whose own messages repeat what they were given, as a careless one might. */
export const careless = defineProvider({
  id: 'careless',
  name: 'Careless',
  docsUrl: 'https://careless.example/docs',
  config: z
    .strictObject({
      token: repeating,
      pair: z.union([repeating, repeating]).optional(),
      headers: z.record(z.string(), z.string().max(20)).meta({ secret: true }).optional(),
      mode: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('key'), key: z.string().min(12).meta({ secret: true }) }),
        z.strictObject({ kind: z.literal('open') }),
      ]),
    })
    .refine(({ token, mode }) => mode.kind === 'open' || token !== mode.key, 'must be two different texts'),
  connect: connectNothing,
});

function connectNothing(): never {
  throw new Error('The configuration connects nothing.');
}

/** What the tests hand in as the registry. */
export const fakeProviders = [acme, careless];

/** What a test may hand in besides the text. */
export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** Parse a file with the fake providers, in surroundings that a test lists. */
export function parse(text: string, { env = {}, files = {} }: Surroundings = {}): DataSourceEntry[] {
  return parseConfigFile(text, {
    env,
    readFile: (path) => {
      const content = files[path];
      if (content === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
      return content;
    },
    providers: fakeProviders,
    path: 'tributary.config.yaml',
  });
}

/** Run what must fail with a ConfigurationError, and return that error. */
export function configurationErrorOf(run: () => unknown): ConfigurationError {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('No ConfigurationError was thrown.');
}

/** The error's lines below its first one, without their indentation. */
export function mistakeLines(run: () => unknown): string[] {
  return configurationErrorOf(run)
    .message.split('\n')
    .slice(1)
    .map((line) => line.trim());
}
