import { describe, expect, it } from 'vitest';
import { allowedOrigins, isAllowedOrigin } from '../../src/access/origins.ts';

const STUDIO = 'https://studio.apollographql.com';

describe('origins', () => {
  it.each([
    ['localhost:4000', ['http://localhost:4000', 'https://localhost:4000', STUDIO]],
    ['API.example.com', ['http://api.example.com', 'https://api.example.com', STUDIO]],
    ['example.com:443', ['http://example.com:443', 'https://example.com', STUDIO]],
    ['[::1]:4000', ['http://[::1]:4000', 'https://[::1]:4000', STUDIO]],
    [undefined, [STUDIO]],
    ['', [STUDIO]],
    ['localhost, evil.com', [STUDIO]],
    ['1.2.3.999', [STUDIO]],
    ['evil.com@localhost', [STUDIO]],
    ['localhost/evil.com', [STUDIO]],
  ])('of a server reached by %j are listed', (ownHost, expected) => {
    expect(allowedOrigins(ownHost)).toEqual(expected);
  });

  it.each([
    ['http://localhost:4000', true],
    ['https://localhost:4000', true],
    ['HTTP://LOCALHOST:4000', true],
    [STUDIO, true],
    ['http://localhost:3000', false],
    ['http://localhost', false],
    ['http://127.0.0.1:4000', false],
    ['http://studio.apollographql.com', false],
    ['https://studio.apollographql.com.evil.com', false],
    ['https://evil.com', false],
    ['http://localhost:4000/', false],
    ['http://localhost:4000.evil.com', false],
    ['null', false],
    ['', false],
    [undefined, false],
  ])('judge %j for localhost:4000 as %s', (origin, expected) => {
    expect(isAllowedOrigin(origin, 'localhost:4000')).toBe(expected);
  });

  it('trust Apollo Studio without a Host header', () => {
    expect(isAllowedOrigin(STUDIO, undefined)).toBe(true);
    expect(isAllowedOrigin('http://undefined', undefined)).toBe(false);
  });
});
