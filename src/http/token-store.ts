import type { Clock } from '../analytics/deadline.ts';
import type { MintedToken, TokenExchange, TokenStore } from '../analytics/token-store.ts';
import { OperationCancelledError, ProviderTimeoutError } from '../errors.ts';

/**
 * Given the time of day, return a store that keeps tokens in this process only. Replicas that share credentials need the same interface
 * over the database they share: read and write under a lock for each key, so that one replica mints and the others read what it kept.
 */
export function createTokenStore(clock: Clock): TokenStore {
  const kept = new Map<string, MintedToken>();
  const minting = new Map<string, Promise<string>>();

  const start = (key: string, mint: TokenExchange['mint']): Promise<string> => {
    // With some providers the token before ends while its successor is made: nobody gets it from here any more.
    kept.delete(key);
    const running = Promise.resolve()
      .then(mint)
      .then((minted) => {
        kept.set(key, minted);
        return minted.token;
      })
      .finally(() => minting.delete(key));
    minting.set(key, running);
    return running;
  };

  return {
    obtain: async (key, { refused, mint }) => {
      for (let running = minting.get(key); running; running = minting.get(key)) {
        try {
          return await running;
        } catch (error) {
          if (!isOfItsCaller(error)) throw error;
        }
      }
      const token = kept.get(key);
      if (token && token.token !== refused && token.expiresAt > clock.now()) return token.token;
      return start(key, mint);
    },
  };
}

/** Whether an exchange failed because the one who began it had no more time: whoever joined may have some left. */
function isOfItsCaller(error: unknown): boolean {
  return error instanceof OperationCancelledError || error instanceof ProviderTimeoutError;
}
