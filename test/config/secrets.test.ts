import { describe, expect, it } from 'vitest';
import type { Surroundings } from './fake-providers.ts';
import { configurationErrorOf, parse } from './fake-providers.ts';

const SECRET = 'hunter2';

/** Everything that a log might print of the error. */
function printed(text: string, surroundings?: Surroundings): string {
  const error = configurationErrorOf(() => parse(text, surroundings));
  return [error.message, error.stack, JSON.stringify(error), JSON.stringify(error.mistakes), String(error.cause)].join(
    '\n',
  );
}

function acmeEntry(fields: string): string {
  return `dataSources:\n  - key: shop\n    provider: acme\n    ${fields.replaceAll('\n', '\n    ')}\n`;
}

describe('secrets in configuration errors', () => {
  it.each([
    ['a literal secret', acmeEntry(`clientId: abc\nclientSecret: ${SECRET}`), 'found a secret of 7 characters'],
    [
      'a misspelt secret field',
      acmeEntry(`clientId: abc\nclientSecrt: ${SECRET}`),
      'clientSecrt: found an unknown field',
    ],
    [
      'a nested secret',
      acmeEntry(`endpoint: { url: x, token: ${SECRET} }`),
      'endpoint.token: found a secret of 7 characters',
    ],
    ['a list where a secret belongs', acmeEntry(`clientSecret: [${SECRET}]`), 'clientSecret: found a list'],
    ['a mapping where a secret belongs', acmeEntry(`clientSecret: { x: ${SECRET} }`), 'clientSecret: found a mapping'],
    ['an entry that is text', `dataSources: [${SECRET}]`, 'dataSources[0]: found a string'],
    ['a whole file that is text', SECRET, 'dataSources: found a string'],
    ['an unknown tag', `clientSecret: !${SECRET}`, 'a syntax error (Unresolved tag)'],
    ['an alias without anchor', `clientSecret: *${SECRET}`, 'an alias (*)'],
    ['a token out of place', `- a\n${SECRET}: 1`, 'a syntax error'],
    ['a text in two pieces', `a: "x" ${SECRET}`, 'a syntax error'],
    ['a malformed placeholder', acmeEntry('clientSecret: ${hunter2 x'), 'a "${" that starts no placeholder'],
  ])('hides %s', (_, text, expected) => {
    expect(printed(text)).toContain(expected);
    expect(printed(text)).not.toContain(SECRET);
  });

  it('says of a numeric secret only its kind', () => {
    const text = acmeEntry('clientSecret: 48151623');
    expect(printed(text)).toContain('clientSecret: found a secret that is a number; allowed: text (put it in quotes)');
    expect(printed(text)).not.toContain('48151623');
  });

  it.each([
    ['clientSecret: ${SECRET}', 'clientSecret: found "${SECRET}"; allowed: text of at least 10 characters'],
    ['clientSecret: x${SECRET}', 'clientSecret: found a secret of 10 characters'],
    ['clientSecret: ${file:/run/secrets/acme}', 'clientSecret: found "${file:/run/secrets/acme}"'],
    ['apiVersion: ${SECRET}', 'apiVersion: found "${SECRET}"; allowed: "v1" or "v2"'],
    ['retries: ${SECRET}', 'retries: found "${SECRET}"; allowed: a number'],
    ['tags: ["a-${SECRET}", "${EMPTY}"]', 'tags[1]: found ${EMPTY}, and the environment variable EMPTY is empty'],
    ['name: "${SPACES}"', 'name: found "${SPACES}"'],
  ])('shows the placeholder of %s', (fields, expected) => {
    const env = { SECRET, EMPTY: '', SPACES: ' ' };
    const text = printed(acmeEntry(fields), { env, files: { '/run/secrets/acme': `${SECRET}\n` } });
    expect(text).toContain(expected);
    expect(text).not.toContain(SECRET);
  });

  it.each([
    ['hunter 2', 'key: "${SECRET}", provider: acme', 'dataSources[0].key: found "${SECRET}"'],
    ['acmee', 'key: a, provider: "${SECRET}"', 'provider: found "${SECRET}"; allowed: acme, careless.\n'],
  ])('shows no %s and no near match', (value, fields, expected) => {
    const text = printed(`dataSources: [{ ${fields} }]`, { env: { SECRET: value } });
    expect(text).toContain(expected);
    expect(text).not.toContain(value);
    expect(text).not.toContain('Did you mean');
  });

  it.each([
    ['a substituted value', 'token: "${SECRET}"', { SECRET }],
    ['one in two branches', 'token: tok-1\npair: "${SECRET}"', { SECRET }],
    ['a piece of one', 'token: "x-${SECRET}"', { SECRET }],
    ['a secret of another field', 'token: hunter2-hunter2\nmode: { kind: key, key: hunter2-hunter2 }', {}],
  ])('drops a provider message that repeats %s', (_, fields, env) => {
    const text = printed(`dataSources:\n  - key: a\n    provider: careless\n    ${fields.replaceAll('\n', '\n    ')}`, {
      env,
    });
    expect(text).toContain('allowed: a value that the provider accepts');
    expect(text).not.toContain(SECRET);
  });

  it('counts the secrets inside a secret mapping', () => {
    const text = printed(`dataSources: [{ key: a, provider: careless, headers: { Auth: ${SECRET.repeat(4)} } }]`);
    expect(text).toContain('headers.Auth: found a secret of 28 characters; allowed: text of at most 20 characters');
    expect(text).not.toContain(SECRET);
  });

  it('knows the secrets in a branch of a union', () => {
    const text = printed(
      `dataSources: [{ key: a, provider: careless, token: tok-1, mode: { kind: key, key: ${SECRET} } }]`,
    );
    expect(text).toContain('mode.key: found a secret of 7 characters; allowed: text of at least 12 characters');
    expect(text).not.toContain(SECRET);
  });
});
