import { z } from 'zod';
import type { Provider } from '../analytics/provider.ts';
import { DATA_SOURCE_KEY } from './data-source-entry.ts';
import { isMapping } from './field-path.ts';
import type { SchemaNode } from './schema-node.ts';
import { PLACEHOLDER_PATTERN } from './substitution.ts';

/** Return the JSON Schema (draft 2020-12) of the configuration file, by which editors complete and check it. */
export function createConfigJsonSchema(providers: readonly Provider[]): object {
  const schemas = providers.map(toProviderSchema);
  const definitions = schemas.flatMap((schema) => schema.definitions);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Tributary configuration',
    type: 'object',
    properties: {
      dataSources: {
        description: 'The data sources that can be asked, each a configured provider.',
        type: 'array',
        minItems: 1,
        items: { oneOf: schemas.map(({ entry }) => entry) },
      },
    },
    required: ['dataSources'],
    additionalProperties: false,
    ...(definitions.length > 0 && { $defs: Object.fromEntries(definitions) }),
  };
}

function toProviderSchema(provider: Provider): { entry: SchemaNode; definitions: [string, unknown][] } {
  const written = z.toJSONSchema(provider.config, { io: 'input', unrepresentable: 'any' });
  const { $schema: _, $defs, ...root } = toEditorNode(written, provider.id);
  const definitions = Object.entries(isMapping($defs) ? $defs : {});
  return {
    entry: { title: provider.name, ...withCommonFields(root, provider) },
    definitions: definitions.map(([name, node]) => [`${provider.id}.${name}`, node]),
  };
}

/** The fields of every entry, put beside the provider's own; in a union, beside those of each branch. */
function withCommonFields(node: SchemaNode, provider: Provider): SchemaNode {
  const branched = ['oneOf', 'anyOf'].filter((keyword) => Array.isArray(node[keyword]));
  if (branched.length > 0) {
    const branches = branched.map((keyword): [string, SchemaNode[]] => [
      keyword,
      nodesOf(node[keyword]).map((branch) => withCommonFields(branch, provider)),
    ]);
    return { ...node, ...Object.fromEntries(branches) };
  }
  const required: readonly unknown[] = Array.isArray(node['required']) ? node['required'] : [];
  return {
    ...node,
    properties: { ...commonFields(provider), ...(isMapping(node['properties']) ? node['properties'] : {}) },
    required: ['key', 'provider', ...required],
  };
}

function commonFields(provider: Provider): SchemaNode {
  return {
    key: withPlaceholder({
      description: 'What queries call the data source: 1 to 64 letters, digits and hyphens, different for each.',
      type: 'string',
      pattern: DATA_SOURCE_KEY.source,
    }),
    name: { description: 'What people see; the key where left out.', type: 'string', minLength: 1 },
    provider: { description: `${provider.name}: ${provider.docsUrl}`, type: 'string', const: provider.id },
  };
}

/** What zod wrote, in the words that editors know, each constrained text with a placeholder as its alternative. */
function toEditorNode(node: SchemaNode, providerId: string): SchemaNode {
  const { secret, ...rest } = Object.fromEntries(
    Object.entries(node).map(([keyword, value]) => [keyword, toEditorValue(keyword, value, providerId)]),
  );
  return withPlaceholder(secret === true ? { ...rest, writeOnly: true } : rest);
}

function toEditorValue(keyword: string, value: unknown, providerId: string): unknown {
  if (keyword === '$ref') return String(value).replace('#/$defs/', `#/$defs/${providerId}.`);
  // These hold data and names, which may look like schemas.
  if (['default', 'const', 'enum', 'examples', 'required'].includes(keyword)) return value;
  if (keyword === 'properties' || keyword === '$defs') {
    const fields = Object.entries(isMapping(value) ? value : {});
    return Object.fromEntries(
      fields.map(([name, field]) => [name, isMapping(field) ? toEditorNode(field, providerId) : field]),
    );
  }
  if (Array.isArray(value))
    return value.map((item: unknown) => (isMapping(item) ? toEditorNode(item, providerId) : item));
  return isMapping(value) ? toEditorNode(value, providerId) : value;
}

const PLACEHOLDER: SchemaNode = { type: 'string', pattern: PLACEHOLDER_PATTERN };
const TEXT_CONSTRAINTS = ['pattern', 'enum', 'format', 'minLength', 'maxLength', 'allOf'];

function withPlaceholder(node: SchemaNode): SchemaNode {
  const branches = nodesOf(node['anyOf']);
  if (branches.some((branch) => typeof branch['const'] === 'string')) {
    return { ...node, anyOf: [...branches, PLACEHOLDER] };
  }
  const isConstrained = TEXT_CONSTRAINTS.some((keyword) => keyword in node && !isSatisfied(keyword, node[keyword]));
  if (node['type'] !== 'string' || !isConstrained) return node;
  const isConstraint = ([keyword]: [string, unknown]): boolean =>
    keyword === 'type' || TEXT_CONSTRAINTS.includes(keyword);
  const constraints = Object.fromEntries(Object.entries(node).filter(isConstraint));
  const notes = Object.fromEntries(Object.entries(node).filter((entry) => !isConstraint(entry)));
  return { ...notes, anyOf: [constraints, PLACEHOLDER] };
}

/** True for a lower bound that every placeholder keeps: the shortest is `${A}`. */
function isSatisfied(keyword: string, bound: unknown): boolean {
  return keyword === 'minLength' && Number(bound) <= 4;
}

function nodesOf(values: unknown): SchemaNode[] {
  return Array.isArray(values) ? values.filter(isMapping) : [];
}
