import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { RAW, startMytrackerClient, toForm, VIEWER, WHOLE } from './mytracker-client.ts';
import type { MytrackerClient, Query } from './mytracker-client.ts';

const GOOD = { event: 'customEvents', selectors: 'tsEvent', ...WHOLE };
const INSTALLS = { ...GOOD, event: 'installs' };
const PAYMENTS = { ...GOOD, event: 'payments' };
// Noon of 20 November 2026 in seconds.
const NOW = 1_795_176_000;

let mytracker: MytrackerClient;

beforeAll(async () => {
  mytracker = await startMytrackerClient({ preparationMs: 60_000, queueSize: 1000 });
});
afterAll(() => mytracker.close());

const badRequest = (detail: string) => ({ code: 400, message: 'Bad Request', data: { error: { detail } } });
const without = (query: Query, ...names: string[]): Query =>
  Object.fromEntries(Object.entries(query).filter(([name]) => !names.includes(name)));
const undated = without(GOOD, 'dateFrom', 'dateTo');
const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 1));

async function expectRefusal(query: Query, detail: string): Promise<void> {
  const { status, body } = await mytracker.create(query);
  expect([status, body]).toEqual([400, badRequest(`Argument ${detail}`)]);
}

async function expectSuccess(query: Query): Promise<void> {
  const { status, body } = await mytracker.create(query);
  expect([status, body]).toEqual([
    200,
    { code: 200, message: 'Ok', data: { idRawExport: expect.stringMatching(/^\d+$/) } },
  ]);
}

describe('the emulated MyTracker refuses', () => {
  it.each<[string, Query, string]>([
    ['no event', without(GOOD, 'event'), "'event' is expected but not set"],
    ['no selectors', without(GOOD, 'selectors'), "'selectors' is expected but not set"],
    ['empty selectors', { ...GOOD, selectors: '' }, "'selectors' is expected but not set"],
    ['an unknown selector', { ...GOOD, selectors: 'tsEvent,price' }, "'selectors' is invalid"],
    ['a selector twice', { ...GOOD, selectors: 'tsEvent,tsEvent' }, "'selectors' is invalid"],
    ["another event's selector", { ...GOOD, selectors: 'duration' }, "'selectors' is invalid"],
    ['the install time of an install', { ...INSTALLS, selectors: 'tsInstall' }, "'selectors' is invalid"],
    ['no time at all', undated, "'dateFrom' is expected but not set"],
    ['a start alone', without(GOOD, 'dateTo'), "'dateTo' is expected but not set"],
    ['an end alone', { ...undated, tsTo: 1 }, "'tsFrom' is expected but not set"],
    ['availability alone', { ...undated, availabilityTsFrom: 1, availabilityTsTo: 2 }, "'dateFrom' is expected but"],
    ['a date that is none', { ...GOOD, dateTo: '2026-02-30' }, "'dateTo' is invalid"],
    ['a date of another form', { ...GOOD, dateTo: '20261118' }, "'dateTo' is invalid"],
    ['a date before 1970', { ...GOOD, dateFrom: '1969-12-31' }, "'dateFrom' is invalid"],
    ['a date after today', { ...GOOD, dateTo: '2026-11-21' }, "'dateTo' is invalid"],
    ['dates the wrong way round', { ...GOOD, dateFrom: '2026-11-02', dateTo: '2026-11-01' }, "'dateFrom' is invalid"],
    ['a second after now', { ...undated, tsFrom: 1, tsTo: NOW + 1 }, "'tsTo' is invalid"],
    ['seconds the wrong way round', { ...undated, tsFrom: 3, tsTo: 2 }, "'tsFrom' is invalid"],
    ['a second that is none', { ...undated, tsFrom: '1.5', tsTo: 2 }, "'tsFrom' is invalid"],
    ['what arrived three hours ago', { ...GOOD, availabilityTsTo: NOW - 10_800 }, "'availabilityTsTo' is invalid"],
    [
      'arrivals the wrong way round',
      { ...GOOD, availabilityTsFrom: 3, availabilityTsTo: 2 },
      "'availabilityTsFrom' is invalid",
    ],
    ['a zone that is not in its list', { ...GOOD, timezone: 'Europe/Stockholm' }, "'timezone' is invalid"],
    ['a word as an id', { ...GOOD, idApp: '1,x' }, "'idApp' is invalid"],
    ['a country by its letters', { ...GOOD, idCountry: 'US' }, "'idCountry' is invalid"],
    ['a country that is not in its list', { ...GOOD, idCountry: '188,1' }, "'idCountry' is invalid"],
    ['1,001 values', { ...GOOD, idCampaign: numbers(1001) }, "'idCampaign' set size expected to be below 1000"],
    ['1,001 names', { ...GOOD, eventName: numbers(1001) }, "'eventName' set size expected to be below 1000"],
    ['a name that is no list', { ...GOOD, eventName: 'purchase' }, "'eventName' is invalid"],
    ['names for another event', { ...INSTALLS, eventName: ['a'] }, "'eventName' is invalid"],
    ['an inversion of 2', { ...GOOD, eventName: ['a'], eventNameInvert: 2 }, "'eventNameInvert' is invalid"],
    ['an inversion for another event', { ...INSTALLS, eventNameInvert: 1 }, "'eventNameInvert' is invalid"],
    ['a verification of 255', { ...PAYMENTS, isVerified: 255 }, "'isVerified' is invalid"],
    ['a verification for another event', { ...GOOD, isVerified: 1 }, "'isVerified' is invalid"],
    ['an unknown purchase type', { ...PAYMENTS, idPurchaseType: 3 }, "'idPurchaseType' is invalid"],
    ['a purchase type for another event', { ...GOOD, idPurchaseType: 1 }, "'idPurchaseType' is invalid"],
    ['several values of one', { ...PAYMENTS, idPurchaseType: ['1', '2'] }, "'idPurchaseType' is invalid"],
    ['an unknown root state', { ...GOOD, rooted: 3 }, "'rooted' is invalid"],
    ['a mediator for another event', { ...GOOD, idAdMediator: 1 }, "'idAdMediator' is invalid"],
    ['an unknown mediator', { ...GOOD, event: 'adMonetization', idAdMediator: 49 }, "'idAdMediator' is invalid"],
    ['a segment for another event', { ...GOOD, idSegment: 2 }, "'idSegment' is invalid"],
    ['a segment that is not there', { ...INSTALLS, idSegment: 3 }, "'idSegment' is invalid"],
  ])('%s', async (_, query, detail) => {
    const { status, body } = await mytracker.create(query);
    expect([status, body]).toEqual([400, badRequest(expect.stringContaining(`Argument ${detail}`))]);
  });

  it('an unknown event with a list of the known ones', async () => {
    const { status, body } = await mytracker.create({ ...GOOD, event: 'install' });
    const { detail } = body.data.error;
    expect([status, detail]).toEqual([
      400,
      expect.stringMatching(
        /^Argument 'event' must be in set of allowed tables\. Allowed values are: (\w+, ){29}\w+\.$/,
      ),
    ]);
    expect(detail).toContain('customEvents');
  });

  it('exports by somebody without the permission', async () => {
    const { status, body } = await mytracker.create(GOOD, VIEWER);
    expect([status, body]).toEqual([400, badRequest('Export permissions required to export raw data from an account')]);
  });

  it('parameters in two places', async () => {
    const target = `${RAW}/create.json?event=installs`;
    const { status, body } = await mytracker.ask(target, { method: 'POST', body: toForm(GOOD) });
    expect([status, body.message]).toEqual([400, 'Bad Request']);
  });

  it('a body that is no form', async () => {
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'POST', body: JSON.stringify(GOOD), headers };
    const { body } = await mytracker.ask(`${RAW}/create.json`, sent);
    expect(body).toEqual(badRequest("Argument 'event' is expected but not set"));
  });

  it.each(['get', 'cancel'])('to %s an export that is not there', async (verb) => {
    const { status, body } = await mytracker.ask(`${RAW}/${verb}.json?idRawExport=4000`);
    const error = { detail: 'Raw export request not found' };
    expect([status, body]).toEqual([404, { code: 404, message: 'Not Found', data: { error } }]);
  });

  it.each(['get', 'cancel'])('to %s an export without its id', async (verb) => {
    const none = await mytracker.ask(`${RAW}/${verb}.json`);
    expect(none.body).toEqual(badRequest("Argument 'idRawExport' is expected but not set"));
    const word = await mytracker.ask(`${RAW}/${verb}.json?idRawExport=x`);
    expect(word.body).toEqual(badRequest("Argument 'idRawExport' is invalid"));
  });

  it('other methods and addresses', async () => {
    expect((await mytracker.ask(`${RAW}/create.json`)).body).toEqual({
      code: 405,
      message: 'Method Not Allowed',
      data: null,
    });
    expect((await mytracker.ask('/api/raw/v1/export/list.json')).body).toEqual({
      code: 404,
      message: 'Not Found',
      data: null,
    });
  });
});

describe('the emulated MyTracker takes', () => {
  it.each<[string, Query]>([
    ['dates up to today', GOOD],
    ['a date that is today in its zone only', { ...GOOD, timezone: 'Pacific/Apia', dateTo: '2026-11-21' }],
    ['seconds up to now', { ...undated, tsFrom: 0, tsTo: NOW }],
    ['dates and seconds', { ...GOOD, tsFrom: 0, tsTo: NOW }],
    ['one end of the arrivals', { ...GOOD, availabilityTsTo: NOW - 10_801 }],
    ['an old name of a zone', { ...GOOD, timezone: 'Asia/Katmandu' }],
    ['1,000 values in each of several filters', { ...GOOD, idCampaign: numbers(1000), idAd: numbers(1000).join(',') }],
    ['selectors as a list', { ...GOOD, selectors: ['tsEvent', 'idCountry'] }],
    ['a country without ISO code', { ...GOOD, idCountry: '398' }],
    ['a parameter that nobody knows', { ...GOOD, nobody: 'knows' }],
  ])('%s', async (_, query) => {
    await expectSuccess(query);
  });

  it('an example of the document, in the query', async () => {
    const query = 'event=payments&selectors=idCountry,waid,idAccount,iosVendorId&dateTo=2017-11-30&dateFrom=2017-11-02';
    const target = `${RAW}/create.json?${query}&timezone=Europe/Moscow`;
    const { status, body } = await mytracker.ask(target, { method: 'POST' });
    expect([status, body.message]).toEqual([200, 'Ok']);
  });

  it('every event with what all of them have', async () => {
    const detail: string = (await mytracker.create({ ...GOOD, event: 'x' })).body.data.error.detail;
    const events = /: (.+)\.$/.exec(detail)?.[1]?.split(', ') ?? [];
    expect(events).toHaveLength(30);
    for (const event of events) await expectSuccess({ ...GOOD, event, selectors: 'tsEvent,dtEvent,tsInsert,idApp' });
  });

  it('what only some events have', async () => {
    const own = {
      sessions: 'duration',
      userSessions: 'duration,causeAttr,causeAttrTitle',
      installs: 'tsClick,tsView',
      userPayments: 'sum,currency,idProduct,isVerified,idPurchaseType',
      userCustomEvents: 'eventName,eventValue,countCustomEvent,params.name,params.value',
    };
    for (const [event, selectors] of Object.entries(own)) {
      await expectSuccess({ ...GOOD, event, selectors });
      await expectRefusal({ ...GOOD, event: 'newDevices', selectors }, "'selectors' is invalid");
    }
  });
});
