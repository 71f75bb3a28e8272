import { describe, expect, it } from 'vitest';
import { InvalidQueryError } from '../../src/errors.ts';
import {
  assertKnownDimension,
  assertKnownEvent,
  requireMetric,
  type Metric,
  type ProviderCatalog,
} from '../../src/analytics/catalog.ts';

function metric(key: string): Metric {
  return { key, name: key, unit: 'COUNT', currency: null, isAdditive: true, description: key };
}

function catalogOf(metricKeys: readonly string[], dimensionKeys: readonly string[]): ProviderCatalog {
  return {
    metrics: metricKeys.map(metric),
    dimensions: dimensionKeys.map((key) => ({ key, name: key, description: key })),
    dimensionFamilies: [{ prefix: 'properties.', description: 'A property of the event.' }],
    measurableProperties: [],
    listEvents: () => Promise.resolve(null),
  };
}

const catalog = catalogOf(['revenue', 'net_revenue', 'installs'], ['country', 'os']);

describe('catalog', () => {
  it('finds a metric by its key', () => {
    expect(requireMetric(catalog, 'installs', { path: 'query.select[0].metric.key', sourceKey: 'shop' })).toEqual(
      metric('installs'),
    );
  });

  it('suggests the metrics that were meant', () => {
    expect(() => requireMetric(catalog, 'revenu', { path: 'query.select[0].metric.key', sourceKey: 'shop' })).toThrow(
      new InvalidQueryError(
        'query.select[0].metric.key: "shop" has no metric "revenu". Did you mean "revenue" or "net_revenue"?',
      ),
    );
  });

  it('lists the metrics where none is near', () => {
    expect(() => requireMetric(catalog, 'zzz', { path: 'metric', sourceKey: 'shop' })).toThrow(
      'metric: "shop" has no metric "zzz". Known: revenue, net_revenue, installs.',
    );
    expect(() => requireMetric(catalogOf([], []), 'zzz', { path: 'metric', sourceKey: 'shop' })).toThrow(
      'metric: "shop" has no metric "zzz". Known: none.',
    );
  });

  it('lists twenty names at the most', () => {
    const keys = Array.from({ length: 21 }, (_key, index) => `m${index}`);
    const twenty = keys.slice(0, 20).join(', ');
    expect(() => requireMetric(catalogOf(keys, []), 'unlike', { path: 'metric', sourceKey: 'shop' })).toThrow(
      `Known: ${twenty}, ….`,
    );
    expect(() =>
      requireMetric(catalogOf(keys.slice(0, 20), []), 'unlike', { path: 'metric', sourceKey: 'shop' }),
    ).toThrow(`Known: ${twenty}.`);
  });

  it('knows dimensions and families of them', () => {
    for (const key of ['country', 'os', 'properties.plan']) {
      expect(() => assertKnownDimension(catalog, key, { path: 'query.breakdown[0]', sourceKey: 'shop' })).not.toThrow();
    }
  });

  it('refuses a dimension nobody knows', () => {
    expect(() => assertKnownDimension(catalog, 'contry', { path: 'query.breakdown[0]', sourceKey: 'shop' })).toThrow(
      'query.breakdown[0]: "shop" has no dimension "contry". Did you mean "country"?',
    );
    expect(() => assertKnownDimension(catalog, 'x_y_z', { path: 'query.breakdown[0]', sourceKey: 'shop' })).toThrow(
      'query.breakdown[0]: "shop" has no dimension "x_y_z". Known: country, os, properties.<name>.',
    );
  });

  it('refuses a family without a name', () => {
    expect(() =>
      assertKnownDimension(catalog, 'properties.', { path: 'query.breakdown[0]', sourceKey: 'shop' }),
    ).toThrow('"shop" has no dimension "properties.". Did you mean "properties.<name>"?');
  });

  it('takes any event where none is listed', () => {
    expect(() => assertKnownEvent(null, 'anything', { path: 'query.steps[0].event', sourceKey: 'shop' })).not.toThrow();
    expect(() =>
      assertKnownEvent(['signup'], 'signup', { path: 'query.steps[0].event', sourceKey: 'shop' }),
    ).not.toThrow();
  });

  it('suggests the event that was meant', () => {
    expect(() =>
      assertKnownEvent(['signup', 'purchase'], 'Sign_up', { path: 'query.steps[0].event', sourceKey: 'shop' }),
    ).toThrow('query.steps[0].event: "shop" has no event "Sign_up". Did you mean "signup"?');
  });
});
