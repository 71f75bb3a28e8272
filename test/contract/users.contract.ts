import { expect } from 'vitest';
import { z } from 'zod';
import type { UserProfile } from '../../src/analytics/users.ts';
import { defineContract } from './contract.ts';

const UTC_WITH_MILLISECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const SOME_MOMENT = '1970-01-01T00:00:00.000Z';

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
    for (const moment of [profile.createdAt, profile.lastSeenAt])
      expect(moment ?? SOME_MOMENT).toMatch(UTC_WITH_MILLISECONDS);
    expect(profile.avatarUrl ?? 'https://').toMatch(/^https?:/);
    // What stands in a field of its own stands nowhere else.
    for (const field of ['firstName', 'lastName', 'email', 'createdAt', 'lastSeenAt', 'properties']) {
      expect(profile.attributes).not.toHaveProperty(field);
    }
  },
});
