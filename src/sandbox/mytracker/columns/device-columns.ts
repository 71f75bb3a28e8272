import type { EventContext } from '../../world.ts';
import { ACCOUNT, toApp, toNumericId } from '../dictionaries/account.ts';
import { COUNTRIES } from '../dictionaries/countries.ts';
import type { Value } from '../tables/table.ts';

type ContextColumns = Readonly<Record<string, (context: EventContext) => Value>>;

const STORES: Readonly<Record<string, string>> = { iOS: 'App Store', Android: 'Google Play' };
const SDK_VERSIONS: Readonly<Record<string, string>> = { iOS: '3.0.4', Android: '3.1.0', Web: '2.2.0' };

/** Makes the columns of a word: its number, and under `…Title` the word itself. */
function worded(selector: string, toWord: (context: EventContext) => string): ContextColumns {
  return { [selector]: (context) => toNumericId(toWord(context)), [`${selector}Title`]: toWord };
}

// What the world does not know of a device: the service has selectors for it nevertheless.
const UNKNOWN_NUMBERS = [
  'adTrackingEnabled',
  'attStatus',
  'bluetoothEnabled',
  'dpi',
  'xdpi',
  'ydpi',
  'screenDiagonal',
  'screenHeight',
  'screenWidth',
];

/** Columns that follow from where and on what something happened, by selector. */
export const DEVICE_COLUMNS: ContextColumns = {
  SDKKey: (context) => toApp(context).sdkKey,
  idAccount: () => ACCOUNT.id,
  idProject: () => ACCOUNT.projectId,
  idProjectTitle: () => ACCOUNT.projectTitle,
  idApp: (context) => toApp(context).id,
  idAppTitle: (context) => toApp(context).title,
  ...worded('idAppStore', ({ platform }) => STORES[platform] ?? ''),
  ...worded('idAppVersion', ({ appVersion }) => appVersion),
  idPlatform: (context) => toApp(context).platform,
  idPlatformTitle: (context) => toApp(context).platformTitle,
  idCountry: ({ place }) => COUNTRIES.get(place.country)?.id ?? 0,
  idCountryTitle: ({ place }) => COUNTRIES.get(place.country)?.title ?? 'Unknown',
  idCountryISOAlpha2: ({ place }) => COUNTRIES.get(place.country)?.alpha2 ?? '',
  idCountryISONumeric: ({ place }) => COUNTRIES.get(place.country)?.numeric ?? 0,
  ...worded('idRegion', ({ place }) => place.region),
  ...worded('idRegionLow', ({ place }) => place.city),
  ...worded('idOs', ({ os }) => os),
  ...worded('idOsVersion', ({ osVersion }) => osVersion),
  ...worded('idOsLang', ({ place }) => place.language),
  ...worded('idOsTimezone', ({ place }) => place.timeZone),
  ...worded('idDeviceModel', ({ model }) => model),
  ...worded('idManufacturer', ({ brand }) => brand),
  ...worded('idMobileManufacturerBrand', ({ brand }) => brand),
  ...worded('idMobileManufacturerDevice', ({ model }) => model),
  ...worded('idMobileOperatorCurrent', () => ''),
  ...worded('idMobileOperatorSim', () => ''),
  ...worded('idConnectionType', () => ''),
  ...worded('idTrackerSdkVersion', ({ platform }) => SDK_VERSIONS[platform] ?? ''),
  ...Object.fromEntries(UNKNOWN_NUMBERS.map((selector) => [selector, () => null])),
};
