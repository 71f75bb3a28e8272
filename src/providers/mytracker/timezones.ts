import { Temporal } from 'temporal-polyfill';

/** The time zones that MyTracker takes, old names among them. */
// The dictionary "Timezones" of the export API, https://docs.tracker.my.com/api/export-api/dictionary/timezones (checked 2026-11)
export const TIMEZONES: readonly string[] = [
  'Pacific/Honolulu',
  'America/Anchorage',
  'America/Los_Angeles',
  'America/Chihuahua',
  'America/Denver',
  'America/Phoenix',
  'America/Chicago',
  'America/Managua',
  'America/Mexico_City',
  'America/Regina',
  'America/Bogota',
  'America/Indianapolis',
  'America/New_York',
  'America/Caracas',
  'America/Halifax',
  'America/Santiago',
  'America/St_Johns',
  'America/Buenos_Aires',
  'America/Godthab',
  'America/Sao_Paulo',
  'America/Noronha',
  'UTC',
  'Atlantic/Azores',
  'Atlantic/Cape_Verde',
  'Africa/Casablanca',
  'Europe/London',
  'Africa/Lagos',
  'Europe/Belgrade',
  'Europe/Berlin',
  'Europe/Paris',
  'Europe/Sarajevo',
  'Africa/Cairo',
  'Africa/Johannesburg',
  'Asia/Jerusalem',
  'Europe/Bucharest',
  'Europe/Istanbul',
  'Europe/Kaliningrad',
  'Europe/Kiev',
  'Europe/Moscow',
  'Africa/Nairobi',
  'Asia/Baghdad',
  'Asia/Riyadh',
  'Europe/Helsinki',
  'Europe/Minsk',
  'Asia/Tehran',
  'Asia/Muscat',
  'Asia/Tbilisi',
  'Asia/Kabul',
  'Asia/Aqtobe',
  'Asia/Karachi',
  'Asia/Yekaterinburg',
  'Asia/Calcutta',
  'Asia/Colombo',
  'Asia/Katmandu',
  'Asia/Almaty',
  'Asia/Dhaka',
  'Asia/Rangoon',
  'Asia/Bangkok',
  'Asia/Krasnoyarsk',
  'Asia/Novosibirsk',
  'Asia/Hong_Kong',
  'Asia/Irkutsk',
  'Asia/Singapore',
  'Asia/Taipei',
  'Australia/Perth',
  'Asia/Seoul',
  'Asia/Tokyo',
  'Asia/Yakutsk',
  'Australia/Adelaide',
  'Australia/Darwin',
  'Asia/Vladivostok',
  'Australia/Brisbane',
  'Australia/Hobart',
  'Australia/Sydney',
  'Pacific/Guam',
  'Asia/Sakhalin',
  'Pacific/Auckland',
  'Pacific/Fiji',
  'Pacific/Apia',
  'Pacific/Tongatapu',
];

/** Whether MyTracker takes the time zone, under this name or another one. */
export function isOfferedTimezone(name: string): boolean {
  return toOfferedTimezone(name) !== null;
}

/** Given a time zone, return MyTracker's name for it, such as Europe/Kiev for Europe/Kyiv; null where it does not take it. */
export function toOfferedTimezone(name: string): string | null {
  if (TIMEZONES.includes(name)) return name;
  return TIMEZONES.find((offered) => isSameZone(offered, name)) ?? null;
}

function isSameZone(one: string, other: string): boolean {
  try {
    const epoch = Temporal.Instant.fromEpochMilliseconds(0);
    return epoch.toZonedDateTimeISO(one).equals(epoch.toZonedDateTimeISO(other));
  } catch {
    return false;
  }
}
