import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/analytics/deadline.ts';
import { untilReady } from '../../../src/providers/growingio/until-ready.ts';
import { failureOf } from '../../support/failure-of.ts';
import type { Answered, AskedOf } from './growingio-server.ts';
import { at, dimension, EXPORTER, metric, report, startGrowingio } from './start-growingio.ts';

const DOING = { id: 'job-1', status: 'doing' };
const BODY = report([dimension('时间'), metric('用户量')], [[at('2026-10-05'), 4]]);
const NOW = Date.parse('2026-11-15T12:00:00Z');

/** Not ready for so many times, then this. */
const readyAfter =
  (times: number, body: unknown) =>
  ({ before }: AskedOf): Answered => ({ body: before < times ? DOING : body });

/** A clock on which each sleep is over at once, and that remembers them. */
function hurryingClock(): Clock & { readonly slept: readonly number[] } {
  const slept: number[] = [];
  let now = NOW;
  return {
    slept,
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
  };
}

const deadlineIn = (ms: number, signal = new AbortController().signal) => ({ at: NOW + ms, signal });
const WHAT = 'the report';

describe('An export that is not ready', () => {
  it('is asked for again in the same words, until it is', async () => {
    const clock = hurryingClock();
    await using growingio = await startGrowingio(readyAfter(3, BODY), {}, clock);
    expect((await growingio.chart()).series).toMatchObject([{ values: [4, null, null] }]);
    expect(clock.slept).toEqual([300, 450, 675]);
    const urls = growingio.server.asked.map(({ path, query }) => JSON.stringify([path, query]));
    expect(urls).toHaveLength(4);
    expect(new Set(urls).size).toBe(1);
  });

  it('is waited for longer each time, but never more than five seconds', async () => {
    const clock = hurryingClock();
    let times = 0;
    await untilReady(async () => (++times <= 9 ? null : 'ready'), { clock, what: WHAT }, deadlineIn(60_000));
    expect(clock.slept.map((ms) => Math.round(ms))).toEqual([300, 450, 675, 1013, 1519, 2278, 3417, 5000, 5000]);
  });

  it('is told by its status and not by its id', async () => {
    await using growingio = await startGrowingio({
      [`${EXPORTER}/funnels/c1AbCdEf`]: { ...BODY, id: 'job-1', meta: undefined },
    });
    expect(await failureOf(growingio.funnel())).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
  });

  it('is PROVIDER_TIMEOUT once the next time would be too late, and says that it goes on', async () => {
    const clock = hurryingClock();
    const error = await failureOf(untilReady(async () => null, { clock, what: WHAT }, deadlineIn(800)));
    expect(error).toMatchObject({ code: 'PROVIDER_TIMEOUT', isRetryable: true, retryAfterMs: 5000 });
    expect(error.message).toContain('still preparing the report');
    expect(clock.slept).toEqual([300, 450]);
  });

  it('is PROVIDER_TIMEOUT where time passes in its sleep', async () => {
    const deadline = { at: NOW + 60_000, signal: AbortSignal.timeout(20) };
    const clock: Clock = {
      now: () => NOW,
      sleep: (_ms, signal) => delay(5_000, undefined, { signal }).catch(() => Promise.reject(signal.reason)),
    };
    const error = await failureOf(untilReady(async () => null, { clock, what: WHAT }, deadline));
    expect(error).toMatchObject({ code: 'PROVIDER_TIMEOUT' });
    expect(error.message).toContain('still preparing');
  });

  it('is given up at once when the caller leaves', async () => {
    await using growingio = await startGrowingio(() => ({ body: DOING }));
    const { cohorts } = growingio.connection.capabilities;
    if (!cohorts) throw new Error('There are cohorts.');
    const caller = new AbortController();
    const failing = failureOf(cohorts.readMembers('s7AbCdEf', growingio.deadline(60_000, caller.signal)));
    while (growingio.server.asked.length === 0) await delay(5);
    const leftAt = performance.now();
    caller.abort(new Error('The caller went away'));
    expect(await failing).toMatchObject({ code: 'OPERATION_CANCELLED' });
    expect(performance.now() - leftAt).toBeLessThan(1_000);
  });

  it('is not waited for with the version of 2024', async () => {
    await using growingio = await startGrowingio(() => ({ body: DOING }), { apiVersion: '2024' });
    expect(await failureOf(growingio.chart())).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
    expect(growingio.server.asked).toHaveLength(1);
  });
});

describe('An export that failed', () => {
  it.each([
    [
      'with words',
      { id: 'job-1', status: 'failed', downloadLinks: [], errorMsg: 'try again later' },
      'try again later',
    ],
    ['without', { id: 'job-1', status: 'failed', errorMsg: '' }, 'the export failed'],
  ])('is PROVIDER_REJECTED, %s', async (_title, body, words) => {
    await using growingio = await startGrowingio(readyAfter(1, body), {}, hurryingClock());
    const { cohorts } = growingio.connection.capabilities;
    const asked = cohorts?.readMembers('s7AbCdEf', growingio.deadline());
    const error = await failureOf(Promise.resolve(asked));
    expect(error).toMatchObject({ code: 'PROVIDER_REJECTED' });
    expect(error.message).toContain(words);
    expect(growingio.server.asked).toHaveLength(2);
  });

  it('is PROVIDER_REJECTED in the place of a report, too', async () => {
    await using growingio = await startGrowingio(() => ({ body: { message: 'No such chart', errors: [] } }));
    const error = await failureOf(growingio.chart());
    expect(error).toMatchObject({ code: 'PROVIDER_REJECTED' });
    expect(error.message).toContain('No such chart');
  });

  it('is an invalid answer where it is in a state that nobody documents', async () => {
    await using growingio = await startGrowingio(() => ({ body: { id: 'job-1', status: 'queued' } }));
    expect(await failureOf(growingio.chart())).toMatchObject({ code: 'PROVIDER_RESPONSE_INVALID' });
  });
});
