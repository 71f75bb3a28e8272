import type { LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPublicConnector, isPublicAddress, PrivateAddressError } from '../../src/http/private-network.ts';
import { startSocketServer } from './local-server.ts';

describe('public addresses', () => {
  it.each([
    ['unspecified', '0.0.0.0'],
    ['unspecified', '::'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['loopback', '::1'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['carrier-grade', '100.64.0.1'],
    ['carrier-grade', '100.127.255.255'],
    ['link-local', '169.254.169.254'],
    ['link-local', 'fe80::1'],
    ['link-local', 'fe80::1%eth0'],
    ['unique local', 'fd00:ec2::254'],
    ['unique local', 'fc00::1'],
    ['multicast', '224.0.0.1'],
    ['multicast', 'ff02::1'],
    ['broadcast', '255.255.255.255'],
    ['benchmarking', '198.18.0.1'],
    ['documentation', '203.0.113.7'],
    ['documentation', '2001:db8::1'],
    ['IPv4-mapped', '::ffff:127.0.0.1'],
    ['IPv4-mapped', '::ffff:7f00:1'],
    ['IPv4-mapped', '::ffff:93.184.216.34'],
    ['IPv4-compatible', '::7f00:1'],
    ['translated', '64:ff9b::7f00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:7f00:1::'],
    ['a name', 'localhost'],
    ['nothing', ''],
  ])('are not those that are %s: %s', (_kind, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['93.184.216.34', '172.15.255.255', '172.32.0.1', '100.63.255.255', '100.128.0.1', '9.255.255.255'])(
    'include %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each(['2606:4700::1111', '2a00:1450:4001:80b::200e', '2001:4860:4860::8888'])('include %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('connections', () => {
  async function start(...found: string[]) {
    let connections = 0;
    const url = new URL(await startSocketServer(() => connections++));
    const lookup: LookupFunction = (_hostname, { all }, callback) => {
      const addresses = found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      if (all) callback(null, addresses);
      else callback(null, found[0] ?? '', 4);
    };
    const agent = new Agent({ connect: createPublicConnector(found.length > 0 ? lookup : undefined) });
    onTestFinished(() => agent.destroy());
    const open = (protocol: string, host: string) =>
      request(`${protocol}//${host}:${url.port}/`, { dispatcher: agent }).catch((error: unknown) => error);
    return { open, connections: () => connections };
  }

  it.each(['http:', 'https:'])('are not made to a private address: %s', async (protocol) => {
    const { open, connections } = await start();
    expect(await open(protocol, '127.0.0.1')).toBeInstanceOf(PrivateAddressError);
    expect(await open(protocol, '[::1]')).toBeInstanceOf(PrivateAddressError);
    expect(await open(protocol, '[::ffff:127.0.0.1]')).toBeInstanceOf(PrivateAddressError);
    expect(await open(protocol, '2130706433')).toBeInstanceOf(PrivateAddressError);
    expect(connections()).toBe(0);
  });

  it.each(['http:', 'https:'])('are not made to a name of a private address: %s', async (protocol) => {
    const { open, connections } = await start();
    expect(await open(protocol, 'localhost')).toBeInstanceOf(PrivateAddressError);
    expect(connections()).toBe(0);
  });

  it.each(['http:', 'https:'])('are not made where a name is also at a private address: %s', async (protocol) => {
    const { open, connections } = await start('127.0.0.1', '93.184.216.34');
    expect(await open(protocol, 'files.example.test')).toBeInstanceOf(PrivateAddressError);
    expect(connections()).toBe(0);
  });

  it('fail as ever where a name is not found', async () => {
    const { open } = await start();
    expect(await open('http:', 'files.invalid')).toMatchObject({ syscall: 'getaddrinfo' });
  });
});
