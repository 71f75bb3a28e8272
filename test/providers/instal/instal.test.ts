import { describe, expect, it } from 'vitest';
import { instalConfig } from '../../../src/providers/instal/config.ts';

describe('Instal', () => {
  it('wants an API key', () => {
    expect(instalConfig.safeParse({}).error?.issues).toEqual([expect.objectContaining({ path: ['apiKey'] })]);
  });

  it('is reached where the configuration says', () => {
    const config = instalConfig.parse({ apiKey: 'key', baseUrl: 'http://127.0.0.1:4001' });
    expect(config.baseUrl).toBe('http://127.0.0.1:4001');
  });
});
