/** The times an event may have, in words. */
export const TIME_FORMATS =
  'ISO 8601 (2026-11-20T10:00:00Z; without a zone it is UTC), YYYY-MM-DD, YYYY-MM-DD HH:MM[:SS[.mmm]], YYYYMMDD, seconds (10 digits) or milliseconds (13 digits) since 1970';

const DAY_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?(Z|[+-]\d{2}(?::?\d{2})?))?)?$/i;

/** Reads the time of an event in milliseconds since 1970; undefined where it is none. */
export function parseEventTime(text: string): number | undefined {
  if (/^\d{10}$/.test(text)) return Number(text) * 1000;
  if (/^\d{13}$/.test(text)) return Number(text);
  const match = DAY_TIME.exec(text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));
  if (!match) return undefined;
  const [, day = '', clock = '00:00', seconds = '00', fraction = '', zone = 'Z'] = match;
  // Some engines read 30 February as 1 March.
  const dayMs = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(dayMs) || !new Date(dayMs).toISOString().startsWith(day)) return undefined;
  const millis = fraction.padEnd(3, '0').slice(0, 3);
  const ms = Date.parse(`${day}T${clock}:${seconds}.${millis}${toZone(zone)}`);
  return Number.isNaN(ms) ? undefined : ms;
}

function toZone(zone: string): string {
  if (/^z$/i.test(zone)) return 'Z';
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return `${zone[0] ?? '+'}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
