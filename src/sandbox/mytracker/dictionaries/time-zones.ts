/** The zone of an export that names none. */
export const DEFAULT_TIME_ZONE = 'Europe/Moscow';

const NAMES = `
  Pacific/Honolulu America/Anchorage America/Los_Angeles America/Chihuahua America/Denver America/Phoenix
  America/Chicago America/Managua America/Mexico_City America/Regina America/Bogota America/Indianapolis
  America/New_York America/Caracas America/Halifax America/Santiago America/St_Johns America/Buenos_Aires
  America/Godthab America/Sao_Paulo America/Noronha UTC Atlantic/Azores Atlantic/Cape_Verde Africa/Casablanca
  Europe/London Africa/Lagos Europe/Belgrade Europe/Berlin Europe/Paris Europe/Sarajevo Africa/Cairo
  Africa/Johannesburg Asia/Jerusalem Europe/Bucharest Europe/Istanbul Europe/Kaliningrad Europe/Kiev
  Europe/Moscow Africa/Nairobi Asia/Baghdad Asia/Riyadh Europe/Helsinki Europe/Minsk Asia/Tehran Asia/Muscat
  Asia/Tbilisi Asia/Kabul Asia/Aqtobe Asia/Karachi Asia/Yekaterinburg Asia/Calcutta Asia/Colombo Asia/Katmandu
  Asia/Almaty Asia/Dhaka Asia/Rangoon Asia/Bangkok Asia/Krasnoyarsk Asia/Novosibirsk Asia/Hong_Kong Asia/Irkutsk
  Asia/Singapore Asia/Taipei Australia/Perth Asia/Seoul Asia/Tokyo Asia/Yakutsk Australia/Adelaide
  Australia/Darwin Asia/Vladivostok Australia/Brisbane Australia/Hobart Australia/Sydney Pacific/Guam
  Asia/Sakhalin Pacific/Auckland Pacific/Fiji Pacific/Apia Pacific/Tongatapu
`;

/** The only zones there are; several by names that IANA has left behind. */
export const TIME_ZONES: ReadonlySet<string> = new Set(NAMES.trim().split(/\s+/));
