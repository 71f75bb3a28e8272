import type { ExportColumn } from '../../analytics/exports.ts';

type ColumnOf = (name: string, description: string) => ExportColumn;

const text: ColumnOf = (name, description) => ({ name, type: 'TEXT', description });
const integer: ColumnOf = (name, description) => ({ name, type: 'INTEGER', description });
const number: ColumnOf = (name, description) => ({ name, type: 'NUMBER', description });
const list: ColumnOf = (name, description) => ({ name, type: 'LIST', description });
/** Ids are texts: some of them are longer than a number can hold exactly. */
const titled = (id: string, what: string, remark = ''): readonly ExportColumn[] => [
  text(id, `Id of the ${what}.`),
  text(`${id}Title`, `Name of the ${what}.${remark}`),
];
const attributed = (id: string, what: string): readonly ExportColumn[] => [
  ...titled(id, what),
  text(`${id}Attr`, `Id of the ${what}, by the current attribution.`),
  text(`${id}AttrTitle`, `Name of the ${what}, by the current attribution.`),
];
const seconds = (name: string, what: string): ExportColumn =>
  integer(name, `${what}, in seconds since 1970-01-01 UTC, as MyTracker gives it. 0 where there is none.`);

const SLOW = ' Slows the export down.';

const APP_COLUMNS: readonly ExportColumn[] = [
  text('SDKKey', 'Key of the app in the SDK.'),
  text('idAccount', 'Id of the account.'),
  ...titled('idProject', 'project'),
  ...titled('idApp', 'app'),
  ...titled('idAppStore', 'service that the app was installed from', SLOW),
  ...titled('idAppVersion', "app's version"),
  ...titled('idPlatform', 'platform'),
  ...titled('idTrackerSdkVersion', "SDK's version"),
];

const DEVICE_ID_COLUMNS: readonly ExportColumn[] = [
  text('idDevice', 'Id of the device, or of the browser.'),
  text('idProfile', 'Id of the device in one app.'),
  text('customUserId', "The app's own id of the user."),
  text('instanceId', 'Id of the installation, for events sent from server to server.'),
  text('advertisingId', "Android's advertising id (GAID). All zeros where there is none."),
  text('androidId', "Android's id of the device."),
  text('idfa', "iOS's advertising id."),
  text('iosVendorId', "iOS's id of the device for one vendor."),
  text('oaid', "Huawei's advertising id."),
  text('waid', "Windows's advertising id."),
];

const PLACE_COLUMNS: readonly ExportColumn[] = [
  ...titled('idCountry', "country, MyTracker's own"),
  text('idCountryISOAlpha2', 'ISO 3166-1 code of the country, two letters.'),
  text('idCountryISONumeric', 'ISO 3166-1 code of the country, a number.'),
  ...titled('idRegion', 'region'),
  ...titled('idRegionLow', 'smaller region'),
];

const TRAFFIC_COLUMNS: readonly ExportColumn[] = [
  ...attributed('idAd', 'tracking link'),
  ...titled('idAdEventType', 'kind of contact with the ad: 1 click, 2 view, 3 pre-install, 4 outdoor'),
  ...attributed('idCampaign', 'campaign'),
  text('idCampaignCreator', "Id of the campaign's creator."),
  text('idCampaignCreatorName', "Name of the campaign's creator."),
  text('idCampaignCreatorAttr', "Id of the campaign's creator, by the current attribution."),
  text('idCampaignCreatorAttrName', "Name of the campaign's creator, by the current attribution."),
  ...attributed('idPartner', 'partner'),
  ...titled('idPartnerPrevAttr', 'partner, by the attribution before'),
  ...titled('idTrafficType', 'kind of traffic'),
  ...[1, 2, 3, 4, 5].flatMap((position) => attributed(`idSub${position}`, `additional identifier ${position}`)),
  ...attributed('idSubAdSet', "partner's ad set"),
  ...attributed('idSubCampaign', "partner's campaign"),
  ...attributed('idSubCreative', "partner's creative"),
  ...attributed('idSubMedium', "partner's kind of traffic"),
  ...attributed('idSubNetwork', "partner's network"),
];

const DEVICE_COLUMNS: readonly ExportColumn[] = [
  ...titled('idOs', 'operating system'),
  ...titled('idOsVersion', "operating system's version"),
  ...titled('idOsLang', "operating system's language", SLOW),
  ...titled('idOsTimezone', "operating system's time zone", SLOW),
  ...titled('idDeviceModel', 'model of the device', SLOW),
  ...titled('idManufacturer', 'manufacturer', SLOW),
  ...titled('idMobileManufacturerBrand', "manufacturer in MyTracker's dictionary"),
  ...titled('idMobileManufacturerDevice', "model of the device in MyTracker's dictionary"),
  ...titled('idMobileOperatorCurrent', 'mobile operator in use'),
  ...titled('idMobileOperatorSim', "SIM card's mobile operator"),
  ...titled('idConnectionType', 'kind of connection'),
  integer('dpi', 'Dots per inch of the screen.'),
  number('xdpi', 'Dots per inch across.'),
  number('ydpi', 'Dots per inch down.'),
  number('screenDiagonal', "The screen's diagonal."),
  number('screenHeight', "The screen's height."),
  number('screenWidth', "The screen's width."),
  integer('rooted', 'Whether the device is jailbroken or rooted: 0 not known, 1 yes, 2 no.'),
  text('rootedTitle', 'The same in words.'),
  text('attStatus', "What the user has answered to iOS's question about tracking."),
  text('adTrackingEnabled', 'Whether the device allows to be tracked for ads.'),
  text('bluetoothEnabled', 'Whether Bluetooth was on.'),
];

const TIME_COLUMNS: readonly ExportColumn[] = [
  { name: 'dtEvent', type: 'DATE', description: 'Day of the event, in the time zone of the question.' },
  seconds('tsEvent', 'When it happened'),
  seconds('tsAttr', 'When it was attributed'),
  seconds('tsInsert', 'When the row came into the storage'),
];

/** MyTracker's columns of events that are not about anybody's device. */
export const ANONYMOUS_COLUMNS: readonly ExportColumn[] = [...TIME_COLUMNS, ...APP_COLUMNS, ...TRAFFIC_COLUMNS];

/** MyTracker's columns that are taken to be there for every other event. */
export const COMMON_COLUMNS: readonly ExportColumn[] = [
  ...TIME_COLUMNS,
  ...APP_COLUMNS,
  ...DEVICE_ID_COLUMNS,
  ...PLACE_COLUMNS,
  ...TRAFFIC_COLUMNS,
  ...DEVICE_COLUMNS,
];

/** MyTracker's columns that only some events have. */
export const SPECIAL_COLUMNS = {
  tsInstall: seconds('tsInstall', 'When the app was installed'),
  tsClick: seconds('tsClick', 'When the ad was clicked'),
  tsView: seconds('tsView', 'When the ad was seen'),
  duration: { name: 'duration', type: 'DURATION', description: 'How long the session was, in seconds.' },
  causeAttr: text('causeAttr', 'Why the current attribution is what it is.'),
  causeAttrTitle: text('causeAttrTitle', 'The same in words.'),
  eventName: text('eventName', 'Name of the custom event.'),
  eventValue: number('eventValue', 'Value of the custom event.'),
  countCustomEvent: integer('countCustomEvent', 'How many custom events the row stands for.'),
  'params.name': list('params.name', "Names of the event's parameters."),
  'params.value': list('params.value', 'Their values, in the same order.'),
} satisfies Readonly<Record<string, ExportColumn>>;

/** What we make of MyTracker's columns, beside its own words. */
export const DERIVED_COLUMNS: readonly ExportColumn[] = [
  text(
    'country',
    "ISO 3166-1 code of the country, two letters, worked out here from `idCountry`. Null for ids that are not in MyTracker's dictionary, and for Abkhazia and South Ossetia.",
  ),
];
