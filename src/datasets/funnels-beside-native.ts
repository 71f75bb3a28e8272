import { FUNNEL_ORDERS, type FunnelQuery, type FunnelsCapability } from '../analytics/funnels.ts';

/**
 * Given the funnels that a provider answers itself and those that are computed over its events, return both as one: the provider is asked whenever it can answer. What
 * else it limits, such as conversion windows, holds for both.
 */
export function withComputedFunnels(native: FunnelsCapability, computed: FunnelsCapability): FunnelsCapability {
  const { orders, supportsExclusions } = native.funnel;
  const isNative = ({ order, excluding }: FunnelQuery): boolean =>
    orders.includes(order) && (supportsExclusions || excluding.length === 0);
  return {
    ...native,
    funnel: {
      ...native.funnel,
      orders: FUNNEL_ORDERS,
      computedOrders: FUNNEL_ORDERS.filter((order) => !orders.includes(order)),
      supportsExclusions: true,
    },
    fetchFunnel: async (query, deadline) =>
      isNative(query)
        ? native.fetchFunnel(query, deadline)
        : { ...(await computed.fetchFunnel(query, deadline)), answeredBy: 'COMPUTED' },
  };
}
