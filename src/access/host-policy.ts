import { parseHostHeader } from './host-header.ts';
import { isLoopback } from './loopback.ts';

/** Given a Host header, say whether the request may be answered. */
export type HostPolicy = (hostHeader: string | undefined) => boolean;

/** What {@link createHostPolicy} decides by. */
export interface HostPolicyOptions {
  /** The address that the server listens on. */
  readonly boundHost: string;
  /** Further names, without port. */
  readonly allowedHosts: readonly string[];
}

/** Return the policy that keeps web pages with a rebound DNS name away; any port is allowed, a malformed header never. */
export function createHostPolicy({ boundHost, allowedHosts }: HostPolicyOptions): HostPolicy {
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase().replace(/\.$/, '')));
  const acceptsAnyName = !isLoopback(boundHost) && allowed.size === 0;
  return (hostHeader) => {
    const name = parseHostHeader(hostHeader);
    if (name === null) return false;
    return acceptsAnyName || allowed.has(name) || isLoopback(name);
  };
}
