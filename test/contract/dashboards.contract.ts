import { expect } from 'vitest';
import { z } from 'zod';
import type { Dashboard } from '../../src/analytics/dashboards.ts';
import { isCalendarDay } from '../../src/analytics/period.ts';
import { defineContract } from './contract.ts';

export const dashboardsContract = defineContract({
  smallest: {},
  input: z.object({}),
  fetch: (_question, { reports, dataSource }) => reports.dashboards(dataSource),
  toPlain: (dashboards: readonly Dashboard[]) => ({ dashboards }),
  assertSound: (dashboards) => {
    const ids = dashboards.map(({ nativeId }) => nativeId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { nativeId, name, createdAt, updatedAt } of dashboards) {
      expect([nativeId, name]).not.toContain('');
      for (const day of [createdAt, updatedAt]) expect(day === null || isCalendarDay(day)).toBe(true);
    }
  },
});
