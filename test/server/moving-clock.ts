import type { Clock } from '../../src/analytics/deadline.ts';
import { systemClock } from '../../src/system-clock.ts';

/** A clock that starts at a given moment, goes on as time does, and can be put forward. */
export interface MovingClock extends Clock {
  /** Put it forward (or back) to a moment. */
  moveTo(moment: string): void;
}

/** Given a moment in ISO 8601, return a clock that shows it now. */
export function createMovingClock(moment: string): MovingClock {
  let shiftMs = Date.parse(moment) - Date.now();
  return {
    ...systemClock,
    now: () => Date.now() + shiftMs,
    moveTo: (next) => {
      shiftMs = Date.parse(next) - Date.now();
    },
  };
}
