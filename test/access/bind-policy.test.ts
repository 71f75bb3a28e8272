import { describe, expect, it } from 'vitest';
import { assertSafeBind, UnsafeBindError } from '../../src/access/bind-policy.ts';
import { isLoopback } from '../../src/access/loopback.ts';

const open = { apiKeys: [], allowUnauthenticated: false };
const LOOPBACK = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  '127.0.0.1',
  '127.8.9.10',
  '::1',
  '0:0:0:0:0:0:0:1',
  '::1%lo',
];
const OTHERS = [
  '0.0.0.0',
  '::',
  '192.168.1.5',
  '10.0.0.1',
  'fe80::1%eth0',
  '::ffff:10.0.0.1',
  'example.com',
  'localhost.example.com',
  '127.0.0.1.example.com',
  '127.1',
  '',
  '[::1]',
];

describe('bind policy', () => {
  it.each(LOOPBACK)('takes %s for loopback, open by itself', (host) => {
    expect(isLoopback(host)).toBe(true);
    expect(() => assertSafeBind({ ...open, host })).not.toThrow();
  });

  it.each(OTHERS)('does not take %j for loopback', (host) => {
    expect(isLoopback(host)).toBe(false);
    expect(() => assertSafeBind({ ...open, host })).toThrow(UnsafeBindError);
  });

  it.each(['0.0.0.0', '::', 'example.com'])('listens on %s with API keys', (host) => {
    const apiKeys = [{ name: 'me', sha256: 'a'.repeat(64) }];
    expect(() => assertSafeBind({ host, apiKeys, allowUnauthenticated: false })).not.toThrow();
  });

  it('listens anywhere when that is said explicitly', () => {
    expect(() => assertSafeBind({ host: '0.0.0.0', apiKeys: [], allowUnauthenticated: true })).not.toThrow();
  });

  it('says what to do about it', () => {
    expect(() => assertSafeBind({ ...open, host: '0.0.0.0' })).toThrow(
      `Refusing to listen on 0.0.0.0 without API keys: everybody who can reach it could read your analytics.
Do one of these:
  - Make a key and set the name and hash of it:
      KEY=$(openssl rand -hex 32)
      printf %s "$KEY" | sha256sum
      TRIBUTARY_API_KEYS="me:<the hash>"
    Callers then send "Authorization: Bearer <the key>".
  - Set TRIBUTARY_ALLOW_UNAUTHENTICATED=1 if a proxy in front asks who is calling.
  - Set HOST=127.0.0.1 to serve this machine only.`,
    );
  });
});
