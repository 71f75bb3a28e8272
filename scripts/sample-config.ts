import { z } from 'zod';
import type { Provider } from '../src/analytics/provider.ts';

/** As much of JSON Schema as says what a valid value may be. */
interface Schema {
  readonly type?: unknown;
  readonly format?: unknown;
  readonly minimum?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/**
 * Given a provider, return a configuration that holds made-up values for what must be there, and defaults for the rest. Where no value can be made
 * up from the schema, an example in it is taken: `.meta({ examples: ['…'] })`.
 */
export function createSampleConfig(provider: Provider): unknown {
  const schema = z.toJSONSchema(provider.config, { io: 'input', unrepresentable: 'any' }) as Schema;
  const { success, data, error } = provider.config.safeParse(toSample(schema));
  if (success) return data;
  throw new Error(
    `No sample configuration of ${provider.id} can be made up: give the field an example, .meta({ examples: ['…'] })`,
    { cause: error },
  );
}

function toSample(schema: Schema): unknown {
  const { examples = [], enum: allowed = [], anyOf = [], oneOf = [], const: only } = schema;
  const [value] = [...examples, ...allowed, ...(only === undefined ? [] : [only])];
  if (value !== undefined) return value;
  const [option] = [...anyOf, ...oneOf];
  return option ? toSample(option) : toSampleOfType(schema);
}

function toSampleOfType(schema: Schema): unknown {
  switch (schema.type) {
    case 'object':
      return toSampleObject(schema);
    case 'array':
      return [];
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema.minimum ?? 1));
    default:
      return schema.format === 'uri' ? 'https://api.example.com' : 'sample';
  }
}

function toSampleObject(schema: Schema): Readonly<Record<string, unknown>> {
  const { properties = {} } = schema;
  return Object.fromEntries(listRequired(schema).map((field) => [field, toSample(properties[field] ?? {})]));
}

/** The fields that must be there: of several ways to fill an object in, the first. */
function listRequired({ required = [], allOf = [], oneOf = [] }: Schema): readonly string[] {
  return [...new Set([...required, ...[...allOf, ...oneOf.slice(0, 1)].flatMap(listRequired)])];
}
