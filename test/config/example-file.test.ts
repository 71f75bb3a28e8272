import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createConfigJsonSchema } from '../../src/config/json-schema.ts';
import { loadSettings } from '../../src/config/settings.ts';
import { providers } from '../../src/providers/registry.generated.ts';

const path = join(import.meta.dirname, '../../tributary.config.example.yaml');

describe('example configuration file', () => {
  it('is accepted by the providers it names', () => {
    const env = { TRIBUTARY_CONFIG: path, OPENPANEL_CLIENT_ID: 'client-1', OPENPANEL_CLIENT_SECRET: 'secret-1' };
    const { dataSources } = loadSettings({ env, providers });
    expect(dataSources).toMatchObject([
      {
        key: 'shop-web',
        name: 'Web shop',
        provider: { id: 'openpanel' },
        config: {
          clientId: 'client-1',
          clientSecret: 'secret-1',
          projectId: 'shop-web',
          timezone: 'Europe/Stockholm',
          currency: 'EUR',
          earliestDate: '2024-03-01',
          apiVersion: '2026',
        },
      },
    ]);
  });

  it('is accepted by the schema editors use', () => {
    const schema = z.fromJSONSchema(createConfigJsonSchema(providers) as Parameters<typeof z.fromJSONSchema>[0]);
    expect(schema.safeParse(parse(readFileSync(path, 'utf8'))).error).toBeUndefined();
  });
});
