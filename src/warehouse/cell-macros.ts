/** The first argument of `regexp_full_match` for what counts as a number: ours are read as JavaScript and JSON read them, and then some. */
const NUMBER = String.raw`'[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?'`;
const INSTANT = String.raw`'[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)'`;
const LIST_ITEM = String.raw`''(?:[^''\\]|\\[\\''nrtbf0])*''`;
const QUOTED_LIST = String.raw`'\[\s*(?:${LIST_ITEM}(?:\s*,\s*${LIST_ITEM})*)?\s*\]'`;

// A cast that must fail. `error()` would do, but is volatile: then `try()`, with which the wrong cells are counted, refuses it.
const WRONG = `cast(concat('!', c) as integer)::varchar`;

/**
 * How cells are checked and written. Each `…_text` returns what src/tabular/csv.ts would write before quoting, null for null, and fails for a cell
 * that is not of its type.
 */
export const CELL_MACROS: readonly string[] = [
  // What DuckDB writes as `1.5e-07` or `1e+16`, written out. One digit stands before its point.
  `create macro without_exponent(s) as concat(
     if(starts_with(s, '-'), '-', ''),
     if(split_part(s, 'e', 2)::integer < 0,
        concat('0.', repeat('0', -1 - split_part(s, 'e', 2)::integer), replace(ltrim(split_part(s, 'e', 1), '-'), '.', '')),
        rpad(replace(ltrim(split_part(s, 'e', 1), '-'), '.', ''), 1 + split_part(s, 'e', 2)::integer, '0')))`,
  // Whole numbers below 2^53 are quickest as such; every other has either a fraction, an exponent or `.0` to take away.
  `create macro number_text(d) as case
     when d is null or not isfinite(d) then null
     when abs(d) < 9007199254740992 and d = trunc(d) and (d <> 0 or not signbit(d)) then d::bigint::varchar
     when contains(d::varchar, 'e') then without_exponent(d::varchar)
     when ends_with(d::varchar, '.0') then left(d::varchar, -2)
     else d::varchar end`,
  // Infinity that was not written as such is a number too large to be one.
  `create macro number_value(c) as case
     when c is null then null
     when regexp_full_match(c, ${NUMBER}) and isfinite(try_cast(c as double)) then try_cast(c as double)
     when regexp_full_match(c, '[+-]?(?:nan|inf|infinity)', 'i') then null
     else ${WRONG}::double end`,
  `create macro integer_text(c) as case
     when c is null or try_cast(c as bigint)::varchar = c then c
     when regexp_full_match(c, '[+-]?[0-9]+') then regexp_replace(c, '^[+]?(-?)0*([0-9])', '\\1\\2')
     else ${WRONG} end`,
  `create macro boolean_text(c) as case
     when c is null or c = 'true' or c = 'false' then c
     when c = '1' or lower(c) = 'true' then 'true'
     when c = '0' or lower(c) = 'false' then 'false'
     else ${WRONG} end`,
  `create macro day_text(c) as case
     when c is null or (strlen(c) = 10 and try_cast(c as date)::varchar = c) then c
     else ${WRONG} end`,
  `create macro instant_text(c) as case
     when c is null or (regexp_full_match(c, ${INSTANT}) and try_cast(c as timestamptz) is not null) then c
     else ${WRONG} end`,
  // DuckDB takes NaN, Infinity and commas at the end for JSON, too: they are looked for outside of its texts.
  `create macro json_text(c) as case
     when c is null or (json_valid(c) and not regexp_matches(
       regexp_replace(c, '"(?:[^"\\\\]|\\\\.)*"', '0', 'g'), '(?i)nan|inf|,\\s*[\\]}]')) then c
     else ${WRONG} end`,
  `create macro list_text(c) as case
     when c is null or json_type(json_text(c)) = 'ARRAY' then c
     else ${WRONG} end`,
  `create macro unescaped(s) as case when not contains(s, '\\') then s else array_to_string(list_transform(
     regexp_extract_all(s, '\\\\.|[^\\\\]+', 0, 's'),
     lambda p: case p when '\\n' then chr(10) when '\\r' then chr(13) when '\\t' then chr(9) when '\\b' then chr(8) when '\\f' then chr(12)
       when '\\0' then chr(0) when '\\\\' then '\\' when '\\''' then '''' else p end), '') end`,
  `create macro quoted_list(c) as case
     when c is null then null
     when regexp_full_match(c, ${QUOTED_LIST}) then list_transform(
       regexp_extract_all(c, '''((?:[^''\\\\]|\\\\.)*)''', 1, 's'), lambda s: unescaped(s))
     else [${WRONG}] end`,
];
