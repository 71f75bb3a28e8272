import { createHmac } from 'node:crypto';
import { DAY_MS } from '../../world.ts';
import { refuse, refuseCredentials } from './api-error.ts';
import { CREDENTIALS } from './credentials.ts';
import type { IdentifierSource } from './identifiers.ts';

const TOKEN_LENGTH = 64;
const LIFETIME_MS = 30 * DAY_MS;
const MAX_SKEW_MS = 5 * 60_000;

/** What a request for a token says. */
export interface TokenRequest {
  readonly clientId: string | undefined;
  /** `project`, `ai`, `tm` and `auth`, wherever they came. */
  readonly fields: URLSearchParams;
}

/** The tokens of the project. */
export interface Tokens {
  /** Makes a token and ends the one before, or refuses. */
  mint(request: TokenRequest): string;
  isValid(token: string): boolean;
}

/** Creates the tokens of a project that has made none yet. */
export function createTokens(clock: () => number, nextIdentifier: IdentifierSource): Tokens {
  let current: { readonly code: string; readonly endsAtMs: number } | undefined;
  return {
    mint(request) {
      assertSigned(request, clock());
      // 30 days, and the end of the token before: authenticate/gettoken.md of growingio-docs-v3, 2024-08-26.
      current = { code: nextIdentifier(TOKEN_LENGTH), endsAtMs: clock() + LIFETIME_MS };
      return current.code;
    },
    isValid(token) {
      if (token === CREDENTIALS.consoleToken) return true;
      return current !== undefined && token === current.code && clock() < current.endsAtMs;
    },
  };
}

// How a token is refused is not documented, nor how far `tm` may be off: wrong or late credentials get the one refusal
// that is documented elsewhere, a missing field that of other bad requests, and `tm` may be five minutes off.
function assertSigned({ clientId, fields }: TokenRequest, nowMs: number): void {
  const [project, ai, tm, auth] = ['project', 'ai', 'tm', 'auth'].map((name) => requireField(fields, name));
  if (!/^\d{1,15}$/.test(tm ?? '')) throw refuse(400, 'bad_request', 'tm must be a time in unix milliseconds');
  const isKnown =
    clientId === CREDENTIALS.publicKey && project === CREDENTIALS.projectId && ai === CREDENTIALS.accountId;
  if (!isKnown || Math.abs(Number(tm) - nowMs) > MAX_SKEW_MS) throw refuseCredentials();
  const message = `POST\n/auth/token\nproject=${project}&ai=${ai}&tm=${tm}`;
  if (auth !== createHmac('sha256', CREDENTIALS.privateKey).update(message).digest('hex')) throw refuseCredentials();
}

function requireField(fields: URLSearchParams, name: string): string {
  const value = fields.get(name);
  if (!value) throw refuse(400, 'bad_request', `${name} is required`);
  return value;
}
