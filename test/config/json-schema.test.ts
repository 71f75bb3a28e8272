import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { defineProvider } from '../../src/analytics/provider.ts';
import { createConfigJsonSchema } from '../../src/config/json-schema.ts';
import { acme, fakeProviders } from './fake-providers.ts';

const written = createConfigJsonSchema(fakeProviders);
// Through text, as the editor reads it.
const schema = z.fromJSONSchema(JSON.parse(JSON.stringify(written)) as Parameters<typeof z.fromJSONSchema>[0]);

/** Whether the schema accepts an Acme entry with these fields. */
function acceptsAcme(fields: string): boolean {
  return accepts(`dataSources: [{ key: shop, provider: acme, clientId: abc, clientSecret: "0123456789", ${fields} }]`);
}

function accepts(text: string): boolean {
  return schema.safeParse(parseYaml(text)).success;
}

/** The entry of one provider in a schema made for it alone. */
function entryOf(config: z.ZodType): Record<string, unknown> {
  const provider = defineProvider({ ...acme, config: config as typeof acme.config });
  const { properties } = createConfigJsonSchema([provider]) as {
    properties: { dataSources: { items: { oneOf: [Record<string, unknown>] } } };
  };
  return properties.dataSources.items.oneOf[0];
}

describe('JSON Schema of the configuration file', () => {
  it.each([
    'key: other, provider: acme, clientId: abc, clientSecret: "0123456789"',
    'key: other, name: Other, provider: acme, clientId: "${ID}", clientSecret: "${file:/run/secrets/x}"',
    'key: "${KEY}", provider: careless, token: any, mode: { kind: open }',
    'key: a, provider: careless, token: any, mode: { kind: key, key: "${KEY}" }, headers: { a: b }',
  ])('accepts a data source %s', (fields) => {
    expect(accepts(`dataSources: [{ ${fields} }]`)).toBe(true);
  });

  it.each([
    ['{}'],
    ['dataSources: []'],
    ['dataSources: [text]'],
    ['dataSources: [{ key: a }]'],
    ['dataSources: [{ key: a, provider: mixpanel }]'],
    ['dataSources: [{ provider: careless, token: any, mode: { kind: open } }]'],
    ['dataSources: [{ key: a_b, provider: careless, token: any, mode: { kind: open } }]'],
    ['dataSources: [{ key: a, provider: careless, token: any, mode: { kind: shut } }]'],
    ['dataSources: [{ key: a, provider: acme, token: any, mode: { kind: open } }]'],
    ['{ dataSources: [{ key: a, provider: careless, token: any, mode: { kind: open } }], owner: me }'],
  ])('refuses the document %s', (text) => {
    expect(accepts(text)).toBe(false);
  });

  it.each([
    ['apiVersion: v1', true],
    ['apiVersion: v3', false],
    ['apiVersion: "${VERSION}"', true],
    ['apiVersion: "$${VERSION}"', false],
    ['apiVersion: "${not a name}"', false],
    ['currency: EUR', true],
    ['currency: euro', false],
    ['currency: "${CURRENCY}"', true],
    ['tags: [ab, "${TAG}"]', true],
    ['tags: [a]', false],
    ['retries: 9', true],
    ['retries: 10', false],
    ['endpoint: { url: "${BASE}/v1" }', true],
    ['endpoint: { url: "https://a.example", tokn: x }', false],
    ['clientID: abc', false],
  ])('judges an Acme field %s as %s', (fields, expected) => {
    expect(acceptsAcme(fields)).toBe(expected);
  });

  it('describes fields and marks secrets writeOnly', () => {
    const { properties } = entryOf(acme.config) as { properties: Record<string, object> };
    expect(properties['clientSecret']).toEqual({
      description: 'The client secret.',
      writeOnly: true,
      anyOf: [
        { type: 'string', minLength: 10 },
        { type: 'string', pattern: expect.stringContaining('file:') },
      ],
    });
    expect(properties['clientId']).toEqual({ description: 'The client id.', type: 'string', minLength: 3 });
    expect(JSON.stringify(written)).not.toContain('"secret"');
  });

  it('names draft, provider and required fields', () => {
    expect(written).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
    expect(entryOf(acme.config)).toMatchObject({
      title: 'Acme',
      properties: { provider: { const: 'acme', description: 'Acme: https://acme.example/docs' } },
      required: ['key', 'provider', 'clientId', 'clientSecret'],
      additionalProperties: false,
    });
  });

  it('lets a placeholder stand for literals', () => {
    const { properties } = entryOf(z.strictObject({ version: z.union([z.literal('1'), z.literal(1)]) })) as {
      properties: Record<string, object>;
    };
    expect(properties['version']).toMatchObject({ anyOf: [{ const: '1' }, { const: 1 }, { type: 'string' }] });
  });

  it('adds common fields to each union branch', () => {
    const union = z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })]);
    const branch = { properties: { key: {}, name: {}, provider: {} }, additionalProperties: false };
    expect(entryOf(union)).toMatchObject({
      anyOf: [
        { ...branch, required: ['key', 'provider', 'a'] },
        { ...branch, required: ['key', 'provider', 'b'] },
      ],
    });
  });

  it('keeps shared definitions apart by provider', () => {
    const account = z.strictObject({ id: z.string() }).meta({ id: 'Account' });
    const provider = defineProvider({ ...acme, config: z.strictObject({ account }) as unknown as typeof acme.config });
    const result = createConfigJsonSchema([provider]);
    expect(JSON.stringify(result)).toContain('"account":{"$ref":"#/$defs/acme.Account"}');
    expect(result).toMatchObject({ $defs: { 'acme.Account': { properties: { id: { type: 'string' } } } } });
  });
});
