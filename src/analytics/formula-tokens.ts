import { InvalidQueryError } from '../errors.ts';

/** A piece of a formula's text. */
export interface FormulaToken {
  readonly kind: 'NUMBER' | 'NAME' | 'SIGN' | 'END';
  /** A name without its quotes, a number or sign as written; empty at the end. */
  readonly value: string;
  /** As written, for messages. */
  readonly found: string;
  /** Where it begins, in characters from 1. */
  readonly column: number;
}

const FORMS: readonly (readonly [FormulaToken['kind'], RegExp])[] = [
  ['NUMBER', /(?:\d+(?:\.\d+)?|\.\d+)(?![\p{L}\p{N}_.])/uy],
  ['NAME', /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy],
  ['NAME', /"(?:[^"]|"")+"(?!")/uy],
  ['SIGN', /[-+*/()]/uy],
];

const SPACE = /\s*/uy;
const WORD = /"|[\p{L}\p{N}_.]+|./suy;

/** Given a formula's text, return its pieces and the end; throws `BAD_USER_INPUT` with the path and column of what is none. */
export function toFormulaTokens(text: string, path: string): FormulaToken[] {
  const tokens: FormulaToken[] = [];
  for (let position = 0; ;) {
    position += matchAt(SPACE, text, position).length;
    const column = [...text.slice(0, position)].length + 1;
    if (position === text.length) return [...tokens, { kind: 'END', value: '', found: 'the end', column }];
    const match = FORMS.map(([kind, form]) => ({ kind, found: matchAt(form, text, position) })).find(
      ({ found }) => found,
    );
    if (!match) throw new InvalidQueryError(`${path}: column ${column}: ${toMistake(matchAt(WORD, text, position))}`);
    const { kind, found } = match;
    const value = found.startsWith('"') ? found.slice(1, -1).replaceAll('""', '"') : found;
    tokens.push({ kind, value, found: kind === 'SIGN' ? `"${found}"` : found, column });
    position += found.length;
  }
}

function matchAt(form: RegExp, text: string, position: number): string {
  form.lastIndex = position;
  return form.exec(text)?.[0] ?? '';
}

function toMistake(found: string): string {
  if (found === '"') return 'found a name without its closing double quote, or an empty one';
  if (/^[.\p{N}]/u.test(found)) return `found "${found}". Write numbers as 12 or 0.5`;
  return `found "${found}". Allowed are numbers, + - * / ( ) and names; a name of other than letters, digits and _ goes in double quotes`;
}
