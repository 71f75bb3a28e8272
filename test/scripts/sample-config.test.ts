import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSampleConfig } from '../../scripts/sample-config.ts';
import type { Provider } from '../../src/analytics/provider.ts';
import { providers } from '../../src/providers/registry.generated.ts';

const withConfig = (config: z.ZodType): Provider => ({
  id: 'acme-ads',
  name: 'Acme Ads',
  docsUrl: 'https://acme.example/docs',
  config,
  connect: () => {
    throw new Error('Nobody connects here');
  },
});

describe('a sample configuration', () => {
  it('holds what must be there, and defaults', () => {
    const config = z.strictObject({
      baseUrl: z.url(),
      apiKey: z.string().min(1),
      app: z.int().min(7),
      region: z.enum(['eu', 'us']),
      perSecond: z.int().default(2),
      note: z.string().optional(),
    });
    expect(createSampleConfig(withConfig(config))).toEqual({
      baseUrl: 'https://api.example.com',
      apiKey: 'sample',
      app: 7,
      region: 'eu',
      perSecond: 2,
    });
  });

  it('takes the example of a field that nothing made up would fit', () => {
    const account = z.string().regex(/^ACC-\d+$/);
    expect(() => createSampleConfig(withConfig(z.strictObject({ account })))).toThrow('give the field an example');
    const config = z.strictObject({ account: account.meta({ examples: ['ACC-1'] }) });
    expect(createSampleConfig(withConfig(config))).toEqual({ account: 'ACC-1' });
  });

  it.each(providers.map((provider) => [provider.id, provider as Provider] as const))(
    'of %s is valid',
    (_id, provider) => {
      expect(createSampleConfig(provider)).toBeTypeOf('object');
    },
  );
});
