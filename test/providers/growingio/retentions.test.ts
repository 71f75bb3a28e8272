import { describe, expect, it } from 'vitest';
import type { RetentionResult } from '../../../src/analytics/retention.ts';
import { failureOf } from '../../support/failure-of.ts';
import { at, dimension, EXPORTER, metric, report, startGrowingio, type Question } from './start-growingio.ts';

const RETENTION = `${EXPORTER}/retentions/c1AbCdEf`;
const DIMENSIONS = ['目标用户', '对比值', '用户行为', '时间'].map(dimension);
const NEW = '新访问用户';
const ANY = '任意行为';

const columns = (...labels: string[]) => [
  metric('留存人数'),
  ...labels.flatMap((label) => [metric(label), metric(`${label}留存率`)]),
];
const META = [...DIMENSIONS, ...columns('当日', '次日', '2日后')];
const row = (time: unknown, ...numbers: unknown[]) => [NEW, '', ANY, time, ...numbers];

async function retention(
  body: unknown,
  question: Question & { readonly offsets?: number } = {},
  { config = {}, now = '2026-11-15T12:00:00Z' }: { readonly config?: object; readonly now?: string } = {},
): Promise<RetentionResult> {
  await using growingio = await startGrowingio({ [RETENTION]: body }, { ...config }, now);
  return await growingio.retention(question);
}

/** Each row as its cohort, its size, and offset, count and rate of its cells. */
const shown = ({ rows }: RetentionResult) =>
  rows.map(({ cohort, size, cells }) => [
    cohort,
    size,
    ...cells.map(({ offset, count, rate }) => [offset, count, rate]),
  ]);

const DAYS = [
  row(at('2026-10-05'), 500.0, 500.0, 1.0, 130.0, 0.26, 90.0, 0.18),
  row(at('2026-10-06'), 480, 480, 1, 120, 0.25),
  row(at('2026-10-07'), 0, 0, null),
];

describe('The request of a retention', () => {
  it.each([
    ['DAY', 'day'],
    ['WEEK', 'week'],
    ['MONTH', 'month'],
  ] as const)('says %s by its word', async (interval, range) => {
    await using growingio = await startGrowingio({ [RETENTION]: report(META, []) });
    await growingio.retention({ interval });
    const times = { startTime: '1791129600000', endTime: '1791388799999' };
    expect(growingio.server.asked.map(({ query }) => query)).toEqual([{ ...times, range }]);
  });

  it('goes to the statistics API with the version of 2024', async () => {
    const path = '/v2/projects/pRoj3ct1/retentions/c1AbCdEf.json';
    await using growingio = await startGrowingio({ [path]: report(META, DAYS) }, { apiVersion: '2024' });
    expect((await growingio.retention()).rows).toHaveLength(3);
  });
});

describe('The rows of a retention', () => {
  it('are cohorts with the cells that have come', async () => {
    expect(shown(await retention(report(META, DAYS)))).toEqual([
      ['2026-10-05', 500, [0, 500, 1], [1, 130, 0.26], [2, 90, 0.18]],
      ['2026-10-06', 480, [0, 480, 1], [1, 120, 0.25]],
      ['2026-10-07', 0, [0, 0, null]],
    ]);
  });

  it('drop a comparison that there is not, and name the rest in our words', async () => {
    const { rows, groupsOverlap } = await retention(report(META, DAYS));
    expect(groupsOverlap).toBeUndefined();
    expect(rows[0]?.dimensions).toEqual([
      { dimension: 'audience', nativeDimension: '目标用户', value: 'new visitors', nativeValue: NEW },
      { dimension: 'behavior', nativeDimension: '用户行为', value: ANY },
    ]);
  });

  it('keep a comparison, and say that its groups overlap', async () => {
    const rows = [
      [NEW, '上海', ANY, at('2026-10-05'), 5, 5, 1],
      [NEW, '', ANY, at('2026-10-05'), 9, 9, 1],
      [NEW, null, ANY, at('2026-10-06'), 9, 9, 1],
    ];
    const result = await retention(report(META, rows));
    expect(result.groupsOverlap).toBe(true);
    expect(result.rows.map(({ dimensions }) => dimensions[1])).toEqual([
      { dimension: 'comparison_value', nativeDimension: '对比值', value: '上海' },
      { dimension: 'comparison_value', nativeDimension: '对比值', value: null },
      { dimension: 'comparison_value', nativeDimension: '对比值', value: null },
    ]);
  });

  it('begin with that of all cohorts, whose rate is GrowingIO’s own', async () => {
    // 140 of the 400 whose second day has come: of all 900 it would be less.
    const total = row('全部', 900, 900, 1, 140, 0.35);
    const result = await retention(report(META, [...DAYS, total]));
    expect(result.rows[0]).toMatchObject({ cohort: null, isTotal: true, size: 900 });
    expect(shown(result)[0]).toEqual([null, 900, [0, 900, 1], [1, 140, 0.35]]);
    expect(result.rows.slice(1).map(({ isTotal }) => isTotal)).toEqual([false, false, false]);
  });

  it('are in order of time, whatever theirs', async () => {
    const { rows } = await retention(report(META, DAYS.toReversed()));
    expect(rows.map(({ cohort }) => cohort)).toEqual(['2026-10-05', '2026-10-06', '2026-10-07']);
  });

  it('are weeks that begin on Monday, even before the period', async () => {
    // 2026-10-07 is a Wednesday.
    const rows = [row(at('2026-10-05'), 7, 7, 1), row(at('2026-10-12'), 8, 8, 1)];
    const meta = [...DIMENSIONS, ...columns('当周', '次周')];
    const result = await retention(report(meta, rows), { days: ['2026-10-07', '2026-10-18'], interval: 'WEEK' });
    expect(result.rows.map(({ cohort }) => cohort)).toEqual(['2026-10-05', '2026-10-12']);
  });
});

describe('The cells of a retention', () => {
  it.each([
    ['当日', '次日', '2日后', '29日后'],
    ['当周', '次周', '2周后', '29周后'],
    ['当月', '次月', '2月后', '29月后'],
    ['当天', '1天后', '2天后', '29天后'],
    ['当日留存', '次日留存', '2日留存', '29日留存'],
    ['第0日', '第1日', '第2日', '第29日'],
    ['0日', '1日', '2日', '29日'],
  ])('are numbered where they are called %s, %s, %s, %s', async (...labels) => {
    const meta = [
      ...DIMENSIONS,
      metric('留存人数'),
      ...labels.flatMap((label) => [metric(label), metric(`${label.replace(/留存$/, '')}留存率`)]),
    ];
    const rows = [row(at('2026-10-05'), 10, 10, 1, 5, 0.5, 4, 0.4, 3, 0.3)];
    expect(shown(await retention(report(meta, rows)))).toEqual([
      ['2026-10-05', 10, [0, 10, 1], [1, 5, 0.5], [2, 4, 0.4], [29, 3, 0.3]],
    ]);
  });

  it('are there with nothing in them where GrowingIO writes null, and absent where it writes nothing', async () => {
    const rows = [row(at('2026-10-05'), 500, 500, 1, null, null)];
    expect((await retention(report(META, rows))).rows[0]?.cells).toEqual([
      { offset: 0, count: 500, rate: 1, isComplete: true },
      { offset: 1, count: null, rate: null, isComplete: false },
    ]);
  });

  it('have a rate alone where there is no count, as a fraction', async () => {
    const rows = [row(at('2026-10-05'), 500, 500, 100, null, 26)];
    const cells = [
      [0, 500, 1],
      [1, null, 0.26],
    ];
    expect(shown(await retention(report(META, rows), {}, { config: { rates: 'percent' } }))).toEqual([
      ['2026-10-05', 500, ...cells],
    ]);
  });

  it('end with the offset that is asked for', async () => {
    expect(shown(await retention(report(META, DAYS), { offsets: 1 }))[0]).toEqual([
      '2026-10-05',
      500,
      [0, 500, 1],
      [1, 130, 0.26],
    ]);
  });

  it('are complete once their day is over and counted', async () => {
    const completeAt = async (now: string) =>
      (await retention(report(META, DAYS), {}, { now })).rows.map(({ cells }) => cells.map((cell) => cell.isComplete));
    // 12:00 in Beijing on the 8th: the 7th is counted, the 8th is not over.
    expect(await completeAt('2026-10-08T04:00:00Z')).toEqual([[true, true, true], [true, true], [true]]);
    // 03:59 in Beijing: the 7th is being worked out.
    expect(await completeAt('2026-10-07T19:59:00Z')).toEqual([[true, true, false], [true, false], [false]]);
    expect(await completeAt('2026-10-07T20:00:00Z')).toEqual([[true, true, true], [true, true], [true]]);
  });

  it('of all cohorts are complete once those of the youngest are', async () => {
    const rows = [row('全部', 900, 900, 1, 140, 0.35, 90, 0.1)];
    const { rows: read } = await retention(report(META, rows), {}, { now: '2026-10-09T04:00:00Z' });
    // The youngest came on the 7th: only its 7th and 8th are over.
    expect(read[0]?.cells.map(({ isComplete }) => isComplete)).toEqual([true, true, false]);
  });
});

describe('A retention that is not as documented', () => {
  const good = row(at('2026-10-05'), 5, 5, 1);
  it.each([
    ['no size', report([...DIMENSIONS, ...columns('当日').slice(1)], []), 'a column 留存人数'],
    [
      'a label that says no offset',
      report([...DIMENSIONS, ...columns('当日', '流失')], []),
      'meta[7]: expected the name',
    ],
    [
      'an offset twice',
      report([...DIMENSIONS, ...columns('次日', '1日后')], []),
      'meta[7]: expected an offset that no',
    ],
    [
      'ordinals without a zero',
      report([...DIMENSIONS, ...columns('第1日', '第2日')], []),
      'meta[5]: expected offsets that begin',
    ],
    ['two rows of a cohort', report(META, [good, good]), 'data[1]: expected one row'],
    ['two rows of all cohorts', report(META, [row(0, 5), row('合计', 5)]), 'data[1]: expected one row'],
    ['a cohort that was not asked for', report(META, [row(at('2026-10-04'), 5)]), 'data[0]: expected a time within'],
    ['a range that is missing', { ...report(META, []), range: null }, 'range: expected string'],
  ])('is refused for %s', async (_title, body, words) => {
    const error = await failureOf(retention(body));
    expect(error).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
    expect(error.message).toContain(words);
  });
});
