/** A country people of the world live in, with what follows from it. */
export interface Place {
  /** ISO 3166-1 alpha-2; empty where the address could not be located. */
  readonly country: string;
  readonly region: string;
  readonly city: string;
  /** IANA time zone. */
  readonly timeZone: string;
  /** Winter offset from UTC in minutes; the world's days are lived by it. */
  readonly utcOffsetMinutes: number;
  readonly language: string;
  /** ISO 4217 currency of its stores. */
  readonly currency: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** How many people live here, relative to the others. */
  readonly weight: number;
}

type Row = readonly [string, string, string, string, number, string, string, number | null, number | null, number];

// The row with an empty country is the people whose address no geolocation database knows.
const ROWS: readonly Row[] = [
  ['US', 'Texas', 'Austin', 'America/Chicago', -360, 'en-US', 'USD', 30.27, -97.74, 14],
  ['US', 'New York', 'New York', 'America/New_York', -300, 'en-US', 'USD', 40.71, -74.01, 12],
  ['GB', 'England', 'London', 'Europe/London', 0, 'en-GB', 'GBP', 51.51, -0.13, 9],
  ['DE', 'Berlin', 'Berlin', 'Europe/Berlin', 60, 'de-DE', 'EUR', 52.52, 13.41, 9],
  ['FR', 'Île-de-France', 'Paris', 'Europe/Paris', 60, 'fr-FR', 'EUR', 48.86, 2.35, 7],
  ['SE', 'Stockholm County', 'Stockholm', 'Europe/Stockholm', 60, 'sv-SE', 'SEK', 59.33, 18.07, 5],
  ['ES', 'Madrid', 'Madrid', 'Europe/Madrid', 60, 'es-ES', 'EUR', 40.42, -3.7, 6],
  ['BR', 'São Paulo', 'São Paulo', 'America/Sao_Paulo', -180, 'pt-BR', 'BRL', -23.55, -46.63, 7],
  ['IN', 'Maharashtra', 'Mumbai', 'Asia/Kolkata', 330, 'en-IN', 'INR', 19.08, 72.88, 8],
  ['CN', '上海', '上海', 'Asia/Shanghai', 480, 'zh-CN', 'CNY', 31.23, 121.47, 6],
  ['JP', 'Tokyo', 'Tokyo', 'Asia/Tokyo', 540, 'ja-JP', 'JPY', 35.68, 139.69, 6],
  ['KZ', 'Almaty', 'Almaty', 'Asia/Almaty', 300, 'ru-KZ', 'USD', 43.24, 76.89, 2],
  ['AU', 'New South Wales', 'Sydney', 'Australia/Sydney', 600, 'en-AU', 'USD', -33.87, 151.21, 3],
  ['CA', 'Ontario', 'Toronto', 'America/Toronto', -300, 'fr-CA', 'USD', 43.65, -79.38, 3],
  ['NP', 'Bagmati', 'Kathmandu', 'Asia/Kathmandu', 345, 'ne-NP', 'USD', 27.72, 85.32, 1],
  ['', '', '', 'UTC', 0, '', 'USD', null, null, 2],
];

/** Every place of the world. */
export const PLACES: readonly Place[] = ROWS.map(
  ([country, region, city, timeZone, utcOffsetMinutes, language, currency, latitude, longitude, weight]) => ({
    country,
    region,
    city,
    timeZone,
    utcOffsetMinutes,
    language,
    currency,
    latitude,
    longitude,
    weight,
  }),
);

/** What one US dollar buys of each currency; fixed, so that sums stay the same every day. */
export const UNITS_PER_USD: Readonly<Record<string, number>> = {
  USD: 1,
  EUR: 0.9,
  GBP: 0.8,
  SEK: 10,
  BRL: 5,
  INR: 80,
  CNY: 7,
  JPY: 150,
};
