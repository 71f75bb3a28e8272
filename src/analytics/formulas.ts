import { InvalidQueryError } from '../errors.ts';
import { toFormulaTokens, type FormulaToken } from './formula-tokens.ts';
import { didYouMean, nearMatches } from './near-matches.ts';

/** Most characters that a formula may have. */
const MAX_LENGTH = 1000;
/** Most parentheses and minus signs that may stand inside each other. */
const MAX_DEPTH = 50;

type Operator = '+' | '-' | '*' | '/';

/** An arithmetic expression over named series: + - * / and parentheses, with the precedence of arithmetic, from left to right. */
export type Formula =
  | { readonly kind: 'NUMBER'; readonly value: number }
  | { readonly kind: 'NAME'; readonly name: string }
  | { readonly kind: 'MINUS'; readonly of: Formula }
  | { readonly kind: Operator; readonly left: Formula; readonly right: Formula };

/**
 * Given a formula's text, the path of its argument and the names that it may use (any, where left out), return it; throws `BAD_USER_INPUT` with the column, counted
 * from 1, of what is wrong. Names are letters, digits and underscores, or anything between double quotes, where a quote is written twice.
 */
export function parseFormula(text: string, path: string, known: readonly string[] | null = null): Formula {
  if (text.length > MAX_LENGTH) {
    throw new InvalidQueryError(`${path}: ${text.length} characters are more than the ${MAX_LENGTH} allowed`);
  }
  const tokens = toFormulaTokens(text, path);
  const names = tokens.filter(({ kind }) => kind === 'NAME');
  const formula = parseTokens(tokens, path);
  if (names.length === 0) throw new InvalidQueryError(`${path}: names no series`);
  const unknown = known && names.find(({ value }) => !known.includes(value));
  if (unknown) {
    const suggestion = didYouMean(nearMatches(unknown.value, known)) || ` Known: ${known.join(', ')}.`;
    throw new InvalidQueryError(
      `${path}: column ${unknown.column}: there is no series "${unknown.value}".${suggestion}`,
    );
  }
  return formula;
}

function parseTokens(tokens: readonly FormulaToken[], path: string): Formula {
  const end: FormulaToken = { kind: 'END', value: '', found: 'the end', column: 1 };
  let next = 0;
  const peek = (): FormulaToken => tokens[next] ?? end;
  const takeSign = (...signs: readonly string[]): string | null => {
    const { kind, value } = peek();
    if (kind !== 'SIGN' || !signs.includes(value)) return null;
    next += 1;
    return value;
  };
  const refuse = (message: string): Error => new InvalidQueryError(`${path}: column ${peek().column}: ${message}`);

  const parseChain = (signs: readonly Operator[], parsePart: () => Formula): Formula => {
    let left = parsePart();
    for (let sign = takeSign(...signs); sign !== null; sign = takeSign(...signs)) {
      left = { kind: sign as Operator, left, right: parsePart() };
    }
    return left;
  };
  const parseSum = (depth: number): Formula =>
    parseChain(['+', '-'], () => parseChain(['*', '/'], () => parseOperand(depth)));
  const parseOperand = (depth: number): Formula => {
    if (depth > MAX_DEPTH) throw refuse(`more than ${MAX_DEPTH} parentheses and minus signs inside each other`);
    if (takeSign('-') !== null) return { kind: 'MINUS', of: parseOperand(depth + 1) };
    const { kind, value, found, column } = peek();
    if (takeSign('(') !== null) {
      const inner = parseSum(depth + 1);
      if (takeSign(')') === null)
        throw refuse(`found ${peek().found}, expected + - * / or the ")" for column ${column}`);
      return inner;
    }
    const isTooLarge = kind === 'NUMBER' && !Number.isFinite(Number(value));
    if (isTooLarge) throw refuse('found a number that is too large');
    if (kind !== 'NUMBER' && kind !== 'NAME') throw refuse(`found ${found}, expected a number, a name, "-" or "("`);
    next += 1;
    return kind === 'NAME' ? { kind, name: value } : { kind, value: Number(value) };
  };

  const formula = parseSum(0);
  if (peek().kind !== 'END') throw refuse(`found ${peek().found}, expected + - * / or the end`);
  return formula;
}

/** Given a formula, return the names of the series that it is made of, each once. */
export function namesIn(formula: Formula): readonly string[] {
  if (formula.kind === 'NUMBER') return [];
  if (formula.kind === 'NAME') return [formula.name];
  if (formula.kind === 'MINUS') return namesIn(formula.of);
  return [...new Set([...namesIn(formula.left), ...namesIn(formula.right)])];
}

/**
 * Given a formula and what reads the column of a name, return the formula's own column, as long as the longest of them. A value is null where one that it is made of is
 * null or missing, where it would be divided by 0, and where it would be too large for a number.
 */
export function evaluateFormula(
  formula: Formula,
  read: (name: string) => readonly (number | null)[],
): (number | null)[] {
  const columns = new Map(namesIn(formula).map((name) => [name, read(name)]));
  const length = Math.max(0, ...[...columns.values()].map((column) => column.length));
  return Array.from({ length }, (_, row) => evaluate(formula, (name) => columns.get(name)?.[row] ?? null));
}

function evaluate(formula: Formula, read: (name: string) => number | null): number | null {
  switch (formula.kind) {
    case 'NUMBER':
      return formula.value;
    case 'NAME':
      return toFinite(read(formula.name));
    case 'MINUS': {
      const value = evaluate(formula.of, read);
      return value === null ? null : toFinite(-value);
    }
    default: {
      const left = evaluate(formula.left, read);
      const right = evaluate(formula.right, read);
      return left === null || right === null ? null : toFinite(calculate(formula.kind, left, right));
    }
  }
}

function calculate(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      // By 0 it is no finite number, and null for that.
      return left / right;
  }
}

/** There is one zero: adding it to the negative one gives the other. */
function toFinite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value + 0 : null;
}
