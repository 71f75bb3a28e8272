import type { FieldPath } from './field-path.ts';
import { isMapping } from './field-path.ts';

/** A piece of a JSON Schema. */
export type SchemaNode = Readonly<Record<string, unknown>>;

/** True where the schema marks the value at the path, or anything around it, with `.meta({ secret: true })`. */
export function isSecretAt(schema: SchemaNode, path: FieldPath): boolean {
  let nodes = alternatives(schema, schema);
  for (const key of path) {
    if (nodes.some(isSecret)) return true;
    nodes = nodes.flatMap((node) => childrenAt(node, key)).flatMap((child) => alternatives(child, schema));
  }
  return nodes.some(isSecret);
}

/** The names of the fields that the schema allows at the path. */
export function knownFieldsAt(schema: SchemaNode, path: FieldPath): string[] {
  let nodes = alternatives(schema, schema);
  for (const key of path) {
    nodes = nodes.flatMap((node) => childrenAt(node, key)).flatMap((child) => alternatives(child, schema));
  }
  return [...new Set(nodes.flatMap((node) => Object.keys(isMapping(node['properties']) ? node['properties'] : {})))];
}

function isSecret(node: SchemaNode): boolean {
  return node['secret'] === true;
}

/** The node itself and whatever it may be instead: branches of a union, the target of a reference. */
function alternatives(node: SchemaNode, root: SchemaNode, seen = new Set<SchemaNode>()): SchemaNode[] {
  if (seen.has(node)) return [];
  seen.add(node);
  const branches = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) => nodesOf(node[keyword]));
  return [node, ...[...branches, ...referenced(node, root)].flatMap((branch) => alternatives(branch, root, seen))];
}

function referenced(node: SchemaNode, root: SchemaNode): SchemaNode[] {
  const reference = node['$ref'];
  if (reference === '#') return [root];
  if (typeof reference !== 'string' || !isMapping(root['$defs'])) return [];
  return nodesOf([root['$defs'][reference.replace('#/$defs/', '')]]);
}

function childrenAt(node: SchemaNode, key: PropertyKey): SchemaNode[] {
  if (typeof key === 'number') {
    const first: readonly unknown[] = Array.isArray(node['prefixItems']) ? node['prefixItems'] : [];
    return nodesOf([first[key] ?? node['items']]);
  }
  const properties = isMapping(node['properties']) ? node['properties'] : {};
  return nodesOf([Object.hasOwn(properties, key) ? properties[String(key)] : node['additionalProperties']]);
}

function nodesOf(values: unknown): SchemaNode[] {
  return Array.isArray(values) ? values.filter(isMapping) : [];
}
