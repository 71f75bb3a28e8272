import { describe, expect, it } from 'vitest';
import { InvalidQueryError } from '../../src/errors.ts';
import { parseInput } from '../../src/analytics/parse-input.ts';
import {
  isCalendarDay,
  isTimezone,
  periodInput,
  resolvePeriod,
  timezoneInput,
  type Period,
} from '../../src/analytics/period.ts';

const NOW = '2026-11-20T12:00:00Z';
const HOUR_MS = 3_600_000;

function context(timezone: string): Parameters<typeof resolvePeriod>[1] {
  return { timezone, now: Date.parse(NOW), earliestDate: null, path: 'query.period' };
}

function dates(from: string, to: string, timezone = 'UTC'): Period {
  return resolvePeriod({ dates: { from, to } }, context(timezone));
}

function instants(from: string, to: string, timezone = 'UTC'): Period {
  return resolvePeriod({ instants: { from, to } }, context(timezone));
}

function hoursOf({ start, end }: Period): number {
  return (end.epochMilliseconds - start.epochMilliseconds) / HOUR_MS;
}

describe('period of days', () => {
  it.each([
    ['Europe/Stockholm', '2026-03-29', 23],
    ['Europe/Stockholm', '2026-10-25', 25],
    ['America/Sao_Paulo', '2026-10-18', 24],
    ['America/Sao_Paulo', '2018-11-04', 23],
    ['Asia/Kathmandu', '2026-03-29', 24],
    ['America/Santiago', '2026-09-06', 23],
    ['America/Santiago', '2026-04-04', 25],
    ['Africa/Cairo', '2026-04-24', 23],
  ])('in %s has %s with %i hours', (timezone, day, hours) => {
    const period = dates(day, day, timezone);
    expect(hoursOf(period)).toBe(hours);
    expect(period).toMatchObject({ firstDay: day, lastDay: day, dayCount: 1, isWholeDays: true });
  });

  it.each([
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00Z', 1],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z', 1],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z', 1],
    ['Asia/Kathmandu', '2026-01-01', '2025-12-31T18:15:00Z', 0],
  ])('in %s starts %s at its first moment', (timezone, day, start, hour) => {
    const period = dates(day, day, timezone);
    expect(period.start.epochMilliseconds).toBe(Date.parse(start));
    expect(period.start.hour).toBe(hour);
  });

  it('counts both ends', () => {
    expect(dates('2026-02-27', '2026-03-02')).toMatchObject({
      dayCount: 4,
      firstDay: '2026-02-27',
      lastDay: '2026-03-02',
    });
    expect(dates('2026-03-28', '2026-03-30', 'Europe/Stockholm').dayCount).toBe(3);
  });

  it('is running while today is in it', () => {
    expect(dates('2026-11-19', '2026-11-20').isRunning).toBe(true);
    expect(dates('2026-11-19', '2026-11-19').isRunning).toBe(false);
    expect(dates('2026-11-20', '2026-11-20', 'Pacific/Kiritimati').isRunning).toBe(false);
  });

  it('refuses a reversed period', () => {
    expect(() => dates('2026-02-03', '2026-02-01')).toThrow(
      new InvalidQueryError('query.period.dates: from 2026-02-03 is after to 2026-02-01'),
    );
  });

  it('refuses a day in the future', () => {
    expect(() => dates('2026-11-01', '2026-11-21')).toThrow(
      new InvalidQueryError(
        'query.period.dates.to: 2026-11-21 is in the future; the last day that can be asked for is 2026-11-20, today in UTC',
      ),
    );
    expect(() => dates('2026-11-22', '2026-11-23')).toThrow(/^query\.period\.dates\.from: 2026-11-22 is in the future/);
  });

  it('knows whose future is meant', () => {
    expect(dates('2026-11-21', '2026-11-21', 'Pacific/Kiritimati').isRunning).toBe(true);
  });
});

describe('period of instants', () => {
  it('is half-open and touches its days', () => {
    expect(instants('2026-03-01T23:30:00Z', '2026-03-03T00:00:00Z')).toMatchObject({
      firstDay: '2026-03-01',
      lastDay: '2026-03-02',
      dayCount: 2,
      isWholeDays: false,
    });
  });

  it('is whole days from midnight to midnight', () => {
    const [from, to] = ['2026-03-01T00:00:00+05:45', '2026-03-02T00:00:00+05:45'] as const;
    expect(instants(from, to, 'Asia/Kathmandu').isWholeDays).toBe(true);
    expect(instants(from, to, 'UTC')).toMatchObject({ isWholeDays: false, firstDay: '2026-02-28', dayCount: 2 });
  });

  it('is over at the moment it ends', () => {
    expect(instants('2026-11-20T11:00:00Z', NOW).isRunning).toBe(false);
    expect(instants('2026-11-20T11:00:00Z', '2026-11-20T12:00:00.001Z').isRunning).toBe(true);
  });

  it('refuses nothing and less', () => {
    expect(() => instants('2026-03-01T00:00:00Z', '2026-03-01T01:00:00+01:00')).toThrow(
      'query.period.instants: from 2026-03-01T00:00:00Z is not before to 2026-03-01T01:00:00+01:00',
    );
  });

  it('refuses the future, but not the rest of today', () => {
    expect(instants('2026-11-20T11:00:00Z', '2026-11-21T00:00:00Z').isRunning).toBe(true);
    expect(() => instants('2026-11-20T12:00:01Z', '2026-11-20T13:00:00Z')).toThrow(
      'query.period.instants.from: 2026-11-20T12:00:01Z is in the future',
    );
    expect(() => instants('2026-11-20T11:00:00Z', '2026-11-21T00:00:01Z')).toThrow(
      'query.period.instants.to: 2026-11-21T00:00:01Z is in the future; the last instant that can be asked for is the end of today in UTC',
    );
  });
});

describe('period argument', () => {
  it.each([
    [
      { dates: { from: '2026-02-30', to: '2026-03-01' } },
      'query.period.dates.from: "2026-02-30" does not exist in the calendar',
    ],
    [
      { dates: { from: '2026-02-01', to: '1/3/2026' } },
      'query.period.dates.to: "1/3/2026" is not a day. Write it as YYYY-MM-DD',
    ],
    [
      { instants: { from: 'noon', to: '2026-03-01T00:00:00Z' } },
      'query.period.instants.from: "noon" is not an instant. Write it as 2026-01-31T13:00:00Z or with an offset',
    ],
    [
      { instants: { from: '2026-03-01T00:00:00Z', to: '2026-03-01T10:00:00' } },
      'query.period.instants.to: "2026-03-01T10:00:00" is not an instant. Write it as 2026-01-31T13:00:00Z or with an offset',
    ],
  ])('says what is wrong with %j', (value, message) => {
    expect(() => parseInput(periodInput, value, 'query.period')).toThrow(new InvalidQueryError(message));
  });

  it.each([
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-2-9', false],
    ['2026-02-09T00:00', false],
    ['2026-00-10', false],
  ])('takes %s for a day: %s', (text, isDay) => {
    expect(isCalendarDay(text)).toBe(isDay);
  });

  it.each([
    ['UTC', true],
    ['America/Argentina/Buenos_Aires', true],
    ['+05:45', true],
    ['-03', true],
    ['Mars/Olympus', false],
    ['', false],
    ['5', false],
    ['2026-01-01T00:00[UTC]', false],
  ])('takes %j for a time zone: %s', (text, isZone) => {
    expect(isTimezone(text)).toBe(isZone);
  });

  it('says what a time zone looks like', () => {
    expect(() => parseInput(timezoneInput, 'Stockholm', 'query.timezone')).toThrow(
      'query.timezone: "Stockholm" is not an IANA time zone, such as "Europe/Stockholm" or "UTC"',
    );
  });
});
