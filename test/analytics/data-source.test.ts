import { describe, expect, it } from 'vitest';
import { InvalidQueryError, UnsupportedCapabilityError } from '../../src/errors.ts';
import { DataSources, type DataSource } from '../../src/analytics/data-source.ts';
import { requireCapability, type ProviderCapabilities } from '../../src/analytics/provider.ts';
import type { DashboardsCapability } from '../../src/analytics/dashboards.ts';

const dashboards: DashboardsCapability = {
  listDashboards: () => Promise.resolve([]),
  listCharts: () => Promise.resolve([]),
};

function dataSource(key: string, capabilities: ProviderCapabilities = {}): DataSource {
  return {
    key,
    name: key,
    provider: { id: 'openpanel', name: 'OpenPanel', docsUrl: 'https://example.com' },
    connection: {
      timezone: null,
      capabilities,
      catalog: {
        metrics: [],
        dimensions: [],
        dimensionFamilies: [],
        measurableProperties: [],
        listEvents: () => Promise.resolve(null),
      },
      checkAccess: () => Promise.resolve(),
      allowances: () => [],
    },
  };
}

describe('data sources', () => {
  const shop = dataSource('shop');
  const dataSources = new DataSources([shop, dataSource('site')]);

  it('are found by their key', () => {
    expect(dataSources.find('shop')).toBe(shop);
    expect(dataSources.find('Shop')).toBeUndefined();
    expect(dataSources.require('shop', 'query.source')).toBe(shop);
  });

  it('are suggested and listed where unknown', () => {
    expect(() => dataSources.require('shpo', 'query.source')).toThrow(
      new InvalidQueryError('query.source: there is no data source "shpo". Configured: shop, site.'),
    );
    expect(() => dataSources.require('shops', 'query.source')).toThrow(
      'query.source: there is no data source "shops". Did you mean "shop"? Configured: shop, site.',
    );
    expect(() => new DataSources([]).require('shop', 'query.source')).toThrow('Configured: none.');
  });
});

describe('capability', () => {
  it('is there where the provider has it', () => {
    expect(requireCapability(dataSource('site', { dashboards }), 'dashboards')).toBe(dashboards);
  });

  it('is refused with what is offered', () => {
    expect(() => requireCapability(dataSource('site', { dashboards }), 'events')).toThrow(
      new UnsupportedCapabilityError(
        'OpenPanel has no raw events (data source "site"). It offers: dashboards. It hands out no raw rows.',
      ),
    );
    expect(() => requireCapability(dataSource('site'), 'metrics')).toThrow('It offers: nothing.');
  });
});
