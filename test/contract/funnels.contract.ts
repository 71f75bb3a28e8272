import { expect } from 'vitest';
import { funnelRequestInput, type FunnelReport, type FunnelStep } from '../../src/analytics/funnels.ts';
import { defineContract } from './contract.ts';

export const funnelsContract = defineContract({
  smallest: {
    period: { preset: 'YESTERDAY' },
    steps: ['first', 'second'].map((event) => ({ event, filters: [] })),
    order: 'ORDERED',
    countBy: 'USERS',
    excluding: [],
    interval: 'TOTAL',
    breakdown: [],
    filters: [],
  },
  input: funnelRequestInput,
  fetch: (request, { reports }) => reports.funnel(request),
  toPlain: ({ steps, groups, conversionWindowMs, freshness }: FunnelReport) => ({
    steps: steps.map(toPlainStep),
    groups: groups.map((group) => ({ ...group, steps: group.steps.map(toPlainStep) })),
    conversionWindowMs,
    isSettled: freshness.isSettled,
    completeness: freshness.completeness,
  }),
  assertSound: ({ steps, groups }) => {
    expect(steps.length).toBeGreaterThanOrEqual(2);
    for (const some of [steps, ...groups.map((group) => group.steps)]) assertSteps(some);
    const keys = groups.map(({ at, dimensions }) => JSON.stringify([at, dimensions]));
    expect(new Set(keys).size).toBe(keys.length);
  },
});

function toPlainStep({ name, count, fromStart, fromPrevious, dropOff, medianTimeFromPreviousMs }: FunnelStep) {
  return { name, count, fromStart, fromPrevious, dropOff, medianTimeFromPreviousMs };
}

/** Numbered from 1, numbers that never grow, rates between nothing and all. */
function assertSteps(steps: readonly FunnelStep[]): void {
  expect(steps.map(({ index }) => index)).toEqual(steps.map((_step, index) => index + 1));
  const counts = steps.map(({ count }) => count).filter((count) => count !== null);
  expect(counts.every(Number.isFinite)).toBe(true);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  for (const rate of steps.flatMap(({ fromStart, fromPrevious }) => [fromStart, fromPrevious])) {
    if (rate !== null) expect(rate >= 0 && rate <= 1, `${rate} is a fraction`).toBe(true);
  }
}
