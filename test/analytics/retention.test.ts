import { describe, expect, it } from 'vitest';
import { parseInput } from '../../src/analytics/parse-input.ts';
import { averageRetention, retentionRequestInput, type RetentionRow } from '../../src/analytics/retention.ts';

const row = (size: number | null, cells: RetentionRow['cells'], given: Partial<RetentionRow> = {}): RetentionRow => ({
  cohort: '2026-01-01',
  isTotal: false,
  dimensions: [],
  size,
  cells,
  ...given,
});
const cell = (offset: number, count: number | null, rate: number | null, isComplete = true) => ({
  offset,
  count,
  rate,
  isComplete,
});
const country = (value: string) => ({ dimensions: [{ dimension: 'country', value }] });

describe('average retention', () => {
  it('weighs cohorts by their sizes', () => {
    const small = row(10, [cell(0, 10, 1), cell(1, 5, 0.5)]);
    const large = row(90, [cell(0, 90, 1), cell(1, 9, 0.1)]);
    expect(averageRetention([small, large])).toEqual([cell(0, 100, 1), cell(1, 14, 0.14)]);
  });

  it('leaves out cells whose time has not come', () => {
    const older = row(10, [cell(0, 10, 1), cell(1, 4, 0.4), cell(2, 2, 0.2)]);
    const newer = row(30, [cell(0, 30, 1), cell(1, 1, 1 / 30, false), cell(2, null, null, false)]);
    expect(averageRetention([older, newer])).toEqual([cell(0, 40, 1), cell(1, 4, 0.4), cell(2, 2, 0.2)]);
  });

  it('leaves out the row of all', () => {
    const total = row(1000, [cell(0, 1000, 1), cell(1, 1, 0.001)], { cohort: null, isTotal: true });
    expect(averageRetention([total, row(10, [cell(0, 10, 1), cell(1, 5, 0.5)])])).toEqual([
      cell(0, 10, 1),
      cell(1, 5, 0.5),
    ]);
  });

  it('is of the row of all where there are no cohorts', () => {
    const total = { cohort: null, isTotal: true };
    const everybody = row(40, [cell(0, 40, 1), cell(1, 8, 0.2), cell(2, 1, 0.025, false)], total);
    expect(averageRetention([everybody])).toEqual([cell(0, 40, 1), cell(1, 8, 0.2)]);
    // The groups are parts of everybody, so they add nothing.
    const sweden = row(10, [cell(1, 5, 0.5)], { ...total, ...country('SE') });
    expect(averageRetention([everybody, sweden])).toEqual([cell(0, 40, 1), cell(1, 8, 0.2)]);
  });

  it('is over the totals of all groups where there is nothing else', () => {
    const total = { cohort: null, isTotal: true };
    const sweden = row(10, [cell(1, 5, 0.5)], { ...total, ...country('SE') });
    const norway = row(30, [cell(1, 3, 0.1)], { ...total, ...country('NO') });
    expect(averageRetention([sweden, norway])).toEqual([cell(1, 8, 0.2)]);
  });

  it('is over all groups of a breakdown', () => {
    const sweden = row(10, [cell(1, 5, 0.5)], country('SE'));
    const norway = row(30, [cell(1, 3, 0.1)], country('NO'));
    expect(averageRetention([sweden, norway])).toEqual([cell(1, 8, 0.2)]);
  });

  it('counts nobody in a group and in the whole', () => {
    const rows = [
      row(40, [cell(1, 8, 0.2)]),
      row(10, [cell(1, 5, 0.5)], country('SE')),
      row(30, [cell(1, 3, 0.1)], country('NO')),
    ];
    expect(averageRetention(rows)).toEqual([cell(1, 8, 0.2)]);
  });

  it('is of rates where there are no counts', () => {
    const rows = [row(10, [cell(1, null, 0.5)]), row(30, [cell(1, null, 0.1)])];
    expect(averageRetention(rows)).toEqual([cell(1, null, 0.2)]);
    expect(averageRetention([row(10, [cell(1, 5, 0.5)]), row(30, [cell(1, null, 0.1)])])).toEqual([cell(1, null, 0.2)]);
  });

  it('is of nothing where sizes are unknown', () => {
    expect(averageRetention([row(null, [cell(0, 10, null), cell(1, null, 0.5)])])).toEqual([]);
    expect(averageRetention([])).toEqual([]);
  });

  it('has no rate where nobody entered', () => {
    expect(averageRetention([row(0, [cell(0, 0, null), cell(1, 0, null)])])).toEqual([
      cell(0, 0, null),
      cell(1, 0, null),
    ]);
  });

  it('is in the order of the offsets', () => {
    const rows = [row(1, [cell(7, 1, 1), cell(30, 0, 0)]), row(1, [cell(1, 1, 1), cell(14, 0, 0)])];
    expect(averageRetention(rows).map(({ offset }) => offset)).toEqual([1, 7, 14, 30]);
  });
});

const GOOD = {
  source: 'shop',
  period: { preset: 'LAST_7_DAYS' },
  interval: 'DAY',
  entryKind: 'FIRST_TIME',
  mode: 'N_DAY',
  breakdown: [],
  filters: [],
};
const parse = (given: object) => parseInput(retentionRequestInput, { ...GOOD, ...given }, 'query');

describe('a retention argument', () => {
  it.each([null, 1, 400])('takes %s offsets', (offsets) => {
    expect(parse({ offsets }).offsets).toBe(offsets);
  });

  it.each<[string, object, string]>([
    ['no offsets', { offsets: 0 }, 'query.offsets: must be at least 1'],
    ['401 offsets', { offsets: 401 }, 'query.offsets: must be at most 400'],
    ['an entry without a name', { entry: { event: '', filters: [] } }, 'query.entry.event: must not be empty'],
    ['a dimension without a name', { breakdown: ['country', ''] }, 'query.breakdown[1]: must not be empty'],
    ['an unknown mode', { mode: 'UNBOUNDED' }, 'query.mode'],
  ])('refuses %s', (_mistake, given, says) => {
    expect(() => parse(given)).toThrow(says);
  });
});
