import { readAllowedChanges } from './allowed-changes.ts';
import { readPromisedSchemas } from './promised-schemas.ts';
import { findSchemaChanges } from './schema-changes.ts';

/** What is to be said of a schema before it takes the place of one that was promised. */
export interface SchemaVerdict {
  /** The breaking changes that no decision record allows, and what to do about them; empty where the schema may be taken. */
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
}

/** Given the top of the repository and its schema's SDL as it is now, return whether it keeps what was promised. */
export async function judgeSchema(root: string, sdl: string): Promise<SchemaVerdict> {
  const allowed = readAllowedChanges(root);
  const origins = new Map<string, string>();
  const dangers = new Set<string>();
  for (const promised of readPromisedSchemas(root)) {
    const { breaking, dangerous } = await findSchemaChanges(promised.sdl, sdl);
    for (const change of dangerous) dangers.add(change);
    for (const change of breaking) {
      if (!allowed.has(change) && !origins.has(change)) origins.set(change, promised.origin);
    }
  }
  return {
    refusals: origins.size > 0 ? toRefusals([...origins]) : [],
    warnings: [...dangers].map((change) => `Dangerous: ${change}`),
  };
}

function toRefusals(changes: readonly (readonly [change: string, origin: string])[]): string[] {
  return [
    ...changes.map(([change, origin]) => `Breaking, against ${origin}: ${change}`),
    'Keep it, deprecated if need be. Or write down why not, in a decision record (docs/decisions/README.md) with these lines:',
    ...changes.map(([change]) => `- Breaking: \`${change}\``),
  ];
}
