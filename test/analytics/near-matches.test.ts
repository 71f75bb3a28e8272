import { describe, expect, it } from 'vitest';
import { didYouMean, nearMatches } from '../../src/analytics/near-matches.ts';

describe('near matches', () => {
  it('are the nearest first', () => {
    expect(nearMatches('instals', ['installed', 'installs', 'initials', 'revenue'])).toEqual(['installs', 'initials']);
  });

  it('do not mind upper case', () => {
    expect(nearMatches('COUNTRY', ['country'])).toEqual(['country']);
  });

  it('hold names that contain the one given', () => {
    expect(nearMatches('amount', ['properties.amount', 'amounts'])).toEqual(['amounts', 'properties.amount']);
  });

  it('do not hold everything that contains two letters', () => {
    expect(nearMatches('os', ['cost_per_conversion'])).toEqual([]);
  });

  it('are three at the most, by name', () => {
    expect(nearMatches('a0', ['a4', 'a3', 'a2', 'a1'])).toEqual(['a1', 'a2', 'a3']);
  });

  it('are none where nothing is near', () => {
    expect(nearMatches('revenue', ['clicks', 'country'])).toEqual([]);
    expect(nearMatches('revenue', [])).toEqual([]);
  });

  it('are offered as a question', () => {
    expect(didYouMean([])).toBe('');
    expect(didYouMean(['a'])).toBe(' Did you mean "a"?');
    expect(didYouMean(['a', 'b'])).toBe(' Did you mean "a" or "b"?');
  });
});
