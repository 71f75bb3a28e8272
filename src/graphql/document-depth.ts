import { Lexer, Source, TokenKind } from 'graphql';

/** The most tokens that a document may have. */
export const MOST_TOKENS = 20_000;

/** Selections, lists, objects and arguments in one another; what asks for the schema itself has about twenty. */
const MOST_LEVELS = 200;

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Given the text of a document, return why it is refused if it goes deeper than a document may; null if it does not. Whatever reads a document does so by calling itself, and where the stack ends
 * differs from one call to the next: a document of a thousand levels may be valid, and fail in the midst of its execution.
 */
export function refuseDepth(document: string): string | null {
  if (!isTooDeep(document)) return null;
  return `The document has more than ${MOST_LEVELS} selections, lists, objects or arguments in one another.`;
}

function isTooDeep(document: string): boolean {
  if ((document.match(/[{[(]/g)?.length ?? 0) <= MOST_LEVELS) return false;
  const lexer = new Lexer(new Source(document));
  let level = 0;
  for (let tokens = 0; tokens < MOST_TOKENS && level <= MOST_LEVELS; tokens++) {
    const kind = advance(lexer);
    if (kind === null) return false;
    level += OPENING.has(kind) ? 1 : CLOSING.has(kind) ? -1 : 0;
  }
  return level > MOST_LEVELS;
}

/** Null at the end, and where there is no token: nothing reads on behind that. */
function advance(lexer: Lexer): TokenKind | null {
  try {
    const { kind } = lexer.advance();
    return kind === TokenKind.EOF ? null : kind;
  } catch {
    return null;
  }
}
