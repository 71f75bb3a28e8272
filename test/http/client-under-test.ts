import { setImmediate } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { createDeadline, type Clock, type Deadline } from '../../src/analytics/deadline.ts';
import type { HttpClientOptions } from '../../src/analytics/http-client.ts';
import { AppError } from '../../src/errors.ts';
import { createHttpClientFactory, type HttpClientFactoryOptions } from '../../src/http/http-client.ts';
import { systemClock } from '../../src/system-clock.ts';
import type { ManualClock } from '../support/manual-clock.ts';

/** What the clients under test send as their credentials. */
export const SECRET = 'secret/live+4Qz';

/** Whose requests the tests make. */
export const ORIGIN = { source: 'shop', provider: 'acme' };

/** One line of the log. */
export interface LogLine extends Record<string, unknown> {
  readonly level: 'debug' | 'warn';
}

/** A factory whose clients all talk for {@link ORIGIN}, and everything they logged. */
export function createClients(options: Partial<HttpClientFactoryOptions> = {}) {
  const lines: LogLine[] = [];
  const log = {
    debug: (fields: object) => void lines.push({ level: 'debug', ...fields }),
    warn: (fields: object) => void lines.push({ level: 'warn', ...fields }),
  };
  const factory = createHttpClientFactory({ clock: systemClock, log, ...options });
  onTestFinished(() => factory.close());
  const connect = (baseUrl: string, rest: Partial<HttpClientOptions> = {}) =>
    factory(ORIGIN)({ baseUrl, auth: { Authorization: `Bearer ${SECRET}` }, quotas: [], ...rest });
  return { connect, lines };
}

/** A deadline in real time. */
export function within(ms: number, signal?: AbortSignal): Deadline {
  return createDeadline(systemClock, ms, signal);
}

/** A deadline of a clock that somebody else advances; it never aborts by itself. */
export function withinOf(clock: Clock, ms: number, signal = new AbortController().signal): Deadline {
  return { at: clock.now() + ms, signal };
}

/** Given what must fail, return the error of the taxonomy that it fails with. */
export async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    (value) => new Error(`Nothing failed; the answer is ${JSON.stringify(value)}.`),
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw error;
}

/** Wait, in real time, until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  for (const start = Date.now(); !isSo(); await setImmediate()) {
    if (Date.now() - start > 3_000) throw new Error('It has not become so within three seconds.');
  }
}

/** Advance the clock past the wait that somebody is about to begin. */
export async function passNextWait(clock: ManualClock, ms: number): Promise<void> {
  await until(() => clock.sleeping > 0);
  await clock.advance(ms);
}
