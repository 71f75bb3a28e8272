import { isLoopback } from './loopback.ts';

/** What {@link assertSafeBind} decides by. */
export interface BindOptions {
  /** The address to listen on. */
  readonly host: string;
  /** Who may call; only whether there is anybody matters here. */
  readonly apiKeys: readonly unknown[];
  readonly allowUnauthenticated: boolean;
}

/** The server would be open to everybody; the message says how to make it safe. */
export class UnsafeBindError extends Error {
  override readonly name = 'UnsafeBindError';
}

/** Throws where others than this machine could ask without saying who they are, and nobody said that this is meant. */
export function assertSafeBind({ host, apiKeys, allowUnauthenticated }: BindOptions): void {
  if (isLoopback(host) || apiKeys.length > 0 || allowUnauthenticated) return;
  throw new UnsafeBindError(
    [
      `Refusing to listen on ${host} without API keys: everybody who can reach it could read your analytics.`,
      'Do one of these:',
      '  - Make a key and set the name and hash of it:',
      '      KEY=$(openssl rand -hex 32)',
      '      printf %s "$KEY" | sha256sum',
      '      TRIBUTARY_API_KEYS="me:<the hash>"',
      '    Callers then send "Authorization: Bearer <the key>".',
      '  - Set TRIBUTARY_ALLOW_UNAUTHENTICATED=1 if a proxy in front asks who is calling.',
      '  - Set HOST=127.0.0.1 to serve this machine only.',
    ].join('\n'),
  );
}
