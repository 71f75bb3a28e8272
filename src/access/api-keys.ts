import { createHash, timingSafeEqual } from 'node:crypto';
import { UnauthenticatedError } from '../errors.ts';

/** Who is calling. */
export interface Principal {
  /** The name that the configuration gives to the key. */
  readonly name: string;
}

/** A key that opens the door: its owner's name and its SHA-256 in hexadecimal. The key itself is nowhere. */
export interface ApiKey extends Principal {
  readonly sha256: string;
}

/** Given an Authorization header, return who is calling; throws `UNAUTHENTICATED`. */
export type ApiKeyCheck = (authorization: string | undefined) => Principal;

const HOW_TO = 'Send the header "Authorization: Bearer <key>" with one of the API keys of this server.';
const BEARER = /^bearer +(\S+)$/i;
const HASH_BYTES = 32;

/** Given the known keys, return the check of the Authorization header; with no keys it refuses everybody. */
export function createApiKeyCheck(keys: readonly ApiKey[]): ApiKeyCheck {
  const known = keys.map(({ name, sha256 }) => ({ principal: { name }, hash: toHashBytes(name, sha256) }));
  return (authorization) => {
    const presented = createHash('sha256').update(requireBearer(authorization)).digest();
    let principal: Principal | undefined;
    // Every key is compared, so that the time taken does not tell which one was nearly right.
    for (const key of known) if (timingSafeEqual(key.hash, presented)) principal = key.principal;
    if (principal) return principal;
    throw new UnauthenticatedError(`This API key is not known here. ${HOW_TO}`);
  };
}

function requireBearer(authorization: string | undefined): string {
  const header = authorization?.trim();
  if (!header) throw new UnauthenticatedError(`This server answers only to callers with an API key. ${HOW_TO}`);
  const key = BEARER.exec(header)?.[1];
  if (key === undefined) throw new UnauthenticatedError(`The Authorization header is not a bearer key. ${HOW_TO}`);
  return key;
}

function toHashBytes(name: string, sha256: string): Buffer {
  const hash = Buffer.from(sha256, 'hex');
  if (hash.length === HASH_BYTES) return hash;
  throw new TypeError(`The hash of the API key "${name}" is not the 64 hexadecimal digits of a SHA-256.`);
}
