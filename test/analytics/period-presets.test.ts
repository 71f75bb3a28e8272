import { describe, expect, it } from 'vitest';
import { resolvePeriod, type Period, type PeriodPreset } from '../../src/analytics/period.ts';

/** A Wednesday. */
const WEDNESDAY = '2026-03-18T12:00:00Z';

function preset(
  name: PeriodPreset,
  { now = WEDNESDAY, timezone = 'UTC', earliestDate = null as string | null } = {},
): Period {
  return resolvePeriod({ preset: name }, { timezone, now: Date.parse(now), earliestDate, path: 'query.period' });
}

describe('period presets', () => {
  it.each([
    ['TODAY', '2026-03-18', '2026-03-18', 1],
    ['YESTERDAY', '2026-03-17', '2026-03-17', 1],
    ['LAST_7_DAYS', '2026-03-11', '2026-03-17', 7],
    ['LAST_30_DAYS', '2026-02-16', '2026-03-17', 30],
    ['LAST_90_DAYS', '2025-12-18', '2026-03-17', 90],
    ['LAST_12_MONTHS', '2025-03-01', '2026-02-28', 365],
    ['THIS_WEEK', '2026-03-16', '2026-03-18', 3],
    ['LAST_WEEK', '2026-03-09', '2026-03-15', 7],
    ['THIS_MONTH', '2026-03-01', '2026-03-18', 18],
    ['LAST_MONTH', '2026-02-01', '2026-02-28', 28],
    ['THIS_QUARTER', '2026-01-01', '2026-03-18', 77],
    ['LAST_QUARTER', '2025-10-01', '2025-12-31', 92],
    ['THIS_YEAR', '2026-01-01', '2026-03-18', 77],
    ['LAST_YEAR', '2025-01-01', '2025-12-31', 365],
  ] as const)('resolves %s on a Wednesday in March', (name, firstDay, lastDay, dayCount) => {
    expect(preset(name)).toMatchObject({ firstDay, lastDay, dayCount, isWholeDays: true, timezone: 'UTC' });
  });

  it.each(['TODAY', 'THIS_WEEK', 'THIS_MONTH', 'THIS_QUARTER', 'THIS_YEAR'] as const)('still grows for %s', (name) => {
    expect(preset(name).isRunning).toBe(true);
  });

  it.each(['YESTERDAY', 'LAST_7_DAYS', 'LAST_WEEK', 'LAST_MONTH', 'LAST_YEAR'] as const)('is over for %s', (name) => {
    expect(preset(name).isRunning).toBe(false);
  });

  it('starts the week on Monday, also on Sunday', () => {
    expect(preset('THIS_WEEK', { now: '2026-03-22T12:00:00Z' })).toMatchObject({ firstDay: '2026-03-16', dayCount: 7 });
    expect(preset('THIS_WEEK', { now: '2026-03-23T12:00:00Z' })).toMatchObject({ firstDay: '2026-03-23', dayCount: 1 });
  });

  it('knows the last day of a leap February', () => {
    expect(preset('LAST_MONTH', { now: '2028-03-31T12:00:00Z' })).toMatchObject({
      lastDay: '2028-02-29',
      dayCount: 29,
    });
  });

  it.each([
    ['Asia/Kathmandu', '2026-03-18T18:14:59Z', '2026-03-18', '2026-03-17T18:15:00Z'],
    ['Asia/Kathmandu', '2026-03-18T18:15:00Z', '2026-03-19', '2026-03-18T18:15:00Z'],
    ['America/Sao_Paulo', '2026-03-18T02:59:59Z', '2026-03-17', '2026-03-17T03:00:00Z'],
    ['America/Sao_Paulo', '2026-03-18T03:00:00Z', '2026-03-18', '2026-03-18T03:00:00Z'],
    ['Europe/Stockholm', '2026-03-28T23:00:00Z', '2026-03-29', '2026-03-28T23:00:00Z'],
  ])('begins today at midnight in %s at %s', (timezone, now, day, start) => {
    const today = preset('TODAY', { now, timezone });
    expect(today.firstDay).toBe(day);
    expect(today.start.epochMilliseconds).toBe(Date.parse(start));
  });

  it('begins ALL_TIME with the first day of data', () => {
    expect(preset('ALL_TIME', { earliestDate: '2024-02-29' })).toMatchObject({
      firstDay: '2024-02-29',
      lastDay: '2026-03-18',
    });
  });

  it('refuses an ALL_TIME that begins in the future', () => {
    expect(() => preset('ALL_TIME', { earliestDate: '2026-06-01' })).toThrow(
      'query.period.preset: ALL_TIME starts on 2026-06-01, which is in the future',
    );
  });

  it('asks when the data begins', () => {
    expect(() => preset('ALL_TIME')).toThrow(
      'query.period.preset: ALL_TIME needs to know when the data begins. Set "earliestDate" on the data source in the configuration, or ask with dates',
    );
  });
});
