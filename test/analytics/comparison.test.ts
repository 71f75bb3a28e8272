import { describe, expect, it } from 'vitest';
import {
  resolveComparison,
  resolvePeriod,
  type ComparisonRequest,
  type PeriodRequest,
} from '../../src/analytics/period.ts';

function compare(asked: PeriodRequest, to: ComparisonRequest, timezone = 'UTC'): ReturnType<typeof resolveComparison> {
  const context = { timezone, now: Date.parse('2026-11-20T12:00:00Z'), earliestDate: null, path: 'query.compareTo' };
  return resolveComparison(to, resolvePeriod(asked, context), context);
}

const PREVIOUS = { preset: 'PREVIOUS_PERIOD' } as const;
const LAST_YEAR = { preset: 'SAME_PERIOD_LAST_YEAR' } as const;
const dates = (from: string, to: string) => ({ dates: { from, to } });

describe('comparison period', () => {
  it('is as many days just before', () => {
    expect(compare(dates('2026-03-10', '2026-03-16'), PREVIOUS)).toMatchObject({
      firstDay: '2026-03-03',
      lastDay: '2026-03-09',
      dayCount: 7,
      isRunning: false,
    });
  });

  it('counts days, not hours, over clock changes', () => {
    const short = compare(dates('2026-03-29', '2026-03-29'), PREVIOUS, 'Europe/Stockholm');
    expect(short).toMatchObject({ firstDay: '2026-03-28', dayCount: 1, isWholeDays: true });
    const long = compare(dates('2026-10-25', '2026-10-26'), PREVIOUS, 'Europe/Stockholm');
    expect(long).toMatchObject({ firstDay: '2026-10-23', lastDay: '2026-10-24', isWholeDays: true });
  });

  it.each([
    ['Africa/Cairo', '2026-04-24', '2026-04-23', '2026-04-22T22:00:00Z'],
    ['America/Santiago', '2026-09-06', '2026-09-05', '2026-09-05T04:00:00Z'],
  ])('starts at midnight in %s after a skipped one', (timezone, day, before, start) => {
    const previous = compare(dates(day, day), PREVIOUS, timezone);
    expect(previous).toMatchObject({ firstDay: before, lastDay: before, dayCount: 1, isWholeDays: true });
    expect(previous.start.epochMilliseconds).toBe(Date.parse(start));
  });

  it('moves instants by their exact length', () => {
    const asked = { instants: { from: '2026-03-29T00:30:00Z', to: '2026-03-29T12:00:00Z' } };
    const { start, end } = compare(asked, PREVIOUS, 'Europe/Stockholm');
    expect(start.epochMilliseconds).toBe(Date.parse('2026-03-28T13:00:00Z'));
    expect(end.epochMilliseconds).toBe(Date.parse('2026-03-29T00:30:00Z'));
  });

  it('is the same days a year earlier', () => {
    expect(compare(dates('2026-03-01', '2026-03-31'), LAST_YEAR)).toMatchObject({
      firstDay: '2025-03-01',
      lastDay: '2025-03-31',
      dayCount: 31,
    });
  });

  it('has a day less where a leap day was', () => {
    expect(compare(dates('2024-02-01', '2024-03-31'), LAST_YEAR)).toMatchObject({
      firstDay: '2023-02-01',
      lastDay: '2023-03-31',
      dayCount: 59,
    });
  });

  it('keeps the last day before a leap day', () => {
    const day = compare(dates('2024-02-28', '2024-02-28'), LAST_YEAR);
    expect(day).toMatchObject({ firstDay: '2023-02-28', lastDay: '2023-02-28', dayCount: 1 });
  });

  it('starts last year at midnight after a skipped one', () => {
    const day = compare(dates('2026-04-24', '2026-04-24'), LAST_YEAR, 'Africa/Cairo');
    expect(day).toMatchObject({ firstDay: '2025-04-24', dayCount: 1, isWholeDays: true });
  });

  it('is what the caller says', () => {
    expect(compare(dates('2026-03-01', '2026-03-31'), dates('2025-12-01', '2025-12-07'))).toMatchObject({
      firstDay: '2025-12-01',
      dayCount: 7,
    });
  });

  it('is refused in the future like any other', () => {
    expect(() => compare(dates('2026-03-01', '2026-03-31'), dates('2027-01-01', '2027-01-31'))).toThrow(
      /^query\.compareTo\.dates\.from: 2027-01-01 is in the future/,
    );
  });
});
