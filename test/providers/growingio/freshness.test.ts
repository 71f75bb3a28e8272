import { describe, expect, it } from 'vitest';
import { growingioConfig } from '../../../src/providers/growingio/config.ts';
import { completeUntil, freshnessOf, toCompleteness } from '../../../src/providers/growingio/freshness.ts';
import { sampleConfig } from './sample-config.ts';
import { at, dimension, EXPORTER, metric, report, startGrowingio, type Question } from './start-growingio.ts';

const RULES = { lagMinutes: 30, dayCompleteAt: '04:00' };
const iso = (epoch: number) => new Date(epoch).toISOString();

describe('What GrowingIO has counted', () => {
  it.each([
    // 12:00 in Beijing.
    ['2026-11-15T04:00:00Z', RULES, '2026-11-15T03:30:00.000Z'],
    // 04:00 and 03:59 in Beijing on the 15th: at night it is the start of the 14th.
    ['2026-11-14T20:00:00Z', RULES, '2026-11-14T19:30:00.000Z'],
    ['2026-11-14T19:59:00Z', RULES, '2026-11-13T16:00:00.000Z'],
    // Midnight in Beijing.
    ['2026-11-14T16:00:00Z', RULES, '2026-11-13T16:00:00.000Z'],
    ['2026-11-14T21:59:00Z', { ...RULES, dayCompleteAt: '06:00' }, '2026-11-13T16:00:00.000Z'],
    ['2026-11-15T04:00:00Z', { ...RULES, lagMinutes: 90 }, '2026-11-15T02:30:00.000Z'],
    ['2026-11-14T16:00:00Z', { lagMinutes: 4_320, dayCompleteAt: '04:00' }, '2026-11-11T16:00:00.000Z'],
  ])('at %s, with %o, reaches to %s', (now, rules, expected) => {
    expect(iso(completeUntil(Date.parse(now), rules))).toBe(expected);
  });
});

describe('The freshness of an answer', () => {
  const META = [dimension('时间'), metric('a人数'), metric('b人数')];
  const PATHS = ['charts', 'funnels', 'retentions'].map((kind) => `${EXPORTER}/${kind}/c1AbCdEf`);
  const RETENTION = report([dimension('时间'), metric('留存人数'), metric('当日'), metric('2日后')], []);
  const answering = (more: object = {}) =>
    Object.fromEntries(
      PATHS.map((path) => [path, path.includes('retentions') ? RETENTION : { ...report(META, []), ...more }]),
    );

  it('is settled once the period is counted', async () => {
    const question: Question = { days: ['2026-10-05', '2026-10-07'] };
    const settledAt = async (now: string) => {
      await using growingio = await startGrowingio(answering(), {}, now);
      return (await growingio.chart(question)).freshness;
    };
    // The period ends on the 8th at 00:00 in Beijing; at 04:00 it is counted.
    expect(await settledAt('2026-10-07T19:59:00Z')).toMatchObject({
      isSettled: false,
      completeUntil: at('2026-10-07'),
    });
    const settled = await settledAt('2026-10-07T20:00:00Z');
    expect(settled).toMatchObject({ isSettled: true, fromCache: false, completeness: 'COMPLETE' });
    expect(iso(settled.asOf).slice(0, 16)).toBe('2026-10-07T20:00');
  });

  it('of a funnel is settled once nobody can go on within the window', async () => {
    const settledAt = async (now: string) => {
      await using growingio = await startGrowingio(answering({ conversionWindow: 3 }), {}, now);
      return (await growingio.funnel()).freshness.isSettled;
    };
    // Who started on the 7th had the 8th and the 9th as well.
    expect(await settledAt('2026-10-09T15:00:00Z')).toBe(false);
    expect(await settledAt('2026-10-09T20:00:00Z')).toBe(true);
  });

  it('of a retention is settled once the last offset of the last cohort is', async () => {
    const settledAt = async (now: string, offsets?: number) => {
      await using growingio = await startGrowingio(answering(), {}, now);
      return (await growingio.retention(offsets === undefined ? {} : { offsets })).freshness.isSettled;
    };
    // Two days after the 7th is the 9th.
    expect(await settledAt('2026-10-09T15:00:00Z')).toBe(false);
    expect(await settledAt('2026-10-09T20:00:00Z')).toBe(true);
    expect(await settledAt('2026-10-07T20:00:00Z', 1)).toBe(true);
  });

  it.each([
    [199_999, 'COMPLETE'],
    [200_000, 'TRUNCATED'],
  ])('of %i rows is %s', (rowCount, completeness) => {
    expect(toCompleteness(rowCount)).toBe(completeness);
  });

  it('counts the rows of the answer', async () => {
    const config = growingioConfig.parse(sampleConfig('http://127.0.0.1:9'));
    const answered = { endsAt: 0, now: Date.parse('2026-10-09T20:00:00Z') };
    expect(freshnessOf({ ...answered, rowCount: 200_001 }, config)).toMatchObject({ completeness: 'TRUNCATED' });
    expect(freshnessOf({ ...answered, rowCount: 0 }, config)).toMatchObject({ completeness: 'COMPLETE' });
  });
});
