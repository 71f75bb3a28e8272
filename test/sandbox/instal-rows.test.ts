import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { AD_CAMPAIGNS, CREATIVES, toAdDays } from '../../src/sandbox/world.ts';
import type { AdClicks, World } from '../../src/sandbox/world.ts';
import { HEADER, startInstalClient, world } from './instal-client.ts';
import type { InstalClient, Row } from './instal-client.ts';

const OWN_CAMPAIGNS = [1554, 1560, 1571];

let instal: InstalClient;
let daily: Row[];

beforeAll(async () => {
  instal = await startInstalClient();
  daily = await instal.rows();
});
afterAll(() => instal.close());

interface Sums {
  clicks: number;
  conversions: number;
  /** Millionths of a dollar. */
  cost: number;
}

/** Rows summed by what they have in common. */
function sumRows(rows: readonly Row[], toKey: (row: Row) => string): Record<string, Sums> {
  const sums: Record<string, Sums> = {};
  for (const row of rows) {
    const sum = (sums[toKey(row)] ??= { clicks: 0, conversions: 0, cost: 0 });
    sum.clicks += Number(row.clicks_aggr);
    sum.conversions += Number(row.conversions_aggr);
    sum.cost += Math.round(Number(row.cost_aggr) * 1e6);
  }
  return sums;
}

/** The network's clicks of the world, summed likewise. */
function sumClicks(toKey: (click: number, instant: string) => string | undefined): Record<string, Sums> {
  const { adClicks } = world;
  const sums: Record<string, Sums> = {};
  for (let click = 0; click < adClicks.length; click += 1) {
    const key = toKey(click, new Date(adClicks.timeMs[click]!).toISOString());
    if (key === undefined || !OWN_CAMPAIGNS.includes(campaignOf(click))) continue;
    const sum = (sums[key] ??= { clicks: 0, conversions: 0, cost: 0 });
    sum.clicks += 1;
    if (adClicks.user[click]! >= 0) sum.conversions += 1;
    sum.cost += adClicks.costMicros[click]!;
  }
  return sums;
}

const campaignOf = (click: number): number => AD_CAMPAIGNS[world.adClicks.campaign[click]!]!.id;
const contextOf = (click: number) => world.contexts[world.adClicks.context[click]!]!;

describe('rows of the emulated Instal', () => {
  it('add up to the clicks of each day, campaign and country', () => {
    const expected = sumClicks((click, at) =>
      JSON.stringify([at.slice(0, 10), campaignOf(click), contextOf(click).place.country]),
    );
    expect(Object.keys(expected).length).toBeGreaterThan(4000);
    expect(sumRows(daily, (row) => JSON.stringify([row.time, Number(row.campaign_id), row.country]))).toEqual(expected);
    const days = toAdDays(world).filter(({ campaign }) => campaign.network === 'Instal');
    expect(days).toHaveLength(Object.keys(expected).length);
    for (const { date, campaign, country, clicks, installs, cost } of days) {
      const sums = expected[JSON.stringify([date, campaign.id, country])]!;
      expect([sums.clicks, sums.conversions, sums.cost / 1e6]).toEqual([clicks, installs, cost]);
    }
  });

  it('add up to the clicks of each creative, system, language and publisher', () => {
    const publishers = ['421', '422', '519', '777', '801', ''];
    const affiliates = ['s-17', '0042', 'in-app, "home"'];
    const expected = sumClicks((click) => {
      const { os, osVersion, platform, place } = contextOf(click);
      const { creative, publisher, adGroup } = world.adClicks;
      return JSON.stringify([
        CREATIVES[creative[click]!],
        platform === 'iOS' ? 'com.example.app.ios' : 'com.example.app',
        os,
        osVersion,
        place.language,
        publishers[publisher[click]!],
        affiliates[adGroup[click]!],
      ]);
    });
    const columns = ['creative_id', 'app_id', 'name_os', 'version_os', 'lang', 'publisher_id', 'aff_sub_id'];
    expect(sumRows(daily, (row) => JSON.stringify(columns.map((column) => row[column])))).toEqual(expected);
  });

  it.each([
    ['hourly', (instant: string) => `${instant.slice(0, 10)} ${instant.slice(11, 13)}:00`],
    ['monthly', (instant: string) => `${instant.slice(0, 8)}01`],
  ])('can be %s', async (interval, toTime) => {
    const expected = sumClicks((_click, at) =>
      at.startsWith('2026-10') || at.startsWith('2026-11-0') ? toTime(at) : undefined,
    );
    const rows = await instal.rows({ interval, start_date: '2026-10-01', stop_date: '2026-11-09' });
    expect(sumRows(rows, ({ time = '' }) => time)).toEqual(expected);
    expect(Object.keys(expected)).toContain(interval === 'hourly' ? '2026-10-01 00:00' : '2026-10-01');
  });

  it('differ in more than their numbers', () => {
    const keys = daily.map((row) =>
      JSON.stringify(Object.entries(row).filter(([column]) => !/_aggr$|^cr$/.test(column))),
    );
    expect(new Set(keys).size).toBe(daily.length);
  });

  it('write integers as integers and the rate as a fraction', () => {
    for (const row of daily) {
      expect(row).toMatchObject({
        clicks_aggr: expect.stringMatching(/^[1-9]\d*$/),
        conversions_aggr: expect.stringMatching(/^\d+$/),
        campaign_id: expect.stringMatching(/^\d+$/),
        publisher_id: expect.stringMatching(/^\d*$/),
        cost_aggr: expect.stringMatching(/^\d+(\.\d{1,6})?$/),
        cr: expect.stringMatching(/^(0|1|0\.\d{1,4})$/),
      });
      expect(Math.abs(Number(row.cr) - Number(row.conversions_aggr) / Number(row.clicks_aggr))).toBeLessThan(0.00006);
    }
  });

  it.each(['time', 'campaign', 'aff_sub_id', 'cr', 'campaign_id'])('come in the order of %s', async (sorting) => {
    const rows = await instal.rows({ sorting, start_date: '2026-11-10', stop_date: '2026-11-19' });
    const isNumber = sorting === 'cr' || sorting === 'campaign_id';
    const values = rows.map((row) => (isNumber ? Number(row[sorting]) : row[sorting]!));
    expect(values).toEqual(values.toSorted((a, b) => (a < b ? -1 : Number(a > b))));
    expect(new Set(values).size).toBeGreaterThan(2);
  });

  it.each([
    ['before the world', { start_date: '2020-01-01', stop_date: '2020-12-31' }],
    ['after it', { start_date: '2026-11-20', stop_date: '2026-11-20' }],
  ])('are none %s', async (_, dates) => {
    expect(await instal.download(dates)).toBe(`${HEADER}\r\n`);
    expect(await instal.download({ ...dates, csv_headers: false })).toBe('');
  });
});

/** A world of five clicks, the third of another network, the last of the next day. */
function createSmallWorld(): World {
  const place = { ...contextOf(0).place, country: 'IT', language: 'it-IT' };
  const context = { ...contextOf(0), place, platform: 'Android', os: 'Android', osVersion: '10.10' };
  const nowhere = { ...context, place: { ...place, country: '', language: '' }, platform: 'iOS', os: 'iOS' };
  const adClicks: AdClicks = {
    length: 5,
    timeMs: Float64Array.from(
      ['2026-11-09T00:00Z', '2026-11-09T23:59:59.999Z', '2026-11-09T12:00Z', '2026-11-10T23:59Z', '2026-11-11T00:00Z'],
      (instant) => Date.parse(instant),
    ),
    campaign: Uint8Array.of(1, 1, 4, 0, 0),
    adGroup: Uint8Array.of(2, 2, 0, 1, 0),
    creative: Uint8Array.of(2, 2, 0, 3, 0),
    publisher: Uint8Array.of(0, 0, 0, 5, 0),
    context: Int32Array.of(0, 0, 0, 1, 0),
    costMicros: Int32Array.of(120_000, 130_001, 999_999, 70_000, 999_999),
    user: Int32Array.of(-1, 5, 6, 7, 8),
  };
  return { ...world, contexts: [context, nowhere], adClicks };
}

describe('a file of the emulated Instal', () => {
  const wave = '0042,2026-11-10,1,"Spring sale, wave 1",,playable 😀,com.example.app.ios,1554,0.07,1,1,iOS,10.10,,\r\n';
  const gold =
    '"in-app, ""home""",2026-11-09,2,"Lookalike ""gold""",IT,"video-30s, captions",com.example.app,1560,0.250001,0.5,1,Android,10.10,it-IT,421\r\n';
  const dates = { start_date: '2026-11-09', stop_date: '2026-11-10' };
  let small: InstalClient;

  beforeAll(async () => {
    small = await startInstalClient({ world: createSmallWorld() });
  });
  afterAll(() => small.close());

  it('has the documented columns, the first and the last day, and no click of others', async () => {
    expect(await small.download(dates)).toBe(`${HEADER}\r\n${wave}${gold}`);
  });

  it('is the same if the defaults are said', async () => {
    const defaults = { sorting: 'campaign_id', format: 'csv', csv_headers: true, interval: 'daily' };
    expect(await small.download({ ...dates, ...defaults })).toBe(`${HEADER}\r\n${wave}${gold}`);
  });

  it('can be without header and in another order', async () => {
    expect(await small.download({ ...dates, csv_headers: false, sorting: 'time' })).toBe(gold + wave);
  });

  it('names a month by its first day, and counts the days asked for only', async () => {
    const text = await small.download({ ...dates, start_date: '2026-11-10', interval: 'monthly' });
    expect(text).toBe(`${HEADER}\r\n${wave.replace('2026-11-10', '2026-11-01')}`);
  });

  it('rounds the rate to four decimals', async () => {
    const three = { ...createSmallWorld().adClicks, timeMs: new Float64Array(5).fill(Date.parse('2026-11-09')) };
    const same = { campaign: new Uint8Array(5), adGroup: new Uint8Array(5), creative: new Uint8Array(5) };
    const clicks = { ...three, ...same, publisher: new Uint8Array(5), context: new Int32Array(5), length: 3 };
    const thirds = await startInstalClient({ world: { ...createSmallWorld(), adClicks: clicks } });
    // Of the first three clicks two led to an install.
    expect((await thirds.rows(dates)).map(({ cr }) => cr)).toEqual(['0.6667']);
    await thirds.close();
  });
});
