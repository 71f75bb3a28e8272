import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toAdDays } from '../../src/sandbox/world.ts';
import { untilEnded } from './export-tasks.ts';
import { startServerUnderTest, type Answer, type ServerUnderTest } from './running-server.ts';

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest({ hasDatabase: true });
});
afterAll(() => server.close());

const WAIT = 'PT28S';
const SLOW_MS = 120_000;

/** Ask until the rows have arrived. */
async function ask<Data>(document: string, variables: object): Promise<Answer<Data>> {
  for (;;) {
    const answer = await server.ask<Data>(document, variables);
    if (!JSON.stringify(answer).includes('NOT_READY')) return answer;
  }
}

/** What the ads of these days have cost. */
const costOf = (from: string, to: string): number =>
  toAdDays(server.world())
    .filter(({ date, campaign }) => campaign.network === 'Instal' && date >= from && date <= to)
    .reduce((sum, { cost }) => sum + cost, 0);

/** How many events of a name there are on these days of UTC. */
function countOf(name: string, from: string, to: string): number {
  const { events } = server.world();
  const wanted = events.names.indexOf(name);
  let count = 0;
  for (let event = 0; event < events.length; event++) {
    const day = new Date(events.timeMs[event] ?? 0).toISOString().slice(0, 10);
    if (events.name[event] === wanted && day >= from && day <= to) count += 1;
  }
  return count;
}

const METRICS = `query ($query: MetricsQuery!) {
  metrics(query: $query) {
    series { name unit currency total values answeredBy source { key } }
    problems { code message source { key } } warnings csv(options: { layout: WIDE })
  } }`;

interface AskedMetrics {
  readonly metrics: {
    readonly series: readonly {
      readonly name: string;
      readonly unit: string;
      readonly currency: string | null;
      readonly total: number | null;
      readonly values: readonly (number | null)[];
      readonly answeredBy: string | null;
      readonly source: { readonly key: string } | null;
    }[];
    readonly problems: readonly {
      readonly code: string;
      readonly message: string;
      readonly source: { key: string } | null;
    }[];
    readonly warnings: readonly string[];
    readonly csv: string;
  };
}

const COST = { source: 'sandbox-instal', metric: { key: 'cost' } };
const REVENUE = { source: 'sandbox-adapty', metric: { key: 'revenue' } };
const SIGN_UPS = { source: 'sandbox-openpanel', as: 'sign_ups', metric: { event: { name: 'sign_up' } } };
const WEEK = { dates: { from: '2026-05-04', to: '2026-05-06' } };
const DAYS = ['2026-05-04', '2026-05-05', '2026-05-06'];

describe('cost, revenue and sign-ups of three providers', () => {
  it('are one answer, with what is worked out of them', { timeout: SLOW_MS }, async () => {
    const formulas = [
      { as: 'cac', expression: 'cost / sign_ups' },
      { as: 'roas', expression: 'revenue / cost', unit: 'FRACTION' },
    ];
    const query = { select: [COST, REVENUE, SIGN_UPS], formulas, period: WEEK, waitFor: WAIT };
    const { data, errors } = await ask<AskedMetrics>(METRICS, { query });
    expect(errors).toBeUndefined();
    const { series, problems, warnings, csv } = data.metrics;
    expect({ problems, warnings }).toEqual({ problems: [], warnings: [] });
    const [cost, revenue, signUps, cac, roas] = series;
    expect(series.map(({ name, answeredBy, unit, currency }) => [name, answeredBy, unit, currency])).toEqual([
      ['cost', 'COMPUTED', 'MONEY', 'USD'],
      ['revenue', 'NATIVE', 'MONEY', 'USD'],
      ['sign_ups', 'NATIVE', 'COUNT', null],
      ['cac', null, 'MONEY', 'USD'],
      ['roas', null, 'FRACTION', null],
    ]);
    DAYS.forEach((day, index) => {
      expect(cost?.values[index]).toBeCloseTo(costOf(day, day), 6);
      expect(signUps?.values[index]).toBe(countOf('sign_up', day, day));
      expect(cac?.values[index]).toBeCloseTo(costOf(day, day) / countOf('sign_up', day, day), 9);
      expect(roas?.values[index]).toBeCloseTo((revenue?.values[index] ?? Number.NaN) / costOf(day, day), 9);
    });
    const [first = '', last = ''] = [DAYS[0], DAYS.at(-1)];
    expect(cac?.total).toBeCloseTo(costOf(first, last) / countOf('sign_up', first, last), 9);
    const alone = await ask<AskedMetrics>(METRICS, { query: { select: [REVENUE], period: WEEK } });
    expect(revenue?.values).toEqual(alone.data.metrics.series[0]?.values);
    expect(csv.split('\r\n').map((line) => line.split(',').length)).toEqual([6, 6, 6, 6, 1]);
    expect(csv).toMatch(/^date,cost,revenue,sign_ups,cac,roas\r\n2026-05-04,/);
  });

  it('keep what can be answered where a formula cannot', { timeout: SLOW_MS }, async () => {
    const broken = { source: 'sandbox-adapty', metric: { event: { name: 'install' } }, as: 'installs' };
    const formulas = [
      { as: 'cpi', expression: 'cost / installs' },
      { as: 'nonsense', expression: 'cost + sign_ups' },
      { as: 'cac', expression: 'cost / sign_ups' },
    ];
    const query = { select: [COST, SIGN_UPS, broken], formulas, period: WEEK, waitFor: WAIT };
    const { data } = await ask<AskedMetrics>(METRICS, { query });
    expect(data.metrics.series.map(({ name }) => name)).toEqual(['cost', 'sign_ups', 'cac']);
    expect(data.metrics.problems.map(({ code, source }) => [code, source?.key ?? null])).toEqual([
      ['QUERY_NOT_SUPPORTED', 'sandbox-adapty'],
      ['QUERY_NOT_SUPPORTED', null],
      ['QUERY_NOT_SUPPORTED', null],
    ]);
    expect(data.metrics.problems[1]?.message).toContain('"cpi" is made of "installs", which has no answer: ');
    expect(data.metrics.problems[2]?.message).toContain('adds what is no money to money in USD');
  });

  it('refuse a formula that makes no sense before anybody is asked', async () => {
    const refused = async (expression: string): Promise<string | undefined> => {
      const query = { select: [COST], formulas: [{ as: 'x', expression }], period: WEEK };
      return (await server.ask(METRICS, { query })).errors?.[0]?.message;
    };
    expect(await refused('cost / signups')).toBe(
      'query.formulas[0].expression: column 8: there is no series "signups". Known: cost.',
    );
    expect(await refused('cost /')).toMatch(/^query\.formulas\[0\]\.expression: column \d+: found the end/);
  });
});

describe('payback', () => {
  const OPERATION = `query ($query: LifetimeValueQuery!) {
    lifetimeValue(query: $query) { answeredBy csv rows {
      cohort isTotal size lifetimeValue acquisitionCost paybackOffset cells { offset value isComplete } } } }`;

  interface Asked {
    readonly lifetimeValue: {
      readonly answeredBy: string;
      readonly csv: string;
      readonly rows: readonly {
        readonly cohort: string | null;
        readonly size: number;
        readonly acquisitionCost: number | null;
        readonly paybackOffset: number | null;
        readonly cells: readonly { readonly offset: number; readonly value: number | null }[];
      }[];
    };
  }

  it('is of the cost of one provider and the revenue of another’s users', { timeout: SLOW_MS }, async () => {
    const period = { dates: { from: '2026-05-04', to: '2026-05-17' } };
    const query = {
      source: 'sandbox-mytracker',
      period,
      timezone: 'UTC',
      interval: 'WEEK',
      acquisitionCost: COST,
      waitFor: WAIT,
    };
    const { data, errors } = await ask<Asked>(OPERATION, { query });
    expect(errors).toBeUndefined();
    const { answeredBy, rows, csv } = data.lifetimeValue;
    expect(answeredBy).toBe('COMPUTED');
    const weeks = { '2026-05-04': '2026-05-10', '2026-05-11': '2026-05-17' };
    for (const [from, to] of Object.entries(weeks)) {
      const row = rows.find(({ cohort }) => cohort === from);
      const installed = server.world().users.filter(({ installedAtMs }) => {
        const day = new Date(installedAtMs).toISOString().slice(0, 10);
        return day >= from && day <= to;
      }).length;
      expect(row?.size).toBe(installed);
      expect(row?.acquisitionCost).toBeCloseTo(costOf(from, to) / installed, 9);
      const reached = row?.cells.find(({ value }) => value !== null && value >= (row.acquisitionCost ?? Infinity));
      expect(row?.paybackOffset).toBe(reached?.offset ?? null);
    }
    expect(csv).toMatch(/^cohort,is_total,size,lifetime_value,acquisition_cost,payback_offset,offset,value,/);
  });

  it('compares money of one currency only', { timeout: SLOW_MS }, async () => {
    const clicks = { source: 'sandbox-instal', metric: { key: 'clicks' } };
    const query = {
      source: 'sandbox-mytracker',
      period: { dates: { from: '2026-05-04', to: '2026-05-17' } },
      timezone: 'UTC',
      interval: 'WEEK',
      acquisitionCost: clicks,
      waitFor: WAIT,
    };
    const { errors } = await ask(OPERATION, { query });
    expect(errors?.[0]).toMatchObject({
      message: 'query.acquisitionCost: "clicks" is COUNT; it must be a sum of money in USD',
      extensions: { code: 'QUERY_NOT_SUPPORTED' },
    });
  });
});

describe('datasets', () => {
  const LIST = `{ dataSource(key: "sandbox-instal") { datasets {
    name timezone coverage { from to } rowCount byteSize asOf } } }`;
  const PREPARE = `mutation ($input: PrepareDatasetInput!) {
    prepareDataset(input: $input) { exportTasks { id state source { key } } userErrors { code message path } } }`;

  interface Listed {
    readonly dataSource: {
      readonly datasets: readonly { name: string; coverage: readonly object[]; rowCount: number; byteSize: number }[];
    };
  }
  interface Prepared {
    readonly prepareDataset: {
      readonly exportTasks: readonly { readonly id: string }[] | null;
      readonly userErrors: readonly {
        readonly code: string;
        readonly message: string;
        readonly path: readonly string[];
      }[];
    };
  }

  const prepare = async (input: object) =>
    (await server.query<Prepared>(PREPARE, { input: { source: 'sandbox-instal', dataset: 'report', ...input } }))
      .prepareDataset;

  it('are fetched ahead of questions, and say what they hold', { timeout: SLOW_MS }, async () => {
    const period = { dates: { from: '2026-03-10', to: '2026-03-12' } };
    const { exportTasks, userErrors } = await prepare({ period });
    expect(userErrors).toEqual([]);
    expect(exportTasks).toHaveLength(1);
    await untilEnded(server, exportTasks?.[0]?.id ?? '');
    expect(await prepare({ period })).toEqual({ exportTasks: [], userErrors: [] });
    const { dataSource } = await server.query<Listed>(LIST);
    const report = dataSource.datasets.find(({ name }) => name === 'report');
    expect(report?.coverage).toContainEqual({ from: '2026-03-10', to: '2026-03-12' });
    expect(report?.rowCount).toBeGreaterThan(0);
    expect(report?.byteSize).toBeGreaterThan(0);
  });

  it('that are not there are user errors', async () => {
    const period = WEEK;
    expect((await prepare({ dataset: 'reports', period })).userErrors).toEqual([
      {
        code: 'BAD_USER_INPUT',
        message: '"sandbox-instal" has no dataset "reports". Did you mean "report"? Known: report, report-hourly.',
        path: ['input', 'dataset'],
      },
    ]);
    expect((await prepare({ source: 'sandbox-adapty', period })).userErrors).toMatchObject([
      { code: 'CAPABILITY_NOT_SUPPORTED', path: ['input', 'source'] },
    ]);
  });
});
