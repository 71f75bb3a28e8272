/** Choices that are made again in the same way for the same seed. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** Whether something of this likelihood happens. */
  chance(likelihood: number): boolean;
  /** A whole number, both bounds included. */
  whole(least: number, most: number): number;
  /** One of a list, which must not be empty. */
  pick<T>(list: readonly T[]): T;
  /** At most `most` of a list, each at most once. */
  some<T>(list: readonly T[], most: number): T[];
}

/** Given a seed, return the choices that follow from it. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  // mulberry32: 32 bits of state are enough for a few hundred choices.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error('Nothing can be picked of an empty list');
    return list[whole(0, list.length - 1)] as T;
  };
  return {
    next,
    chance: (likelihood) => next() < likelihood,
    whole,
    pick,
    some(list, most) {
      const left = [...list];
      const count = Math.min(whole(0, most), left.length);
      return Array.from({ length: count }, () => left.splice(whole(0, left.length - 1), 1)).flat();
    },
  };
}
