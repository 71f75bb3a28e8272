import type { RawEvent } from '../dictionaries/events.ts';
import type { Tables } from '../tables/create-tables.ts';
import { DEVICE_COLUMNS } from './device-columns.ts';
import { PERSON_COLUMNS } from './person-columns.ts';
import { TRAFFIC_COLUMNS } from './traffic-columns.ts';

/** When something happened and when the service had it. */
export const TIME_SELECTORS = ['dtEvent', 'tsEvent', 'tsInsert'] as const;

const APPS = ['SDKKey', 'idAccount', 'idProject', 'idProjectTitle', 'idApp', 'idAppTitle'];

/**
 * Lists the selectors of an event. Only those of custom events are public; the others are taken to share what is not about custom events,
 * with what follows from their names besides.
 */
export function toSelectors(event: RawEvent, tables: Tables): ReadonlySet<string> {
  return new Set([...toShared(event), ...TIME_SELECTORS, ...Object.keys(tables[event].columns)]);
}

function toShared(event: RawEvent): string[] {
  const traffic = Object.keys(TRAFFIC_COLUMNS);
  // Apple tells nothing of the device or the person.
  if (event.endsWith('SKANpostbacks')) return [...APPS, ...traffic];
  const shared = [...Object.keys(DEVICE_COLUMNS), ...Object.keys(PERSON_COLUMNS), ...traffic];
  // Seen: an install has no time of install, the event is it.
  return event === 'installs' ? shared.filter((selector) => selector !== 'tsInstall') : shared;
}
