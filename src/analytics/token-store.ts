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
  mint(): Promise<MintedToken>;
}

/** A token, fresh from the provider. */
export interface MintedToken {
  readonly token: string;
  /** When to exchange anew unasked, in milliseconds since the epoch. */
  readonly expiresAt: number;
}
