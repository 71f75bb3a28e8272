/** A global id, read: the GraphQL type, and what names one thing of it. */
export interface GlobalId {
  readonly type: string;
  /** The data source's key first; then the provider's own ids, from the outermost in. */
  readonly parts: readonly string[];
}

/** Given a type and what names a thing of it, return the global id: opaque to callers. */
export function toGlobalId(type: string, ...parts: readonly string[]): string {
  // Half a surrogate pair, which JSON can carry, has no UTF-8.
  const encoded = parts.map((part) => encodeURIComponent(part.toWellFormed()));
  return Buffer.from(`${type}:${encoded.join(':')}`).toString('base64url');
}

/** Given a global id, return its parts; null where it is none of ours. */
export function parseGlobalId(id: string): GlobalId | null {
  const match = /^([A-Z][A-Za-z]*):(.+)$/s.exec(Buffer.from(id, 'base64url').toString());
  const [, type, key] = match ?? [];
  if (type === undefined || key === undefined) return null;
  try {
    return { type, parts: key.split(':').map(decodeURIComponent) };
  } catch {
    // Somebody else's text, with a percent sign that begins nothing.
    return null;
  }
}
