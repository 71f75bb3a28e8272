import type { IdentifierSource } from './requests/identifiers.ts';

const ID_LENGTH = 32;
const KEPT_MS = 60_000;

/** Reports that are made in the background. */
export interface Exports {
  /**
   * Begins what nobody has asked for yet and says so; later answers what `write` makes of it. The same address is the
   * same export, until it has been done for a minute.
   */
  ask(address: string, write: (id: string) => string): string;
}

interface Task {
  readonly id: string;
  readonly doneAtMs: number;
  answer?: string;
}

/** Creates the exports of the project. */
export function createExports(options: {
  readonly clock: () => number;
  readonly preparationMs: number;
  readonly nextIdentifier: IdentifierSource;
}): Exports {
  const { clock, preparationMs, nextIdentifier } = options;
  const tasks = new Map<string, Task>();
  return {
    ask(address, write) {
      const nowMs = clock();
      for (const [known, { doneAtMs }] of tasks) if (nowMs >= doneAtMs + KEPT_MS) tasks.delete(known);
      const task = tasks.get(address);
      if (task && nowMs >= task.doneAtMs) return (task.answer ??= write(task.id));
      const pending = task ?? { id: nextIdentifier(ID_LENGTH), doneAtMs: nowMs + preparationMs };
      tasks.set(address, pending);
      return JSON.stringify({ id: pending.id, status: 'doing' });
    },
  };
}
