import { parseHostHeader } from './host-header.ts';

/** Web sites that may call besides the server's own pages. */
export const FOREIGN_ORIGINS: readonly string[] = ['https://studio.apollographql.com'];

/** Given the Host header that the server was reached by, return every origin whose pages may read its answers. */
export function allowedOrigins(ownHost: string | undefined): string[] {
  if (parseHostHeader(ownHost) === null) return [...FOREIGN_ORIGINS];
  // Through URL, because an origin never carries the default port and the Host header may.
  const own = ['http', 'https'].flatMap((scheme) => URL.parse(`${scheme}://${ownHost}`)?.origin ?? []);
  return [...own, ...FOREIGN_ORIGINS];
}

/** True where a page of that Origin header may read our answers; false without one, and for the opaque origin "null". */
export function isAllowedOrigin(origin: string | undefined, ownHost: string | undefined): boolean {
  return origin !== undefined && allowedOrigins(ownHost).includes(origin.toLowerCase());
}
