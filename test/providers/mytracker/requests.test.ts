import { describe, expect, it } from 'vitest';
import { toFilterParameters } from '../../../src/providers/mytracker/filters.ts';
import { startMytracker, type Question } from './start-mytracker.ts';

const at = (text: string): string => String(Date.parse(text) / 1000);

async function parametersOf(question: Question, config: Readonly<Record<string, unknown>> = {}) {
  await using mytracker = await startMytracker(undefined, config);
  return await mytracker.created(question);
}

const between = (from: string, to: string): Question => ({ period: { instants: { from, to } } });

describe('The time of an export', () => {
  it('is its days and their time zone, both days included', async () => {
    expect(await parametersOf({ timezone: 'Asia/Tokyo' })).toEqual({
      event: 'customEvents',
      selectors: 'tsEvent',
      dateFrom: '2026-11-13',
      dateTo: '2026-11-14',
      timezone: 'Asia/Tokyo',
    });
  });

  it('is in days of Moscow, or of the configured zone, where nothing is said', async () => {
    expect(await parametersOf({})).toMatchObject({ timezone: 'Europe/Moscow' });
    expect(await parametersOf({}, { timezone: 'UTC' })).toMatchObject({ timezone: 'UTC' });
  });

  it.each([
    ['Europe/Kyiv', 'Europe/Kiev'],
    ['Asia/Kolkata', 'Asia/Calcutta'],
    ['Etc/UTC', 'UTC'],
    ['Asia/Yangon', 'Asia/Rangoon'],
  ])('takes %s for %s', async (asked, sent) => {
    expect(await parametersOf({ timezone: asked })).toMatchObject({ timezone: sent });
  });

  it('is up to today where it is still running', async () => {
    expect(await parametersOf({ period: { preset: 'THIS_MONTH' } })).toMatchObject({
      dateFrom: '2026-11-01',
      dateTo: '2026-11-15',
    });
  });

  it('is all of it from 1970, or from the configured first day', async () => {
    const question = { period: { preset: 'ALL_TIME' } };
    expect(await parametersOf(question)).toMatchObject({ dateFrom: '1970-01-01' });
    expect(await parametersOf(question, { earliestDate: '2024-05-01' })).toMatchObject({ dateFrom: '2024-05-01' });
  });

  it('is timestamps between instants, without the end itself', async () => {
    const parameters = await parametersOf(between('2026-11-14T06:00:00Z', '2026-11-14T07:00:00Z'));
    expect(parameters).toMatchObject({
      tsFrom: at('2026-11-14T06:00:00Z'),
      tsTo: at('2026-11-14T06:59:59Z'),
      timezone: 'Europe/Moscow',
    });
    expect(parameters).not.toHaveProperty('dateFrom');
  });

  it('has each second once where a period is cut within one', async () => {
    const cut = '2026-11-14T06:30:00.250Z';
    const before = await parametersOf(between('2026-11-14T06:00:00.001Z', cut));
    const after = await parametersOf(between(cut, '2026-11-14T07:00:00.500Z'));
    expect([before['tsFrom'], before['tsTo']]).toEqual([at('2026-11-14T06:00:01Z'), at('2026-11-14T06:30:00Z')]);
    expect([after['tsFrom'], after['tsTo']]).toEqual([at('2026-11-14T06:30:01Z'), at('2026-11-14T07:00:00Z')]);
  });

  it('ends now where it reaches into the future', async () => {
    const { tsTo } = await parametersOf(between('2026-11-15T06:00:00Z', '2026-11-15T20:00:00Z'));
    const now = Number(at('2026-11-15T12:00:00Z'));
    expect(Number(tsTo)).toBeGreaterThanOrEqual(now);
    expect(Number(tsTo)).toBeLessThan(now + 60);
  });

  it('is timestamps of whole days where that is wanted', async () => {
    expect(await parametersOf({ options: { byTimestamps: true } })).toMatchObject({
      tsFrom: at('2026-11-13T00:00:00+03:00'),
      tsTo: at('2026-11-14T23:59:59+03:00'),
    });
  });

  it('may be narrowed to what came in between two instants, without the latter', async () => {
    const options = { availableFrom: '2026-11-14T10:00:00+03:00', availableTo: '2026-11-14T12:00:00Z' };
    expect(await parametersOf({ options })).toMatchObject({
      dateFrom: '2026-11-13',
      availabilityTsFrom: at('2026-11-14T07:00:00Z'),
      availabilityTsTo: at('2026-11-14T11:59:59Z'),
    });
  });

  it('needs no export where it has not begun', async () => {
    await using mytracker = await startMytracker();
    const query = mytracker.query(between('2026-11-15T06:00:00Z', '2026-11-15T20:00:00Z'));
    const start = query.period.end.subtract({ hours: 2 });
    const id = await mytracker.exports.start({ ...query, period: { ...query.period, start } }, mytracker.deadline());
    expect(await mytracker.exports.check(id, 0, mytracker.deadline())).toEqual({ state: 'READY', files: [] });
    expect(await mytracker.exports.cancel?.(id, mytracker.deadline())).toBe(true);
    expect(mytracker.server.asked).toEqual([]);
  });
});

describe('Filters of an export', () => {
  const filter = (dimension: string, values: readonly string[], operator = 'IS') => ({ dimension, operator, values });

  it.each([
    ['customEvents', filter('idApp', ['1', '454']), { idApp: '1,454' }],
    ['customEvents', filter('SDKKey', ['0000439', 'abc']), { SDKKey: '0000439,abc' }],
    ['hits', filter('idAccount', ['3', '6']), { idAccount: '3,6' }],
    ['hits', filter('idAd', ['87877']), { idAd: '87877' }],
    ['hits', filter('idCampaign', ['66', '14']), { idCampaign: '66,14' }],
    ['hits', filter('idProject', ['234']), { idProject: '234' }],
    ['hits', filter('idPartner', ['234', '456']), { idPartner: '234,456' }],
    ['hits', filter('idCountry', ['188', '200']), { idCountry: '188,200' }],
    ['hits', filter('country', ['ru', 'DE']), { idCountry: '188,202' }],
    ['hits', filter('rooted', ['2']), { rooted: '2' }],
    ['hits', filter('rooted', ['Not rooted']), { rooted: '2' }],
    ['hits', filter('idSegment', ['2']), { idSegment: '2' }],
    ['installs', filter('idSegment', ['2']), { idSegment: '2' }],
    ['payments', filter('isVerified', ['1']), { isVerified: '1' }],
    ['userTrialPayments', filter('isVerified', ['unverified']), { isVerified: '0' }],
    ['testPayments', filter('idPurchaseType', ['6']), { idPurchaseType: '6' }],
    ['adMonetization', filter('idAdMediator', ['0']), { idAdMediator: '0' }],
    ['userAdMonetization', filter('idAdMediator', ['48']), { idAdMediator: '48' }],
    ['customEvents', filter('eventName', ['a,b', 'c']), { 'eventName[]': ['a,b', 'c'] }],
    ['userCustomEvents', filter('eventName', ['a'], 'IS_NOT'), { 'eventName[]': 'a', eventNameInvert: '1' }],
    ['userCustomEvents', filter('params.name', ['level']), { 'params.name[]': 'level' }],
  ])('of %s: %o', async (table, asked, sent) => {
    const { event, selectors, dateFrom, dateTo, timezone, ...others } = await parametersOf({ table, filters: [asked] });
    expect({ event, selectors, dateFrom, dateTo, timezone }).toMatchObject({ event: table });
    expect(others).toEqual(sent);
  });

  it('may hold a thousand values', async () => {
    const values = Array.from({ length: 1000 }, (_none, index) => String(index));
    expect(await parametersOf({ filters: [filter('idCampaign', values)] })).toMatchObject({
      idCampaign: values.join(','),
    });
  });

  it('are the configured apps where none is named, and then only the named ones', async () => {
    const config = { idApp: [1, '454'], SDKKey: ['key-1'] };
    expect(await parametersOf({}, config)).toMatchObject({ idApp: '1,454', SDKKey: 'key-1' });
    const named = await parametersOf({ filters: [filter('SDKKey', ['key-2'])] }, config);
    expect(named).toMatchObject({ SDKKey: 'key-2' });
    expect(named).not.toHaveProperty('idApp');
  });

  it('are by app or key where that is what is meant', async () => {
    const filters = [filter('idApp', ['1']), filter('SDKKey', ['key-1'])];
    const options = { eitherAppOrKey: true };
    expect(await parametersOf({ filters, options })).toMatchObject({ idApp: '1', SDKKey: 'key-1' });
  });

  it('are none of another event', () => {
    const located = { dimension: 'eventName', operator: 'IS', values: ['a'], path: 'rows.filters[0]' } as const;
    expect(() => toFilterParameters([located], 'hits')).toThrow('hits cannot be filtered by "eventName"');
  });
});

describe('Columns of an export', () => {
  it('are its selectors, each once, in their order', async () => {
    const columns = ['tsEvent', 'country', 'eventName', 'idCountry'];
    expect(await parametersOf({ columns })).toMatchObject({ selectors: 'tsEvent,idCountry,eventName' });
  });

  it('may be ones that nobody has listed', async () => {
    const columns = ['idCountry', 'someMoney'];
    expect(await parametersOf({ table: 'payments', columns })).toMatchObject({ selectors: 'idCountry,someMoney' });
  });
});
