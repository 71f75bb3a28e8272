import type { Table } from './table.ts';

/** When the service had something. */
export interface Arrivals {
  /** The second since 1970 at which a row was there. */
  secondOf(table: Table, row: number): number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * Makes everything arrive ten minutes to two hours after it happened, by its place in its table; what stands at 37, 137, 237… is a day late,
 * unless told otherwise.
 */
export function createArrivals(hasLateArrivals: boolean): Arrivals {
  return {
    secondOf(table, row) {
      const second = Math.floor(table.timeMs(row) / 1000);
      if (hasLateArrivals && row % 100 === 37) return second + 24 * HOUR + 10 * MINUTE;
      return second + 10 * MINUTE + ((row * 7919) % (110 * MINUTE));
    },
  };
}
