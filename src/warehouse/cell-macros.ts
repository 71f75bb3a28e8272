const NUMBER = String.raw`'[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?'`;
const PLAIN_NUMBER = String.raw`'-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?'`;
// What DuckDB skips in a number.
const SKIPPED = ['_', ' ', '\t', '\n', '\v', '\f', '\r'];
const BARE_NUMBER = `c between '0' and ':'${SKIPPED.map((skipped) => ` and not contains(c, '${skipped}')`).join('')}`;
const NOT_A_NUMBER = `'[+-]?(?:nan|inf|infinity)'`;
const INSTANT = String.raw`'[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)'`;
const WALL_CLOCK = String.raw`'[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?'`;
const LIST_ITEM = String.raw`''(?:[^''\\]|\\[\\''nrtbf0])*''`;
// Its texts, between double quotes instead of single ones, are those of JSON.
const PLAIN_ITEM = String.raw`''[^''\\"\x00-\x1F]*''`;
const PLAIN_LIST = String.raw`'\[${PLAIN_ITEM}(?:,${PLAIN_ITEM})*\]'`;
const QUOTED_LIST = String.raw`'\[\s*(?:${LIST_ITEM}(?:\s*,\s*${LIST_ITEM})*)?\s*\]'`;

// A cast that must fail once it is reached; it repeats nothing of the cell.
const WRONG = `cast(concat('!', left(c, 0)) as integer)::varchar`;

const NOT_FINITE = `if(c is null or regexp_full_match(c, ${NOT_A_NUMBER}, 'i'), null, ${WRONG}::double)`;

/**
 * How cells are checked and written. `is_…` says whether a cell is of its type, and is true for null. `…_cell_text` returns what src/tabular/csv.ts would
 * write before quoting, null for null, and fails for a cell that is not of its type; `…_typed` does the same for the types of Parquet.
 */
export const CELL_MACROS: readonly string[] = [
  // Infinity that was not written as such is a number too large to be one.
  `create macro is_number(c) as c is null
     or (regexp_full_match(c, ${NUMBER}) and coalesce(isfinite(try_cast(c as double)), false))
     or regexp_full_match(c, ${NOT_A_NUMBER}, 'i')`,
  `create macro is_integer(c) as c is null
     or coalesce(try_cast(c as bigint)::varchar = c, false) or regexp_full_match(c, '[+-]?[0-9]+')`,
  `create macro is_boolean(c) as c is null or c in ('true', 'false', '1', '0') or lower(c) in ('true', 'false')`,
  `create macro is_day(c) as c is null or coalesce(strlen(c) = 10 and try_cast(c as date)::varchar = c, false)`,
  `create macro is_instant(c) as c is null
     or (regexp_full_match(c, ${INSTANT}) and try_cast(c as timestamptz) is not null)`,
  `create macro is_wall_clock(c) as c is null
     or (regexp_full_match(c, ${WALL_CLOCK}) and try_cast(c as timestamp) is not null)`,
  `create macro wall_clock_text(c) as case
     when c is null then null
     when is_wall_clock(c) then strftime(cast(c as timestamp), '%Y-%m-%dT%H:%M:%SZ')
     else ${WRONG} end`,
  // DuckDB takes NaN, Infinity and commas at the end for JSON, too: they are looked for outside of its texts.
  String.raw`create macro is_json(c) as c is null or (json_valid(c) and not regexp_matches(
     regexp_replace(c, '"(?:[^"\\]|\\.)*"', '0', 'g'), '(?i)nan|inf|,\s*[\]}]'))`,
  `create macro is_list(c) as c is null or (is_json(c) and json_type(if(json_valid(c), c, 'null')) = 'ARRAY')`,
  `create macro is_quoted_list(c) as c is null or regexp_full_match(c, ${QUOTED_LIST})`,
  'create macro finite_or_null(d) as if(isfinite(d), d, null)',
  // What DuckDB writes as 1.5e-07 or 1e+16, written out. One digit stands before its point.
  `create macro without_exponent(s) as concat(
     if(starts_with(s, '-'), '-', ''),
     if(split_part(s, 'e', 2)::integer < 0,
        concat('0.', repeat('0', -1 - split_part(s, 'e', 2)::integer), replace(ltrim(split_part(s, 'e', 1), '-'), '.', '')),
        rpad(replace(ltrim(split_part(s, 'e', 1), '-'), '.', ''), 1 + split_part(s, 'e', 2)::integer, '0')))`,
  // Whole numbers below 2^53 are quickest as such; every other has either a fraction, an exponent or ".0" to take away.
  `create macro number_text(d) as case
     when d is null or not isfinite(d) then null
     when abs(d) < 9007199254740992 and d = trunc(d) and (d <> 0 or not signbit(d)) then d::bigint::varchar
     when contains(d::varchar, 'e') then without_exponent(d::varchar)
     when ends_with(d::varchar, '.0') then left(d::varchar, -2)
     else d::varchar end`,
  // Most numbers begin with a digit and hold nothing that DuckDB takes for a part of a number and we do not: a search for words of the grammar, which
  // costs more than all the rest, is for the others.
  `create macro number_typed(c) as if(isfinite(try_cast(c as double)),
     if((${BARE_NUMBER}) or regexp_full_match(c, ${NUMBER}), try_cast(c as double), ${NOT_FINITE}), ${NOT_FINITE})`,
  // What is written as we write it, up to 15 digits, stays as it is: no other text of so few digits is the same number. This spares most cells
  // the way there and back, which costs as much as all the rest of a row.
  `create macro number_cell_text(c) as case
     when c is null then null
     when strlen(c) <= 15 and regexp_full_match(c, ${PLAIN_NUMBER}) then c
     when try_cast(c as double)::varchar = c and contains(c, '.') and not contains(c, 'e') and not ends_with(c, '.0') then c
     else list_transform([number_typed(c)], lambda d: number_text(d))[1] end`,
  String.raw`create macro integer_cell_text(c) as case
     when c is null or try_cast(c as bigint)::varchar = c then c
     when is_integer(c) then regexp_replace(c, '^[+]?(-?)0*([0-9])', '\1\2')
     else ${WRONG} end`,
  `create macro boolean_cell_text(c) as case
     when c is null or c = 'true' or c = 'false' then c
     when c = '1' or lower(c) = 'true' then 'true'
     when c = '0' or lower(c) = 'false' then 'false'
     else ${WRONG} end`,
  ...['day', 'instant', 'json', 'list'].map(
    (word) => `create macro ${word}_cell_text(c) as if(is_${word}(c), c, ${WRONG})`,
  ),
  // A cast that stands in the condition of `if` and in its first branch is made once.
  `create macro integer_typed(c) as
     if(try_cast(c as bigint)::varchar = c, try_cast(c as bigint), cast(integer_cell_text(c) as bigint))`,
  `create macro day_typed(c) as if(try_cast(c as date)::varchar = c and strlen(c) = 10, try_cast(c as date), day_cell_text(c)::date)`,
  `create macro instant_typed(c) as
     if(regexp_full_match(c, ${INSTANT}), cast(c as timestamptz), instant_cell_text(c)::timestamptz)`,
  `create macro boolean_typed(c) as case
     when c = 'true' then true when c = 'false' then false when c is null then null else boolean_cell_text(c)::boolean end`,
  'create macro json_typed(c) as json_cell_text(c)::json',
  'create macro list_typed(c) as list_cell_text(c)::json::varchar[]',
  String.raw`create macro unescaped(s) as if(not contains(s, '\'), s, array_to_string(list_transform(
     regexp_extract_all(s, '\\.|[^\\]+', 0, 's'),
     lambda p: case p
       when '\n' then chr(10) when '\r' then chr(13) when '\t' then chr(9) when '\b' then chr(8) when '\f' then chr(12)
       when '\0' then chr(0) when '\\' then '\' when '\''' then '''' else p end), ''))`,
  String.raw`create macro quoted_list(c) as case
     when c is null then null
     when c = '[]' then []::varchar[]
     when regexp_full_match(c, ${PLAIN_LIST}) then string_split(array_slice(c, 3, -3), ''',''')
     when is_quoted_list(c) then list_transform(
       regexp_extract_all(c, '''((?:[^''\\]|\\.)*)''', 1, 's'), lambda s: unescaped(s))
     else [${WRONG}] end`,
  // A cell of CSV, with its quotes: every list but the empty one has some in it.
  `create macro quoted_list_csv(c) as case
     when c is null or c = '[]' then c
     when regexp_full_match(c, ${PLAIN_LIST}) then concat('"', replace(c, '''', '""'), '"')
     else list_transform([to_json(quoted_list(c))::varchar],
       lambda t: if(t = '[]', t, concat('"', replace(t, '"', '""'), '"')))[1] end`,
  `create macro quoted_list_text(c) as case
     when c = '[]' then c
     when regexp_full_match(c, ${PLAIN_LIST}) then replace(c, '''', '"')
     else to_json(quoted_list(c))::varchar end`,
  // 0 stands for no moment.
  `create macro is_epoch_seconds(c) as c is null or coalesce(try_cast(c as bigint) between 0 and 253402300799, false)`,
  `create macro epoch_seconds_typed(c) as case
     when c is null or c = '0' then null
     when is_epoch_seconds(c) then make_timestamp(cast(c as bigint) * 1000000)::timestamptz
     else ${WRONG}::timestamptz end`,
  `create macro epoch_seconds_text(c) as strftime(epoch_seconds_typed(c)::timestamp, '%Y-%m-%dT%H:%M:%SZ')`,
  // Names without a value have null.
  `create macro object_text(n, v) as if(n is null, null, concat('{', array_to_string(list_transform(
     list_zip(quoted_list(n), coalesce(quoted_list(v), [])), lambda p: concat(to_json(p[1]), ':', coalesce(to_json(p[2])::varchar, 'null'))), ','), '}'))`,
];
