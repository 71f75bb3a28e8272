import { describe, expect, it } from 'vitest';
import type { ReportName } from '../../../src/exports/request.ts';
import { failureOf } from '../../support/failure-of.ts';
import { IN_2024, selection, startAdapty } from './start-adapty.ts';

type Json = Readonly<Record<string, unknown>>;

// A byte order mark and line ends of both kinds: what a text would lose, or a table of ours write otherwise.
const CSV = '\uFEFFDate,2026-10,Total\r\n"a, b",1,"1,5"\n';
const FILTERS = { date: ['2026-10-01', '2026-10-31'] };
const SEPTEMBER = { date: ['2026-08-31', '2026-09-30'] };
const PREVIOUS = { compareTo: { preset: 'PREVIOUS_PERIOD' } };

/** A question, and the bodies that its files must be asked for with. */
const QUESTIONS: readonly (readonly [ReportName, endpoint: string, question: Json, bodies: readonly Json[]])[] = [
  ['metrics', 'analytics', {}, [{ filters: FILTERS, period_unit: 'month', chart_id: 'revenue' }]],
  ['funnel', 'funnel', {}, [{ filters: FILTERS }]],
  ['conversion', 'conversion', {}, [{ filters: FILTERS, period_unit: 'month', from_period: null, to_period: 1 }]],
  ['retention', 'retention', {}, [{ filters: FILTERS, period_unit: 'month', use_trial: false }]],
  [
    'cohortAnalysis',
    'cohort',
    {},
    [
      {
        filters: FILTERS,
        period_unit: 'month',
        period_type: 'renewals',
        value_field: 'revenue',
        accounting_type: 'revenue',
      },
    ],
  ],
  [
    'lifetimeValue',
    'ltv',
    {},
    [{ filters: FILTERS, period_unit: 'month', period_type: 'renewals', segmentation: 'month' }],
  ],
];

describe("a file of Adapty's own", () => {
  it.each(QUESTIONS)('is the CSV of %s, byte by byte', async (report, endpoint, question, bodies) => {
    await using adapty = await startAdapty({ [endpoint]: () => CSV });
    const names = await adapty.listFiles(report, question);
    expect(adapty.server.asked).toEqual([]);
    for (const name of names) expect(await adapty.fetchFile(report, name)).toEqual(Buffer.from(CSV));
    expect(adapty.server.asked.map(({ path, body }) => ({ path, body }))).toEqual(
      bodies.map((body) => ({ path: `/api/v1/client-api/metrics/${endpoint}/`, body: { ...body, format: 'csv' } })),
    );
    expect(adapty.server.asked[0]).toMatchObject({ query: {}, headers: { accept: 'text/csv', 'adapty-tz': 'UTC' } });
  });

  it('is one for each chart, and one more for an earlier period', async () => {
    await using adapty = await startAdapty({ analytics: () => CSV });
    const select = ['revenue', 'installs', 'proceeds'].map((key) => selection(key));
    for (const name of await adapty.listFiles('metrics', { select, ...PREVIOUS })) {
      await adapty.fetchFile('metrics', name);
    }
    // Adapty answers all the money of a chart at once.
    expect(adapty.server.asked.map(({ body }) => body)).toMatchObject([
      { chart_id: 'revenue', filters: FILTERS },
      { chart_id: 'revenue', filters: SEPTEMBER },
      { chart_id: 'installs', filters: FILTERS },
      { chart_id: 'installs', filters: SEPTEMBER },
    ]);
  });

  it('has an earlier period of a conversion apart, of a whole period too', async () => {
    await using adapty = await startAdapty({ conversion: () => CSV });
    for (const name of await adapty.listFiles('conversion', { interval: 'TOTAL', ...PREVIOUS })) {
      await adapty.fetchFile('conversion', name);
    }
    expect(adapty.server.asked.map(({ body }) => (body as Json)['filters'])).toEqual([FILTERS, SEPTEMBER]);
  });

  it('is asked for in the query of 2024 as well, where the document has it', async () => {
    await using adapty = await startAdapty({ cohort: () => CSV }, IN_2024);
    const [name = ''] = await adapty.listFiles('cohortAnalysis');
    await adapty.fetchFile('cohortAnalysis', name);
    expect(adapty.server.asked[0]).toMatchObject({ query: { format: 'csv' }, body: { format: 'csv' } });
    const { capabilities } = adapty.dataSource.connection;
    const withFiles = Object.entries(capabilities).filter(([, one]) => 'nativeFiles' in (one as object));
    expect(withFiles.map(([capability]) => capability)).toEqual([
      'funnels',
      'retention',
      'cohort-analysis',
      'lifetime-value',
    ]);
    expect(await failureOf(adapty.listFiles('metrics'))).toMatchObject({ code: 'QUERY_NOT_SUPPORTED' });
  });

  it('is refused like the report', async () => {
    await using adapty = await startAdapty();
    const failure = await failureOf(adapty.listFiles('retention', { breakdown: ['store'] }));
    expect(failure).toMatchObject({ code: 'QUERY_NOT_SUPPORTED', origin: { provider: 'adapty' } });
    expect(failure.message).toContain('interval TOTAL');
    expect(adapty.server.asked).toEqual([]);
  });

  it('is no JSON', async () => {
    await using adapty = await startAdapty();
    const [name = ''] = await adapty.listFiles('funnel');
    const failure = await failureOf(adapty.fetchFile('funnel', name));
    expect(failure).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
    expect(failure.message).toContain('JSON instead of a file');
  });
});
