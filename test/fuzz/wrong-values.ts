import type { Random } from './random.ts';

const TEXTS = [
  '',
  ' ',
  'no-such-thing',
  'sandbox-openpanel',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '\0',
  'a\0b',
  '\ud800',
  '\u202egnol',
  '💩',
  "'; DROP TABLE export_tasks; --",
  '"',
  '\\',
  '%',
  '%zz',
  '../../etc/passwd',
  'a:b:c',
  '=1+1',
  '(((((',
  '[',
  '.*',
  '(a+)+$',
  '{{x}}',
  '${x}',
  'properties.',
  'properties.<name>',
  'profile.properties.x',
  '1e999',
  'NaN',
  '-0',
  '0x10',
  'null',
  'x'.repeat(10_000),
  '\n\r\t',
];

const DATES = [
  '0000-01-01',
  '0001-01-01',
  '1900-01-01',
  '1970-01-01',
  '2026-02-30',
  '2026-06-16',
  '2026-06-17',
  '9999-12-31',
  '+010000-01-01',
  '-000001-01-01',
  '2026-W10',
  '2026-1-1',
  '',
  'today',
  '2026-06-10T00:00:00Z',
];

const MOMENTS = [
  '0001-01-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-06-10T24:00:00Z',
  '2026-06-10T10:00:00',
  '2026-06-10T10:00:00+25:00',
  '2026-06-10T10:00:00.123456789Z',
  '2026-06-10T10:00:60Z',
  '9999-12-31T23:59:59-23:59',
  '+275760-09-13T00:00:00Z',
  '+275760-09-13T00:00:01Z',
  '2026-06-10',
  '',
  'now',
];

const ZONES = [
  'Pacific/Apia',
  'Asia/Kathmandu',
  'America/New_York',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'UTC',
  'Etc/GMT+12',
  '+05:30',
  'GMT',
  'utc',
  'EST',
  'Mars/Olympus',
  '',
  '../UTC',
  "UTC'; --",
];

const DURATIONS = [
  'PT0S',
  'P0D',
  'P1D',
  'P7D',
  'PT1S',
  'PT0.001S',
  'P99999D',
  'P400D',
  '-P1D',
  'P1M',
  'P1Y',
  'P',
  '',
  'PT999999999999999H',
  'PT1H30M',
];

const IDS = ['', 'x', '0', 'RGF0YVNvdXJjZTo', 'RGF0YVNvdXJjZTolenolenolMDA', 'é', 'a'.repeat(5_000), 'Kd82LmQz', '\0'];

const VALUES_OF: Readonly<Record<string, readonly unknown[]>> = {
  String: TEXTS,
  ID: [...IDS, 'VXNlcjphOg', 'Q29ob3J0OnNhbmRib3gtZ3Jvd2luZ2lvOiUwMA', 'RXhwb3J0VGFzazp4', 'RXhwb3J0VGFzazolMDA'],
  Date: DATES,
  DateTime: MOMENTS,
  TimeZone: ZONES,
  Duration: DURATIONS,
  CurrencyCode: ['EUR', 'XXX', ''],
  URL: ['', 'http://[', 'javascript:1'],
  Int: [0, -1, 1, 2, 1000, 1001, 100_000, 2 ** 31 - 1, -(2 ** 31)],
  SafeInt: [0, -1, Number.MAX_SAFE_INTEGER],
  Float: [0, -0, 1e308, 5e-324],
  Boolean: [true, false],
  JSON: [null, 0, '', [], {}],
  JSONObject: [{}, { constructor: 1 }, { toString: 'x' }, { a: { b: [null] } }],
};

/** Given the name of a scalar, return a value that GraphQL lets through and no provider has a use for. */
export function wrongValue(scalar: string, random: Random): unknown {
  const values = VALUES_OF[scalar];
  if (!values) throw new Error(`There are no wrong values of ${scalar}`);
  return random.pick(values);
}
