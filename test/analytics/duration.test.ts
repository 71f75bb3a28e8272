import { describe, expect, it } from 'vitest';
import { durationInput, formatDuration } from '../../src/analytics/duration.ts';
import { parseInput } from '../../src/analytics/parse-input.ts';

const parse = (text: string): number => parseInput(durationInput, text, 'query.conversionWindow');

describe('duration', () => {
  it.each([
    ['PT0.5S', 500],
    ['PT30S', 30_000],
    ['PT1H30M', 5_400_000],
    ['P1D', 86_400_000],
    ['P7D', 604_800_000],
    ['P2W', 1_209_600_000],
    ['P1W1DT1H', 694_800_000],
  ])('reads %s as %i milliseconds', (text, ms) => {
    expect(parse(text)).toBe(ms);
  });

  it.each(['7 days', '', 'P', '7d', 'P1M', 'P1Y', 'P1Y2M3D', '3600'])('refuses %j', (text) => {
    expect(() => parse(text)).toThrow(
      `query.conversionWindow: "${text}" is not a duration. Write it in ISO 8601 with weeks, days or time, such as P7D or PT1H30M`,
    );
  });

  it.each(['PT0S', 'P0D', '-P1D'])('refuses %s, which is no time', (text) => {
    expect(() => parse(text)).toThrow(`query.conversionWindow: "${text}" must be longer than nothing`);
  });

  it.each([
    [0, 'PT0S'],
    [250, 'PT0.25S'],
    [90_500, 'PT1M30.5S'],
    [3_600_000, 'PT1H'],
    [90_000_000, 'PT25H'],
    [604_800_000, 'P7D'],
  ])('writes %i milliseconds as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('reads back what it writes', () => {
    for (const ms of [1, 999, 1000, 86_399_999, 1_209_600_000]) expect(parse(formatDuration(ms))).toBe(ms);
  });
});
