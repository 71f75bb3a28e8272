import type { Database, Statements } from './database.ts';
import { OperationCancelledError, ProviderTimeoutError } from '../errors.ts';

/** Keeps tokens that a provider hands out in exchange for credentials, for everybody who shares them. */
export interface TokenStore {
  /**
   * The token kept under `key`. Where there is none, or just the one that was refused, the one that `mint` makes: once, however many
   * ask at the same time, because with some providers a new token ends the one before. Rejects with what `mint` throws, and then keeps nothing.
   */
  obtain(key: string, exchange: TokenExchange): Promise<string>;
}

/** How a token is got. */
export interface TokenExchange {
  /** A token that the provider no longer takes; null where none was refused. */
  readonly refused: string | null;
  mint(): Promise<{ readonly token: string; readonly expiresAt: number }>;
}

/** Given the database and the time of day, return a store whose tokens all replicas of the database share. */
export function createSharedTokenStore(database: Database, clock: { now(): number }): TokenStore {
  const minting = new Map<string, Promise<string>>();

  const find = async (statements: Statements, key: string, refused: string | null): Promise<string | null> => {
    const [kept] = await statements.query<{ token: string }>(
      'select token from tributary.tokens where key = $1 and expires_at > $2',
      [key, clock.now()],
    );
    return kept && kept.token !== refused ? kept.token : null;
  };

  const mintOnce = async (key: string, { refused, mint }: TokenExchange): Promise<string> => {
    const outcome = await database.exclusively(`token ${key}`, async (statements) => {
      // Another replica may have minted while this one waited for the lock.
      const token = await find(statements, key, refused);
      if (token !== null) return { token };
      // The one before may end while its successor is made, and is not to be found again where none is made. The lock is a
      // transaction that a failure would undo: the failure is handed out as a value.
      await statements.query('delete from tributary.tokens where key = $1', [key]);
      return mintAndKeep(statements, key, mint);
    });
    if ('failure' in outcome) throw outcome.failure;
    return outcome.token;
  };

  return {
    obtain: async (key, exchange) => {
      for (let running = minting.get(key); running; running = minting.get(key)) {
        try {
          const token = await running;
          if (token !== exchange.refused) return token;
          // It was under way with the token that has been refused since.
        } catch (error) {
          if (!isOfItsCaller(error)) throw error;
        }
      }
      const running = find(database, key, exchange.refused)
        .then((token) => token ?? mintOnce(key, exchange))
        .finally(() => minting.delete(key));
      minting.set(key, running);
      return running;
    },
  };
}

async function mintAndKeep(
  statements: Statements,
  key: string,
  mint: TokenExchange['mint'],
): Promise<{ readonly token: string } | { readonly failure: unknown }> {
  let minted;
  try {
    minted = await mint();
  } catch (failure) {
    return { failure };
  }
  await statements.query(
    `insert into tributary.tokens (key, token, expires_at) values ($1, $2, $3)
     on conflict (key) do update set token = excluded.token, expires_at = excluded.expires_at`,
    [key, minted.token, minted.expiresAt],
  );
  return { token: minted.token };
}

/** Whether an exchange failed because the one who began it had no more time: whoever joined may have some left. */
function isOfItsCaller(error: unknown): boolean {
  return error instanceof OperationCancelledError || error instanceof ProviderTimeoutError;
}
