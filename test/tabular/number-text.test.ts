import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../src/tabular/number-text.ts';

describe('numbers as text', () => {
  it.each([
    [0, '0'],
    [-0, '-0'],
    [42, '42'],
    [0.1, '0.1'],
    [-1234.5, '-1234.5'],
    [0.000001, '0.000001'],
    [1e-7, '0.0000001'],
    [-1.5e-7, '-0.00000015'],
    [123456789012345680000, '123456789012345680000'],
    [1e21, '1000000000000000000000'],
    [-1.25e22, '-12500000000000000000000'],
    [5e-324, `0.${'0'.repeat(323)}5`],
    [Number.MAX_VALUE, `17976931348623157${'0'.repeat(292)}`],
  ])('writes %d without an exponent', (value, expected) => {
    expect(formatNumber(value)).toBe(expected);
  });

  it('reads back to the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = formatNumber(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });

  it('is the shortest such text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const significant = (text: string): string => text.replace(/^-?[0.]*|\./g, '').replace(/0+$/, '');
        const [mantissa = ''] = value.toExponential().split('e');
        expect(significant(formatNumber(value))).toBe(significant(mantissa));
      }),
    );
  });
});
