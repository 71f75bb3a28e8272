import { describe, expect, it } from 'vitest';
import type { TokenStore } from '../../src/analytics/token-store.ts';
import { OperationCancelledError, ProviderAuthError, ProviderTimeoutError } from '../../src/errors.ts';
import { createTokenStore } from '../../src/http/token-store.ts';
import { ManualClock } from '../support/manual-clock.ts';

const HOUR_MS = 3_600_000;

function start() {
  const clock = new ManualClock();
  const store = createTokenStore(clock);
  let minted = 0;
  const mint = async () => ({ token: `token-${++minted}`, expiresAt: clock.now() + HOUR_MS });
  const obtain = (refused: string | null = null, key = 'project') => store.obtain(key, { refused, mint });
  return { clock, store, obtain, minted: () => minted };
}

/** A mint that ends when it is told to. */
function held(store: TokenStore) {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const mint = async () => ({ token: await promise, expiresAt: Number.MAX_SAFE_INTEGER });
  return { obtained: store.obtain('project', { refused: null, mint }), resolve, reject };
}

describe('token store', () => {
  it('hands out what it keeps', async () => {
    const { obtain, minted } = start();
    expect([await obtain(), await obtain()]).toEqual(['token-1', 'token-1']);
    expect(minted()).toBe(1);
  });

  it('keeps a token for each key', async () => {
    const { obtain } = start();
    expect([await obtain(null, 'a'), await obtain(null, 'b'), await obtain(null, 'a')]).toEqual([
      'token-1',
      'token-2',
      'token-1',
    ]);
  });

  it('mints once for all who ask together', async () => {
    const { obtain, minted } = start();
    expect(await Promise.all([obtain(), obtain(), obtain()])).toEqual(['token-1', 'token-1', 'token-1']);
    expect(minted()).toBe(1);
  });

  it('mints anew when a token has expired', async () => {
    const { clock, obtain } = start();
    await obtain();
    await clock.advance(HOUR_MS - 1);
    expect(await obtain()).toBe('token-1');
    await clock.advance(1);
    expect(await obtain()).toBe('token-2');
  });

  it('mints anew where the kept token was refused', async () => {
    const { obtain } = start();
    expect(await obtain(await obtain())).toBe('token-2');
  });

  it('mints once for all whom the same token was refused', async () => {
    const { obtain, minted } = start();
    const stale = await obtain();
    expect(await Promise.all([obtain(stale), obtain(stale), obtain(stale)])).toEqual(['token-2', 'token-2', 'token-2']);
    expect(minted()).toBe(2);
  });

  it('hands out the newer token where an older one was refused', async () => {
    const { obtain, minted } = start();
    const stale = await obtain();
    await obtain(stale);
    expect(await obtain(stale)).toBe('token-2');
    expect(minted()).toBe(2);
  });

  it('hands out no token whose successor is being made', async () => {
    const { store, obtain } = start();
    const stale = await obtain();
    const { promise, resolve } = Promise.withResolvers<string>();
    const renewing = store.obtain('project', {
      refused: stale,
      mint: async () => ({ token: await promise, expiresAt: Number.MAX_SAFE_INTEGER }),
    });
    const other = obtain();
    resolve('successor');
    expect([await renewing, await other]).toEqual(['successor', 'successor']);
  });

  it('fails with what the exchange throws and keeps nothing', async () => {
    const { store, obtain, minted } = start();
    const { obtained, reject } = held(store);
    const joined = obtain();
    const refusal = new ProviderAuthError('The key is revoked.');
    reject(refusal);
    await expect(obtained).rejects.toBe(refusal);
    await expect(joined).rejects.toBe(refusal);
    expect(minted()).toBe(0);
    expect(await obtain()).toBe('token-1');
  });

  it('keeps no token that was refused where the next one failed', async () => {
    const { store, obtain } = start();
    const refused = await obtain();
    const mint = () => Promise.reject(new ProviderAuthError('The key is revoked.'));
    await expect(store.obtain('project', { refused, mint })).rejects.toThrow('revoked');
    expect(await obtain()).toBe('token-2');
  });

  it('fails likewise where the exchange throws before it begins', async () => {
    const { store, obtain } = start();
    const mint = () => {
      throw new TypeError('no key');
    };
    await expect(store.obtain('project', { refused: null, mint })).rejects.toThrow('no key');
    expect(await obtain()).toBe('token-1');
  });

  it.each([new OperationCancelledError('The caller left.'), new ProviderTimeoutError('Too late.')])(
    'lets others go on after %s',
    async (end) => {
      const { store, obtain, minted } = start();
      const { obtained, reject } = held(store);
      const others = Promise.all([obtain(), obtain()]);
      reject(end);
      await expect(obtained).rejects.toBe(end);
      expect(await others).toEqual(['token-1', 'token-1']);
      expect(minted()).toBe(1);
    },
  );
});
