import type { EventTableBuilder, NewEvent } from './event-table.ts';
import type { SessionTableBuilder } from './session-table.ts';

/** What an event of a session adds to who and when. */
export type EventDetails = Pick<NewEvent, 'path' | 'properties' | 'revenueCents' | 'anonymous'>;

/** Writes one person's sessions, one event after the other. */
export interface SessionWriter {
  /** Time of the last event. */
  readonly nowMs: number;
  /** Begins a visit; its first event has this time. */
  open(startMs: number): void;
  /** Lets time pass before the next event. */
  wait(ms: number): void;
  /** Writes an event now; ignored after the end of the world. */
  emit(name: string, details?: EventDetails): void;
  /** Writes an event of the store: a session of its own, with nobody there. */
  emitInBackground(name: string, timeMs: number, details?: EventDetails): void;
}

interface SessionTarget {
  readonly user: number;
  readonly context: number;
  readonly endMs: number;
  readonly events: EventTableBuilder;
  readonly sessions: SessionTableBuilder;
}

/** Creates the writer of one person's sessions. */
export function createSessionWriter({ user, context, endMs, events, sessions }: SessionTarget): SessionWriter {
  let nowMs = 0;
  let session = -1;
  const begin = (startMs: number, background: boolean): number =>
    sessions.begin({ user, context, startMs, background });
  // One shape, spelled out: objects built by spreading made the generation of the world take twice as long.
  const toEvent = (name: string, timeMs: number, at: number, details?: EventDetails): NewEvent => ({
    timeMs,
    name,
    user,
    session: at,
    context,
    path: details?.path ?? '',
    properties: details?.properties ?? 0,
    revenueCents: details?.revenueCents ?? 0,
    anonymous: details?.anonymous ?? false,
  });
  return {
    get nowMs() {
      return nowMs;
    },
    open(startMs) {
      nowMs = startMs;
      session = begin(startMs, false);
    },
    wait(ms) {
      nowMs += ms;
    },
    emit(name, details) {
      if (session === -1 || nowMs >= endMs) return;
      sessions.extend(session, nowMs);
      events.add(toEvent(name, nowMs, session, details));
    },
    emitInBackground(name, timeMs, details) {
      if (timeMs >= endMs) return;
      events.add(toEvent(name, timeMs, begin(timeMs, true), details));
    },
  };
}
