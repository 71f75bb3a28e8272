import type { Provider } from './__generated__/resolvers.ts';

/** Given a provider's id, return its value of the `Provider` enum, which is generated from the same folders. */
export function toProviderName(id: string): Provider {
  return id.toUpperCase().replaceAll('-', '_') as Provider;
}
