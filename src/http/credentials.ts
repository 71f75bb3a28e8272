import type { Deadline } from '../analytics/deadline.ts';
import type { Authentication, HttpClientOptions } from '../analytics/http-client.ts';
import type { PreparedRequest } from './exchange.ts';

/** The credentials of one client. */
export interface Credentials {
  /** Headers that are the same for every request; empty where each request has its own. */
  readonly fixed: Readonly<Record<string, string>>;
  /** Everything secret by now. */
  secrets(): readonly string[];
  /** The credentials of one request, however often it is sent. */
  of(request: PreparedRequest): RequestCredentials;
}

/** What one request shows as its credentials, besides the fixed ones. */
export interface RequestCredentials {
  /** Headers for the next attempt. */
  headers(deadline: Deadline): Promise<Readonly<Record<string, string>>>;
  /** The last headers were refused with a 401. Resolve with whether to send once more, which is true once at most. */
  renew(deadline: Deadline): Promise<boolean>;
}

// As many as there are connections to a host: the values of all requests that can be under way.
const REMEMBERED_VALUES = 32;

/** Given what a provider says about its credentials, return them. */
export function createCredentials(auth: HttpClientOptions['auth']): Credentials {
  if (isAuthentication(auth)) return createChanging(auth);
  const unchanging = { headers: () => Promise.resolve({}), renew: () => Promise.resolve(false) };
  return { fixed: auth, secrets: () => Object.values(auth), of: () => unchanging };
}

function createChanging(auth: Authentication): Credentials {
  // What was sent may come back in an error's text, a signature as well as a token.
  let sent: readonly string[] = [];
  const remember = (headers: Readonly<Record<string, string>>) => {
    const added = Object.values(headers).filter((value) => !sent.includes(value));
    if (added.length > 0) sent = [...sent, ...added].slice(-REMEMBERED_VALUES);
  };

  return {
    fixed: {},
    secrets: () => [...auth.secrets(), ...sent],
    of: ({ method, url, body }) => {
      let shown: Readonly<Record<string, string>> = {};
      let isRenewed = false;
      return {
        headers: async (deadline) => {
          shown = await auth.headers({ method, url: new URL(url), body: body ?? '' }, deadline);
          remember(shown);
          return shown;
        },
        renew: async (deadline) => {
          if (isRenewed || !auth.renew) return false;
          isRenewed = true;
          return auth.renew(shown, deadline);
        },
      };
    },
  };
}

function isAuthentication(auth: HttpClientOptions['auth']): auth is Authentication {
  return typeof auth.headers === 'function';
}
