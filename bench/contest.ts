/** One of the things that are measured side by side. */
export interface Contestant {
  readonly name: string;
  /** Do the work once and return the figure: milliseconds, or requests per second. */
  measure(): Promise<number> | number;
}

/** What the rounds of one contestant came to. */
export interface Standing {
  readonly name: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** Median over the rounds of this figure divided by the first contestant's figure of the same round. */
  readonly ratio: number;
}

/** Measure the contestants in turn, round by round, each round beginning with another one, so that all meet the same weather. */
export async function runContest(contestants: readonly Contestant[], rounds: number): Promise<Standing[]> {
  const figures = contestants.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const index = (round + turn) % contestants.length;
      const figure = await contestants[index]?.measure();
      if (figure !== undefined) figures[index]?.push(figure);
    }
  }
  const first = figures[0] ?? [];
  return contestants.map(({ name }, index) => {
    const own = figures[index] ?? [];
    return {
      name,
      median: medianOf(own),
      least: Math.min(...own),
      most: Math.max(...own),
      ratio: medianOf(own.map((figure, round) => figure / (first[round] ?? Number.NaN))),
    };
  });
}

/** The middle one of some figures. */
export function medianOf(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
