/** RE2 repeats nothing, nested repetitions multiplied, more often. */
const MAX_REPEATED = 1000;
/** Most characters in all, repetitions written out, so that a pattern never needs more memory than RE2 gives it. */
const MAX_WRITTEN_OUT = 10_000;

const PUNCTUATION = String.raw`\\[!-/:-@[-\x60{-~]`;
const CHARACTER = String.raw`\\[tnrfv]|\\x[0-9A-Fa-f]{2}|${PUNCTUATION}`;
// Left out: [], [^], POSIX classes and ranges from or to a class. JavaScript reads them otherwise.
const CLASS = String.raw`\[(?:\^(?!\])|(?!\^))(?:(?:${CHARACTER}|(?!\[:)[^\\\]])(?!-\\[dDwWsS])|\\[dDwWsS](?!-[^\]]))+\]`;
const TOKEN = new RegExp(
  [
    String.raw`(?<repeat>(?:[*+?]|\{\d+(?:,\d*)?\})\??)`,
    String.raw`(?<opening>\((?:\?[ims]*(?:-[ims]+)?:|(?!\?)))`,
    String.raw`(?<closing>\))`,
    String.raw`(?<bar>\|)`,
    String.raw`(?<one>${CLASS}|${CHARACTER}|\\[dDwWsSbB]|[^\\()[|*+?])`,
  ].join('|'),
  'sy',
);

/**
 * Given a pattern that JavaScript takes for a regular expression, return what RE2, the engine of DuckDB, does not know in it or reads otherwise, such as looking
 * ahead; null where both read it alike. The answer continues a sentence that begins with the pattern.
 */
export function unknownToRe2(pattern: string): string | null {
  // The size of each group that is open, the whole pattern outermost, and that of the last thing in the innermost.
  const open = [0];
  let last = 0;
  const add = (size: number): void => void open.push((open.pop() ?? 0) + size);
  for (let position = 0; position < pattern.length;) {
    TOKEN.lastIndex = position;
    const token = TOKEN.exec(pattern);
    if (token === null) return toRefusal(pattern.slice(position));
    const { repeat, opening, closing, one } = token.groups ?? {};
    position += token[0].length;
    if (opening !== undefined) open.push(0);
    if (one !== undefined) add((last = toSize(one)));
    if (closing !== undefined) add((last = open.pop() ?? 0));
    if (repeat === undefined) continue;
    const times = toTimes(repeat);
    if (times > 1 && last * times > MAX_REPEATED) return `repeats more than ${MAX_REPEATED} characters`;
    add(last * (times - 1));
  }
  const size = open.reduce((sum, part) => sum + part, 0);
  return size > MAX_WRITTEN_OUT ? `is longer than ${MAX_WRITTEN_OUT} characters` : null;
}

/** How often at most, or at least where there is no most. */
function toTimes(repeat: string): number {
  return Math.max(1, ...[...repeat.matchAll(/\d+/g)].map(Number));
}

/** A class of many characters takes more memory than one. */
function toSize(token: string): number {
  return 1 + Math.floor(token.length / 10);
}

function toRefusal(rest: string): string {
  return `has "${rest.slice(0, 4)}", which cannot be searched for: groups with names, looking ahead or behind, references back to a group and escapes of letters other than \\b \\d \\s \\w \\n \\r \\t \\f \\v are not known`;
}
