import { expect } from 'vitest';
import { z } from 'zod';
import { SAVED_CHART_KINDS, type SourceChart, type SourceDashboard } from '../../src/analytics/dashboards.ts';
import { isCalendarDay } from '../../src/analytics/period.ts';
import { defineContract } from './contract.ts';

/** What was listed: dashboards, or the charts of the one that was asked for. */
interface Listed {
  readonly dashboards?: readonly SourceDashboard[];
  readonly charts?: readonly SourceChart[];
}

export const dashboardsContract = defineContract({
  smallest: {},
  input: z.object({ dashboardId: z.string().optional() }),
  async fetch({ dashboardId }, { reports: { listings }, dataSource }): Promise<Listed> {
    if (dashboardId === undefined) return { dashboards: await listings.dashboards(dataSource) };
    return { charts: await listings.charts({ source: dataSource, nativeId: dashboardId }) };
  },
  toPlain: ({ dashboards, charts }) => ({
    ...(dashboards && { dashboards: dashboards.map(({ source: _source, ...dashboard }) => dashboard) }),
    ...(charts && { charts: charts.map(({ source: _source, dashboardId: _id, ...chart }) => chart) }),
  }),
  assertSound: ({ dashboards = [], charts = [] }) => {
    const ids = dashboards.map(({ nativeId }) => nativeId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { nativeId, name } of [...dashboards, ...charts]) expect([nativeId, name]).not.toContain('');
    const days = dashboards.flatMap(({ createdAt, updatedAt }) => [createdAt, updatedAt]);
    for (const day of [...days, ...charts.map(({ createdAt }) => createdAt)]) {
      expect(day === null || isCalendarDay(day)).toBe(true);
    }
    for (const { kind } of charts) expect(SAVED_CHART_KINDS).toContain(kind);
  },
});
