import { describe, expect, it } from 'vitest';
import { acme, careless, configurationErrorOf, mistakeLines, parse } from './fake-providers.ts';

const VALID = `
dataSources:
  - key: shop
    name: The shop
    provider: acme
    clientId: abc
    clientSecret: 0123456789
    projectId: 17
  - { key: Blog-2, provider: careless, token: tok-1, mode: { kind: open } }
`.replace('0123456789', '"0123456789"');

/** An Acme entry whose fields are given as YAML lines. */
function acmeEntry(...lines: string[]): string {
  const fields = ['key: shop', 'provider: acme', 'clientId: abc', 'clientSecret: "0123456789"', ...lines];
  return `dataSources:\n  - ${fields.join('\n    ')}\n`;
}

describe('configuration file', () => {
  it('returns entries in order with defaults', () => {
    expect(parse(VALID)).toEqual([
      {
        key: 'shop',
        name: 'The shop',
        provider: acme,
        config: { clientId: 'abc', clientSecret: '0123456789', apiVersion: 'v2', retries: 3, projectId: '17' },
      },
      { key: 'Blog-2', name: 'Blog-2', provider: careless, config: { token: 'tok-1', mode: { kind: 'open' } } },
    ]);
  });

  it.each([
    [
      'a: [1',
      'line 1, column 6',
      'a syntax error (Flow sequence in block collection must be sufficiently indented and end with a ])',
    ],
    ['dataSources:\n\t- key: a', 'line 2, column 1', 'a syntax error (Tabs are not allowed as indentation)'],
    ['a: !tag x', 'line 1, column 4', 'a syntax error (Unresolved tag)'],
    ['a: 1\nb:\n  c: 1\n  c: 2', 'line 4, column 3', 'a field that is already there'],
    [
      'a: 1\n---\nb: 2',
      'line 2, column 1',
      'a syntax error (Source contains multiple documents; please use YAML.parseAllDocuments())',
    ],
    ['a: *gone', 'line 1, column 4', 'an alias (*) of an anchor that does not exist'],
  ])('names line and column in %j', (text, field, found) => {
    const { mistakes } = configurationErrorOf(() => parse(text));
    expect(mistakes[0]).toMatchObject({ dataSource: null, field, found });
  });

  it.each([
    ['', 'dataSources: found an empty file; allowed: a mapping with the field dataSources'],
    ['- a', 'dataSources: found a list; allowed: a mapping with the field dataSources'],
    ['{}', 'dataSources: found nothing (the field is required); allowed: a list of at least one data source'],
    ['dataSources:', 'dataSources: found an empty field; allowed: a list of at least one data source'],
    ['dataSources: []', 'dataSources: found an empty list; allowed: a list of at least one data source'],
    ['dataSources: { a: 1 }', 'dataSources: found a mapping; allowed: a list of at least one data source'],
    ['dataSources: [12]', 'dataSources[0]: found a number; allowed: a mapping with key, provider and its fields'],
  ])('refuses a frame like %j', (text, line) => {
    expect(mistakeLines(() => parse(text))).toEqual([line]);
  });

  it('refuses aliases that multiply without end', () => {
    const levels = ['b', 'c', 'd', 'e'].map((name, index) => {
      const alias = `*${'abcd'[index] ?? ''}`;
      return `${name}: &${name} [${Array.from({ length: 9 }, () => alias).join(', ')}]`;
    });
    expect(mistakeLines(() => parse(['a: &a [x]', ...levels].join('\n')))).toEqual([
      'aliases: found too many of them; allowed: at most 100 repetitions',
    ]);
  });

  it('offers a near match for top-level fields', () => {
    expect(mistakeLines(() => parse(`datasource: []\n${VALID}`))).toEqual([
      'datasource: found an unknown field; allowed: dataSources. Did you mean "dataSources"?',
    ]);
  });

  const KEY_ALLOWED = 'allowed: 1 to 64 letters, digits and hyphens, no hyphen at either end';
  it.each([
    ['"-shop"', 'found "-shop"'],
    ['my shop', 'found "my shop"'],
    ['shop_1', 'found "shop_1"'],
    ['a'.repeat(65), `found "${'a'.repeat(65)}"`],
    ['12', 'found the number 12'],
    ['', 'found an empty field'],
    ['[a]', 'found a list'],
  ])('refuses the data source key %j', (key, found) => {
    const text = acmeEntry().replace('key: shop', `key: ${key}`);
    expect(mistakeLines(() => parse(text))).toEqual([`dataSources[0].key: ${found}; ${KEY_ALLOWED}`]);
  });

  it('refuses the same key a second time', () => {
    const twice = VALID.replace('Blog-2', 'shop');
    expect(mistakeLines(() => parse(twice))).toEqual([
      'data source "shop", dataSources[1].key: found the key of dataSources[0] again; allowed: a different key for every data source',
    ]);
  });

  it.each([
    ['acne', 'found "acne"; allowed: acme, careless. Did you mean "acme"?'],
    ['Acme', 'found "Acme"; allowed: acme, careless.'],
    ['', 'found an empty field; allowed: acme, careless.'],
    ['mixpanel', 'found "mixpanel"; allowed: acme, careless.'],
  ])('refuses the unknown provider %j', (id, rest) => {
    const text = `dataSources: [{ key: shop, provider: ${id}, anything: 1 }]`;
    const [line, ...others] = mistakeLines(() => parse(text));
    expect(others).toEqual([]);
    expect(line).toContain(`data source "shop", provider: ${rest}`);
  });

  it.each([
    ['name: ""', 'name: found ""; allowed: text that is not empty, or no name at all'],
    ['retries: many', 'retries: found "many"; allowed: a number'],
    ['retries: 1.5', 'retries: found the number 1.5; allowed: a whole number'],
    ['retries: 10', 'retries: found the number 10; allowed: a number, at most 9'],
    ['retries: -1', 'retries: found the number -1; allowed: a number, at least 0'],
    ['apiVersion: v3', 'apiVersion: found "v3"; allowed: "v1" or "v2"'],
    ['currency: euro', 'currency: found "euro"; allowed: an ISO 4217 code, such as EUR'],
    ['currency: 12', 'currency: found the number 12; allowed: text (put it in quotes)'],
    ['currency:', 'currency: found an empty field; allowed: text'],
    ['code: A', 'code: found "A"; allowed: text that matches /^[a-z]+$/'],
    ['earliestDate: 2026-02-30', 'earliestDate: found "2026-02-30"; allowed: a day as YYYY-MM-DD'],
    ['tags: a', 'tags: found "a"; allowed: a list'],
    ['tags: [ok, a]', 'tags[1]: found "a"; allowed: text of at least 2 characters'],
    ['projectId: [1]', 'projectId: found a list; allowed: text or a number'],
    ['endpoint: { url: nowhere }', 'endpoint.url: found "nowhere"; allowed: a URL such as https://api.example.com'],
    [
      'endpoint: { url: "https://a.example", tokn: x }',
      'endpoint.tokn: found an unknown field; allowed: url, token. Did you mean "token"?',
    ],
  ])('refuses a faulty field such as %s', (field, line) => {
    expect(mistakeLines(() => parse(acmeEntry(field)))).toEqual([`data source "shop", ${line}`]);
  });

  it('says which kind of union is allowed', () => {
    const text = 'dataSources: [{ key: a, provider: careless, token: tok-1, mode: { kind: lock } }]';
    expect(mistakeLines(() => parse(text))).toEqual([
      'data source "a", mode.kind: found "lock"; allowed: "key" or "open"',
    ]);
  });

  it('names the entry when fields disagree', () => {
    const text =
      'dataSources: [{ key: a, provider: careless, token: tok-12345678, mode: { kind: key, key: tok-12345678 } }]';
    expect(mistakeLines(() => parse(text))).toEqual([
      'data source "a", dataSources[0]: found this combination of fields; allowed: two different texts',
    ]);
  });

  it('tells all mistakes of all entries', () => {
    const text = `
dataSources:
  - key: shop
    provider: acme
    clientID: abc
    clientSecret: short
  - provider: acme
    clientId: \${ABSENT}
    clientSecret: "0123456789"
  - key: blog
    provider: careles
owner: me
`;
    const { message } = configurationErrorOf(() => parse(text));
    expect(message).toBe(`Tributary cannot start: 7 mistakes in the environment or in tributary.config.yaml.
  owner: found an unknown field; allowed: dataSources.
  data source "shop", clientId: found nothing (the field is required); allowed: text
  data source "shop", clientSecret: found a secret of 5 characters; allowed: text of at least 10 characters
  data source "shop", clientID: found an unknown field; allowed: clientId, clientSecret, apiVersion, retries, currency, code, earliestDate, tags, projectId, endpoint. Did you mean "clientId"?
  dataSources[1].clientId: found \${ABSENT}, and the environment variable ABSENT is not set; allowed: a variable that is set and not empty
  dataSources[1].key: found nothing (the field is required); allowed: 1 to 64 letters, digits and hyphens, no hyphen at either end
  data source "blog", provider: found "careles"; allowed: acme, careless. Did you mean "careless"?`);
  });

  it('takes a field named __proto__ for unknown', () => {
    const lines = mistakeLines(() => parse(acmeEntry('__proto__: { polluted: true }')));
    expect(lines).toEqual([expect.stringContaining('data source "shop", __proto__: found an unknown field')]);
    expect({}).not.toHaveProperty('polluted');
  });
});
