/**
 * Given a finite number, return the shortest text that reads back to the same number, with a point and no exponent.
 * Minus zero keeps its sign.
 */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  // Between these two, JavaScript's own text is already the shortest and has no exponent.
  if (size >= 1e-6 && size < 1e21) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  return withoutExponent(String(value));
}

/** Given JavaScript's text of a number, such as `-1.5e-7`, return it written out: `-0.00000015`. */
function withoutExponent(text: string): string {
  const sign = text.startsWith('-') ? '-' : '';
  const [mantissa = '', exponent = '0'] = text.slice(sign.length).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, '0')}`;
}
