import { describe, expect, it } from 'vitest';
import { refuseDepth } from '../../src/graphql/document-depth.ts';

const within = (levels: number, [before, after]: readonly [string, string]) =>
  before.repeat(levels) + after.repeat(levels);

describe('the depth of a document', () => {
  it.each<[string, (levels: number) => string]>([
    ['selections', (levels) => within(levels, ['{ a ', '}'])],
    ['inline fragments', (levels) => within(levels, ['{ ... ', '}'])],
    ['selections without an end', (levels) => '{ a '.repeat(levels)],
    ['lists', (levels) => `{ a(x: ${within(levels - 2, ['[', ']'])}) }`],
    ['objects', (levels) => `{ a(x: ${within(levels - 2, ['{ y: ', '}'])}) }`],
    ['types of variables', (levels) => `query ($x: ${within(levels - 1, ['[', '!]'])}) { a }`],
  ])('is that of its %s', (_what, nest) => {
    const refusal = 'The document has more than 200 selections, lists, objects or arguments in one another.';
    expect([200, 201, 4000].map((levels) => refuseDepth(nest(levels)))).toEqual([null, refusal, refusal]);
  });

  it.each([
    ['a document that is long and flat', `{ ${'a(x: [1]) { b } '.repeat(1000)} }`],
    ['texts', `{ a(x: "${'{[('.repeat(1000)}") }`],
    ['blocks of text', `{ a(x: """${'{[('.repeat(1000)}""") }`],
    ['comments', `# ${'{'.repeat(1000)}\n{ a }`],
    ['what comes where nothing is read any more', `{ a ' ${'{'.repeat(1000)}`],
    ['what comes behind the last token that is read', `{ ${'a '.repeat(20_000)} ${'{'.repeat(1000)}`],
    ['more ends than beginnings', `${'}'.repeat(500)}${'{'.repeat(300)}`],
    ['nothing', ''],
  ])('is small in %s', (_what, document) => {
    expect(refuseDepth(document)).toBeNull();
  });
});
