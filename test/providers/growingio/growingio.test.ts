import { describe, expect, it } from 'vitest';
import { growingioConfig } from '../../../src/providers/growingio/config.ts';

describe('Growingio', () => {
  it('wants an API key', () => {
    expect(growingioConfig.safeParse({}).error?.issues).toEqual([expect.objectContaining({ path: ['apiKey'] })]);
  });

  it('is reached where the configuration says', () => {
    const config = growingioConfig.parse({ apiKey: 'key', baseUrl: 'http://127.0.0.1:4001' });
    expect(config.baseUrl).toBe('http://127.0.0.1:4001');
  });
});
