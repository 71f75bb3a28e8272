import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateFormula, namesIn, parseFormula } from '../../src/analytics/formulas.ts';
import { InvalidQueryError } from '../../src/errors.ts';

const PATH = 'query.formulas[0].expression';

type Column = readonly (number | null)[];

/** The column of a formula over columns by name. */
function evaluate(text: string, columns: Readonly<Record<string, Column>>): (number | null)[] {
  return evaluateFormula(parseFormula(text, PATH), (name) => columns[name] ?? []);
}

/** The value of a formula where a is 7, b is 2 and zero is 0. */
function value(text: string): number | null | undefined {
  return evaluate(text, { a: [7], b: [2], zero: [0], unknown: [null], 'a/b "c"': [5], größe: [3], _x1: [4] })[0];
}

function refusal(text: string, known?: readonly string[]): string {
  try {
    parseFormula(text, PATH, known);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidQueryError);
    return (error as Error).message;
  }
  throw new Error(`"${text}" was taken for a formula`);
}

describe('formulas', () => {
  it('multiply before they add, and go from left to right', () => {
    expect(value('a + b * 3')).toBe(13);
    expect(value('a - b - 3')).toBe(2);
    expect(value('a / b / 7')).toBe(0.5);
    expect(value('a / b * 7')).toBe(24.5);
    expect(value('(a + b) * 3')).toBe(27);
    expect(value('a-(b-3)')).toBe(8);
    expect(value('-a + b')).toBe(-5);
    expect(value('a * -b')).toBe(-14);
    expect(value('a - --b')).toBe(5);
    expect(value('-(a - b) * .5')).toBe(-2.5);
    expect(value(' \n\ta\r\n* 0.25 ')).toBe(1.75);
  });

  it('take any name in double quotes, a quote being written twice', () => {
    expect(value('"a" + "a/b ""c"""')).toBe(12);
    expect(value('größe * _x1')).toBe(12);
    expect(namesIn(parseFormula('b + "a/b ""c""" * (b - -a) / 2', PATH))).toEqual(['b', 'a/b "c"', 'a']);
  });

  it('are null where anything in them is null or missing', () => {
    expect(value('unknown * 0')).toBeNull();
    expect(value('0 * (a - -unknown)')).toBeNull();
    expect(evaluate('a + b', { a: [1, null, 3, 4], b: [10, 20, 30] })).toEqual([11, null, 33, null]);
    expect(evaluate('a + b', { a: [], b: [] })).toEqual([]);
  });

  it('are null where they divide by zero, also inside', () => {
    expect(value('a / zero')).toBeNull();
    expect(value('zero / zero')).toBeNull();
    expect(value('a / -zero')).toBeNull();
    expect(value('1 / (a / zero)')).toBeNull();
    expect(value('a / (b - 2)')).toBeNull();
  });

  it('are never a number that is none, and know one zero', () => {
    expect(evaluate('a * a', { a: [1e200, Infinity, NaN] })).toEqual([null, null, null]);
    expect(evaluate('1 / (a * a)', { a: [1e200] })).toEqual([null]);
    expect(evaluate('-a', { a: [0] })).toEqual([0]);
    expect(evaluate('a', { a: [-0] })).toEqual([0]);
    expect(evaluate('a * -1', { a: [0] })).toEqual([0]);
  });

  it('work on totals as on columns', () => {
    const totals: Record<string, number | null> = { revenue: 90, users: 60 };
    expect(evaluateFormula(parseFormula('revenue / users', PATH), (name) => [totals[name] ?? null])).toEqual([1.5]);
  });

  it.each([
    ['', 'column 1: found the end, expected a number, a name, "-" or "("'],
    ['a +', 'column 4: found the end, expected a number, a name, "-" or "("'],
    ['a + * b', 'column 5: found "*", expected a number, a name, "-" or "("'],
    ['+a', 'column 1: found "+", expected a number, a name, "-" or "("'],
    ['()', 'column 2: found ")", expected a number, a name, "-" or "("'],
    ['a b', 'column 3: found b, expected + - * / or the end'],
    ['a "b c"', 'column 3: found "b c", expected + - * / or the end'],
    ['a (b)', 'column 3: found "(", expected + - * / or the end'],
    ['a)', 'column 2: found ")", expected + - * / or the end'],
    ['(a + (b * 2)', 'column 13: found the end, expected + - * / or the ")" for column 1'],
    ['(a 2)', 'column 4: found 2, expected + - * / or the ")" for column 1'],
    ['😀 + a', 'column 1: found "😀". Allowed are numbers, + - * / ( ) and names'],
    ['"😀" % a', 'column 5: found "%". Allowed are numbers, + - * / ( ) and names'],
    ['a.b', 'column 2: found ".b". Write numbers as 12 or 0.5'],
    ['a + 1e5', 'column 5: found "1e5". Write numbers as 12 or 0.5'],
    ['a + 1.', 'column 5: found "1.". Write numbers as 12 or 0.5'],
    ['a + 1.2.3', 'column 5: found "1.2.3". Write numbers as 12 or 0.5'],
    ['a + "b', 'column 5: found a name without its closing double quote'],
    ['a + ""', 'column 5: found a name without its closing double quote, or an empty one'],
    ['a ** b', 'column 4: found "*", expected'],
    ['constructor(a)', 'column 12: found "(", expected'],
    ['2 * (3 + 4)', 'names no series'],
    [`a * 1${'0'.repeat(400)}`, 'column 5: found a number that is too large'],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, 'column 52: more than 50 parentheses and minus signs inside each other'],
    [`${'-'.repeat(60)}a`, 'column 52: more than 50 parentheses'],
    ['a+'.repeat(600) + 'a', '1201 characters are more than the 1000 allowed'],
  ])('refuse %j', (text, message) => {
    expect(refusal(text)).toContain(`${PATH}: ${message}`);
  });

  it('refuse names that there are not, and offer near ones', () => {
    const known = ['revenue', 'new users'];
    expect(() => parseFormula('revenue / "new users"', PATH, known)).not.toThrow();
    expect(refusal('2 * revenu / "new users"', known)).toBe(
      `${PATH}: column 5: there is no series "revenu". Did you mean "revenue"?`,
    );
    expect(refusal('revenue / x', known)).toBe(
      `${PATH}: column 11: there is no series "x". Known: revenue, new users.`,
    );
    expect(refusal('toString / revenue', known)).toContain('column 1: there is no series "toString"');
  });

  it('take 50 parentheses and a chain of 1000 characters', () => {
    expect(evaluate(`${'('.repeat(50)}a${')'.repeat(50)}`, { a: [1] })).toEqual([1]);
    expect(evaluate('a+'.repeat(499) + 'a', { a: [1, 2] })).toEqual([500, 1000]);
  });

  it('agree with another way of working them out', () => {
    const operand = fc.oneof(
      fc.constantFrom('a', 'b', 'c', '"d e"'),
      fc.constantFrom('0', '1', '2', '0.5', '.25', '10'),
    );
    const space = fc.constantFrom('', ' ', '\n');
    const { sum } = fc.letrec<{ sum: string; part: string }>((tie) => ({
      sum: fc
        .tuple(
          tie('part'),
          fc.array(fc.tuple(space, fc.constantFrom('+', '-', '*', '/'), space, tie('part')), { maxLength: 3 }),
        )
        .map(([first, others]) => first + others.flat().join('')),
      part: fc.oneof(
        { maxDepth: 4 },
        operand,
        fc.tuple(space, tie('sum')).map(([before, inner]) => `(${before}${inner})`),
        tie('part').map((inner) => `-${inner}`),
      ),
    }));
    const column = fc.array(fc.option(fc.constantFrom(0, 1, -1, 2, 3.5, -8, 1e308)), { minLength: 3, maxLength: 3 });
    const columns = fc.record({ a: column, b: column, c: column, 'd e': column });
    let numbers = 0;
    fc.assert(
      fc.property(
        sum.filter((text) => /[a-e]/.test(text) && text.length <= 1000),
        columns,
        (text, given) => {
          const expected = [0, 1, 2].map((row) => workOut(text, (name) => given[name as 'a'][row] ?? null));
          const length = namesIn(parseFormula(text, PATH)).length > 0 ? 3 : 0;
          expect(evaluate(text, given)).toEqual(expected.slice(0, length));
          numbers += expected.filter((one) => one !== null).length;
        },
      ),
      { numRuns: 5000 },
    );
    expect(numbers).toBeGreaterThan(2000);
  });

  it('are refused in words, or give numbers and nulls, whatever is written', () => {
    const piece = fc.constantFrom(
      'a',
      '"',
      '(',
      ')',
      '-',
      '+',
      '/',
      '*',
      ' ',
      '.',
      '1',
      '0',
      '""',
      'é',
      '\0',
      '😀',
      '$',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (text) => {
          try {
            for (const one of evaluate(text, { a: [1, 0, 1e308] })) {
              expect(one === null || Number.isFinite(one)).toBe(true);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidQueryError);
            expect((error as Error).message).toMatch(
              /^query\.formulas\[0\]\.expression: (column \d+: |names no series)/,
            );
          }
        },
      ),
      { numRuns: 5000 },
    );
  });
});

const STRENGTH: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, minus: 3 };

/** A formula's value by two stacks, of values and of signs that wait: no tree is made of it. */
function workOut(text: string, read: (name: string) => number | null): number | null {
  const values: (number | null)[] = [];
  const waiting: string[] = [];
  const settle = () => {
    const sign = waiting.pop() ?? '';
    const right = values.pop() ?? null;
    if (sign === 'minus') return values.push(right === null ? null : 0 - right);
    const left = values.pop() ?? null;
    if (left === null || right === null || (sign === '/' && right === 0)) return values.push(null);
    const results: Record<string, number> = {
      '+': left + right,
      '-': left - right,
      '*': left * right,
      '/': left / right,
    };
    const result = results[sign] ?? NaN;
    // Adding 0 makes one zero of two.
    return values.push(Number.isFinite(result) ? result + 0 : null);
  };
  let isOperandNext = true;
  for (const [token] of text.matchAll(/"[^"]*"|[a-z]+|[\d.]+|[-+*/()]/g)) {
    if (token === '(') {
      waiting.push(token);
    } else if (token === ')') {
      while (waiting.at(-1) !== '(') settle();
      waiting.pop();
    } else if (/^[-+*/]$/.test(token)) {
      const sign = isOperandNext ? 'minus' : token;
      // A sign before an operand waits for it; any other has those settled that bind as strongly.
      while (!isOperandNext && (STRENGTH[waiting.at(-1) ?? ''] ?? 0) >= (STRENGTH[sign] ?? 0)) settle();
      waiting.push(sign);
      isOperandNext = true;
    } else {
      values.push(/^[\d.]/.test(token) ? Number(token) : read(token.replaceAll('"', '')));
      isOperandNext = false;
    }
  }
  while (waiting.length > 0) settle();
  return values[0] ?? null;
}
