import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../src/system-clock.ts';
import { ManualClock } from '../support/manual-clock.ts';

const SPEED = 20;
const LOOK_EVERY_MS = 5;

/** A clock that runs by itself, twenty times as fast as ours: for tests with servers, who take their time. */
export class FastClock extends ManualClock {
  readonly #begin: number;
  readonly #startedAt = Date.now();

  constructor(begin: number) {
    super(begin);
    this.#begin = begin;
  }

  override now(): number {
    return this.#begin + (Date.now() - this.#startedAt) * SPEED;
  }

  override sleep(ms: number, signal: AbortSignal): Promise<void> {
    return systemClock.sleep(Math.ceil(ms / SPEED), signal);
  }

  /** It advances by itself. */
  override advance(): Promise<void> {
    return delay(LOOK_EVERY_MS);
  }
}
