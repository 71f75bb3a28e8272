import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createWorld, DAY_MS } from '../../src/sandbox/world.ts';
import { startOpenpanelClient } from './openpanel-client.ts';
import type { Json, OpenpanelClient } from './openpanel-client.ts';
import { toRawEvents } from './raw-events.ts';
import type { RawEvent } from './raw-events.ts';

const world = createWorld({ today: '2024-05-01' });
const raw = toRawEvents(world);
const april = { startDate: '2024-04-01', endDate: '2024-04-15' };
let openpanel: OpenpanelClient;

beforeAll(async () => {
  openpanel = await startOpenpanelClient({ world, clock: () => Date.UTC(2024, 4, 1, 12) });
});
afterAll(() => openpanel.close());

const instant = (text: string): number => Date.parse(text.includes('T') ? `${text}Z` : `${text}T00:00:00Z`);

function between({ startDate, endDate }: typeof april, test: (event: RawEvent) => boolean): RawEvent[] {
  return raw.filter((e) => e.timeMs >= instant(startDate) && e.timeMs <= instant(endDate) && test(e));
}

/** Values by day, with the empty days of the window before its last. */
function byDay(found: RawEvent[], valueOf: (events: RawEvent[]) => number): Record<string, number> {
  const days: Record<string, RawEvent[]> = {};
  for (let ms = instant(april.startDate); ms < instant(april.endDate); ms += DAY_MS) days[dayOf(ms)] = [];
  for (const event of found) (days[dayOf(event.timeMs)] ??= []).push(event);
  return Object.fromEntries(Object.entries(days).map(([day, events]) => [day, round(valueOf(events))]));
}

const dayOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 10)} 00:00:00`;
const round = (value: number): number => Math.round(value * 100) / 100;
const unique = (values: unknown[]): number => new Set(values).size;
const toValues = (serie: Json): Record<string, number> =>
  Object.fromEntries(serie.data.map((point: Json) => [point.date, point.count]));
const prices = (events: RawEvent[]): number[] => events.map(({ properties }) => Number(properties.price_usd));

describe('segments of an OpenPanel chart', () => {
  it.each<[string, (events: RawEvent[]) => number]>([
    ['event', (events) => events.length],
    ['user', (events) => unique(events.map(({ profile }) => profile))],
    ['session', (events) => unique(events.map(({ session }) => session))],
    ['user_average', (events) => events.length / (unique(events.map(({ profile }) => profile)) || 1)],
    ['property_sum', (events) => prices(events).reduce((sum, price) => sum + price, 0)],
    [
      'property_average',
      (events) => (prices(events).reduce((sum, price) => sum + price, 0) || 0) / (events.length || 1),
    ],
    ['property_max', (events) => Math.max(0, ...prices(events))],
    ['property_min', (events) => Math.min(...prices(events))],
  ])('%s is what the events say', async (segment, valueOf) => {
    const series = [{ name: 'purchase', segment, property: 'properties.price_usd' }];
    const {
      series: [serie],
    } = await openpanel.charts({ series, ...april });
    const purchases = between(april, ({ name }) => name === 'purchase');
    expect(toValues(serie)).toEqual(byDay(purchases, valueOf));
    expect(serie.metrics.count).toBe(unique(purchases.map(({ profile }) => profile)));
  });

  it('one_event_per_user counts the last of each', async () => {
    const series = [{ name: 'screen_view', segment: 'one_event_per_user' }];
    const {
      series: [serie],
    } = await openpanel.charts({ series, ...april });
    const last = new Map(between(april, ({ name }) => name === 'screen_view').map((event) => [event.profile, event]));
    expect(toValues(serie)).toEqual(byDay([...last.values()], (events) => events.length));
    expect(serie.metrics).not.toHaveProperty('count');
  });

  it('property segments are null where nothing is a number', async () => {
    const series = ['property_sum', 'property_average', 'property_max', 'property_min'].map((segment) => ({
      name: 'search',
      segment,
      property: 'properties.query',
      filters: [{ name: 'properties.query', operator: 'is', value: ['yoga'] }],
    }));
    const answer = await openpanel.charts({ series, ...april });
    expect(answer.series).toHaveLength(4);
    for (const { data, metrics } of answer.series) {
      expect(data.every(({ count }: Json) => count === null)).toBe(true);
      expect(metrics).toEqual({ sum: 0, average: 0, min: 0, max: 0 });
    }
  });

  it('property segments without property count events', async () => {
    const series = [{ name: 'purchase', segment: 'property_sum' }, { name: 'purchase' }];
    const {
      series: [first, second],
    } = await openpanel.charts({ series, ...april });
    expect(toValues(first)).toEqual(toValues(second));
  });

  it('group has nothing, because nobody belongs to one', async () => {
    expect((await openpanel.charts({ series: [{ name: '*', segment: 'group' }], ...april })).series).toEqual([]);
  });
});

describe('filters of an OpenPanel chart', () => {
  const prop = (event: RawEvent, key: string): string => event.properties[key] ?? '';
  it.each<[string, string, unknown[], (event: RawEvent) => boolean]>([
    ['country', 'is', ['SE', 'DE'], (e) => ['SE', 'DE'].includes(e.country)],
    ['country', 'isNot', ['SE'], (e) => e.country !== 'SE'],
    ['os', 'contains', ['OS', 'droid'], (e) => /OS|droid/.test(e.os)],
    ['os', 'doesNotContain', ['OS', 'droid'], (e) => !/OS|droid/.test(e.os)],
    ['path', 'startsWith', ['/disc'], (e) => e.path.startsWith('/disc')],
    ['path', 'endsWith', ['top'], (e) => e.path.endsWith('top')],
    ['path', 'regex', ['^/p.*s$'], (e) => /^\/p.*s$/.test(e.path)],
    ['properties.__title', 'isNull', [], (e) => prop(e, '__title') === ''],
    ['properties.__title', 'isNotNull', [], (e) => prop(e, '__title') !== ''],
    ['properties.price', 'gt', [10], (e) => Number(prop(e, 'price')) > 10],
    ['properties.price', 'lte', ['10'], (e) => (Number(prop(e, 'price')) || 0) <= 10],
    ['properties.items.*.name', 'is', ['reward 1'], (e) => prop(e, 'items.0.name') === 'reward 1'],
    ['plan', 'is', ['pro'], () => true],
    ['country', 'is', [], () => true],
    ['cohort', 'inCohort', [], () => false],
    ['country', 'is', ['\u0000\u0000'], (e) => e.country === ''],
  ])('%s %s %j', async (name, operator, value, test) => {
    const series = [{ name: '*', filters: [{ name, operator, value }] }];
    const answer = await openpanel.charts({ series, ...april });
    expect(answer.metrics.sum).toBe(between(april, test).length);
  });

  it('all have to hold, and names may be camelCase', async () => {
    const filters = [
      { name: 'osVersion', operator: 'startsWith', value: ['17'] },
      { name: 'country', operator: 'is', value: ['US'] },
    ];
    const answer = await openpanel.charts({ series: [{ name: 'sign_up', filters }], ...april });
    const found = between(april, (e) => e.name === 'sign_up' && e.os === 'iOS' && e.country === 'US');
    expect(answer.metrics.sum).toBe(found.length);
  });
});

describe('series of an OpenPanel chart', () => {
  it('break down by country with a phantom', async () => {
    const window = { startDate: '2023-12-30', endDate: '2024-01-10' };
    const answer = await openpanel.charts({
      series: [{ name: 'sign_up' }],
      breakdowns: [{ name: 'country' }],
      ...window,
    });
    const found = between(window, ({ name }) => name === 'sign_up');
    const phantom = answer.series.filter(({ names }: Json) => names.length === 1);
    expect(phantom).toMatchObject([
      { id: 'signup-a', names: ['\u0000\u0000'], metrics: { sum: 0, average: 0, min: 0, max: 0 } },
    ]);
    expect(phantom[0].event).toEqual({ id: 'A', name: 'sign_up' });
    expect(phantom[0].metrics).not.toHaveProperty('count');
    for (const serie of answer.series.filter(({ names }: Json) => names.length === 2)) {
      const [, country] = serie.names;
      expect(serie.event.breakdowns).toEqual({ country });
      expect(serie.metrics.sum).toBe(found.filter((e) => (e.country || '\u0000\u0000') === country).length);
      expect(serie.data).toHaveLength(11);
    }
    expect(answer.metrics.sum).toBe(found.length);
    const sums = answer.series.map(({ metrics }: Json) => metrics.sum);
    expect(sums).toEqual([...sums].sort((a, b) => b - a));
  });

  it('have no phantom without a filled bucket', async () => {
    const answer = await openpanel.charts({
      series: [{ name: 'sign_up' }],
      breakdowns: [{ name: 'country' }],
      ...april,
    });
    expect(answer.series.every(({ names }: Json) => names.length === 2)).toBe(true);
  });

  it('drop unknown breakdowns and collapse empty values', async () => {
    const breakdowns = [{ name: 'nonsense' }, { name: 'browser' }];
    const answer = await openpanel.charts({ series: [{ name: 'sign_up' }], breakdowns, ...april });
    const inApps = answer.series.find(({ names }: Json) => names.length === 1);
    expect(inApps.names).toEqual(['sign_up']);
    expect(inApps.event).toEqual({ id: 'A', name: 'sign_up' });
    expect(inApps.metrics.sum).toBe(between(april, (e) => e.name === 'sign_up' && /iOS|Android/.test(e.os)).length);
  });

  it('carry letters from two on', async () => {
    const series = [{ name: 'purchase' }, { name: 'sign_up' }, { name: '404' }];
    const answer = await openpanel.charts({ series, ...april });
    expect(answer.series.map(({ id, names, event }: Json) => [id, names, event])).toEqual([
      ['signup-b-signup', ['(B) sign_up'], { id: 'B', name: 'sign_up' }],
      ['purchase-a-purchase', ['(A) purchase'], { id: 'A', name: 'purchase' }],
      ['404-c-404', ['(C) 404'], { id: 'C', name: '404' }],
    ]);
  });

  it('average the busy days only', async () => {
    const window = { startDate: '2023-12-30', endDate: '2024-01-05' };
    const {
      series: [serie],
      metrics,
    } = await openpanel.charts({ series: [{ name: 'sign_up' }], ...window });
    const busy = serie.data.map(({ count }: Json) => count).filter(Boolean);
    expect(serie.data.length).toBe(6);
    expect(busy.length).toBeLessThan(6);
    expect(serie.metrics).toMatchObject({ average: round(serie.metrics.sum / busy.length), min: 0 });
    expect(metrics).toEqual({ sum: serie.metrics.sum, average: serie.metrics.average, min: 0, max: serie.metrics.max });
  });

  it.each(['2024-04-15', '2024-04-14T23:59:59'])('compare with the days before, up to %s', async (endDate) => {
    const {
      series: [serie],
    } = await openpanel.charts({ series: [{ name: 'sign_up' }], previous: true, startDate: '2024-04-01', endDate });
    const before = await openpanel.charts({
      series: [{ name: 'sign_up' }],
      startDate: '2024-03-18',
      endDate: '2024-03-31T23:59:59',
    });
    expect(serie.data.map(({ previous }: Json) => previous.value)).toEqual(
      before.series[0].data.map(({ count }: Json) => count),
    );
    const { sum } = serie.metrics;
    const past = before.series[0].metrics.sum;
    expect(serie.metrics.previous.sum).toEqual({
      value: past,
      diff: Math.round((Math.abs(sum - past) / past) * 1000) / 10,
      state: sum > past ? 'positive' : 'negative',
    });
  });
});
