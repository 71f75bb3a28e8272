import { createHmac } from 'node:crypto';

/** A user of the emulated service. The keys open nothing but made-up data, so they are written here. */
export interface ApiUser {
  readonly id: string;
  readonly secretKey: string;
  /** Whether the user may export raw data. */
  readonly canExport: boolean;
}

/** Every user, by what it is for. */
export const API_USERS = {
  /** Owns the account; the one the sandbox's data source uses. */
  owner: { id: '10021', secretKey: 'sandboxkey0000mytracker1', canExport: true },
  /** Was never granted the permission to export. */
  viewer: { id: '10022', secretKey: 'sandboxkey0000mytracker2', canExport: false },
  /** May export too, and sees none of the exports of others. */
  colleague: { id: '10023', secretKey: 'sandboxkey0000mytracker3', canExport: true },
} as const satisfies Record<string, ApiUser>;

/** What is signed of a request: all of it, as it is sent. */
export interface SignedRequest {
  readonly method: string;
  /** With scheme, host and query. */
  readonly url: string;
  /** Empty where there is none. */
  readonly body: string;
}

// https://docs.tracker.my.com/api/export-api/authentication (a stored copy, read 2026-11)
/** Signs a request. */
export function toSignature({ method, url, body }: SignedRequest, secretKey: string): string {
  const baseline = `${method}&${encode(url)}&${encode(body)}`;
  return createHmac('sha1', secretKey).update(baseline).digest('base64');
}

// Nothing but letters, digits and -_.~ stays as it is, which is stricter than the language's own encoding.
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Finds the user who signed a request; undefined where nobody did, or wrongly. */
export function identify(authorization: string | undefined, request: SignedRequest): ApiUser | undefined {
  const [, id, signature] = /^AuthHMAC (\d+):(\S+)$/.exec(authorization ?? '') ?? [];
  const user = Object.values(API_USERS).find((known) => known.id === id);
  return user && toSignature(request, user.secretKey) === signature ? user : undefined;
}
