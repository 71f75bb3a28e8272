import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { substitute } from '../../src/config/substitution.ts';
import { readTextFile } from '../../src/config/text-file.ts';
import { mistakeLines, parse } from './fake-providers.ts';

const env = { NAME: 'value', OTHER_2: 'b', EMPTY: '', TRICKY: '${NAME}: [x]\n', DOLLAR: '$&$1' };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-substitution-'));
  await writeFile(join(folder, 'secret'), 's3cret \r\n');
  await writeFile(join(folder, 'lines'), 'one\ntwo\n\n');
  await writeFile(join(folder, 'empty'), '\n');
});

afterAll(() => rm(folder, { recursive: true }));

/** Substitute in one text; `@` stands for the folder with the files. */
function substituteText(text: string): ReturnType<typeof substitute> {
  return substitute(text.replaceAll('@', folder), { env, readFile: readTextFile });
}

describe('substitution', () => {
  it.each([
    ['${NAME}', 'value'],
    ['a-${NAME}-${OTHER_2}', 'a-value-b'],
    ['${DOLLAR}', '$&$1'],
    ['${TRICKY}', '${NAME}: [x]\n'],
    ['$${NAME}', '${NAME}'],
    ['$${NAME} is ${NAME}', '${NAME} is value'],
    ['$NAME {NAME} $', '$NAME {NAME} $'],
    ['${file:@/secret}', 's3cret '],
    ['${file:@/lines}', 'one\ntwo'],
    ['x${file:@/secret}y', 'xs3cret y'],
  ])('turns %j into %j', (text, expected) => {
    expect(substituteText(text)).toMatchObject({ value: expected, failures: [] });
  });

  it('replaces in every text of a document', () => {
    const document = { a: '${NAME}', b: ['${NAME}', 1, null, { c: '${OTHER_2}' }], d: true, '${NAME}': 'x' };
    const { value } = substitute(document, { env, readFile: readTextFile });
    expect(value).toEqual({ a: 'value', b: ['value', 1, null, { c: 'b' }], d: true, '${NAME}': 'x' });
  });

  it.each([
    ['${ABSENT}', '${ABSENT}, and the environment variable ABSENT is not set'],
    ['${EMPTY}', '${EMPTY}, and the environment variable EMPTY is empty'],
    ['${constructor}', '${constructor}, and the environment variable constructor is not set'],
    ['${file:@/gone}', '${file:@/gone} (no such file)'],
    ['${file:@}', '${file:@} (a folder, not a file)'],
    ['${file:@/secret/x}', '${file:@/secret/x} (no such file)'],
    ['${file:@/empty}', '${file:@/empty}, an empty file'],
    ['${}', 'a "${" that starts no placeholder'],
    ['${NAME', 'a "${" that starts no placeholder'],
    ['${ NAME }', 'a "${" that starts no placeholder'],
    ['${NAME:-default}', 'a "${" that starts no placeholder'],
  ])('fails for %j', (text, found) => {
    const { failures } = substituteText(text);
    expect(failures).toMatchObject([{ path: [], found: found.replaceAll('@', folder) }]);
  });

  it('collects the failures with their paths', () => {
    const { failures } = substitute({ a: '${X}${Y}', b: [{ c: '${Z}' }] }, { env, readFile: readTextFile });
    expect(failures.map(({ path }) => path)).toEqual([['a'], ['a'], ['b', 0, 'c']]);
  });

  it('works on parsed values, not on YAML', () => {
    const text = 'dataSources: [{ key: a, provider: acme, clientId: "${ID}", clientSecret: "${SECRET}" }]';
    const [entry] = parse(text, { env: { ID: 'x: [', SECRET: '# "quoted" \n- no list' } });
    expect(entry?.config).toMatchObject({ clientId: 'x: [', clientSecret: '# "quoted" \n- no list' });
  });

  it('reports an unset variable just once', () => {
    const text = 'dataSources: [{ key: a, provider: "${P}", clientId: abc, clientSecret: "0123456789" }]';
    expect(mistakeLines(() => parse(text))).toEqual([
      'data source "a", provider: found ${P}, and the environment variable P is not set; allowed: a variable that is set and not empty',
    ]);
  });

  it('substitutes in key, name and provider', () => {
    const text =
      'dataSources: [{ key: "${K}", name: "${N}", provider: "${P}", clientId: abc, clientSecret: "0123456789" }]';
    const [entry] = parse(text, { env: { K: 'shop', N: 'Shop', P: 'acme' } });
    expect(entry).toMatchObject({ key: 'shop', name: 'Shop', provider: { id: 'acme' } });
  });
});
