import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGlobalId, toGlobalId } from '../../src/analytics/global-id.ts';

/** What somebody else's id may be: base64 of any text. */
const encoded = (text: string): string => Buffer.from(text).toString('base64url');

describe('a global id', () => {
  it('holds the type, the source and what names the thing', () => {
    expect(parseGlobalId(toGlobalId('MetricsChart', 'shop', 'd1', 'm1'))).toEqual({
      type: 'MetricsChart',
      parts: ['shop', 'd1', 'm1'],
    });
  });

  it('is that of earlier versions for data sources', () => {
    expect(toGlobalId('DataSource', 'shop')).toBe(encoded('DataSource:shop'));
  });

  it('gives back any text', () => {
    const type = fc.constantFrom('DataSource', 'Dashboard', 'UnknownChart');
    const parts = fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 });
    const awkward = fc.constantFrom('', ':', '%', '%3A', 'a:b', 'ä', '指标', '👋', 'line\nbreak', ' ', '+/=');
    fc.assert(
      fc.property(type, fc.string({ unit: 'binary', minLength: 1 }), parts, awkward, (name, key, ids, last) => {
        const id = toGlobalId(name, key, ...ids, last);
        expect(id).toMatch(/^[\w-]+$/);
        expect(parseGlobalId(id)).toEqual({ type: name, parts: [key, ...ids, last] });
      }),
    );
  });

  it('differs wherever a part does', () => {
    const ids = [
      ['shop', 'a', 'b'],
      ['shop', 'a:b'],
      ['shop:a', 'b'],
      ['shop', 'a%3Ab'],
      ['shop', 'a', 'b', ''],
    ].map((parts) => toGlobalId('Dashboard', ...parts));
    expect(new Set(ids).size).toBe(5);
  });
});

describe('an id that is none of ours', () => {
  it.each([
    ['nothing', ''],
    ['a plain word', 'shop'],
    ['not encoded', 'DataSource:shop'],
    ['a number', '4711'],
    ['a type without a key', encoded('DataSource:')],
    ['a key without a type', encoded(':shop')],
    ['a type in lower case', encoded('dashboard:shop:d1')],
    ['a type that is no name', encoded('Data Source:shop')],
    ['a percent sign that begins nothing', encoded('Dashboard:shop:100%')],
    ['half a letter', encoded('Dashboard:shop:%E6%8C')],
  ])('is null: %s', (_kind, id) => {
    expect(parseGlobalId(id)).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.string().map(encoded)), (id) => {
        const parsed = parseGlobalId(id);
        expect(parsed === null || parsed.parts.length > 0).toBe(true);
      }),
    );
  });
});
