import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dates } from './metrics-question.ts';
import { expectRefused, unexpectedFailures } from './refused-question.ts';
import { startServerUnderTest, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest();
});
afterAll(() => server.close());

type Field = Parameters<typeof expectRefused>[1]['field'];
/** What is asked, the code and words of the refusal. */
type Case = readonly [title: string, query: object, code: string, says: string];

const SOURCE = { source: 'sandbox-adapty' };
const PERIOD = { period: dates('2026-06-01', '2026-06-07') };
const COMMON = { ...SOURCE, ...PERIOD };
const metric = (key: string, more: object = {}): object => ({ select: [{ ...SOURCE, metric: { key }, ...more }] });
const stage = (name: string, more: object = {}): object => ({ subscription: { stage: name, ...more } });
const STEPS = [{ event: 'sign_up' }, { event: 'purchase' }];
const EVENT = { event: { name: 'purchase' } };

const LIMIT = 'QUERY_NOT_SUPPORTED';
const INPUT = 'BAD_USER_INPUT';

const METRICS: readonly Case[] = [
  ['a chart split by what it is not', { ...metric('installs'), breakdown: ['product'] }, LIMIT, 'installs by product'],
  ['two dimensions at once', { ...metric('revenue'), breakdown: ['store', 'country'] }, LIMIT, 'at most 1'],
  ['a dimension nobody knows', { ...metric('revenue'), breakdown: ['contry'] }, INPUT, 'Did you mean "country"'],
  ['a metric nobody knows', metric('revenues'), INPUT, 'Did you mean "revenue"'],
  ['events, which it does not measure', { select: [{ ...SOURCE, metric: EVENT }] }, LIMIT, 'metric of the catalog'],
  ['an hour', { ...metric('revenue'), interval: 'HOUR' }, LIMIT, 'Allowed: DAY, WEEK, MONTH, QUARTER, YEAR, TOTAL'],
  [
    'a part of a text',
    { ...metric('revenue'), filters: [{ dimension: 'store', operator: 'CONTAINS', values: ['app'] }] },
    LIMIT,
    'Allowed: IS',
  ],
  [
    'a filter that the chart does not take',
    metric('installs', { filters: [{ dimension: 'product', values: ['premium.weekly'] }] }),
    LIMIT,
    'does not filter the chart installs by product',
  ],
  [
    'more days than a daily chart has',
    { ...metric('revenue'), period: dates('2025-01-01', '2026-06-01') },
    LIMIT,
    'at most 365 days',
  ],
  ['an option nobody knows', metric('revenue', { options: { chart: 'arr' } }), INPUT, 'select[0].options'],
];

const FUNNEL: readonly Case[] = [
  ['steps of a fixed funnel', { steps: STEPS }, LIMIT, "query.steps: the steps are the provider's own"],
  ['sessions', { countBy: 'SESSIONS' }, LIMIT, 'query.countBy: SESSIONS is not available. Allowed: USERS'],
  ['an order', { order: 'STRICT' }, LIMIT, 'query.order: STRICT is not available. Allowed: ORDERED'],
  ['a conversion window', { conversionWindow: 'P7D' }, LIMIT, 'query.conversionWindow: cannot be chosen'],
  ['events to exclude', { excluding: [{ event: 'sign_up' }] }, LIMIT, 'query.excluding'],
  ['two dimensions at once', { breakdown: ['store', 'country'] }, LIMIT, 'at most 1'],
];

const CONVERSION: readonly Case[] = [
  ['an event', { from: { event: 'sign_up' }, to: stage('PAID') }, LIMIT, 'Allowed: subscription'],
  ['the way back', { from: stage('PAID'), to: stage('TRIAL') }, INPUT, 'later stage'],
  [
    'other months than there are',
    { from: stage('INSTALL'), to: stage('PAID', { period: 3, orLater: true }) },
    LIMIT,
    '6, 12, 24',
  ],
];

const RETENTION: readonly Case[] = [
  ['an entry of its own', { entry: { event: 'sign_up' } }, LIMIT, 'query.entry'],
  ['another mode', { mode: 'ROLLING' }, LIMIT, 'query.mode: ROLLING is not available. Allowed: N_DAY'],
  ['cohorts of groups', { breakdown: ['store'] }, LIMIT, 'interval TOTAL'],
];

const COHORTS: readonly Case[] = [
  ['offsets by period', {}, LIMIT, 'query.offsetBy: PERIOD is not available. Allowed: RENEWAL, DAY'],
  ['a breakdown', { offsetBy: 'RENEWAL', breakdown: ['store'] }, LIMIT, 'query.breakdown'],
  ['values added up', { offsetBy: 'DAY', cumulative: true }, LIMIT, 'query.cumulative'],
  ['days of renewals', { offsetBy: 'RENEWAL', days: [7] }, INPUT, 'query.days'],
];

const LIFETIME: readonly Case[] = [
  ['offsets by period', {}, LIMIT, 'query.offsetBy: PERIOD is not available. Allowed: RENEWAL, DAY'],
  ['cohorts of groups', { offsetBy: 'RENEWAL', breakdown: ['store'] }, LIMIT, 'interval TOTAL'],
  [
    'a dimension that it does not split by',
    { offsetBy: 'RENEWAL', interval: 'TOTAL', breakdown: ['campaign'] },
    LIMIT,
    'does not split lifetime values by campaign. It takes: country, product',
  ],
];

const QUESTIONS: readonly (readonly [Field, object, readonly Case[]])[] = [
  ['metrics', PERIOD, METRICS],
  ['funnel', COMMON, FUNNEL],
  ['conversion', COMMON, CONVERSION],
  ['retention', COMMON, RETENTION],
  ['cohortAnalysis', COMMON, COHORTS],
  ['lifetimeValue', COMMON, LIFETIME],
];

describe.each(QUESTIONS)('%s of Adapty', (field, common, cases) => {
  it.each(cases)('refuses %s', async (_title, query, code, says) => {
    const asked = { field, variables: { query: { ...common, ...query } } };
    const error = await expectRefused(server, asked, { code, says });
    expect(error.extensions.source).toBe('sandbox-adapty');
  });
});

describe('Adapty', () => {
  it('has no raw events', async () => {
    const asked = { field: 'events', variables: { query: COMMON } } as const;
    await expectRefused(server, asked, { code: 'CAPABILITY_NOT_SUPPORTED', says: 'It offers: metrics, funnels' });
  });

  it('passes on what only its API knows is wrong', async () => {
    const filters = [{ dimension: 'attribution_status', values: ['paid'] }];
    const asked = { field: 'metrics', variables: { query: { ...metric('revenue'), ...PERIOD, filters } } } as const;
    await expectRefused(server, asked, { code: 'PROVIDER_REJECTED', says: "'organic', 'non-organic', 'unknown'" });
  });

  it('has nothing unforeseen happen', () => {
    expect(unexpectedFailures(server)).toEqual([]);
  });
});
