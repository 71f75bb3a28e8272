import { formatDuration } from '../analytics/duration.ts';

/** Given milliseconds since the epoch, return the moment in ISO 8601; null stays null. */
export function toDateTime(epoch: number): string;
export function toDateTime(epoch: number | null): string | null;
export function toDateTime(epoch: number | null): string | null {
  return epoch === null ? null : new Date(epoch).toISOString();
}

/** Given milliseconds, return the ISO 8601 duration; null stays null. */
export function toDuration(ms: number): string;
export function toDuration(ms: number | null): string | null;
export function toDuration(ms: number | null): string | null {
  return ms === null ? null : formatDuration(ms);
}
