import { expect } from 'vitest';
import { z } from 'zod';
import type { CohortMembers, SourceCohort } from '../../src/analytics/cohorts.ts';
import { isCalendarDay } from '../../src/analytics/period.ts';
import { defineContract } from './contract.ts';

/** What was listed: cohorts, or the members of the one that was asked for. */
interface Listed {
  readonly cohorts?: readonly SourceCohort[];
  readonly members?: CohortMembers;
}

const UNKNOWN = { name: '', size: null, userKind: null, updatedAt: null };

export const cohortsContract = defineContract({
  smallest: {},
  input: z.object({ cohortId: z.string().optional() }),
  async fetch({ cohortId }, { reports: { listings }, dataSource }): Promise<Listed> {
    if (cohortId !== undefined) {
      return { members: await listings.allMembers({ ...UNKNOWN, nativeId: cohortId, source: dataSource }) };
    }
    const { items } = await listings.cohorts(dataSource, { first: 1000, after: null });
    return { cohorts: items };
  },
  toPlain: ({ cohorts, members }) => ({
    ...(cohorts && { cohorts: cohorts.map(({ source: _source, ...cohort }) => cohort) }),
    ...(members && {
      idName: members.idName,
      attributeNames: members.attributeNames,
      members: members.members,
      completeness: members.freshness.completeness,
    }),
  }),
  assertSound: ({ cohorts = [], members }) => {
    const ids = cohorts.map(({ nativeId }) => nativeId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { nativeId, name, size, updatedAt } of cohorts) {
      expect([nativeId, name]).not.toContain('');
      expect(size === null || (Number.isSafeInteger(size) && size >= 0)).toBe(true);
      expect(updatedAt === null || isCalendarDay(updatedAt)).toBe(true);
    }
    for (const { userId, attributes } of members?.members ?? []) {
      expect(userId).not.toBe('');
      expect(attributes).toHaveLength(members?.attributeNames.length ?? 0);
    }
  },
});
