import { describe, expect, it } from 'vitest';
import { mytrackerConfig } from '../../../src/providers/mytracker/config.ts';

describe('Mytracker', () => {
  it('wants an API key', () => {
    expect(mytrackerConfig.safeParse({}).error?.issues).toEqual([expect.objectContaining({ path: ['apiKey'] })]);
  });

  it('is reached where the configuration says', () => {
    const config = mytrackerConfig.parse({ apiKey: 'key', baseUrl: 'http://127.0.0.1:4001' });
    expect(config.baseUrl).toBe('http://127.0.0.1:4001');
  });
});
