import { graphql } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { CohortAnalysisQuery } from '../../src/analytics/cohort-analysis.ts';
import type { ConversionQuery } from '../../src/analytics/conversions.ts';
import { DataSources } from '../../src/analytics/data-source.ts';
import type { LifetimeValueQuery } from '../../src/analytics/lifetime-value.ts';
import type { ProviderCapabilities } from '../../src/analytics/provider.ts';
import type { RetentionQuery } from '../../src/analytics/retention.ts';
import type { GraphQLContext } from '../../src/graphql/context.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { connectFake, FRESHNESS, LIMITS, OPTIONS } from '../reports/fake-source.ts';
import { cohortRow, retentionRow } from '../tabular/reports.ts';

const schema = createSchema();

/** What the provider was asked, question by question. */
interface Asked {
  readonly conversions: ConversionQuery[];
  readonly retentions: RetentionQuery[];
  readonly cohortAnalyses: CohortAnalysisQuery[];
  readonly lifetimeValues: LifetimeValueQuery[];
}

function capabilitiesThat(asked: Asked): ProviderCapabilities {
  const common = { limits: LIMITS, options: OPTIONS };
  const counts = { fromCount: 200, toCount: 50, previous: { fromCount: 10, toCount: 1 }, series: [] };
  const worth = { ...cohortRow({ cohort: '2026-09-01' }, 2, 3), lifetimeValue: 3 };
  return {
    conversions: {
      ...common,
      conversion: { points: ['event', 'subscription'] },
      fetchConversion: (query) => Promise.resolve((asked.conversions.push(query), { ...counts, freshness: FRESHNESS })),
    },
    retention: {
      ...common,
      retention: {
        modes: ['N_DAY', 'ROLLING'],
        entryKinds: ['FIRST_TIME', 'RECURRING'],
        offsetBy: 'DAY',
        takesEvents: false,
        maxOffsets: 30,
      },
      fetchRetention: (query) =>
        Promise.resolve((asked.retentions.push(query), { rows: [retentionRow({}, 10, null)], freshness: FRESHNESS })),
    },
    'cohort-analysis': {
      ...common,
      cohortAnalysis: {
        measures: ['REVENUE', 'SUBSCRIBERS'],
        accountings: ['GROSS', 'PROCEEDS'],
        offsetBy: ['PERIOD', 'DAY', 'RENEWAL'],
        takesEvents: true,
        takesValue: false,
        supportsCumulative: true,
      },
      fetchCohortAnalysis: (query) => {
        asked.cohortAnalyses.push(query);
        const rows = [cohortRow({ cohort: null, isTotal: true }, 8), cohortRow({}, 8, 2)];
        return Promise.resolve({ rows, unit: 'MONEY', currency: 'USD', freshness: FRESHNESS });
      },
    },
    'lifetime-value': {
      ...common,
      lifetimeValue: { takesEvents: false, takesValue: false, accountings: ['GROSS', 'NET'], offsetBy: ['PERIOD'] },
      fetchLifetimeValue: (query) =>
        Promise.resolve((asked.lifetimeValues.push(query), { rows: [worth], currency: 'EUR', freshness: FRESHNESS })),
    },
  };
}

/** Run an operation against a source that answers all four; an error fails the test. */
async function run(source: string): Promise<{ readonly data: unknown; readonly asked: Asked }> {
  const asked: Asked = { conversions: [], retentions: [], cohortAnalyses: [], lifetimeValues: [] };
  const { dataSource, begin } = connectFake(capabilitiesThat(asked));
  const contextValue: Pick<GraphQLContext, 'requestId' | 'dataSources' | 'reports'> = {
    requestId: 'test',
    dataSources: new DataSources([dataSource]),
    reports: begin(),
  };
  const { data, errors } = await graphql({ schema, source, contextValue });
  expect(errors).toBeUndefined();
  // Objects of graphql have no prototype.
  return { data: JSON.parse(JSON.stringify(data)) as unknown, asked };
}

const QUESTION = 'source: "sample", period: { preset: LAST_7_DAYS }';

describe('limits of a capability', () => {
  it('say what each report can be asked', async () => {
    const { data } = await run(`{ dataSource(key: "sample") { capabilities { kind limits {
      conversion { points }
      retention { modes entryKinds offsetBy takesEvents maxOffsets }
      cohortAnalysis { measures accountings offsetBy takesEvents supportsCumulative }
      lifetimeValue { accountings offsetBy }
    } } } }`);
    const none = { conversion: null, retention: null, cohortAnalysis: null, lifetimeValue: null };
    const retention = {
      modes: ['N_DAY', 'ROLLING'],
      entryKinds: ['FIRST_TIME', 'RECURRING'],
      offsetBy: 'DAY',
      takesEvents: false,
      maxOffsets: 30,
    };
    const cohortAnalysis = {
      measures: ['REVENUE', 'SUBSCRIBERS'],
      accountings: ['GROSS', 'PROCEEDS'],
      offsetBy: ['PERIOD', 'DAY', 'RENEWAL'],
      takesEvents: true,
      supportsCumulative: true,
    };
    const lifetimeValue = { accountings: ['GROSS', 'NET'], offsetBy: ['PERIOD'] };
    expect(data).toEqual({
      dataSource: {
        capabilities: [
          { kind: 'CONVERSION', limits: { ...none, conversion: { points: ['EVENT', 'SUBSCRIPTION'] } } },
          { kind: 'RETENTION', limits: { ...none, retention } },
          { kind: 'COHORT_ANALYSIS', limits: { ...none, cohortAnalysis } },
          { kind: 'LIFETIME_VALUE', limits: { ...none, lifetimeValue } },
        ],
      },
    });
  });

  it('stand beside the schema of the options', async () => {
    const { data } = await run('{ dataSource(key: "sample") { capabilities { optionsSchema limits { maxPoints } } } }');
    const capability = { optionsSchema: { properties: { detail: { type: 'string' } } }, limits: { maxPoints: 60 } };
    expect(data).toMatchObject({ dataSource: { capabilities: [capability, capability, capability, capability] } });
  });
});

describe('the fields of a report', () => {
  it('are the rates of a conversion', async () => {
    const points = 'from: { subscription: { stage: INSTALL } }, to: { subscription: { stage: PAID } }';
    const { data, asked } =
      await run(`{ conversion(query: { ${QUESTION}, ${points}, compareTo: { preset: PREVIOUS_PERIOD } }) {
      interval fromCount toCount rate previousRate series { name } csv
    } }`);
    const csv = 'from_count,to_count,rate,previous_rate\r\n200,50,0.25,0.1\r\n';
    const counts = { fromCount: 200, toCount: 50, rate: 0.25, previousRate: 0.1, series: [] };
    expect(data).toEqual({ conversion: { interval: 'TOTAL', ...counts, csv } });
    const asks = {
      from: { stage: 'INSTALL', period: null, orLater: false },
      to: { stage: 'PAID', period: 1, orLater: false },
    };
    expect(asked.conversions).toMatchObject([asks]);
  });

  it('are the rows and the average of retention', async () => {
    const { data, asked } = await run(`{ retention(query: { ${QUESTION} }) {
      mode entryKind offsetBy
      rows { cohort isTotal size cells { offset count rate isComplete } }
      average { offset rate }
      wide: csv(options: { layout: WIDE })
    } }`);
    const cells = [
      { offset: 0, count: 10, rate: 1, isComplete: true },
      { offset: 1, count: null, rate: null, isComplete: false },
    ];
    expect(data).toEqual({
      retention: {
        ...{ mode: 'N_DAY', entryKind: 'FIRST_TIME', offsetBy: 'DAY' },
        rows: [{ cohort: '2026-01-01', isTotal: false, size: 10, cells }],
        average: [{ offset: 0, rate: 1 }],
        wide: 'cohort,is_total,size,0,1\r\n2026-01-01,false,10,1,\r\n',
      },
    });
    expect(asked.retentions).toMatchObject([
      { interval: 'DAY', mode: 'N_DAY', entryKind: 'FIRST_TIME', offsets: null },
    ]);
  });

  it('are what was asked of retention', async () => {
    const { data, asked } = await run(`{ retention(query: { ${QUESTION}, mode: ROLLING, entryKind: RECURRING }) {
      mode entryKind offsetBy
    } }`);
    const question = { mode: 'ROLLING', entryKind: 'RECURRING' };
    expect(data).toEqual({ retention: { ...question, offsetBy: 'DAY' } });
    expect(asked.retentions).toMatchObject([question]);
  });

  it('are the values of a cohort analysis', async () => {
    const { data, asked } = await run(`{ cohortAnalysis(query: { ${QUESTION} }) {
      measure accounting cumulative unit currency offsetBy
      rows { cohort isTotal dimensions { value } cells { offset value share isComplete } }
      table { columns { name type unit currency } rowCount } wide: csv(options: { layout: WIDE })
    } }`);
    expect(data).toMatchObject({
      cohortAnalysis: {
        ...{ measure: 'REVENUE', accounting: 'GROSS', cumulative: false },
        ...{ unit: 'MONEY', currency: 'USD', offsetBy: 'PERIOD' },
        rows: [
          { cohort: null, isTotal: true, cells: [{ offset: 0, value: 8, share: 1, isComplete: true }] },
          { cohort: '2026-01-01', isTotal: false, cells: [{ value: 8 }, { offset: 1, value: 2, share: 0.25 }] },
        ],
        table: { rowCount: 3 },
        wide: 'cohort,is_total,size,0,1\r\n,true,10,8,\r\n2026-01-01,false,10,8,2\r\n',
      },
    });
    expect(asked.cohortAnalyses).toMatchObject([
      { interval: 'MONTH', accounting: 'GROSS', days: null, cumulative: false },
    ]);
  });

  it('are what was asked of a cohort analysis', async () => {
    const { data, asked } = await run(`{
      cohortAnalysis(query: { ${QUESTION}, accounting: PROCEEDS, cumulative: true }) { accounting cumulative }
    }`);
    const question = { accounting: 'PROCEEDS', cumulative: true };
    expect(data).toEqual({ cohortAnalysis: question });
    expect(asked.cohortAnalyses).toMatchObject([question]);
  });

  it('are the worth up to now', async () => {
    const { data, asked } = await run(`{ lifetimeValue(query: { ${QUESTION} }) {
      accounting currency offsetBy rows { cohort lifetimeValue cells { offset value } }
      tidy: csv wide: csv(options: { layout: WIDE })
    } }`);
    const cells = [2, 3].map((value, offset) => ({ offset, value }));
    expect(data).toEqual({
      lifetimeValue: {
        ...{ accounting: 'GROSS', currency: 'EUR', offsetBy: 'PERIOD' },
        rows: [{ cohort: '2026-09-01', lifetimeValue: 3, cells }],
        tidy: [
          'cohort,is_total,size,lifetime_value,offset,value,share,is_complete\r\n',
          '2026-09-01,false,10,3,0,2,1,true\r\n',
          '2026-09-01,false,10,3,1,3,1.5,true\r\n',
        ].join(''),
        wide: 'cohort,is_total,size,lifetime_value,0,1\r\n2026-09-01,false,10,3,2,3\r\n',
      },
    });
    expect(asked.lifetimeValues).toMatchObject([{ interval: 'MONTH', accounting: 'GROSS', offsetBy: 'PERIOD' }]);
  });

  it('are which money of a lifetime value', async () => {
    const { data, asked } = await run(`{ lifetimeValue(query: { ${QUESTION}, accounting: NET }) { accounting } }`);
    expect(data).toEqual({ lifetimeValue: { accounting: 'NET' } });
    expect(asked.lifetimeValues).toMatchObject([{ accounting: 'NET' }]);
  });
});
