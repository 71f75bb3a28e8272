import { createHmac } from 'node:crypto';
import type { Clock, Deadline } from '../../analytics/deadline.ts';
import type { Authentication, HttpClient } from '../../analytics/http-client.ts';
import type { ProviderServices } from '../../analytics/provider.ts';
import type { MintedToken } from '../../analytics/token-store.ts';
import { ProviderAuthError, ProviderRejectedError } from '../../errors.ts';
import type { GrowingioConfig } from './config.ts';
import { explainError, explainTokenFailure, tokenResponse } from './responses.ts';

/** What the request for a token is signed for. */
export interface TokenRequest {
  readonly projectId: string;
  readonly accountId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const DAY_MS = 86_400_000;
// A token is valid for 30 days; a day less, so that none expires on its way.
// https://github.com/growingio/growingio-docs-v3 developer-manual/api-reference/authenticate/gettoken.md (checked 2026-11)
const TOKEN_LIFE_MS = 29 * DAY_MS;

/** Given a data source's configuration, return what authenticates its requests: a token as it is, or one exchanged for its keys. */
export function createAuthentication(config: GrowingioConfig, services: ProviderServices): Authentication {
  const { token, privateKey, accountId } = config;
  const toHeaders = (value: string) => ({
    'X-Client-Id': config.publicKey,
    Authorization: `${config.tokenPrefix}${value}`,
  });
  if (token !== undefined) return { secrets: () => [token], headers: async () => toHeaders(token) };
  if (privateKey === undefined || accountId === undefined) throw new Error('A configuration without credentials.');

  const exchange = createExchange({ config, privateKey, accountId }, services);
  const { tokens } = services;
  const known = new Set<string>();
  const key = ['growingio', config.baseUrl, config.projectId, config.publicKey].join(' ');
  const obtain = async (refused: string | null, deadline: Deadline) => {
    const obtained = await tokens.obtain(key, { refused, mint: () => exchange(deadline) });
    known.add(obtained);
    return obtained;
  };
  return {
    secrets: () => [privateKey, ...known],
    headers: async (_request, deadline) => toHeaders(await obtain(null, deadline)),
    async renew(refused, deadline) {
      const old = (refused['Authorization'] ?? '').slice(config.tokenPrefix.length);
      // Made elsewhere, a new token ends ours without a word: the store makes one unless somebody here has done so already.
      return (await obtain(old, deadline)) !== old;
    },
  };
}

/** Given a private key, return the signature that GrowingIO exchanges for a token: lower-case hexadecimal. */
export function signTokenRequest(privateKey: string, request: TokenRequest): string {
  return createHmac('sha256', privateKey)
    .update(`POST\n/auth/token\n${toSignedPart(request)}`)
    .digest('hex');
}

/** In this order, and not encoded. */
function toSignedPart({ projectId, accountId, at }: TokenRequest): string {
  return `project=${projectId}&ai=${accountId}&tm=${at}`;
}

interface ExchangeKeys {
  readonly config: GrowingioConfig;
  readonly privateKey: string;
  readonly accountId: string;
}

function createExchange(
  { config, privateKey, accountId }: ExchangeKeys,
  { createHttpClient, clock }: ProviderServices,
) {
  const { baseUrl, projectId, publicKey } = config;
  const http = createHttpClient({
    baseUrl,
    // No Authorization: that is what is asked for.
    auth: { 'X-Client-Id': publicKey },
    quotas: [],
    explain: explainError,
    failureIn: explainTokenFailure,
  });
  const toForm = () => {
    const request = { projectId, accountId, at: clock.now() };
    return new URLSearchParams({
      project: projectId,
      ai: accountId,
      tm: String(request.at),
      auth: signTokenRequest(privateKey, request),
    });
  };
  return (deadline: Deadline): Promise<MintedToken> => mint({ http, clock, form: toForm() }, deadline);
}

interface Minting {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly form: URLSearchParams;
}

async function mint({ http, clock, form }: Minting, deadline: Deadline): Promise<MintedToken> {
  // Asked for twice, the later token is the valid one, which is also the one we get.
  const request = { method: 'POST', path: '/auth/token', form, isReadOnly: true } as const;
  try {
    const { code } = await http.requestJson(request, tokenResponse, deadline);
    return { token: code, expiresAt: clock.now() + TOKEN_LIFE_MS };
  } catch (error) {
    // Which status goes with a wrong signature is not documented: whatever the words, our keys were refused.
    if (!(error instanceof ProviderRejectedError)) throw error;
    const hint = "These are the keys in this server's configuration, not yours.";
    throw new ProviderAuthError(`There is no token for these keys. ${error.message} ${hint}`, { cause: error });
  }
}
