import { describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failure-of.ts';
import { startGrowingio, type Growingio } from './start-growingio.ts';

const LIST = '/projects/pRoj3ct1/dashboards.json';
const ONE = '/projects/pRoj3ct1/dashboards/d4Kx01Zq.json';

function dashboardsOf({ connection }: Growingio) {
  const { dashboards } = connection.capabilities;
  if (!dashboards) throw new Error('There are dashboards.');
  return dashboards;
}

async function listed(entry: object) {
  await using growingio = await startGrowingio({ [LIST]: [entry] });
  return (await dashboardsOf(growingio).listDashboards(growingio.deadline()))[0];
}

async function charts(...entries: object[]) {
  await using growingio = await startGrowingio({ [ONE]: { id: 'd4Kx01Zq', name: '增长周报', charts: entries } });
  return await dashboardsOf(growingio).listCharts('d4Kx01Zq', growingio.deadline());
}

describe('A dashboard', () => {
  const bare = { id: 'd4Kx01Zq', name: '增长周报' };

  it('has nothing where GrowingIO says nothing', async () => {
    expect(await listed(bare)).toEqual({
      nativeId: 'd4Kx01Zq',
      name: '增长周报',
      kind: null,
      scope: null,
      creator: null,
      updater: null,
      createdAt: null,
      updatedAt: null,
    });
  });

  it.each([
    ['2026-01-02', '2026-01-02'],
    ['2026-01-02 23:59:59', '2026-01-02'],
    // 2026-01-03 00:30 in Beijing.
    [1_767_371_400_000, '2026-01-03'],
    ['1767371400000', '2026-01-03'],
    ['yesterday', null],
    ['2026-02-30', null],
    [null, null],
  ])('was made at %s, which is %s', async (createdAt, day) => {
    expect(await listed({ ...bare, createdAt, updatedAt: createdAt })).toMatchObject({
      createdAt: day,
      updatedAt: day,
    });
  });

  it.each([
    ['no list', { dashboards: [] }, 'expected array'],
    ['one without an id', [{ name: 'a' }], '[0].id'],
  ])('is refused in %s', async (_title, body, words) => {
    await using growingio = await startGrowingio({ [LIST]: body });
    const error = await failureOf(dashboardsOf(growingio).listDashboards(growingio.deadline()));
    expect(error).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
    expect(error.message).toContain(words);
  });
});

describe('The charts of a dashboard', () => {
  const bare = { id: 'c1AbCdEf', name: '日活' };

  it('are told by what answers them, and unknown where that is not said', async () => {
    const kinds = ['chart', 'funnel', 'retention', 'frequency', null];
    const all = await charts(...kinds.map((resource_type) => ({ ...bare, resource_type })), bare);
    expect(all.map(({ kind, nativeKind }) => [kind, nativeKind])).toEqual([
      ['METRICS', 'chart'],
      ['FUNNEL', 'funnel'],
      ['RETENTION', 'retention'],
      ['UNKNOWN', 'frequency'],
      ['UNKNOWN', null],
      ['UNKNOWN', null],
    ]);
  });

  it('were made by their createor', async () => {
    const [chart] = await charts({ ...bare, createor: 'Wang', creator: 'Li', createdAt: '2026-03-01' });
    expect(chart).toMatchObject({ nativeId: 'c1AbCdEf', name: '日活', creator: 'Wang', createdAt: '2026-03-01' });
  });

  it('are refused where there is no such dashboard', async () => {
    await using growingio = await startGrowingio({});
    const error = await failureOf(dashboardsOf(growingio).listCharts('nothere1', growingio.deadline()));
    expect(error).toMatchObject({ code: 'PROVIDER_REJECTED' });
    expect(error.message).toContain('Not Found');
  });
});
