import { describe, expect, it } from 'vitest';
import type { FunnelResult } from '../../../src/analytics/funnels.ts';
import { failureOf } from '../../support/failure-of.ts';
import { at, dimension, EXPORTER, metric, report, startGrowingio, type Question } from './start-growingio.ts';

const FUNNEL = `${EXPORTER}/funnels/c1AbCdEf`;
const DAY_MS = 86_400_000;
const ALL = '全部登录用户';
const NEW = '新登录用户';

const META = [
  dimension('目标用户'),
  dimension('时间'),
  metric('总转化率'),
  ...['第一步', '第二步', '最后一步'].flatMap((step) => [metric(`${step}人数`), metric(`${step}转化率`)]),
];

/** A row of the funnel above, with rates that say nothing. */
const row = (audience: string, time: unknown, counts: readonly unknown[]) => [
  audience,
  time,
  0.125,
  ...counts.flatMap((count) => [count, 0.5]),
];

async function funnel(
  body: unknown,
  question: Question & { readonly windowMs?: number } = {},
  config: Readonly<Record<string, unknown>> = {},
): Promise<FunnelResult> {
  await using growingio = await startGrowingio({ [FUNNEL]: body }, config);
  return await growingio.funnel(question);
}

const counts = ({ steps }: { readonly steps: FunnelResult['steps'] }) => steps.map(({ count }) => count);

/** Group, start and counts of each group, in order. */
const groups = (result: FunnelResult) =>
  result.groups.map((group) => [group.dimensions[0]?.value, group.at, counts(group)]);

const NOBODY_SAYS = [null, null, null];

describe('The request of a funnel', () => {
  it('says the window in days, and none where none is asked for', async () => {
    await using growingio = await startGrowingio({ [FUNNEL]: report(META, []) });
    await growingio.funnel({ windowMs: 7 * DAY_MS });
    await growingio.funnel();
    const times = { startTime: '1791129600000', endTime: '1791388799999' };
    expect(growingio.server.asked.map(({ query }) => query)).toEqual([{ ...times, conversionWindow: '7' }, times]);
  });

  it('goes to the statistics API with the version of 2024', async () => {
    const path = '/v2/projects/pRoj3ct1/funnels/c1AbCdEf.json';
    const body = report(META, [row(ALL, '全部', [8, 4, 2])]);
    await using growingio = await startGrowingio({ [path]: body }, { apiVersion: '2024' });
    expect(counts(await growingio.funnel())).toEqual([8, 4, 2]);
  });
});

describe('The steps of a funnel', () => {
  it('are numbered in our words, with GrowingIO’s beside them', async () => {
    const { steps } = await funnel(report(META, [row(ALL, '全部', [800, '100', 20.0])]));
    const none = { medianTimeFromPreviousMs: null };
    expect(steps).toEqual([
      { name: 'Step 1', nativeName: '第一步', count: 800, ...none },
      { name: 'Step 2', nativeName: '第二步', count: 100, ...none },
      { name: 'Step 3', nativeName: '最后一步', count: 20, ...none },
    ]);
  });

  it('are called after their events where GrowingIO says those, twice the same too', async () => {
    const meta = [
      dimension('时间'),
      ...['浏览', '浏览'].flatMap((name) => [metric(`${name}人数`), metric(`${name}转化率`)]),
    ];
    const { steps } = await funnel(report(meta, [['全部', 9, 0.5, 3, 0.5]]));
    expect(steps.map(({ name, nativeName, count }) => [name, nativeName, count])).toEqual([
      ['浏览', undefined, 9],
      ['浏览', undefined, 3],
    ]);
  });

  it('need no rate behind them', async () => {
    const meta = [dimension('时间'), metric('第1步人数'), metric('第12步人数')];
    const { steps } = await funnel(report(meta, [[0, 9, 3]]));
    expect(steps.map(({ nativeName, count }) => [nativeName, count])).toEqual([
      ['第1步', 9],
      ['第12步', 3],
    ]);
  });

  it('are null where a row ends early', async () => {
    const short = row(ALL, '全部', [8, 4, 2]).slice(0, 5);
    expect(counts(await funnel(report(META, [short])))).toEqual([8, null, null]);
  });

  it.each([
    ['a rate without a step', [metric('第一步转化率'), metric('第一步人数'), metric('第二步人数')], 'meta[0]'],
    ['two rates behind a step', [metric('a人数'), metric('a转化率'), metric('b转化率'), metric('c人数')], 'meta[2]'],
    ['a column of something else', [metric('a人数'), metric('b人数'), metric('中位时间')], 'meta[2]'],
    ['one step', [metric('a人数'), metric('a转化率')], 'at least two steps'],
  ])('are refused for %s', async (_title, meta, words) => {
    const error = await failureOf(funnel(report(meta, [])));
    expect(error).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
    expect(error.message).toContain(words);
  });
});

describe('The whole of a funnel', () => {
  const days = [row(ALL, at('2026-10-05'), [5, 4, 3]), row(ALL, at('2026-10-06'), [6, 5, 4])];

  it('is the row of all times, and days are not summed', async () => {
    const result = await funnel(report(META, [...days, row(ALL, 0, [9, 7, 5])]));
    expect(counts(result)).toEqual([9, 7, 5]);
    expect(result).toMatchObject({ groups: [], freshness: { completeness: 'COMPLETE' } });
  });

  it('is missing where GrowingIO gives days only, and the answer says so', async () => {
    const result = await funnel(report(META, days));
    expect(counts(result)).toEqual(NOBODY_SAYS);
    expect(result).toMatchObject({ groups: [], freshness: { completeness: 'PARTIAL' } });
    expect(counts(await funnel(report(META, days.slice(0, 1))))).toEqual(NOBODY_SAYS);
  });

  it('is the only day of a period of one day', async () => {
    const result = await funnel(report(META, days.slice(0, 1)), { days: ['2026-10-05', '2026-10-05'] });
    expect(counts(result)).toEqual([5, 4, 3]);
    expect(result.freshness.completeness).toBe('COMPLETE');
  });

  it('is unknown where there is no row at all', async () => {
    expect(await funnel(report(META, []))).toMatchObject({
      steps: [{ count: null }, { count: null }, { count: null }],
      freshness: { completeness: 'PARTIAL' },
    });
  });

  it('states the window that was applied, in milliseconds', async () => {
    const result = await funnel(report(META, [], { conversionWindow: 3 }));
    expect(result.conversionWindowMs).toBe(259_200_000);
  });
});

describe('The groups of a funnel', () => {
  const twoAudiences = [
    row(ALL, '全部', [9, 7, 5]),
    row(NEW, '全部', [4, 3, 2]),
    row(ALL, at('2026-10-06'), [6, 5, 4]),
    row(ALL, at('2026-10-05'), [5, 4, 3]),
    row(NEW, at('2026-10-05'), [2, 1, 0]),
  ];

  it('are the audiences, and nobody says how many there are of both together', async () => {
    const result = await funnel(report(META, twoAudiences));
    expect(counts(result)).toEqual(NOBODY_SAYS);
    expect(groups(result)).toEqual([
      ['all signed-in users', null, [9, 7, 5]],
      ['new signed-in users', null, [4, 3, 2]],
    ]);
    expect(result.freshness.completeness).toBe('COMPLETE');
  });

  it('are the days of each audience where days are asked for', async () => {
    const result = await funnel(report(META, twoAudiences), { interval: 'DAY' });
    expect(groups(result)).toEqual([
      ['all signed-in users', '2026-10-05T00:00:00+08:00', [5, 4, 3]],
      ['all signed-in users', '2026-10-06T00:00:00+08:00', [6, 5, 4]],
      ['new signed-in users', '2026-10-05T00:00:00+08:00', [2, 1, 0]],
    ]);
    expect(result.freshness.completeness).toBe('COMPLETE');
  });

  it('stand beside the whole where there is one audience', async () => {
    const result = await funnel(
      report(
        META,
        twoAudiences.filter(([audience]) => audience === ALL),
      ),
      { interval: 'DAY' },
    );
    expect(counts(result)).toEqual([9, 7, 5]);
    expect(groups(result)).toHaveLength(2);
  });

  it('say PARTIAL where one of them has no row of all times', async () => {
    const result = await funnel(report(META, twoAudiences.slice(1)));
    expect(groups(result)).toEqual([
      ['new signed-in users', null, [4, 3, 2]],
      ['all signed-in users', null, NOBODY_SAYS],
    ]);
    expect(result.freshness.completeness).toBe('PARTIAL');
  });

  it.each([
    ['two rows of all times', [row(ALL, 0, [1, 1, 1]), row(ALL, '全部', [1, 1, 1])], 'data'],
    [
      'two rows of a day',
      [row(ALL, at('2026-10-05'), [1, 1, 1]), row(ALL, at('2026-10-05', '03'), [1, 1, 1])],
      'data[1]',
    ],
    ['a day that was not asked for', [row(ALL, at('2026-10-08'), [1, 1, 1])], 'data[0]'],
  ])('are refused for %s', async (_title, rows, place) => {
    const error = await failureOf(funnel(report(META, rows), { interval: 'DAY' }));
    expect(error).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
    expect(error.message).toContain(place);
  });
});
