import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askCharts } from './growingio-charts.ts';
import { readWorld, startGrowingioUnderTest, type GrowingioUnderTest } from './growingio-server.ts';
import { dates } from './metrics-question.ts';

const world = readWorld();
let server: GrowingioUnderTest;

beforeAll(async () => {
  server = await startGrowingioUnderTest(world, { now: '2026-06-15T18:00:00Z' });
});
afterAll(() => server.close());

const inBeijing = (text: string): string => new Date(`${text}+08:00`).toISOString();

/** Ask about days at a moment in Beijing; `completeUntil` in whole minutes. */
async function askAt(moment: string, from: string, to: string) {
  server.clock.moveTo(inBeijing(moment));
  const query = { period: dates(from, to) };
  const { freshness } = await askCharts(server, { source: 'older', charts: ['Bn5xT0aV'], query });
  const until = new Date(freshness.completeUntil ?? NaN);
  // The clock goes on by some milliseconds meanwhile.
  until.setUTCSeconds(0, 0);
  return { ...freshness, completeUntil: until.toISOString() };
}

describe('days of GrowingIO', () => {
  it.each([
    // Until four in the morning the day before is counted anew.
    ['2026-06-16T03:59:30', '2026-06-15', false, '2026-06-15T00:00:00'],
    ['2026-06-16T03:59:30', '2026-06-14', true, '2026-06-15T00:00:00'],
    ['2026-06-16T04:00:10', '2026-06-15', true, '2026-06-16T03:30:00'],
    ['2026-06-16T04:00:10', '2026-06-16', false, '2026-06-16T03:30:00'],
    ['2026-06-16T20:00:10', '2026-06-15', true, '2026-06-16T19:30:00'],
    ['2026-06-16T20:00:10', '2026-06-16', false, '2026-06-16T19:30:00'],
    // A day later the running one is over, and not counted yet.
    ['2026-06-17T00:20:10', '2026-06-16', false, '2026-06-16T00:00:00'],
    ['2026-06-17T04:00:10', '2026-06-16', true, '2026-06-17T03:30:00'],
  ])('at %s: %s is settled: %s, until %s', async (moment, day, isSettled, until) => {
    expect(await askAt(moment, day, day)).toEqual({
      isSettled,
      completeness: 'COMPLETE',
      completeUntil: inBeijing(until),
    });
  });

  it('settle as the last of their period does', async () => {
    expect((await askAt('2026-06-16T03:59:30', '2026-06-09', '2026-06-15')).isSettled).toBe(false);
    expect((await askAt('2026-06-16T04:00:10', '2026-06-09', '2026-06-15')).isSettled).toBe(true);
  });

  it('follow what the project says of itself', async () => {
    const fields = { dayCompleteAt: '06:00', lagMinutes: 90 };
    const slow = await startGrowingioUnderTest(world, { now: inBeijing('2026-06-16T05:59:30'), fields });
    const ask = async (): Promise<boolean> => {
      const query = { period: dates('2026-06-15', '2026-06-15') };
      return (await askCharts(slow, { source: 'older', charts: ['Bn5xT0aV'], query })).freshness.isSettled;
    };
    const before = await ask();
    slow.clock.moveTo(inBeijing('2026-06-16T06:00:10'));
    const after = await ask();
    await slow.close();
    expect([before, after]).toEqual([false, true]);
  });

  it('make the cells of a retention complete', async () => {
    const operation = `query ($query: RetentionQuery!) { retention(query: $query) {
      rows { cohort isTotal cells { offset isComplete } } average { offset } freshness { isSettled }
    } }`;
    interface Rows {
      readonly rows: readonly {
        readonly cohort: string | null;
        readonly isTotal: boolean;
        readonly cells: readonly { readonly isComplete: boolean }[];
      }[];
      readonly average: readonly { readonly offset: number }[];
    }
    const query = { source: 'older', chart: 'R7gHv2Nk', period: dates('2026-06-13', '2026-06-15'), interval: 'DAY' };
    const askCells = async (moment: string) => {
      server.clock.moveTo(inBeijing(moment));
      const { rows, average } = (await server.query<{ retention: Rows }>(operation, { query })).retention;
      const cells = rows.map(({ cohort, cells: own }) => [cohort, ...own.map(({ isComplete }) => isComplete)]);
      return { cells, offsets: average.map(({ offset }) => offset) };
    };
    expect(await askCells('2026-06-16T03:59:30')).toEqual({
      cells: [
        [null, false, false, false],
        ['2026-06-13', true, true, false],
        ['2026-06-14', true, false],
        ['2026-06-15', false],
      ],
      offsets: [0, 1],
    });
    expect(await askCells('2026-06-16T04:00:10')).toEqual({
      cells: [
        [null, true, false, false],
        ['2026-06-13', true, true, true],
        ['2026-06-14', true, true],
        ['2026-06-15', true],
      ],
      offsets: [0, 1, 2],
    });
  });
});
