import { describe, expect, it } from 'vitest';
import { conversionRateOf, conversionRequestInput } from '../../src/analytics/conversions.ts';
import { parseInput } from '../../src/analytics/parse-input.ts';

describe('a conversion rate', () => {
  it.each([
    [200, 50, 0.25],
    [3, 3, 1],
    [7, 0, 0],
  ])('is the fraction that got there: of %i, %i', (fromCount, toCount, rate) => {
    expect(conversionRateOf({ fromCount, toCount })).toBe(rate);
  });

  it('is unknown where nobody started', () => {
    expect(conversionRateOf({ fromCount: 0, toCount: 0 })).toBeNull();
  });

  it('is unknown beside an unknown count', () => {
    expect(conversionRateOf({ fromCount: null, toCount: 5 })).toBeNull();
    expect(conversionRateOf({ fromCount: 5, toCount: null })).toBeNull();
  });
});

const GOOD = {
  source: 'shop',
  period: { preset: 'LAST_7_DAYS' },
  from: { subscription: { stage: 'INSTALL', orLater: false } },
  interval: 'TOTAL',
  breakdown: [],
  filters: [],
};
const parse = (to: object, more: object = {}) => parseInput(conversionRequestInput, { ...GOOD, to, ...more }, 'query');
const stage = (name: string, more: object = {}) => ({ subscription: { stage: name, orLater: false, ...more } });

describe('a conversion argument', () => {
  it.each([
    { event: 'purchase' },
    stage('TRIAL'),
    stage('PAID', { period: null }),
    stage('PAID', { period: 12, orLater: true }),
  ])('takes %j for a point', (point) => {
    expect(parse(point).to).toEqual(point);
  });

  it.each<[string, object, string]>([
    ['a trial with a number', stage('TRIAL', { period: 1 }), 'query.to.subscription.period: only PAID has numbered'],
    ['an install or later', stage('INSTALL', { orLater: true }), 'query.to.subscription.orLater: only PAID has later'],
    ['a period before the first', stage('PAID', { period: 0 }), 'query.to.subscription.period: must be at least 1'],
    ['an event without a name', { event: '' }, 'query.to.event: must not be empty'],
    ['an unknown stage', stage('REFUND'), 'query.to'],
    ['both kinds of point', { event: 'purchase', ...stage('PAID') }, 'query.to'],
    ['neither kind of point', {}, 'query.to'],
  ])('refuses %s', (_mistake, point, says) => {
    expect(() => parse(point)).toThrow(says);
  });

  it('names both points where both are wrong', () => {
    expect(() => parse(stage('TRIAL', { period: 2 }), { from: { event: '' } })).toThrow(
      'query.from.event: must not be empty; query.to.subscription.period: only PAID has numbered periods',
    );
  });
});
