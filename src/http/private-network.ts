import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';

/** A host is at an address that belongs to no public network; nothing was sent to it. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

// What RFC 6890 and its successors set apart, multicast and relays of IPv6.
const NOT_PUBLIC_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
// Only 2000::/3 is public. The first three are the rest, IPv4 written as IPv6 among it; then what tunnels IPv4, and examples.
const NOT_PUBLIC_V6: readonly (readonly [string, number])[] = [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

// One list for each family: a list that holds ::/3 finds every IPv4 address in it, as ::ffff:0:0/96.
const BLOCKED_V4 = toBlockList(NOT_PUBLIC_V4, 'ipv4');
const BLOCKED_V6 = toBlockList(NOT_PUBLIC_V6, 'ipv6');

/** Whether an IP address is one of the public network; anything else, such as a name, is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !BLOCKED_V4.check(address, 'ipv4');
  return family === 6 && !BLOCKED_V6.check(address, 'ipv6');
}

/** Given how names are looked up (by the system where left out), return what connects to public addresses and fails with all others. */
export function createPublicConnector(lookUp: LookupFunction = systemLookup): buildConnector.connector {
  // The check is part of the look-up that the connection uses, so no second answer of a name server can get around it.
  // The option `blockList` of node:net would do the same, but TLS connections ignore it (checked with Node 26.10).
  const checkedLookup: LookupFunction = (hostname, options, callback) =>
    lookUp(hostname, options, (error, found, family) => {
      if (error) return callback(error, found, family);
      const addresses = typeof found === 'string' ? [found] : found.map(({ address }) => address);
      if (addresses.every(isPublicAddress)) callback(null, found, family);
      else callback(new PrivateAddressError('The name leads to an address that is not public.'), [], 0);
    });
  const connect = buildConnector({ lookup: checkedLookup, allowH2: false });
  return (options, callback) => {
    // An address is not looked up.
    const isRefused = isIP(options.hostname) !== 0 && !isPublicAddress(options.hostname);
    if (isRefused) callback(new PrivateAddressError('The address is not public.'), null);
    else connect(options, callback);
  };
}

function systemLookup(...[hostname, options, callback]: Parameters<LookupFunction>): void {
  lookup(hostname, options, callback);
}

function toBlockList(networks: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family);
  return list;
}
