import { describe, expect, it } from 'vitest';
import { findSchemaChanges } from '../../scripts/schema-changes.ts';

const LINK = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  directive @key(fields: federation__FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
  directive @shareable repeatable on OBJECT | FIELD_DEFINITION
  directive @federation__inaccessible on FIELD_DEFINITION | OBJECT
  directive @cost(weight: Int!) on FIELD_DEFINITION
  scalar federation__FieldSet
  union _Entity = Thing
  scalar _Any
  type _Service { sdl: String! }
  extend type Query { _entities(representations: [_Any!]!): [_Entity]! _service: _Service! }`;
const QUERY = 'type Query { thing(id: ID!, size: Size = SMALL): Thing }';
const SIZE = 'enum Size { SMALL LARGE }';
const THING = 'type Thing @key(fields: "id") { id: ID! name: String }';
const BEFORE = [LINK, QUERY, SIZE, THING].join('\n');

/** What changes when these parts of the schema are written in another way. */
const changesOf = (...replacements: readonly (readonly [before: string, after: string])[]) => {
  const after = replacements.reduce((sdl, [old, text]) => {
    expect(sdl).toContain(old);
    return sdl.replaceAll(old, text);
  }, BEFORE);
  return findSchemaChanges(BEFORE, after);
};

const BREAKING: readonly (readonly [what: string, before: string, after: string, change: string])[] = [
  ['a field that is gone', ' name: String', '', "Field 'name' was removed from object type 'Thing'"],
  ['a field of another type', 'name: String', 'name: Int', "Field 'Thing.name' changed type from 'String' to 'Int'"],
  ['an answer that may be null', 'id: ID! name', 'id: ID name', "Field 'Thing.id' changed type from 'ID!' to 'ID'"],
  ['a value that is gone', 'SMALL LARGE', 'SMALL', "Enum value 'LARGE' was removed from enum 'Size'"],
  ['an argument that is gone', '(id: ID!, ', '(', "Argument 'id: ID!' was removed from field 'Query.thing'"],
  [
    'an argument that must be given',
    '(id: ID!',
    '(id: ID!, at: Int!',
    "Argument 'at: Int!' added to field 'Query.thing'",
  ],
  ['a key that is gone', ' @key(fields: "id")', '', "Key 'id' was removed from 'Thing'"],
  ['a key that is another', '@key(fields: "id")', '@key(fields: "name")', "Key 'id' was removed from 'Thing'"],
  ['a key that cannot be resolved', '"id")', '"id", resolvable: false)', "Key 'id' was removed from 'Thing'"],
  [
    'a field that is hidden',
    'name: String',
    'name: String @federation__inaccessible',
    "'@inaccessible' was added to 'Thing.name'",
  ],
  ['a type that is hidden', '"id")', '"id") @inaccessible', "'@inaccessible' was added to 'Thing'"],
  [
    'a field that asks who is there',
    'name: String',
    'name: String @authenticated',
    "'@authenticated' was added to 'Thing.name'",
  ],
];

describe('a breaking change', () => {
  it.each(BREAKING)('is %s', async (_what, before, after, change) => {
    const { breaking } = await changesOf([before, after]);
    expect(breaking).toEqual([change]);
  });

  it('is each field of a type that may be shared no more', async () => {
    const before = `${BEFORE} type Page @shareable { start: Int end: Int }`;
    const after = `${BEFORE} type Page { start: Int @shareable end: Int }`;
    expect(await findSchemaChanges(before, after)).toEqual({
      breaking: ["'@shareable' was removed from 'Page.end'"],
      dangerous: [],
    });
  });

  it('is said once of a type that is gone with its key', async () => {
    const { breaking } = await changesOf([THING, ''], ['): Thing', '): Size'], ['_Entity = Thing', '_Entity = Query']);
    expect(breaking.toSorted()).toEqual([
      "Field 'Query.thing' changed type from 'Thing' to 'Size'",
      "Type 'Thing' was removed",
    ]);
  });
});

describe('a dangerous change', () => {
  it.each([
    ['another value', 'SMALL LARGE', 'SMALL LARGE HUGE', "Enum value 'HUGE' was added to enum 'Size'"],
    [
      'another default',
      '= SMALL',
      '= LARGE',
      `Default value for argument 'size' on field 'Query.thing' changed from '"SMALL"' to '"LARGE"'`,
    ],
  ])('is %s', async (_what, before, after, change) => {
    expect(await changesOf([before, after])).toEqual({ breaking: [], dangerous: [change] });
  });
});

describe('no change to speak of', () => {
  it.each([
    ['another field', 'name: String', 'name: String colour: String'],
    ['another key', '@key(fields: "id")', '@key(fields: "id") @key(fields: "name { first last }")'],
    ['a key with spaces', '"id"', '" id "'],
    ['another type', SIZE, `${SIZE} type Other { id: ID! }`],
    ['an end that is announced', 'name: String', 'name: String @deprecated(reason: "Use id.")'],
    ['advice to routers', 'name: String', 'name: String @cost(weight: 5)'],
    ['what federation is written with', 'directive @cost(weight: Int!)', 'directive @federation__cost(weight: Int!)'],
    ['what federation asks of us', '_service: _Service!', '_service: _Service'],
    ['a description', 'name: String', '"Its name." name: String'],
  ])('is %s', async (_what, before, after) => {
    expect(await changesOf([before, after])).toEqual({ breaking: [], dangerous: [] });
  });

  it('is the order of a key', async () => {
    const [before, after] = ['name source { key id }', 'source { id key } name'].map((fields) =>
      BEFORE.replace('"id"', `"${fields}"`),
    );
    expect(await findSchemaChanges(before ?? '', after ?? '')).toEqual({ breaking: [], dangerous: [] });
  });
});
