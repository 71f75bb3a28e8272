import { isIPv6 } from 'node:net';

const HEADER = /^(?:\[(?<address>[0-9a-f:.]+)\]|(?<name>[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)\.?)(?::(?<port>\d{0,5}))?$/i;
const HIGHEST_PORT = 65_535;

/** Given a Host header, return its name in lower case, without port, brackets and trailing dot; null for anything malformed. */
export function parseHostHeader(header: string | undefined): string | null {
  const { address, name, port } = HEADER.exec(header ?? '')?.groups ?? {};
  if (Number(port ?? 0) > HIGHEST_PORT) return null;
  if (address !== undefined) return isIPv6(address) ? address.toLowerCase() : null;
  return name?.toLowerCase() ?? null;
}
