import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { InvalidQueryError } from '../../src/errors.ts';
import { metricsRequestInput } from '../../src/analytics/metrics.ts';
import { parseInput } from '../../src/analytics/parse-input.ts';

const selection = { source: 'shop', metric: { key: 'revenue' }, filters: [] };
const request = {
  select: [selection],
  period: { preset: 'LAST_7_DAYS' },
  interval: 'DAY',
  breakdown: [],
  seriesLimit: 10,
  filters: [],
};

const parse = (given: object) => parseInput(metricsRequestInput, { ...request, ...given }, 'query');

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof InvalidQueryError) return error.message;
    throw error;
  }
  throw new Error('Nothing was refused');
}

describe('argument', () => {
  it('is returned as its schema says', () => {
    expect(parse({})).toEqual(request);
  });

  it('is refused by the path of its field', () => {
    expect(messageOf(() => parse({ select: [selection, { ...selection, metric: { key: '' } }] }))).toBe(
      'query.select[1].metric.key: must not be empty',
    );
    expect(messageOf(() => parse({ period: { dates: { from: '2026-02-30', to: '2026-03-01' } } }))).toBe(
      'query.period.dates.from: "2026-02-30" does not exist in the calendar',
    );
  });

  it('is refused for all its mistakes at once', () => {
    expect(messageOf(() => parse({ timezone: 'Mars', breakdown: ['os', 'os'], seriesLimit: 1001 }))).toBe(
      'query.timezone: "Mars" is not an IANA time zone, such as "Europe/Stockholm" or "UTC"; ' +
        'query.breakdown: names a dimension twice; query.seriesLimit: must be at most 1000',
    );
  });

  it('has five mistakes named at the most', () => {
    const schema = z.array(z.string().min(1, 'must not be empty'));
    expect(messageOf(() => parseInput(schema, ['', '', '', '', '', ''], 'names'))).toBe(
      `${[0, 1, 2, 3, 4].map((index) => `names[${index}]: must not be empty`).join('; ')}; and 1 more`,
    );
  });

  it.each([
    [0, 'query.select: must hold 1 to 20 selections, none was given'],
    [21, 'query.select: must hold 1 to 20 selections, 21 were given'],
  ])('selects one to twenty series, not %i', (count, message) => {
    expect(messageOf(() => parse({ select: new Array<typeof selection>(count).fill(selection) }))).toBe(message);
  });

  it('keeps what was found as the cause', () => {
    const schema = z.string().min(1, 'must not be empty');
    expect(() => parseInput(schema, '', 'name')).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', cause: expect.any(z.ZodError) as unknown }),
    );
  });
});
