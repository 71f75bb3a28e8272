import { describe, expect, it } from 'vitest';
import { conversionRate, funnelRequestInput, toFunnelSteps, type FunnelStep } from '../../src/analytics/funnels.ts';
import { parseInput } from '../../src/analytics/parse-input.ts';

function stepsOf(...counts: (number | null)[]): FunnelStep[] {
  return toFunnelSteps(counts.map((count, index) => ({ name: `s${index}`, count, medianTimeFromPreviousMs: null })));
}

function ratesOf(...counts: (number | null)[]): unknown[] {
  return stepsOf(...counts).map(({ fromStart, fromPrevious, dropOff }) => [fromStart, fromPrevious, dropOff]);
}

describe('funnel steps', () => {
  it('are fractions of the first and the one before', () => {
    expect(ratesOf(200, 50, 20)).toEqual([
      [1, null, null],
      [0.25, 0.25, 150],
      [0.1, 0.4, 30],
    ]);
  });

  it('are counted from one', () => {
    expect(stepsOf(3, 2).map(({ index, name }) => [index, name])).toEqual([
      [1, 's0'],
      [2, 's1'],
    ]);
  });

  it('have no rates where nobody started', () => {
    expect(ratesOf(0, 0)).toEqual([
      [null, null, null],
      [null, null, 0],
    ]);
  });

  it('have no rate after an empty step', () => {
    expect(ratesOf(10, 0, 0)).toEqual([
      [1, null, null],
      [0, 0, 10],
      [0, null, 0],
    ]);
  });

  it('have no rates beside an unknown count', () => {
    expect(ratesOf(10, null, 5)).toEqual([
      [1, null, null],
      [null, null, null],
      [0.5, null, null],
    ]);
    expect(ratesOf(null, 5)).toEqual([
      [null, null, null],
      [null, null, null],
    ]);
  });

  it('may grow where the order is free', () => {
    expect(ratesOf(10, 15)[1]).toEqual([1.5, 1.5, -5]);
  });

  it('convert as many as reach the last', () => {
    expect(conversionRate(stepsOf(200, 50, 20))).toBe(0.1);
    expect(conversionRate(stepsOf(0, 0))).toBeNull();
    expect(conversionRate([])).toBeNull();
  });
});

describe('funnel argument', () => {
  const request = {
    source: 'shop',
    period: { preset: 'LAST_7_DAYS' },
    order: 'ORDERED',
    countBy: 'USERS',
    excluding: [],
    interval: 'TOTAL',
    breakdown: [],
    filters: [],
  };
  const step = { event: 'signup', filters: [] };
  const parse = (given: object) => parseInput(funnelRequestInput, { ...request, ...given }, 'query');

  it('has its window in milliseconds', () => {
    expect(parse({ steps: [step, step], conversionWindow: 'P7D' }).conversionWindow).toBe(604_800_000);
  });

  it.each([1, 21])('refuses %i steps', (count) => {
    const steps = new Array<typeof step>(count).fill(step);
    expect(() => parse({ steps })).toThrow(`query.steps: must hold 2 to 20 steps, ${count} given`);
  });

  it('names the step that is wrong', () => {
    expect(() => parse({ steps: [step, { event: '', filters: [] }] })).toThrow(
      'query.steps[1].event: must not be empty',
    );
  });
});
