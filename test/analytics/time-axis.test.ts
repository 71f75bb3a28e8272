import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { ResultTooLargeError } from '../../src/errors.ts';
import { resolvePeriod, type Interval } from '../../src/analytics/period.ts';
import { bucketStart, createTimeAxis, formatInstant, type TimeAxis } from '../../src/analytics/time-axis.ts';

function axis(interval: Interval, [from, to]: readonly [string, string], timezone = 'UTC'): TimeAxis {
  const context = { timezone, now: Date.parse('2026-11-20T12:00:00Z'), earliestDate: null, path: 'query.period' };
  return createTimeAxis(resolvePeriod({ dates: { from, to } }, context), interval);
}

describe('time axis', () => {
  it('writes each day with its own offset', () => {
    expect(axis('DAY', ['2026-03-28', '2026-03-30'], 'Europe/Stockholm')).toEqual({
      interval: 'DAY',
      timezone: 'Europe/Stockholm',
      timestamps: ['2026-03-28T00:00:00+01:00', '2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00'],
      dates: ['2026-03-28', '2026-03-29', '2026-03-30'],
      epochs: ['2026-03-27T23:00Z', '2026-03-28T23:00Z', '2026-03-29T22:00Z'].map((text) => Date.parse(text)),
    });
  });

  it('goes back to midnight after a skipped one', () => {
    expect(axis('DAY', ['2026-04-23', '2026-04-25'], 'Africa/Cairo').timestamps).toEqual([
      '2026-04-23T00:00:00+02:00',
      '2026-04-24T01:00:00+03:00',
      '2026-04-25T00:00:00+03:00',
    ]);
  });

  it('goes back to midnight after a skipped one that it begins with', () => {
    expect(axis('DAY', ['2026-04-24', '2026-04-26'], 'Africa/Cairo').timestamps).toEqual([
      '2026-04-24T01:00:00+03:00',
      '2026-04-25T00:00:00+03:00',
      '2026-04-26T00:00:00+03:00',
    ]);
    expect(axis('DAY', ['2026-04-24', '2026-04-24'], 'Africa/Cairo').timestamps).toEqual(['2026-04-24T01:00:00+03:00']);
  });

  it('leaves out the hour that a clock skips', () => {
    const { timestamps, dates } = axis('HOUR', ['2026-03-29', '2026-03-29'], 'Europe/Stockholm');
    expect(timestamps).toHaveLength(23);
    expect(timestamps.slice(1, 3)).toEqual(['2026-03-29T01:00:00+01:00', '2026-03-29T03:00:00+02:00']);
    expect(dates).toBeNull();
  });

  it('has the hour twice that a clock repeats', () => {
    const { timestamps, epochs } = axis('HOUR', ['2026-10-25', '2026-10-25'], 'Europe/Stockholm');
    expect(timestamps).toHaveLength(25);
    expect(timestamps.slice(2, 5)).toEqual([
      '2026-10-25T02:00:00+02:00',
      '2026-10-25T02:00:00+01:00',
      '2026-10-25T03:00:00+01:00',
    ]);
    expect(epochs.every((epoch, index) => index === 0 || epoch - (epochs[index - 1] ?? 0) === 3_600_000)).toBe(true);
  });

  it('has whole hours in a zone of 45 minutes', () => {
    const { timestamps, epochs } = axis('HOUR', ['2026-01-01', '2026-01-01'], 'Asia/Kathmandu');
    expect(timestamps.at(-1)).toBe('2026-01-01T23:00:00+05:45');
    expect(epochs[0]).toBe(Date.parse('2025-12-31T18:15:00Z'));
  });

  it('starts weeks on the Monday before the period', () => {
    expect(axis('WEEK', ['2026-01-01', '2026-01-12']).dates).toEqual(['2025-12-29', '2026-01-05', '2026-01-12']);
  });

  it('starts months, quarters and years on their first day', () => {
    expect(axis('MONTH', ['2026-01-31', '2026-03-01']).dates).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);
    expect(axis('QUARTER', ['2025-12-31', '2026-04-01']).dates).toEqual(['2025-10-01', '2026-01-01', '2026-04-01']);
    expect(axis('YEAR', ['2024-02-29', '2026-01-01']).dates).toEqual(['2024-01-01', '2025-01-01', '2026-01-01']);
  });

  it('has no buckets for TOTAL', () => {
    expect(axis('TOTAL', ['2026-01-01', '2026-01-31'])).toMatchObject({ timestamps: [], dates: [], epochs: [] });
  });

  it('has as many points as are allowed', () => {
    const minutes = (to: string): TimeAxis => {
      const context = { timezone: 'UTC', now: Date.parse(to), earliestDate: null, path: 'query.period' };
      return createTimeAxis(resolvePeriod({ instants: { from: '2026-01-01T00:00:00Z', to } }, context), 'MINUTE');
    };
    // 10,000 minutes are 6 days, 22 hours and 40 minutes.
    expect(minutes('2026-01-07T22:40:00Z').timestamps.at(-1)).toBe('2026-01-07T22:39:00Z');
    expect(minutes('2026-01-07T22:40:00Z').timestamps).toHaveLength(10_000);
    expect(() => minutes('2026-01-07T22:41:00Z')).toThrow(
      new ResultTooLargeError(
        'query.interval: MINUTE over 7 days is more than 10000 points a series. Ask for a shorter period or a longer interval',
      ),
    );
  });
});

describe('bucket start', () => {
  const moment = Temporal.ZonedDateTime.from('2026-05-13T15:42:31.5+02:00[Europe/Stockholm]');

  it.each([
    ['MINUTE', '2026-05-13T15:42:00+02:00'],
    ['HOUR', '2026-05-13T15:00:00+02:00'],
    ['DAY', '2026-05-13T00:00:00+02:00'],
    ['WEEK', '2026-05-11T00:00:00+02:00'],
    ['MONTH', '2026-05-01T00:00:00+02:00'],
    ['QUARTER', '2026-04-01T00:00:00+02:00'],
    ['YEAR', '2026-01-01T00:00:00+01:00'],
  ] as const)('finds the %s of a moment', (interval, expected) => {
    expect(formatInstant(bucketStart(moment, interval))).toBe(expected);
  });

  it('stays in the repeated hour it is in', () => {
    const second = Temporal.ZonedDateTime.from('2026-10-25T02:30:00+01:00[Europe/Stockholm]');
    expect(formatInstant(bucketStart(second, 'HOUR'))).toBe('2026-10-25T02:00:00+01:00');
  });
});

describe('hours where clocks change by half of one', () => {
  it('are back on the hour afterwards', () => {
    const period = { dates: { from: '2026-10-04', to: '2026-10-04' } };
    const timezone = 'Australia/Lord_Howe';
    const context = { timezone, now: Date.parse('2026-11-20T12:00:00Z'), earliestDate: null, path: 'period' };
    const { timestamps } = createTimeAxis(resolvePeriod(period, context), 'HOUR');
    expect(timestamps.slice(1, 4)).toEqual([
      '2026-10-04T01:00:00+10:30',
      '2026-10-04T02:30:00+11:00',
      '2026-10-04T03:00:00+11:00',
    ]);
  });
});

describe('instant as text', () => {
  it.each([
    ['2026-01-01T00:00:00+00:00[UTC]', '2026-01-01T00:00:00Z'],
    ['2026-01-01T00:00:00+00:00[Europe/London]', '2026-01-01T00:00:00Z'],
    ['2026-01-01T00:00:00.25+05:45[Asia/Kathmandu]', '2026-01-01T00:00:00.250+05:45'],
    ['2026-01-01T00:00:00-03:00[America/Sao_Paulo]', '2026-01-01T00:00:00-03:00'],
  ])('writes %s as %s', (moment, expected) => {
    expect(formatInstant(Temporal.ZonedDateTime.from(moment))).toBe(expected);
  });
});

describe('buckets of equal length', () => {
  it.each([
    ['MINUTE', 'Asia/Kathmandu', '2026-05-05', '2026-05-07'],
    ['HOUR', 'America/St_Johns', '2026-05-05', '2026-05-30'],
    ['HOUR', 'UTC', '2026-01-01', '2026-03-31'],
    ['DAY', 'Europe/Stockholm', '2026-04-01', '2026-09-30'],
    ['DAY', 'Africa/Cairo', '2026-04-20', '2026-05-10'],
    ['WEEK', 'Europe/London', '2026-01-01', '2026-11-15'],
  ] as const)('are the same %s in %s one by one', (interval, timezone, from, to) => {
    const unit = { MINUTE: 'minutes', HOUR: 'hours', DAY: 'days', WEEK: 'weeks' }[interval];
    const end = Temporal.PlainDate.from(to).add({ days: 1 }).toZonedDateTime(timezone);
    const expected: string[] = [];
    let start = Temporal.PlainDate.from(from).toZonedDateTime(timezone);
    if (interval === 'WEEK') start = start.subtract({ days: start.dayOfWeek - 1 });
    for (; Temporal.ZonedDateTime.compare(start, end) < 0; start = start.add({ [unit]: 1 })) {
      if (interval === 'DAY' || interval === 'WEEK') start = start.startOfDay();
      expected.push(formatInstant(start));
    }
    const { timestamps, epochs } = axis(interval, [from, to], timezone);
    expect(timestamps).toEqual(expected);
    expect(epochs).toEqual(expected.map((text) => Date.parse(text)));
  });
});
