/** One purchase of a made-up shop. */
export interface Purchase {
  readonly customer: string;
  /** What the file says: a day, as `YYYYMMDD`, or a moment. */
  readonly time: string;
  readonly timeMs: number;
  readonly cents: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const BUYERS = 23_000;

/** The first day with purchases. */
export const FIRST_DAY = '1997-01-01';
const DAYS = 545;

/**
 * Seventy thousand purchases of 23,000 customers over the eighteen months from {@link FIRST_DAY}: the same ones each time. Every customer buys once; the other
 * purchases are those of customers with low numbers more often, soon after the one before more often. Two in three have a day only, as such files do.
 */
export function createPurchases(count: number): Purchase[] {
  const next = createNumbers(1997);
  const lastMs = new Map<number, number>();
  return Array.from({ length: count }, (_, row) => {
    const buyer = row < BUYERS ? row : Math.floor(BUYERS * next() * next());
    const before = lastMs.get(buyer);
    // Most come in the first quarter.
    const day = before === undefined ? Math.floor(DAYS * next() ** 3) : toDay(before) + Math.floor(120 * next() ** 2);
    const isDayOnly = row % 3 > 0;
    const dayMs = Date.parse(FIRST_DAY) + Math.min(day, DAYS) * DAY_MS;
    const timeMs = isDayOnly ? dayMs : dayMs + Math.floor(1440 * next()) * MINUTE_MS;
    lastMs.set(buyer, timeMs);
    return {
      customer: String(buyer + 1).padStart(5, '0'),
      time: isDayOnly ? toIso(timeMs).slice(0, 10).replaceAll('-', '') : toIso(timeMs),
      timeMs,
      cents: Math.floor(500 + 9500 * next() ** 2),
    };
  });
}

/** Given purchases, return the file of events that the sandbox reads. */
export function toEventsFile(purchases: readonly Purchase[]): string {
  const rows = purchases.map(({ customer, time, cents }) => `${customer},purchase,${time},${(cents / 100).toFixed(2)}`);
  return ['user_id,event,time,revenue', ...rows, ''].join('\n');
}

function toDay(timeMs: number): number {
  return Math.floor((timeMs - Date.parse(FIRST_DAY)) / DAY_MS);
}

function toIso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

/** Numbers from 0 to 1, by a linear congruential generator. */
function createNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
