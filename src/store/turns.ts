/** Lets things that share a key happen one after the other, in the order in which they came. */
export interface Turns {
  take<T>(key: string, run: () => Promise<T>): Promise<T>;
}

/** Return turns that nobody has taken yet. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  return {
    take: (key, run) => {
      const turn = (last.get(key) ?? Promise.resolve()).then(run);
      const end = turn.then(
        () => undefined,
        () => undefined,
      );
      last.set(key, end);
      void end.then(() => {
        if (last.get(key) === end) last.delete(key);
      });
      return turn;
    },
  };
}
