const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

// Codes with a name that are no countries of ISO 3166-1: unions, unknown places, test locales, parts kept for the post.
const NO_COUNTRIES: ReadonlySet<string> = new Set([
  'EU',
  'EZ',
  'UN',
  'QO',
  'ZZ',
  'XA',
  'XB',
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'IC',
  'TA',
]);

const CODES: ReadonlyMap<string, string> = new Map(
  (['long', 'short'] as const).flatMap((style) => {
    const names = new Intl.DisplayNames('zh-CN', { type: 'region', style, fallback: 'none' });
    return LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
      .filter(isCountryCode)
      .flatMap((code): [string, string][] => {
        const name = names.of(code);
        return name === undefined ? [] : [[name, code]];
      });
  }),
);

/** Given a country's name in Chinese, return its ISO 3166-1 alpha-2 code; undefined where the name is none that is known. */
export function toCountryCode(name: string): string | undefined {
  // 中国香港 is what 香港 is written as beside countries.
  return CODES.get(name) ?? CODES.get(name.replace(/^中国(?=.)/, ''));
}

/** Codes of countries that are no more stand for their successors, whose names they share. */
function isCountryCode(code: string): boolean {
  return !NO_COUNTRIES.has(code) && new Intl.Locale(`und-${code}`).region === code;
}
