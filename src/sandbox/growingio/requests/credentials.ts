/** Credentials of the emulated GrowingIO. They open nothing but made-up data, so they are written here. */
export const CREDENTIALS = {
  /** The project's UID, which stands in the addresses. */
  projectId: 'pRoj3ct1',
  /** The `ai`: the other name of the same project. */
  accountId: '0123456789abcdef',
  publicKey: 'example-public-key-0001',
  privateKey: 'example-private-key-0001',
  /** A token made in the console: it never ends, and no other token ends it. */
  consoleToken: 'SandboxConsoleToken0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHI',
} as const;
