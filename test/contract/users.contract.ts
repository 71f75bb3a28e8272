import { expect } from 'vitest';
import { z } from 'zod';
import type { UserProfile } from '../../src/analytics/users.ts';
import { defineContract } from './contract.ts';

export const usersContract = defineContract({
  smallest: { nativeId: 'anna' },
  input: z.object({ nativeId: z.string() }),
  fetch: ({ nativeId }, { reports, dataSource }): Promise<UserProfile | null> =>
    reports.users.profile({ source: dataSource, nativeId }),
  toPlain: (profile) => ({ profile }),
  assertSound: (profile) => {
    if (profile === null) return;
    // What a provider does not know is null, and never an empty text.
    for (const value of Object.values(profile)) expect(value).not.toBe('');
  },
});
