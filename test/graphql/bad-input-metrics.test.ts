import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventOf, metricOf } from '../server/metrics-question.ts';
import { expectRefused, unexpectedFailures } from '../server/refused-question.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest();
});
afterAll(() => server.close());

const GOOD = { select: [metricOf('events')], period: { preset: 'LAST_7_DAYS' } };
const dates = (from: string, to: string) => ({ period: { dates: { from, to } } });
const instants = (from: string, to: string) => ({ period: { instants: { from, to } } });
const filtered = (dimension: string, operator: string, ...values: string[]) => ({
  filters: [{ dimension, operator, values }],
});
const measured = (name: string, more: object) => ({ select: [eventOf(name, more)] });
const times = (count: number) => ({ select: Array.from({ length: count }, () => metricOf('events')) });

type Case = readonly [mistake: string, query: object, says: string];

const NONSENSE: readonly Case[] = [
  ['dates in reverse', dates('2026-06-10', '2026-06-01'), 'query.period.dates: from 2026-06-10 is after to 2026-06-01'],
  ['a day that does not exist', dates('2026-02-30', '2026-06-01'), '"2026-02-30" does not exist in the calendar'],
  ['a last day that does not exist', dates('2026-06-01', '2026-06-31'), 'query.period.dates.to: "2026-06-31"'],
  ['a word for a day', dates('yesterday', '2026-06-01'), '"yesterday" is not a day. Write it as YYYY-MM-DD'],
  ['a time for a day', dates('2026-06-01T00:00:00Z', '2026-06-02'), 'is not a day. Write it as YYYY-MM-DD'],
  ['a day to come', dates('2026-06-10', '2026-06-17'), 'the last day that can be asked for is 2026-06-16'],
  ['a period to come', dates('2026-07-01', '2026-07-02'), 'query.period.dates.from: 2026-07-01 is in the future'],
  ['instants in reverse', instants('2026-06-10T00:00:00Z', '2026-06-09T00:00:00Z'), 'is not before to'],
  ['an empty period', instants('2026-06-10T00:00:00Z', '2026-06-10T00:00:00Z'), 'is not before to'],
  ['a day for an instant', instants('2026-06-10', '2026-06-11T00:00:00Z'), '"2026-06-10" is not an instant'],
  ['an instant to come', instants('2026-06-20T00:00:00Z', '2026-06-21T00:00:00Z'), 'is in the future'],
  ['a comparison to come', { compareTo: dates('2026-07-01', '2026-07-02').period }, 'query.compareTo.dates.from'],
  ['an unknown zone', { timezone: 'Mars/Base' }, '"Mars/Base" is not an IANA time zone'],
  [
    'an unknown source',
    { select: [{ ...metricOf('events'), source: 'sandbox-open' }] },
    'Did you mean "sandbox-openpanel"? Configured: ',
  ],
  ['an unknown metric', { select: [metricOf('unique_user')] }, 'Did you mean "unique_users"?'],
  ['an unknown event', measured('sign_ups', {}), 'has no event "sign_ups". Did you mean "sign_up"?'],
  [
    'an unknown breakdown',
    { breakdown: ['contry'] },
    'query.breakdown[0]: "sandbox-openpanel" has no dimension "contry"',
  ],
  ['a dimension twice', { breakdown: ['country', 'country'] }, 'query.breakdown: names a dimension twice'],
  ['an unknown filter', filtered('contry', 'IS', 'SE'), 'Did you mean "country"?'],
  ['a family without a name', filtered('properties.', 'IS', 'x'), 'has no dimension "properties."'],
  ['a filter without values', filtered('country', 'IS'), 'query.filters[0].values: IS needs at least one value'],
  ['a value that is not wanted', filtered('country', 'IS_SET', 'SE'), 'IS_SET takes no values'],
  ['a word for a number', filtered('properties.price', 'GT', 'much'), 'GT compares numbers, "much" is not one'],
  ['two numbers', filtered('properties.price', 'LTE', '1', '2'), 'LTE takes one value, not 2'],
  ['a broken pattern', filtered('country', 'MATCHES', '('), '"(" is not a regular expression'],
  ['no selection', times(0), 'query.select: must hold 1 to 20 selections, none was given'],
  ['21 selections', times(21), 'query.select: must hold 1 to 20 selections, 21 were given'],
  ['no series', { seriesLimit: 0 }, 'query.seriesLimit: must be at least 1'],
  ['too many series', { seriesLimit: 1001 }, 'query.seriesLimit: must be at most 1000'],
  ['a sum of nothing', measured('purchase', { measure: 'SUM' }), '.property: SUM needs the property to work on'],
  ['a count of a property', measured('purchase', { property: 'properties.price' }), 'COUNT takes no property'],
  ['an unknown property', measured('purchase', { measure: 'MAX', property: 'price' }), '"properties.price"'],
  ['an unknown option', { select: [{ ...metricOf('events'), options: { colour: 'red' } }] }, 'query.select[0].options'],
  [
    'an option of another measure',
    { select: [segmented('unique_users')] },
    'one_event_per_user goes with measure COUNT',
  ],
  ['a nameless event', measured('', {}), 'query.select[0].metric.event.name: must not be empty'],
  ['a long name', { select: [{ ...metricOf('events'), as: 'x'.repeat(101) }] }, 'is longer than 100 characters'],
];

function segmented(key: string): object {
  return { ...metricOf(key), options: { segment: 'one_event_per_user' } };
}

const LIMITS: readonly Case[] = [
  ['an interval that it lacks', { interval: 'QUARTER' }, 'QUARTER is not available. Allowed: MINUTE, HOUR, DAY'],
  ['days before the first', dates('0001-01-01', '2026-06-01'), 'before the first day with data, 2026-02-16'],
  ['days of another zone', { timezone: 'Europe/Stockholm' }, 'counts in days of UTC and cannot shift them'],
  [
    'eleven dimensions',
    { breakdown: Array.from({ length: 11 }, (_, index) => `properties.p${index}`) },
    '11 dimensions, at most 10 are allowed',
  ],
  [
    'a total it does not know',
    { select: [metricOf('sessions')], interval: 'TOTAL', ...dates('2026-04-20', '2026-06-10') },
    'gives SESSIONS of one day, week or calendar month',
  ],
];

describe('a metrics question', () => {
  it.each(NONSENSE)('with %s is bad user input', async (_mistake, query, says) => {
    const asked = { field: 'metrics', variables: { query: { ...GOOD, ...query } } } as const;
    await expectRefused(server, asked, { code: 'BAD_USER_INPUT', says });
  });

  it.each(LIMITS)('with %s is outside the limits', async (_mistake, query, says) => {
    const asked = { field: 'metrics', variables: { query: { ...GOOD, ...query } } } as const;
    const error = await expectRefused(server, asked, { code: 'QUERY_NOT_SUPPORTED', says });
    expect(error.extensions).toMatchObject({ source: 'sandbox-openpanel', provider: 'openpanel' });
  });

  it('with too many points is too large', async () => {
    const query = { ...GOOD, interval: 'MINUTE', ...dates('2026-03-01', '2026-06-01') };
    const asked = { field: 'metrics', variables: { query } } as const;
    await expectRefused(server, asked, { code: 'RESULT_TOO_LARGE', says: 'is more than 10000 points a series' });
  });

  it('with several mistakes has all of them in one message', async () => {
    const query = { ...GOOD, ...dates('2026-02-30', 'never'), seriesLimit: -1 };
    const refusal = { code: 'BAD_USER_INPUT', says: 'query.period.dates.from: "2026-02-30"' };
    const { message } = await expectRefused(server, { field: 'metrics', variables: { query } }, refusal);
    expect(message).toContain('query.period.dates.to: "never" is not a day');
    expect(message).toContain('query.seriesLimit: must be at least 1');
  });

  it('with a mistake leaves other questions of the operation alone', async () => {
    const { data, errors } = await server.ask(
      `query ($good: MetricsQuery!, $bad: MetricsQuery!) {
        before: metrics(query: $good) { series { name } }
        bad: metrics(query: $bad) { series { name } }
        after: metrics(query: $good) { series { name } }
      }`,
      { good: GOOD, bad: { ...GOOD, seriesLimit: 0 } },
    );
    const good = { series: [{ name: 'events' }] };
    expect(data).toEqual({ before: good, bad: null, after: good });
    expect(errors?.map(({ path }) => path)).toEqual([['bad']]);
  });

  it('with any mistake is nothing unexpected to the log', () => {
    expect(unexpectedFailures(server)).toEqual([]);
  });
});
