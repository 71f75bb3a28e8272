import { describe, expect, it } from 'vitest';
import { CONTRACTS } from '../../contract/contracts.ts';
import { failureOf } from '../../support/failure-of.ts';
import { days, eventSelection, metricsQuestion, startOpenpanel } from './start-openpanel.ts';

const YEAR_2024 = { apiVersion: '2024' };
const STOCKHOLM = { timezone: 'Europe/Stockholm' };

/** Ask for metrics and return the parameters of the requests for charts. */
async function requestsOf(question: Readonly<Record<string, unknown>>, config: Readonly<Record<string, unknown>> = {}) {
  await using openpanel = await startOpenpanel({ charts: () => ({ series: [] }) }, config);
  const { dataSource } = openpanel;
  await CONTRACTS.metrics.ask(metricsQuestion(question), { reports: openpanel.begin(), dataSource });
  return openpanel.asked('/export/charts');
}

async function eventsOf(question: Readonly<Record<string, unknown>>, config: Readonly<Record<string, unknown>> = {}) {
  const [request] = await requestsOf(question, config);
  return JSON.parse(String(request?.['events'])) as unknown;
}

const filter = (dimension: string, operator: string, ...values: string[]) => ({ dimension, operator, values });

describe('the request for a chart', () => {
  it('has a project, events, an interval and both instants', async () => {
    expect(await requestsOf({})).toEqual([
      {
        projectId: 'acme-web',
        events: '[{"name":"sign_up","segment":"event","filters":[]}]',
        interval: 'day',
        startDate: '2026-10-01T00:00:00Z',
        endDate: '2026-10-04T00:00:00Z',
      },
    ]);
  });

  it.each([
    ['COUNT', 'event'],
    ['UNIQUE_USERS', 'user'],
    ['SESSIONS', 'session'],
    ['COUNT_PER_USER', 'user_average'],
  ])('asks for %s as segment %s', async (measure, segment) => {
    expect(await eventsOf({ select: [eventSelection('404', measure)] })).toEqual([
      { name: '404', segment, filters: [] },
    ]);
  });

  it('sums a property without counting it', async () => {
    const property = 'properties.price';
    expect(await eventsOf({ select: [eventSelection('buy', 'SUM', { property })] })).toEqual([
      { name: 'buy', segment: 'property_sum', property, filters: [] },
    ]);
  });

  it.each([
    ['AVERAGE', 'property_average'],
    ['MIN', 'property_min'],
    ['MAX', 'property_max'],
  ])('asks for %s and for how many have the property', async (measure, segment) => {
    const property = 'properties.price';
    const filters = [filter('country', 'IS', 'SE')];
    const sent = { name: 'country', operator: 'is', value: ['SE'] };
    expect(await eventsOf({ select: [eventSelection('buy', measure, { property, filters })] })).toEqual([
      { name: 'buy', segment, property, filters: [sent] },
      { name: 'buy', segment: 'event', filters: [sent, { name: property, operator: 'isNotNull', value: [] }] },
    ]);
  });

  it.each([
    ['IS', 'is', ['a', 'b']],
    ['IS_NOT', 'isNot', ['a']],
    ['CONTAINS', 'contains', ['a']],
    ['NOT_CONTAINS', 'doesNotContain', ['a']],
    ['STARTS_WITH', 'startsWith', ['a']],
    ['ENDS_WITH', 'endsWith', ['a']],
    ['MATCHES', 'regex', ['^a']],
    ['GT', 'gt', ['1']],
    ['GTE', 'gte', ['1']],
    ['LT', 'lt', ['1']],
    ['LTE', 'lte', ['1']],
    ['IS_SET', 'isNotNull', []],
    ['IS_NOT_SET', 'isNull', []],
  ])('writes the filter %s as %s', async (operator, word, values) => {
    const filters = [filter('utm_source', operator, ...values)];
    expect(await eventsOf({ filters })).toMatchObject([
      { filters: [{ name: 'properties.__query.utm_source', operator: word, value: values }] },
    ]);
  });

  it.each([
    ['IS_SET', 'isNot'],
    ['IS_NOT_SET', 'is'],
  ])('knows that a country is never null: %s', async (operator, word) => {
    expect(await eventsOf({ filters: [filter('country', operator)] })).toMatchObject([
      { filters: [{ name: 'country', operator: word, value: ['\u0000\u0000'] }] },
    ]);
  });

  it('collects the filters of request, selection and event', async () => {
    const select = [
      { ...eventSelection('a', 'COUNT', { filters: [filter('os', 'IS', 'c')] }), filters: [filter('city', 'IS', 'b')] },
    ];
    expect(await eventsOf({ select, filters: [filter('country', 'IS', 'a')] })).toMatchObject([
      { filters: [{ name: 'country' }, { name: 'city' }, { name: 'os' }] },
    ]);
  });

  it('breaks down by objects, in its own words', async () => {
    const [request] = await requestsOf({ breakdown: ['country', 'utm_medium', 'properties.plan'] });
    expect(request?.['breakdowns']).toBe(
      '[{"name":"country"},{"name":"properties.__query.utm_medium"},{"name":"properties.plan"}]',
    );
  });

  it.each(['MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH'])('says %s in small letters', async (interval) => {
    const [request] = await requestsOf({ select: [eventSelection('a', 'UNIQUE_USERS')], interval });
    expect(request?.['interval']).toBe(interval.toLowerCase());
  });

  it.each([
    ['COUNT', 'WEEK', '2026-10-04', 'week', '2026-10-05T00:00:00Z'],
    ['COUNT', 'WEEK', '2026-10-06', 'day', '2026-10-07T00:00:00Z'],
    ['COUNT', 'MONTH', '2026-09-30', 'month', '2026-10-01T00:00:00Z'],
    ['COUNT', 'MONTH', '2026-10-06', 'day', '2026-10-07T00:00:00Z'],
    ['UNIQUE_USERS', 'WEEK', '2026-10-04', 'week', '2026-10-05T00:00:00Z'],
    ['UNIQUE_USERS', 'WEEK', '2026-10-06', 'week', '2026-10-06T23:59:59Z'],
  ])('keeps %s by %s up to %s free of the next day', async (measure, interval, lastDay, asked, endDate) => {
    const question = { select: [eventSelection('a', measure)], period: days('2026-09-01', lastDay), interval };
    expect(await requestsOf(question)).toMatchObject([{ interval: asked, endDate }]);
  });

  it('writes instants with the offset of their day', async () => {
    const [request] = await requestsOf({ period: days('2026-10-24', '2026-10-25') }, STOCKHOLM);
    expect(request).toMatchObject({ startDate: '2026-10-24T00:00:00+02:00', endDate: '2026-10-26T00:00:00+01:00' });
  });

  it('sends a project of digits as a JSON text', async () => {
    const [request] = await requestsOf({}, { projectId: 12345 });
    expect(request?.['projectId']).toBe('"12345"');
  });

  it('asks for every event where a metric is of the catalog', async () => {
    const select = [{ source: 'sample', metric: { key: 'sessions' }, filters: [] }];
    expect(await eventsOf({ select })).toEqual([{ name: '*', segment: 'session', filters: [] }]);
  });

  it('counts each user once where the option says so', async () => {
    const select = [eventSelection('a', 'COUNT', { options: { segment: 'one_event_per_user' } })];
    expect(await eventsOf({ select })).toEqual([{ name: 'a', segment: 'one_event_per_user', filters: [] }]);
  });

  it.each([
    [10, [10]],
    [12, [10, 2]],
    [20, [10, 10]],
  ])('holds ten series at the most: %i', async (count, sizes) => {
    const select = Array.from({ length: count }, (_, index) => eventSelection(`event_${index}`));
    const requests = await requestsOf({ select });
    expect(requests.map((request) => (JSON.parse(String(request['events'])) as unknown[]).length)).toEqual(sizes);
  });
});

describe('the request for one number', () => {
  it.each([
    ['a day', days('2026-10-05', '2026-10-05'), 'day', '2026-10-06'],
    ['a week', days('2026-10-05', '2026-10-11'), 'week', '2026-10-12'],
    ['a month', days('2026-10-01', '2026-10-31'), 'month', '2026-11-01'],
  ])('asks for %s as one bucket', async (_title, period, interval, end) => {
    const [request] = await requestsOf({ select: [eventSelection('a', 'SESSIONS')], period, interval: 'TOTAL' });
    expect(request).toMatchObject({ interval, endDate: `${end}T00:00:00Z` });
  });

  it('takes distinct users of several months from the window itself', async () => {
    const select = [eventSelection('a', 'UNIQUE_USERS')];
    const requests = await requestsOf({ select, period: days('2026-08-01', '2026-10-31'), interval: 'TOTAL' });
    // An event at the first second behind the period would be counted.
    expect(requests).toMatchObject([{ interval: 'month', endDate: '2026-10-31T23:59:59Z' }]);
  });

  it('takes events per user from events and users', async () => {
    const select = [eventSelection('a', 'COUNT_PER_USER')];
    const question = { select, period: days('2026-08-01', '2026-10-31'), interval: 'TOTAL' };
    expect(await eventsOf(question)).toEqual([{ name: 'a', segment: 'event', filters: [] }]);
  });

  it.each([
    ['SESSIONS', {}],
    ['AVERAGE', { property: 'properties.price' }],
  ])('refuses %s of several months', async (measure, more) => {
    const question = { period: days('2026-08-01', '2026-10-31'), interval: 'TOTAL' };
    const error = await failureOf(requestsOf({ ...question, select: [eventSelection('a', measure, more)] }));
    expect(error).toMatchObject({ code: 'QUERY_NOT_SUPPORTED' });
    expect(error.message).toContain(measure);
  });
});

describe('the request for a chart of 2024', () => {
  it('has bare names where nothing else is wanted', async () => {
    const select = [eventSelection('404'), eventSelection('b')];
    expect(await requestsOf({ select }, YEAR_2024)).toEqual([
      {
        projectId: 'acme-web',
        events: '["404","b"]',
        interval: 'day',
        startDate: '2026-10-01T00:00:00Z',
        endDate: '2026-10-04T00:00:00Z',
      },
    ]);
  });

  it('has objects for what names cannot say', async () => {
    const property = 'properties.price';
    const select = [
      eventSelection('a'),
      eventSelection('b', 'UNIQUE_USERS'),
      eventSelection('c', 'SUM', { property }),
      eventSelection('d', 'COUNT', { filters: [filter('country', 'IS', 'SE')] }),
    ];
    expect(await eventsOf({ select }, YEAR_2024)).toEqual([
      'a',
      { name: 'b', segment: 'user', filters: [] },
      { name: 'c', segment: 'property_sum', property, filters: [] },
      { name: 'd', segment: 'event', filters: [{ name: 'country', operator: 'is', value: ['SE'] }] },
    ]);
  });

  it('takes a project of digits as it is', async () => {
    const [request] = await requestsOf({}, { ...YEAR_2024, projectId: 12345 });
    expect(request?.['projectId']).toBe('12345');
  });

  it('passes on what is documented and does nothing', async () => {
    const options = { chartType: 'linear', metric: 'sum', limit: 10, offset: 5 };
    const select = [eventSelection('a', 'COUNT', { options }), eventSelection('b')];
    expect(await requestsOf({ select }, YEAR_2024)).toMatchObject([
      { events: '["a"]', chartType: 'linear', metric: 'sum', limit: '10', offset: '5' },
      { events: '["b"]' },
    ]);
  });

  it.each([
    ['GT', filter('properties.price', 'GT', '1')],
    ['IS_SET', filter('country', 'IS_SET')],
  ])('has no filter %s', async (operator, one) => {
    const error = await failureOf(requestsOf({ filters: [one] }, YEAR_2024));
    expect(error).toMatchObject({ code: 'QUERY_NOT_SUPPORTED' });
    expect(error.message).toContain(operator);
  });
});
