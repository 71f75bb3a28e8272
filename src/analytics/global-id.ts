/** Given a type and a key unique within it, return the global id: opaque to callers. */
export function toGlobalId(type: string, key: string): string {
  return Buffer.from(`${type}:${key}`).toString('base64url');
}

/** Given a global id, return its parts; null where it is none of ours. */
export function parseGlobalId(id: string): { type: string; key: string } | null {
  const match = /^([A-Z][A-Za-z]*):(.+)$/s.exec(Buffer.from(id, 'base64url').toString());
  const [, type, key] = match ?? [];
  return type !== undefined && key !== undefined ? { type, key } : null;
}
