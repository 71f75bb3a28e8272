import { describe, expect, it } from 'vitest';
import { createHostPolicy } from '../../src/access/host-policy.ts';

const LOOPBACK_HEADERS = [
  'localhost',
  'localhost:4000',
  'LocalHost:80',
  'localhost.',
  'localhost.:4000',
  'localhost:',
  '127.0.0.1',
  '127.0.0.1:65535',
  '127.0.0.1.:4000',
  '127.255.3.4',
  '[::1]',
  '[::1]:4000',
  '[0:0:0:0:0:0:0:1]:4000',
  '[::ffff:127.0.0.1]',
];

const OTHER_NAMES = [
  'evil.com',
  'evil.com:4000',
  '127.0.0.1.evil.com',
  '127.0.0.1.evil.com:4000',
  'localhost.evil.com',
  'evil-localhost',
  'notlocalhost',
  'localhost.localdomain',
  '127.0.0.1.nip.io',
  '128.0.0.1',
  '0.0.0.0',
  '10.127.0.1',
  '127.0.0.256',
  '127.1',
  '0x7f000001',
  '2130706433',
  '[::2]',
  '[::]',
  '[::ffff:10.0.0.1]',
];

const MALFORMED = [
  undefined,
  '',
  ' ',
  ':4000',
  '.',
  '::1',
  '[::1',
  '::1]',
  '[localhost]',
  '[127.0.0.1]',
  '[::1%lo]',
  'localhost:port',
  'localhost:65536',
  'localhost:4000:4000',
  'localhost..',
  'localhost ',
  'localhost, evil.com',
  'localhost/evil.com',
  'localhost#evil.com',
  'localhost\\evil.com',
  'evil.com@localhost',
  'user:pass@localhost',
  'http://localhost',
  'localhost\r\nX: y',
  'localhost\n',
  'localhost\0',
  'ｌocalhost',
];

describe('Host policy', () => {
  const loopback = createHostPolicy({ boundHost: '127.0.0.1', allowedHosts: [] });

  it.each(LOOPBACK_HEADERS)('lets %j through on loopback', (header) => {
    expect(loopback(header)).toBe(true);
  });

  it.each([...OTHER_NAMES, ...MALFORMED])('stops %j on loopback', (header) => {
    expect(loopback(header)).toBe(false);
  });

  it.each(['localhost', '127.0.0.7', '::1'])('is as strict when bound to %s', (boundHost) => {
    const policy = createHostPolicy({ boundHost, allowedHosts: [] });
    expect([policy('localhost:4000'), policy('[::1]'), policy('evil.com')]).toEqual([true, true, false]);
  });

  it.each([
    ['api.example.com', true],
    ['API.Example.COM:443', true],
    ['api.example.com.', true],
    ['localhost', true],
    ['example.com', false],
    ['x.api.example.com', false],
    ['api.example.com.evil.com', false],
    ['apixexample.com', false],
  ])('given allowed hosts, judges %j as %s', (header, expected) => {
    const allowedHosts = ['Api.Example.com.', 'other'];
    expect(createHostPolicy({ boundHost: '127.0.0.1', allowedHosts })(header)).toBe(expected);
    expect(createHostPolicy({ boundHost: '0.0.0.0', allowedHosts })(header)).toBe(expected);
  });

  it('accepts an allowed IPv6 address in brackets', () => {
    const policy = createHostPolicy({ boundHost: '::', allowedHosts: ['FD00::7'] });
    expect([policy('[fd00::7]:4000'), policy('[fd00::8]:4000')]).toEqual([true, false]);
  });

  it.each([...LOOPBACK_HEADERS, ...OTHER_NAMES])('lets %j through on other addresses', (header) => {
    expect(createHostPolicy({ boundHost: '0.0.0.0', allowedHosts: [] })(header)).toBe(true);
  });

  it.each(MALFORMED)('stops the malformed %j on other addresses', (header) => {
    expect(createHostPolicy({ boundHost: '0.0.0.0', allowedHosts: [] })(header)).toBe(false);
  });
});
