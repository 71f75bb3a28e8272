import { freshAnswer, type Freshness } from '../../analytics/freshness.ts';
import type { Period } from '../../analytics/period.ts';

// "15 to 30 minutes after the event". https://adapty.io/docs/how-adapty-analytics-works (checked 2026-11)
const DELAY_MS = 30 * 60_000;

/** The freshness of an answer that came just now; `isMoving` where Adapty keeps changing what is past. */
export function freshnessOf(period: Period, now: number, isMoving: boolean): Freshness {
  const answer = freshAnswer(period, now);
  const hasArrived = period.end.epochMilliseconds + DELAY_MS <= now;
  return { ...answer, isSettled: answer.isSettled && hasArrived && !isMoving };
}
