import { createHmac, timingSafeEqual } from 'node:crypto';

/** A link to a file that opens without a key, for a while. */
export interface SignedLink {
  /** Path and query, from the root of this server. */
  readonly path: string;
  /** When it ends: milliseconds since the epoch, a whole second. */
  readonly expiresAt: number;
}

/** Makes links to files of exports, and knows its own. */
export interface SignedLinks {
  sign(taskId: string, name: string): SignedLink;
  /** Whether the query is one that was signed for this very file, and its time is not over. */
  isValid(taskId: string, name: string, query: SignedQuery): boolean;
}

/** What a link carries behind its path; absent where the caller has left it out. */
export interface SignedQuery {
  readonly expires?: string | undefined;
  readonly signature?: string | undefined;
}

/** What {@link createSignedLinks} signs with. */
export interface SigningOptions {
  /** Whoever has it can open every file. */
  readonly key: Buffer;
  /** How long a link opens its file, in milliseconds. */
  readonly lifetimeMs: number;
  readonly clock: { now(): number };
}

// Changes with the text below, so that no signature of one text is ever one of another.
const VERSION = 'tributary-file-1';

/** Given the key, return what makes links and checks them. Nothing is kept: a link ends by itself, or with the key. */
export function createSignedLinks({ key, lifetimeMs, clock }: SigningOptions): SignedLinks {
  const signatureOf = (taskId: string, name: string, expires: string): string =>
    // As JSON, so that no two files have the same text, whatever their names hold.
    createHmac('sha256', key)
      .update(JSON.stringify([VERSION, taskId, name, expires]))
      .digest('base64url');
  return {
    sign(taskId, name) {
      const expires = String(Math.floor((clock.now() + lifetimeMs) / 1000));
      const query = new URLSearchParams({ expires, signature: signatureOf(taskId, name, expires) });
      return {
        path: `/exports/${encodeURIComponent(taskId)}/files/${encodeURIComponent(name)}?${query.toString()}`,
        expiresAt: Number(expires) * 1000,
      };
    },
    isValid(taskId, name, { expires = '', signature = '' }) {
      const isSigned = isSameText(signature, signatureOf(taskId, name, expires));
      return isSigned && clock.now() < Number(expires) * 1000;
    },
  };
}

/** Takes the same time wherever the texts differ. */
function isSameText(found: string, expected: string): boolean {
  const [a, b] = [Buffer.from(found), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
