import { createHmac } from 'node:crypto';
import type { Authentication, SignedRequest } from '../../analytics/http-client.ts';

/** Who signs. */
export interface Signer {
  readonly userId: string;
  readonly secretKey: string;
}

// As many as there are connections to a host: the signatures of all requests that can be under way.
const REMEMBERED_SIGNATURES = 32;

/** Given who signs and what is sent, return the value of `Authorization`. It holds for that request for ever, so it is a secret as well. */
// https://docs.tracker.my.com/api/export-api/authentication (checked 2026-11)
export function toAuthorization({ userId, secretKey }: Signer, { method, url, body }: SignedRequest): string {
  // Without a body the last part is empty, and its separator stays.
  const signed = [method, encode(url.href), encode(body)].join('&');
  return `AuthHMAC ${userId}:${createHmac('sha1', secretKey).update(signed).digest('base64')}`;
}

/** Given who signs, return what authenticates each request. */
export function createAuthentication(signer: Signer): Authentication {
  let signatures: readonly string[] = [];
  return {
    secrets: () => [signer.secretKey, ...signatures],
    headers: (request) => {
      const authorization = toAuthorization(signer, request);
      const signature = authorization.slice(authorization.indexOf(':') + 1);
      if (!signatures.includes(signature)) signatures = [...signatures, signature].slice(-REMEMBERED_SIGNATURES);
      return Promise.resolve({ Authorization: authorization });
    },
  };
}

/** RFC 3986 leaves fewer characters as they are than `encodeURIComponent` does. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
