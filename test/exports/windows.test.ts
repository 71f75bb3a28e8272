import { describe, expect, it } from 'vitest';
import { cutWindow, toPeriod } from '../../src/exports/windows.ts';

const window = (from: string, to: string) => ({ from: Date.parse(from), to: Date.parse(to) });
const HOUR_MS = 3_600_000;

function cut(
  from: string,
  to: string,
  { timezone = 'UTC', shortestMs = HOUR_MS }: { timezone?: string; shortestMs?: number | null } = {},
) {
  const at = cutWindow(window(from, to), timezone, shortestMs);
  return at === null ? null : new Date(at).toISOString();
}

describe('a window that is cut', () => {
  it.each([
    ['2026-01-01T00:00Z', '2026-01-05T00:00Z', '2026-01-03T00:00:00.000Z'],
    // The middle is noon of the second day: its start is the cut.
    ['2026-01-01T00:00Z', '2026-01-04T00:00Z', '2026-01-02T00:00:00.000Z'],
    ['2026-01-01T00:00Z', '2026-01-03T00:00Z', '2026-01-02T00:00:00.000Z'],
    // The start of the middle's day is no cut, that of the next day is.
    ['2026-01-01T06:00Z', '2026-01-02T06:00Z', '2026-01-02T00:00:00.000Z'],
    ['2026-01-01T01:00Z', '2026-01-02T03:00Z', '2026-01-02T00:00:00.000Z'],
  ])('is cut between days: %s to %s', (from, to, expected) => {
    expect(cut(from, to)).toBe(expected);
  });

  it.each([
    ['2026-01-01T00:00Z', '2026-01-02T00:00Z', '2026-01-01T12:00:00.000Z'],
    ['2026-01-01T00:00Z', '2026-01-01T05:00Z', '2026-01-01T02:00:00.000Z'],
    ['2026-01-01T00:00Z', '2026-01-01T02:00Z', '2026-01-01T01:00:00.000Z'],
  ])('is cut between hours within a day: %s to %s', (from, to, expected) => {
    expect(cut(from, to)).toBe(expected);
  });

  it('follows the days of its time zone over a change of clocks', () => {
    // Stockholm, 28 to 30 March 2026: the 29th has 23 hours, and begins at 23:00 UTC, the 30th at 22:00 UTC.
    const timezone = 'Europe/Stockholm';
    expect(cut('2026-03-28T23:00Z', '2026-03-30T22:00Z', { timezone })).toBe('2026-03-29T22:00:00.000Z');
    // 24 to 26 October 2026: the 25th has 25 hours and begins at 22:00 UTC, the 26th at 23:00 UTC.
    expect(cut('2026-10-24T22:00Z', '2026-10-26T23:00Z', { timezone })).toBe('2026-10-25T23:00:00.000Z');
  });

  it('is never cut into pieces that are too short', () => {
    expect(cut('2026-01-01T00:00Z', '2026-01-01T01:00Z')).toBeNull();
    expect(cut('2026-01-01T00:00Z', '2026-01-01T01:59Z')).toBeNull();
    expect(cut('2026-01-01T00:00Z', '2026-01-02T00:00Z', { shortestMs: 24 * HOUR_MS })).toBeNull();
    expect(cut('2026-01-01T00:00Z', '2026-01-03T00:00Z', { shortestMs: 24 * HOUR_MS })).not.toBeNull();
  });

  it('stays whole where windows must not be cut', () => {
    expect(cut('2026-01-01T00:00Z', '2026-01-05T00:00Z', { shortestMs: null })).toBeNull();
  });

  it.each(['UTC', 'Europe/Stockholm', 'Asia/Kathmandu', 'America/St_Johns'])(
    'ends in pieces that make it up, in %s',
    (timezone) => {
      const whole = window('2026-03-27T00:00Z', '2026-04-02T07:00Z');
      const pieces = [whole];
      for (let index = 0; index < pieces.length;) {
        const { from, to } = pieces[index] ?? whole;
        const at = cutWindow({ from, to }, timezone, HOUR_MS);
        if (at === null) index += 1;
        else pieces.splice(index, 1, { from, to: at }, { from: at, to });
      }
      expect(pieces[0]?.from).toBe(whole.from);
      expect(pieces.at(-1)?.to).toBe(whole.to);
      expect(pieces.every(({ to }, index) => index === pieces.length - 1 || to === pieces[index + 1]?.from)).toBe(true);
      expect(pieces.every(({ from, to }) => to - from >= HOUR_MS && to - from < 3 * HOUR_MS)).toBe(true);
    },
  );
});

describe('the period of a window', () => {
  it('has whole days where it begins and ends with some', () => {
    const now = Date.parse('2026-11-01T00:00Z');
    expect(toPeriod(window('2026-03-28T23:00Z', '2026-03-29T22:00Z'), 'Europe/Stockholm', now)).toMatchObject({
      firstDay: '2026-03-29',
      lastDay: '2026-03-29',
      dayCount: 1,
      isWholeDays: true,
      isRunning: false,
    });
    expect(toPeriod(window('2026-03-28T23:00Z', '2026-03-29T22:00Z'), 'UTC', now)).toMatchObject({
      firstDay: '2026-03-28',
      lastDay: '2026-03-29',
      isWholeDays: false,
    });
  });
});
