import { expect } from 'vitest';
import {
  COUNT_BY,
  FUNNEL_ORDERS,
  funnelRequestInput,
  MAX_FUNNEL_STEPS,
  type FunnelReport,
  type FunnelsCapability,
  type FunnelStep,
} from '../../src/analytics/funnels.ts';
import { defineContract } from './contract.ts';
import { assertDistinct, assertLimits } from './limits.ts';

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
  assertOffered: ({ limits, funnel }: FunnelsCapability) => {
    assertLimits(limits);
    const { minSteps, maxSteps, orders, computedOrders = [], countBy, conversionWindowMs } = funnel;
    // A fixed or saved funnel takes no steps.
    expect(minSteps).toBe(maxSteps === 0 ? 0 : 2);
    expect(maxSteps === 0 || maxSteps >= minSteps).toBe(true);
    expect(maxSteps).toBeLessThanOrEqual(MAX_FUNNEL_STEPS);
    assertDistinct(orders, FUNNEL_ORDERS, 1);
    assertDistinct(computedOrders, orders);
    assertDistinct(countBy, COUNT_BY, 1);
    if (conversionWindowMs === null) return;
    const { min, max, step } = conversionWindowMs;
    expect([min, max, step].every((ms) => Number.isSafeInteger(ms) && ms > 0)).toBe(true);
    expect([min <= max, min % step, max % step]).toEqual([true, 0, 0]);
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
