import type { World } from './world.ts';

/** What an emulator is started with. */
export interface EmulatorOptions {
  /** The people and events it answers from. */
  readonly world: World;
  /** Which of its documented versions it speaks; absent means the newest. */
  readonly apiVersion?: string;
  /** How long an answer that is prepared in the background takes, in milliseconds; absent means as long as feels real. */
  readonly preparationMs?: number;
  /** The time of day in milliseconds since 1970. */
  readonly clock: () => number;
}

/** A listening emulator. */
export interface RunningEmulator {
  /** Where it listens, without a trailing slash. */
  readonly baseUrl: string;
  /** The data source entry for the configuration, in the provider's config words. */
  readonly dataSource: Record<string, unknown>;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

/** One provider's other side: an HTTP server that answers from the world. */
export interface Emulator {
  /** The provider's id, which is also the folder's name. */
  readonly id: string;
  /** Listens on a free loopback port. */
  start(options: EmulatorOptions): Promise<RunningEmulator>;
}

/** Declares an emulator; the default export of `src/sandbox/<id>/index.ts`. */
export function defineEmulator(emulator: Emulator): Emulator {
  return emulator;
}
