import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { PROJECT, startGrowingioClient } from './growingio-client.ts';
import type { GrowingioClient, Json } from './growingio-client.ts';

let growingio: GrowingioClient;
let old: GrowingioClient;

beforeAll(async () => {
  growingio = await startGrowingioClient();
  old = await startGrowingioClient({ apiVersion: '2024' });
});
afterAll(() => Promise.all([growingio.close(), old.close()]));

const list = async (client: GrowingioClient): Promise<Json> => (await client.get(`${PROJECT}/dashboards.json`)).body;
const read = async (client: GrowingioClient, id: string): Promise<Json> =>
  (await client.get(`${PROJECT}/dashboards/${id}.json`)).body;

describe('the dashboards of GrowingIO', () => {
  it('have the documented fields', async () => {
    const [first] = await list(growingio);
    expect(first).toEqual({
      id: 'd4Kx01Zq',
      name: '增长周报',
      type: 'normal',
      createdAt: '2026-08-12',
      updatedAt: '2026-11-18',
      scope: 'project',
      updater: '李雷',
      creator: '王芳',
    });
  });

  it('come with the last change first', async () => {
    const dates = (await list(growingio)).map(({ updatedAt }: Json) => updatedAt);
    expect(dates).toHaveLength(3);
    expect(dates).toEqual([...dates].sort().reverse());
    for (const date of dates) expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it('have ids of eight letters and digits', async () => {
    const ids = [];
    for (const { id } of await list(growingio)) {
      ids.push(id, ...(await read(growingio, id)).charts.map((chart: Json) => chart.id));
    }
    for (const id of ids) expect(id).toMatch(/^[0-9A-Za-z]{8}$/);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length - 1);
  });

  it('hold charts, a funnel and a retention', async () => {
    const { id, name, charts } = await read(growingio, 'd4Kx01Zq');
    expect([id, name]).toEqual(['d4Kx01Zq', '增长周报']);
    expect(charts[0]).toEqual({
      id: 'Kd82LmQz',
      name: '日活',
      createor: '王芳',
      createdAt: '2026-08-12',
      resource_type: 'chart',
    });
    expect(charts.map((chart: Json) => chart.resource_type)).toEqual([
      'chart',
      'chart',
      'chart',
      'funnel',
      'retention',
    ]);
  });

  it('do not always say what a chart is in 2026', async () => {
    const { charts } = await read(growingio, 'W8bTn5Jy');
    const kinds = charts.map((chart: Json) => chart.resource_type);
    expect(kinds.filter((kind: unknown) => kind === undefined)).toHaveLength(1);
    expect(charts.find((chart: Json) => !('resource_type' in chart)).id).toBe('Hb7cF2uJ');
    expect(new Set(kinds)).toEqual(new Set(['chart', undefined, 'funnel', 'retention', 'frequency']));
  });

  it('say it in 2024, of three kinds', async () => {
    const { charts } = await read(old, 'W8bTn5Jy');
    const kinds = charts.map((chart: Json) => chart.resource_type);
    expect(new Set(kinds)).toEqual(new Set(['chart', 'funnel', 'retention']));
  });

  it('may be empty', async () => {
    expect((await list(growingio)).at(-1).type).toBe('realtimeV2');
    expect(await read(growingio, 'z6LcE2Ro')).toEqual({ id: 'z6LcE2Ro', name: '实时大屏', charts: [] });
  });

  it('lead to reports of the same name', async () => {
    for (const dashboard of ['d4Kx01Zq', 'W8bTn5Jy']) {
      for (const { id, name, resource_type: kind } of (await read(growingio, dashboard)).charts) {
        if (kind === 'frequency') continue;
        const report = await growingio.report(`${kind ?? 'chart'}s/${id}`, {});
        expect([report.id, report.name]).toEqual([id, name]);
      }
    }
  });
});

describe('the rules of GrowingIO', () => {
  it('have commas in 2026, also within names', async () => {
    const { headers, text } = await growingio.get(`${PROJECT}/rules.csv`);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [header, ...lines] = text.trimEnd().split('\n');
    expect(header).toBe('ruleId,eventName,eventType');
    expect(lines).toContain('e81f0593,购买, 立即开通,clck');
    for (const line of lines) expect(line).toMatch(/^[0-9a-f]{8},.+,(page|imp|clck|chng|sbmt)$/);
    const types = new Set(lines.map((line) => line.split(',').at(-1)));
    expect(types).toEqual(new Set(['page', 'imp', 'clck', 'chng', 'sbmt']));
  });

  it('have tabs in 2024', async () => {
    const { text } = await old.get(`${PROJECT}/rules.csv`);
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(rows[0]).toEqual(['ruleId', 'eventName', 'eventType']);
    expect(rows).toContainEqual(['e81f0593', '购买, 立即开通', 'clck']);
    expect(rows.filter(([, name]) => name === '注册').map(([, , type]) => type)).toEqual(['page', 'sbmt']);
  });
});
