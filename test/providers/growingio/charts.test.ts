import { describe, expect, it } from 'vitest';
import type { MetricsResult } from '../../../src/analytics/metrics.ts';
import { failureOf } from '../../support/failure-of.ts';
import { at, dimension, EXPORTER, metric, report, startGrowingio, type Question } from './start-growingio.ts';

const CHART = `${EXPORTER}/charts/c1AbCdEf`;
const AUDIENCE = dimension('目标用户');
const TIME = dimension('时间');
const ALL = '全部访问用户';

type Comparison = { readonly comparedTo?: 'PREVIOUS_PERIOD' | 'SAME_PERIOD_LAST_YEAR' };

async function chart(
  body: unknown,
  question: Question & Comparison = {},
  config: Readonly<Record<string, unknown>> = {},
): Promise<MetricsResult> {
  await using growingio = await startGrowingio({ [CHART]: body }, config);
  return await growingio.chart(question);
}

/** Group and values of each series, in order. */
const shown = ({ series }: MetricsResult) =>
  series.map(({ name, dimensions, total, values }) => ({
    name,
    of: dimensions.map(({ dimension, value }) => `${dimension}=${value}`).join(),
    total,
    values,
  }));

const daily = (...values: unknown[]) =>
  report(
    [AUDIENCE, TIME, metric('用户量')],
    values.map((value, day) => [ALL, at(`2026-10-0${5 + day}`), value]),
  );

describe('The request of a chart', () => {
  it.each([
    ['HOUR', '3600000'],
    ['DAY', '86400000'],
    ['WEEK', '604800000'],
    ['MONTH', '2592000000'],
    ['TOTAL', undefined],
  ] as const)('says %s by its code', async (interval, code) => {
    await using growingio = await startGrowingio({ [CHART]: report([AUDIENCE, TIME, metric('用户量')], []) });
    await growingio.chart({ interval });
    // 2026-10-05 00:00 and 2026-10-07 23:59:59.999 in Beijing.
    const times = { startTime: '1791129600000', endTime: '1791388799999' };
    expect(growingio.server.asked.map(({ query }) => query)).toEqual([{ ...times, ...(code && { interval: code }) }]);
  });

  it('goes to the statistics API with the version of 2024', async () => {
    const path = '/v2/projects/pRoj3ct1/charts/c1AbCdEf.json';
    await using growingio = await startGrowingio({ [path]: daily(1, 2, 3) }, { apiVersion: 2024 });
    expect(shown(await growingio.chart())).toMatchObject([{ values: [1, 2, 3] }]);
  });

  it('cannot leave the folder of charts', async () => {
    await using growingio = await startGrowingio({});
    expect(await failureOf(growingio.chart({ chart: '..' }))).toMatchObject({ code: 'BAD_USER_INPUT' });
    await failureOf(growingio.chart({ chart: '../x?y' }));
    expect(growingio.server.asked.map(({ path }) => path)).toEqual([`${EXPORTER}/charts/..%2Fx%3Fy`]);
  });
});

describe('The columns of a chart', () => {
  it('are told apart by meta, wherever they stand', async () => {
    const meta = [metric('用户量'), TIME, dimension('城市'), AUDIENCE];
    const answer = await chart(report(meta, [[3, at('2026-10-06'), '上海', ALL]]));
    expect(shown(answer)).toEqual([
      { name: '用户量', of: 'city=上海,audience=all visitors', total: null, values: [null, 3, null] },
    ]);
  });

  it('keep their own words beside ours', async () => {
    const meta = [AUDIENCE, dimension('国家名称'), dimension('会员等级'), metric('次数')];
    const rows = [
      [ALL, '中国', '金', 1],
      ['高价值用户', '中国香港', 7, 2],
      ['新登录用户', '亚特兰蒂斯', null, 3],
      ['新访问用户', '不适用', 'N/A', 4],
    ];
    const { series } = await chart(report(meta, rows));
    expect(series.map(({ dimensions }) => dimensions)).toEqual([
      [
        { dimension: 'audience', nativeDimension: '目标用户', value: 'all visitors', nativeValue: ALL },
        { dimension: 'country', nativeDimension: '国家名称', value: 'CN', nativeValue: '中国' },
        { dimension: '会员等级', value: '金' },
      ],
      [
        { dimension: 'audience', nativeDimension: '目标用户', value: '高价值用户' },
        { dimension: 'country', nativeDimension: '国家名称', value: 'HK', nativeValue: '中国香港' },
        { dimension: '会员等级', value: '7' },
      ],
      [
        {
          dimension: 'audience',
          nativeDimension: '目标用户',
          value: 'new signed-in users',
          nativeValue: '新登录用户',
        },
        { dimension: 'country', nativeDimension: '国家名称', value: '亚特兰蒂斯' },
        { dimension: '会员等级', value: null },
      ],
      [
        { dimension: 'audience', nativeDimension: '目标用户', value: 'new visitors', nativeValue: '新访问用户' },
        { dimension: 'country', nativeDimension: '国家名称', value: null, nativeValue: '不适用' },
        { dimension: '会员等级', value: null, nativeValue: 'N/A' },
      ],
    ]);
  });

  it('are two where two have the same name', async () => {
    const meta = [dimension('属性'), dimension('属性'), metric('次数'), metric('次数')];
    const answer = await chart(report(meta, [['a', 'b', 1, 2]]));
    expect(answer.series.map(({ unit }) => unit)).toEqual(['COUNT', 'COUNT']);
    expect(shown(answer)).toEqual([
      { name: '次数', of: '属性=a,属性 (2)=b', total: 1, values: [] },
      { name: '次数 (2)', of: '属性=a,属性 (2)=b', total: 2, values: [] },
    ]);
  });

  it('hold a time by their values where none is named so', async () => {
    const named = dimension('日');
    const answer = await chart(report([named, metric('用户量')], [[at('2026-10-05'), 4]]));
    expect(shown(answer)).toEqual([{ name: '用户量', of: '', total: null, values: [4, null, null] }]);
    const unsure = await chart(
      report([named, dimension('另'), metric('用户量')], [[at('2026-10-05'), at('2026-10-06'), 4]]),
    );
    expect(unsure.series).toMatchObject([{ isTimeless: true, total: 4 }]);
  });
});

describe('The values of a chart', () => {
  it('are null where a row ends early, a number is null or unknown, or a day is missing', async () => {
    const meta = [AUDIENCE, TIME, metric('用户量'), metric('访问量')];
    const rows = [
      [ALL, at('2026-10-05'), 1],
      [ALL, at('2026-10-06'), null, '不适用'],
    ];
    expect(shown(await chart(report(meta, rows)))).toMatchObject([
      { values: [1, null, null] },
      { values: [null, null, null] },
    ]);
  });

  it('are numbers even where they come as texts', async () => {
    expect(shown(await chart(daily('12.5', '-3', ' 1e3 ')))).toMatchObject([{ values: [12.5, -3, 1000] }]);
  });

  it('keep zero apart from nothing', async () => {
    expect(shown(await chart(daily(0, null, 0.0)))).toMatchObject([{ values: [0, null, 0] }]);
  });

  it('stand in the bucket that holds their time, a clipped one too', async () => {
    // The month of September begins before the period, whose first day is the 10th.
    const rows = [
      [ALL, at('2026-09-10'), 1],
      [ALL, at('2026-10-01'), 2],
    ];
    const question = { days: ['2026-09-10', '2026-10-20'], interval: 'MONTH' } as const;
    const meta = [AUDIENCE, TIME, metric('用户量')];
    expect(shown(await chart(report(meta, rows), question))).toMatchObject([{ values: [1, 2] }]);
    const whole = [[ALL, at('2026-09-01'), 1]];
    expect(shown(await chart(report(meta, whole), question))).toMatchObject([{ values: [1, null] }]);
  });

  it('are one for each hour', async () => {
    const rows = [
      [ALL, at('2026-10-05', '01'), 5],
      [ALL, String(at('2026-10-05', '23')), 7],
    ];
    const answer = await chart(report([AUDIENCE, TIME, metric('访问量')], rows), {
      days: ['2026-10-05', '2026-10-05'],
      interval: 'HOUR',
    });
    expect(answer.series[0]?.values.flatMap((value, hour) => (value === null ? [] : [[hour, value]]))).toEqual([
      [1, 5],
      [23, 7],
    ]);
  });
});

describe('The total of a chart', () => {
  it('is the row of all times, never a sum', async () => {
    for (const time of [0, '0', '全部', '总计', '合计']) {
      const rows = [
        [ALL, time, 9],
        [ALL, at('2026-10-05'), 5],
        [ALL, at('2026-10-06'), 6],
      ];
      const body = report([AUDIENCE, TIME, metric('用户量')], rows);
      expect(shown(await chart(body))).toMatchObject([{ total: 9, values: [5, 6, null] }]);
      expect(shown(await chart(body, { interval: 'TOTAL' }))).toMatchObject([{ total: 9, values: [] }]);
    }
  });

  it('is unknown where GrowingIO gives none', async () => {
    expect(shown(await chart(daily(1, 2, 3), { interval: 'TOTAL' }))).toMatchObject([{ total: null, values: [] }]);
  });

  it('is the number of a chart without time', async () => {
    const answer = await chart(report([AUDIENCE, dimension('浏览器'), metric('用户量')], [[ALL, 'Chrome', 812.0]]));
    expect(answer.series).toMatchObject([{ isTimeless: true, total: 812, values: [], previous: null }]);
  });

  it('is that of a big number, and the one before is left out where nothing is compared', async () => {
    const body = { ...daily(1, 2, 3), aggregator: { values: [40, '38'] } };
    expect((await chart(body)).series).toMatchObject([{ total: 40, previousTotal: null }]);
    expect((await chart(body, { interval: 'TOTAL' })).series).toMatchObject([{ total: 40, values: [] }]);
  });

  it('is no big number where there are several', async () => {
    const rows = [
      [ALL, at('2026-10-05'), 1],
      ['新访问用户', at('2026-10-05'), 1],
    ];
    const body = report([AUDIENCE, TIME, metric('用户量')], rows, { aggregator: { values: [40, 38] } });
    expect(shown(await chart(body))).toMatchObject([{ total: null }, { total: null }]);
  });

  it('is there for a big number of nobody', async () => {
    const body = report([AUDIENCE, TIME, metric('用户量')], [], { aggregator: { values: [0, null] } });
    expect(shown(await chart(body))).toEqual([{ name: '用户量', of: '', total: 0, values: [null, null, null] }]);
  });
});

describe('A comparison', () => {
  const meta = [AUDIENCE, TIME, metric('用户量')];
  const CURRENT = report(meta, [[ALL, at('2026-10-05'), 5]], { aggregator: { values: [9, 7] } });

  /** An answer for October 2026, and another for everything before. */
  const both =
    (previous: unknown) =>
    ({ query }: { readonly query: Readonly<Record<string, string>> }) => ({
      body: query['startTime'] === String(at('2026-10-05')) ? CURRENT : previous,
    });

  it('asks for both periods, and takes the number before from the big number', async () => {
    const previous = report(meta, [[ALL, at('2026-10-03'), 3]], { aggregator: { values: [8, 1] } });
    await using growingio = await startGrowingio(both(previous));
    expect(await growingio.chart({ comparedTo: 'PREVIOUS_PERIOD' })).toMatchObject({
      series: [{ total: 9, previousTotal: 7, values: [5, null, null], previous: [null, 3, null] }],
    });
    expect(growingio.server.asked.map(({ query }) => query['endTime']).sort()).toEqual([
      String(at('2026-10-05') - 1),
      String(at('2026-10-08') - 1),
    ]);
  });

  it('with the year before takes its number from the answer for that year', async () => {
    const previous = report(meta, [[ALL, at('2025-10-06'), 3]], { aggregator: { values: [8, 1] } });
    await using growingio = await startGrowingio(both(previous));
    expect(await growingio.chart({ comparedTo: 'SAME_PERIOD_LAST_YEAR' })).toMatchObject({
      series: [{ total: 9, previousTotal: 8, previous: [null, 3, null] }],
    });
  });

  it('with a period of nobody has the groups of the other', async () => {
    await using growingio = await startGrowingio(both(report(meta, [])));
    const { series } = await growingio.chart({ comparedTo: 'SAME_PERIOD_LAST_YEAR' });
    expect(series.map(({ dimensions, values, previous }) => [dimensions[0]?.value, values, previous])).toEqual([
      ['all visitors', [5, null, null], [null, null, null]],
    ]);
  });

  it('keeps a group that only one of the periods has', async () => {
    const previous = report(meta, [['新访问用户', at('2026-10-02'), 3]]);
    await using growingio = await startGrowingio(both(previous));
    const { series } = await growingio.chart({ comparedTo: 'PREVIOUS_PERIOD' });
    expect(series.map(({ dimensions, values, previous }) => [dimensions[0]?.value, values, previous])).toEqual([
      ['all visitors', [5, null, null], [null, null, null]],
      ['new visitors', [null, null, null], [3, null, null]],
    ]);
  });
});

describe('The unit of a metric', () => {
  it.each([
    ['跳出率', 'FRACTION'],
    ['下单转化率', 'FRACTION'],
    ['频率', 'NUMBER'],
    ['访问用户量', 'DISTINCT_COUNT'],
    ['登录用户量', 'DISTINCT_COUNT'],
    ['访问量', 'COUNT'],
    ['页面浏览量', 'COUNT'],
    ['每次访问页面浏览量', 'NUMBER'],
    ['人均访问次数', 'NUMBER'],
    ['平均访问时长', 'NUMBER'],
    ['GMV', 'NUMBER'],
  ])('%s is %s, by its name', async (name, unit) => {
    const { series } = await chart(report([metric(name)], [[1]]));
    expect(series).toMatchObject([{ unit, currency: null }]);
  });

  it('is a fraction even where the project writes percentages', async () => {
    const body = report([metric('跳出率'), metric('访问量')], [[41.27, 200]]);
    expect(shown(await chart(body, {}, { rates: 'percent' }))).toMatchObject([{ total: 0.4127 }, { total: 200 }]);
    expect(shown(await chart(body))).toMatchObject([{ total: 41.27 }, { total: 200 }]);
  });
});

describe('A chart that is not as documented', () => {
  const meta = [AUDIENCE, TIME, metric('用户量')];
  const day = at('2026-10-05');

  it.each([
    ['a row longer than meta', report(meta, [[ALL, day, 1, 2]]), 'data[0]: expected at most 3 cells'],
    [
      'a row that ends before its dimensions',
      report(meta, [[ALL, day, 1], [ALL]]),
      'data[1]: expected at least 2 cells',
    ],
    ['a row that is none', report(meta, [{ a: 1 }]), 'data[0]: expected array'],
    ['a cell that is an object', report(meta, [[ALL, day, {}]]), 'data[0][2]: expected a text, a number or null'],
    ['a number in words', report(meta, [[ALL, day, '12 %']]), 'data[0][2]: expected a number'],
    ['an empty text for a number', report(meta, [[ALL, day, '']]), 'data[0][2]: expected a number'],
    ['a time in words', report(meta, [[ALL, '2026-10-05', 1]]), 'data[0][1]: expected a time in milliseconds'],
    ['a time in seconds', report(meta, [[ALL, day / 1000, 1]]), 'data[0]: expected a time within what was asked for'],
    ['a time before the period', report(meta, [[ALL, day - 1, 1]]), 'data[0]: expected a time within'],
    ['a time behind the period', report(meta, [[ALL, at('2026-10-08'), 1]]), 'data[0]: expected a time within'],
    [
      'two rows of one day',
      report(meta, [
        [ALL, day, 1],
        [ALL, day + 1, 2],
      ]),
      'data[1]: expected one row for each time',
    ],
    [
      'two rows without time',
      report(
        [AUDIENCE, metric('a')],
        [
          [ALL, 1],
          [ALL, 2],
        ],
      ),
      'data[1]: expected one row',
    ],
    [
      'a column that is both',
      report([{ name: 'a', metric: true, dimension: true }], []),
      'meta[0]: expected a dimension or a metric',
    ],
    ['a column that is neither', report([{ name: 'a' }], []), 'meta[0]: expected a dimension or a metric'],
    ['rows that are no list', { ...report(meta, []), data: {} }, 'data: expected array'],
    ['no columns', { ...report([], []), meta: undefined }, 'meta: expected array'],
    [
      'a big number in words',
      report([metric('a')], [[1]], { aggregator: { values: ['forty'] } }),
      'aggregator.values[0]: expected a number',
    ],
  ])('is refused for %s, with the place and not the payload', async (_title, body, words) => {
    const error = await failureOf(chart(body));
    expect(error).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
    expect(error.message).toContain(words);
    expect(error.message).not.toMatch(/全部访问用户|12 %|forty/);
  });

  it('is refused for a month of thirty days, which would hide another', async () => {
    const rows = ['2026-01-01', '2026-01-31', '2026-03-02'].map((start) => [ALL, at(start), 1]);
    const question = { days: ['2026-01-01', '2026-03-31'], interval: 'MONTH' } as const;
    expect(await failureOf(chart(report(meta, rows), question))).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
  });
});
