import { describe, expect, it } from 'vitest';

import growingio from '../../src/sandbox/growingio/index.ts';
import { replaceEvents } from '../../src/sandbox/own-events.ts';
import { parseOwnEvents } from '../../src/sandbox/own-events/own-events-file.ts';
import { daysFrom, midnight, NOON, PROJECT, startGrowingioClient, world } from './growingio-client.ts';
import type { GrowingioClient, Json } from './growingio-client.ts';

function startWith(lines: readonly string[]): Promise<GrowingioClient> {
  return startGrowingioClient({ world: replaceEvents(world, parseOwnEvents(lines.join('\n'), 'own.csv')) });
}

describe('the sandbox of GrowingIO', () => {
  it('describes itself as a data source', async () => {
    const { baseUrl, dataSource, close } = await growingio.start({ world, clock: () => NOON });
    await close();
    expect(growingio.id).toBe('growingio');
    expect(dataSource).toEqual({
      key: 'sandbox-growingio',
      name: 'Sandbox (GrowingIO)',
      provider: 'growingio',
      baseUrl,
      projectId: expect.stringMatching(/^[0-9A-Za-z]{8}$/),
      accountId: expect.stringMatching(/^[0-9a-f]{16}$/),
      publicKey: expect.any(String),
      privateKey: expect.any(String),
      apiVersion: '2026',
      downloadHosts: [expect.stringMatching(/^127\.0\.0\.1:\d+$/)],
      allowPrivateNetwork: true,
    });
  });

  it('answers from own events', async () => {
    const own = await startWith([
      'user_id,event,time,country,revenue',
      '00123,open,2026-11-01T00:00:00+08:00,CN,',
      '00123,purchase,2026-11-01T23:59:59+08:00,CN,9.99',
      '00124,open,2026-11-02T00:00:00+08:00,,',
      '00123,open,2026-11-03T12:00:00+08:00,CN,',
    ]);
    const days = daysFrom('2026-11-01', '2026-11-03');
    const daily = await own.report('charts/Kd82LmQz', days);
    const payments = await own.report('charts/kd82LmQz', days);
    const retention = await own.report('retentions/R7gHv2Nk', days);
    const paid = (await own.get(`${PROJECT}/segmentations/s1QhY7Mf/users.csv`)).text;
    await own.close();
    const [first, second, third] = ['2026-11-01', '2026-11-02', '2026-11-03'].map(midnight);
    expect(daily.data).toEqual([
      ['全部访问用户', first, 1, 2, 0],
      ['全部访问用户', second, 1, 1, 0],
      ['全部访问用户', third, 1, 1, 0],
    ]);
    expect(payments.data).toEqual([[first, '全部访问用户', 9.99, 1, 1]]);
    expect(retention.data).toEqual([
      ['新访问用户', '', '任意行为', '全部', 2, 2, 1, 0, 0, 1, 1],
      ['新访问用户', '', '任意行为', first, 1, 1, 1, 0, 0, 1, 1],
      ['新访问用户', '', '任意行为', second, 1, 1, 1, 0, 0],
    ]);
    expect(paid).toBe('cs1\tname\tcountry\tplatform\n00123\t\tCN\t\n');
  });

  it('goes through steps as the events stand, until midnight in Beijing', async () => {
    const own = await startWith([
      'user_id,event,time',
      // Everything in one millisecond, in order.
      'together,sign_up,2026-11-01T12:00:00+08:00',
      'together,onboarding_complete,2026-11-01T12:00:00+08:00',
      // The same, the other way round.
      'reversed,onboarding_complete,2026-11-01T12:00:00+08:00',
      'reversed,sign_up,2026-11-01T12:00:00+08:00',
      'in time,sign_up,2026-11-01T00:00:00+08:00',
      'in time,onboarding_complete,2026-11-01T23:59:59.999+08:00',
      'late,sign_up,2026-11-01T23:59:59.999+08:00',
      'late,onboarding_complete,2026-11-02T00:00:00+08:00',
    ]);
    const peopleOf = async (conversionWindow: number): Promise<number[]> => {
      const query = { ...daysFrom('2026-11-01', '2026-11-05'), conversionWindow };
      const [total] = (await own.report('funnels/f8SjC1xO', query)).data;
      return [total[3], total[5]];
    };
    const people = [await peopleOf(1), await peopleOf(2)];
    await own.close();
    expect(people).toEqual([
      [4, 2],
      [4, 3],
    ]);
  });

  it('has somebody once in a cohort, and in as many cohorts as they began', async () => {
    const own = await startWith([
      'user_id,event,time,platform,revenue',
      'twice,purchase,2026-11-02T10:00:00+08:00,iOS,5',
      'twice,purchase,2026-11-02T11:00:00+08:00,iOS,5',
      'twice,subscription_renewed,2026-11-03T11:00:00+08:00,iOS,5',
      'twice,purchase,2026-11-03T12:00:00+08:00,iOS,5',
      'unknown,purchase,2026-11-03T12:00:00+08:00,,5',
    ]);
    const { data } = await own.report('retentions/r0PzA6Le', daysFrom('2026-11-02', '2026-11-03'));
    await own.close();
    const [first, second] = ['2026-11-02', '2026-11-03'].map(midnight);
    expect(data.map((row: Json) => row.slice(1))).toEqual([
      ['iOS', '任意行为', first, 1, 1, 1, 1, 1],
      ['iOS', '续订', first, 1, 0, 0, 1, 1],
      ['iOS', '任意行为', second, 1, 1, 1],
      ['iOS', '续订', second, 1, 1, 1],
      ['不适用', '任意行为', second, 1, 1, 1],
      ['不适用', '续订', second, 1, 0, 0],
    ]);
  });
});
