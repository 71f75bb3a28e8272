import { describe, expect, it } from 'vitest';
import { InvalidQueryError } from '../../src/errors.ts';
import { toTaskFilter } from '../../src/graphql/task-filter.ts';

describe('a filter of export tasks', () => {
  it('has its moments in milliseconds', () => {
    expect(
      toTaskFilter({ createdFrom: '1970-01-01T00:00:01Z', createdBefore: '1970-01-01T01:00:00.002+01:00' }),
    ).toEqual({
      createdFrom: 1000,
      createdBefore: 2,
    });
  });

  it('takes a leap second for the second before it', () => {
    expect(toTaskFilter({ createdFrom: '1970-01-01T00:00:60Z' })).toEqual({ createdFrom: 59_000 });
  });

  it.each(['', 'now', '2026-06-10', '2026-06-10T10:00:00', '2026-02-30T00:00:00Z'])(
    'refuses %j for a moment',
    (text) => {
      const says = `filter.createdBefore: "${text}" is not an instant. Write it as 2026-01-31T13:00:00Z or with an offset`;
      expect(() => toTaskFilter({ createdBefore: text })).toThrow(new InvalidQueryError(says));
    },
  );

  it('has no key that no database could look for', () => {
    expect(toTaskFilter({ sources: ['sandbox-\0', 'sandbox-adapty'] })).toEqual({ sources: ['sandbox-adapty'] });
  });

  it('that is left out or null filters nothing', () => {
    expect(toTaskFilter({ states: null, sources: null, createdFrom: null })).toEqual({});
  });
});
