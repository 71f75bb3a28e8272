import { describe, expect, it } from 'vitest';
import { CODES_BY_COUNTRY_ID, toCountryId } from '../../../src/providers/mytracker/countries.ts';
import { toLayout } from '../../../src/providers/mytracker/layout.ts';
import { findColumn, TABLES } from '../../../src/providers/mytracker/tables.ts';
import { isOfferedTimezone, TIMEZONES, toOfferedTimezone } from '../../../src/providers/mytracker/timezones.ts';

const EVENTS =
  'activities adMonetization appUpdates appleSKANpostbacks customEvents deeplinks deviceAuthorisations deviceRegistrations hits installs ' +
  'newDevices partnerSKANpostbacks payments reengagements reinstalls sessions testPayments trialPayments newUsers userActivities ' +
  'userAdMonetization userAuthorisations userCustomEvents userDeeplinks userHits userPayments userReengagements userRegistrations ' +
  'userSessions userTrialPayments';

const SELECTORS =
  'SDKKey adTrackingEnabled advertisingId androidId attStatus bluetoothEnabled countCustomEvent customUserId dpi dtEvent eventName eventValue ' +
  'idAccount idAd idAdAttr idAdAttrTitle idAdEventType idAdEventTypeTitle idAdTitle idApp idAppStore idAppStoreTitle idAppTitle idAppVersion ' +
  'idAppVersionTitle idCampaign idCampaignAttr idCampaignAttrTitle idCampaignCreator idCampaignCreatorAttr idCampaignCreatorAttrName ' +
  'idCampaignCreatorName idCampaignTitle idConnectionType idConnectionTypeTitle idCountry idCountryISOAlpha2 idCountryISONumeric idCountryTitle ' +
  'idDevice idDeviceModel idDeviceModelTitle idManufacturer idManufacturerTitle idMobileManufacturerBrand idMobileManufacturerBrandTitle ' +
  'idMobileManufacturerDevice idMobileManufacturerDeviceTitle idMobileOperatorCurrent idMobileOperatorCurrentTitle idMobileOperatorSim ' +
  'idMobileOperatorSimTitle idOs idOsLang idOsLangTitle idOsTimezone idOsTimezoneTitle idOsTitle idOsVersion idOsVersionTitle idPartner ' +
  'idPartnerAttr idPartnerAttrTitle idPartnerPrevAttr idPartnerPrevAttrTitle idPartnerTitle idPlatform idPlatformTitle idProfile idProject ' +
  'idProjectTitle idRegion idRegionLow idRegionLowTitle idRegionTitle idSub1 idSub1Attr idSub1AttrTitle idSub1Title idSub2 idSub2Attr ' +
  'idSub2AttrTitle idSub2Title idSub3 idSub3Attr idSub3AttrTitle idSub3Title idSub4 idSub4Attr idSub4AttrTitle idSub4Title idSub5 idSub5Attr ' +
  'idSub5AttrTitle idSub5Title idSubAdSet idSubAdSetAttr idSubAdSetAttrTitle idSubAdSetTitle idSubCampaign idSubCampaignAttr ' +
  'idSubCampaignAttrTitle idSubCampaignTitle idSubCreative idSubCreativeAttr idSubCreativeAttrTitle idSubCreativeTitle idSubMedium ' +
  'idSubMediumAttr idSubMediumAttrTitle idSubMediumTitle idSubNetwork idSubNetworkAttr idSubNetworkAttrTitle idSubNetworkTitle ' +
  'idTrackerSdkVersion idTrackerSdkVersionTitle idTrafficType idTrafficTypeTitle idfa instanceId iosVendorId oaid params.name params.value ' +
  'rooted rootedTitle screenDiagonal screenHeight screenWidth tsAttr tsEvent tsInsert tsInstall waid xdpi ydpi';

const tableOf = (name: string) => TABLES.find((table) => table.name === name);
const namesOf = (name: string): readonly string[] => tableOf(name)?.columns.map((column) => column.name) ?? [];

describe('Tables', () => {
  it('are the events of the dictionary', () => {
    expect(TABLES.map(({ name }) => name)).toEqual(EVENTS.split(' '));
  });

  it.each(TABLES.map((table) => [table.name, table] as const))('%s has sound words', (_name, table) => {
    const names = table.columns.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining([...table.defaultColumns]));
    expect(table.takesOtherColumns).toBe(true);
    expect([table, ...table.columns, ...table.filters].every(({ description }) => /\.$/.test(description))).toBe(true);
  });

  it('have the whole dictionary for custom events, and a column of ours', () => {
    expect(namesOf('customEvents').toSorted()).toEqual([...SELECTORS.split(' '), 'country'].toSorted());
  });

  it('have what was seen of other events', () => {
    expect(namesOf('sessions')).toContain('duration');
    expect(namesOf('userSessions')).toEqual(expect.arrayContaining(['duration', 'causeAttr', 'causeAttrTitle']));
    expect(namesOf('installs')).toEqual(expect.arrayContaining(['tsClick', 'tsView', 'advertisingId']));
    expect(namesOf('installs')).not.toContain('tsInstall');
    expect(namesOf('hits')).not.toContain('eventName');
  });

  it.each(['appleSKANpostbacks', 'partnerSKANpostbacks'])('have nothing of a device for %s', (name) => {
    expect(namesOf(name)).toContain('idCampaign');
    for (const column of ['idDevice', 'idProfile', 'customUserId', 'country', 'dpi']) {
      expect(namesOf(name)).not.toContain(column);
    }
  });

  it.each([
    ['dtEvent', 'DATE'],
    ['tsEvent', 'INTEGER'],
    ['tsInsert', 'INTEGER'],
    ['idProfile', 'TEXT'],
    ['eventValue', 'NUMBER'],
    ['params.value', 'LIST'],
    ['duration', 'DURATION'],
  ])('have %s as %s', (name, type) => {
    expect(findColumn(name)?.type).toBe(type);
  });
});

describe('A layout', () => {
  it('is comma-separated with the selectors as its header', () => {
    const { dialect } = toLayout({ columns: ['tsEvent', 'country', 'idCountry', 'someMoney'] });
    expect(dialect).toEqual({
      delimiter: ',',
      header: ['tsEvent', 'idCountry', 'someMoney'],
      columns: ['tsEvent', 'idCountry', 'someMoney'],
      nullTexts: ['\\N', ''],
    });
  });

  it('has columns as they are, looked up or lists', () => {
    const { columns } = toLayout({ columns: ['tsEvent', 'country', 'params.name', 'duration', 'constructor'] });
    expect(columns).toEqual([
      { name: 'tsEvent', type: 'INTEGER', source: { kind: 'AS_IS', column: 'tsEvent' } },
      { name: 'country', type: 'TEXT', source: { kind: 'LOOK_UP', column: 'idCountry', values: CODES_BY_COUNTRY_ID } },
      { name: 'params.name', type: 'LIST', source: { kind: 'QUOTED_LIST', column: 'params.name' } },
      { name: 'duration', type: 'DURATION', source: { kind: 'AS_IS', column: 'duration' } },
      { name: 'constructor', type: 'TEXT', source: { kind: 'AS_IS', column: 'constructor' } },
    ]);
  });
});

describe('Countries', () => {
  // The ones that several sources agree on.
  it.each([
    ['188', 'RU'],
    ['200', 'US'],
    ['28', 'KZ'],
    ['201', 'BY'],
    ['215', 'AM'],
    ['16', 'UZ'],
    ['34', 'KG'],
    ['196', 'UA'],
    ['202', 'DE'],
    ['50', 'GB'],
    ['47', 'FR'],
    ['45', 'IT'],
    ['55', 'ES'],
    ['76', 'TR'],
    ['77', 'JP'],
    ['122', 'IN'],
    ['234', 'BR'],
    ['248', 'CN'],
    ['253', 'CG'],
    ['254', 'CD'],
    ['169', 'NE'],
    ['171', 'NG'],
  ])('have %s as %s', (id, code) => {
    expect(CODES_BY_COUNTRY_ID[id]).toBe(code);
    expect(toCountryId(code)).toBe(id);
  });

  it('are 199 with a code of their own', () => {
    const codes = Object.values(CODES_BY_COUNTRY_ID);
    expect(codes).toHaveLength(199);
    expect(new Set(codes).size).toBe(199);
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    expect(codes.filter((code) => !/^[A-Z]{2}$/.test(code) || names.of(code) === undefined)).toEqual([]);
  });

  it.each(['398', '467'])('have no code for %s', (id) => {
    expect(CODES_BY_COUNTRY_ID[id]).toBeUndefined();
  });
});

describe('Time zones', () => {
  it('are eighty, all known here', () => {
    expect(TIMEZONES).toHaveLength(80);
    expect(new Set(TIMEZONES).size).toBe(80);
    for (const name of TIMEZONES) expect(() => new Intl.DateTimeFormat('en', { timeZone: name })).not.toThrow();
  });

  it.each([
    ['Europe/Moscow', 'Europe/Moscow'],
    ['Europe/Kyiv', 'Europe/Kiev'],
    ['Asia/Kathmandu', 'Asia/Katmandu'],
    ['America/Nuuk', 'America/Godthab'],
    ['America/Indiana/Indianapolis', 'America/Indianapolis'],
    ['America/Argentina/Buenos_Aires', 'America/Buenos_Aires'],
    ['Europe/Stockholm', null],
    ['Mars/Olympus', null],
  ])('have %s as %s', (name, offered) => {
    expect(toOfferedTimezone(name)).toBe(offered);
    expect(isOfferedTimezone(name)).toBe(offered !== null);
  });
});
