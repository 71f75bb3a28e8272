import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audience, EVERYBODY, type AskedDimension } from './growingio-charts.ts';
import { dayAfter, dayOf, monthOf, readFacts, weekOf, type Fact } from './growingio-facts.ts';
import { readWorld, startGrowingioUnderTest, type GrowingioUnderTest } from './growingio-server.ts';
import { dates } from './metrics-question.ts';

const world = readWorld();
const facts = readFacts(world);
let server: GrowingioUnderTest;

beforeAll(async () => {
  server = await startGrowingioUnderTest(world);
});
afterAll(() => server.close());

interface Cell {
  readonly offset: number;
  readonly count: number | null;
  readonly rate: number | null;
  readonly isComplete: boolean;
}

interface Row {
  readonly cohort: string | null;
  readonly isTotal: boolean;
  readonly dimensions: readonly AskedDimension[];
  readonly size: number | null;
  readonly cells: readonly Cell[];
}

interface Retention {
  readonly entryKind: string | null;
  readonly offsetBy: string;
  readonly rows: readonly Row[];
  readonly average: readonly Cell[];
  readonly freshness: { readonly isSettled: boolean };
  readonly tidy: string;
  readonly wide: string;
}

const CELL = 'offset count rate isComplete';
const OPERATION = `query ($query: RetentionQuery!) { retention(query: $query) {
  entryKind offsetBy average { ${CELL} } freshness { isSettled }
  rows { cohort isTotal dimensions { dimension value nativeDimension nativeValue } size cells { ${CELL} } }
  tidy: csv(options: { nullText: "NULL" }) wide: csv(options: { nullText: "NULL", layout: WIDE })
} }`;

async function askRetention(chart: string, query: object): Promise<Retention> {
  const variables = { query: { source: 'today', chart, ...query } };
  return (await server.query<{ retention: Retention }>(OPERATION, variables)).retention;
}

type Interval = 'DAY' | 'WEEK' | 'MONTH';

/** The day that a day's bucket begins with. */
const startOf: Readonly<Record<Interval, (day: string) => string>> = {
  DAY: (day) => day,
  WEEK: weekOf,
  MONTH: monthOf,
};

/** The first days of the buckets that a period touches, in order. */
function bucketsOf(from: string, to: string, interval: Interval): string[] {
  const buckets = new Set<string>();
  for (let day = from; day <= to; day = dayAfter(day, 1)) buckets.add(startOf[interval](day));
  return [...buckets];
}

/** The first day of the bucket behind one. */
function bucketAfter(bucket: string, interval: Interval): string {
  let day = bucket;
  while (startOf[interval](day) === bucket) day = dayAfter(day, 1);
  return day;
}

interface Entry {
  readonly user: number;
  readonly day: string;
}

// Noon of 16 June in UTC: in Beijing it is evening, and the day before has been counted.
const TODAY = '2026-06-16';

interface Question {
  readonly from: string;
  readonly to: string;
  readonly interval: Interval;
  readonly dimensions: readonly AskedDimension[];
}

/** Rows of everybody who entered, and who came back with one of these events. */
function expectedRows(entries: readonly Entry[], returns: readonly Fact[], question: Question): Row[] {
  const { from, to, interval, dimensions } = question;
  const buckets = bucketsOf(from, to, interval).filter((bucket) => bucket <= startOf[interval](TODAY));
  const toBucket = startOf[interval];
  const seen = new Set(returns.map(({ user, day }) => `${user} ${toBucket(day)}`));
  return buckets.flatMap((cohort, place): Row[] => {
    const users = new Set(entries.filter(({ day }) => toBucket(day) === cohort).map(({ user }) => user));
    if (users.size === 0) return [];
    const cells = buckets.slice(place).map((bucket, offset) => {
      const count = [...users].filter((user) => seen.has(`${user} ${bucket}`)).length;
      return { offset, count, rate: count / users.size, isComplete: bucketAfter(bucket, interval) <= TODAY };
    });
    return [{ cohort, isTotal: false, dimensions, size: users.size, cells }];
  });
}

const add = (numbers: readonly (number | null)[]): number => numbers.reduce<number>((sum, one) => sum + (one ?? 0), 0);

/** All cohorts together: people are added up, and a rate is of the cohorts that are old enough. */
function expectedTotal(
  rows: readonly Row[],
  dimensions: readonly AskedDimension[],
  isOver: (offset: number) => boolean,
): Row {
  const offsets = rows[0]?.cells.map(({ offset }) => offset) ?? [];
  const cells = offsets.map((offset) => {
    const old = rows.filter(({ cells: own }) => own.length > offset);
    const count = add(old.map(({ cells: own }) => own[offset]?.count ?? null));
    return { offset, count, rate: count / add(old.map(({ size }) => size)), isComplete: isOver(offset) };
  });
  return { cohort: null, isTotal: true, dimensions, size: add(rows.map(({ size }) => size)), cells };
}

/** Over all cohorts whose cell at an offset is complete. */
function expectedAverage(rows: readonly Row[]): Cell[] {
  const offsets = rows[0]?.cells.map(({ offset }) => offset) ?? [];
  return offsets.flatMap((offset) => {
    const complete = rows.filter(({ cells }) => cells[offset]?.isComplete === true);
    if (complete.length === 0) return [];
    const count = add(complete.map(({ cells }) => cells[offset]?.count ?? null));
    return [{ offset, count, rate: count / add(complete.map(({ size }) => size)), isComplete: true }];
  });
}

const behavior = (value: string): AskedDimension => ({
  dimension: 'behavior',
  value,
  nativeDimension: '用户行为',
  nativeValue: null,
});

const installs: Entry[] = world.users.map(({ installedAtMs }, user) => ({ user, day: dayOf(installedAtMs) }));
const purchases = facts.filter(({ name }) => name === 'purchase');
const renewals = facts.filter(({ name }) => name === 'subscription_renewed');

describe('the retention of new visitors', () => {
  const DIMENSIONS = [audience('new visitors', '新访问用户'), behavior('任意行为')];

  it.each([
    ['DAY', '2026-06-01', '2026-06-16'],
    ['DAY', '2026-04-01', '2026-04-30'],
    ['WEEK', '2026-05-06', '2026-06-16'],
    ['MONTH', '2026-03-10', '2026-06-16'],
  ] as const)('by %s from %s to %s', async (interval, from, to) => {
    const query = { period: dates(from, to), interval };
    const { rows, average, entryKind, offsetBy, freshness } = await askRetention('R7gHv2Nk', query);
    const expected = expectedRows(installs, facts, { from, to, interval, dimensions: DIMENSIONS });
    const lastBucket = bucketsOf(from, to, interval).at(-1) ?? '';
    const isOver = (offset: number): boolean => {
      let end = bucketAfter(lastBucket, interval);
      for (let left = offset; left > 0; left--) end = bucketAfter(end, interval);
      return end <= TODAY;
    };
    expect(expected.length).toBeGreaterThan(3);
    expect(rows).toEqual([expectedTotal(expected, DIMENSIONS, isOver), ...expected]);
    expect(average).toEqual(expectedAverage(expected));
    // Which entries count was saved with it, and nobody says.
    expect([entryKind, offsetBy]).toEqual([null, 'PERIOD']);
    expect(freshness.isSettled).toBe(isOver(expected.length - 1));
  });

  it('ends at the offset that is wanted', async () => {
    const query = { period: dates('2026-05-01', '2026-05-20'), interval: 'DAY' };
    const [whole, short] = await Promise.all([
      askRetention('R7gHv2Nk', query),
      askRetention('R7gHv2Nk', { ...query, offsets: 7 }),
    ]);
    expect(short.rows).toEqual(
      whole.rows.map((row) => ({ ...row, cells: row.cells.filter(({ offset }) => offset <= 7) })),
    );
  });

  it('reads back from CSV', async () => {
    const [from, to] = ['2026-06-08', '2026-06-16'];
    const { rows, tidy, wide } = await askRetention('R7gHv2Nk', { period: dates(from, to), interval: 'DAY' });
    const expected = expectedRows(installs, facts, { from, to, interval: 'DAY', dimensions: DIMENSIONS });
    const tidyRows = Papa.parse<Record<string, string>>(tidy, { header: true, skipEmptyLines: true }).data;
    expect(
      tidyRows
        .filter(({ is_total: isTotal }) => isTotal === 'false')
        .map(({ cohort, size, offset, count, rate, is_complete: isComplete }) => [
          ...[cohort, Number(size), Number(offset), Number(count), Number(rate), isComplete],
        ]),
    ).toEqual(
      expected.flatMap(({ cohort, size, cells }) =>
        cells.map(({ offset, count, rate, isComplete }) => [cohort, size, offset, count, rate, String(isComplete)]),
      ),
    );
    const wideRows = Papa.parse<Record<string, string>>(wide, { header: true, skipEmptyLines: true }).data;
    expect(wideRows.map(({ cohort, size }) => [cohort, Number(size)])).toEqual(
      rows.map(({ cohort, size }) => [cohort ?? 'NULL', size]),
    );
    expect(wideRows.map((row) => [row['0'], row['8']])).toEqual(
      rows.map(({ cells }) => [String(cells[0]?.rate), String(cells[8]?.rate ?? 'NULL')]),
    );
  });
});

describe('the retention of payers', () => {
  const PLATFORMS = ['iOS', 'Android', 'Web'];
  const comparison = (value: string): AskedDimension => ({
    dimension: 'comparison_value',
    value,
    nativeDimension: '对比值',
    nativeValue: null,
  });
  const platformOf = ({ user }: Entry): string => world.contexts[world.users[user]?.context ?? NaN]?.platform ?? '';
  const byText = (a: Row, b: Row): number => (toKey(a) < toKey(b) ? -1 : 1);
  const toKey = ({ cohort, dimensions }: Row): string => JSON.stringify([cohort, dimensions]);

  it.each([
    ['DAY', '2026-06-01', '2026-06-16'],
    ['WEEK', '2026-04-06', '2026-06-16'],
    ['MONTH', '2026-02-20', '2026-05-31'],
  ] as const)('by %s from %s to %s, for each platform and behaviour', async (interval, from, to) => {
    const { rows, average } = await askRetention('r0PzA6Le', { period: dates(from, to), interval });
    const expected = PLATFORMS.flatMap((platform) => {
      const entries = purchases.filter((purchase) => platformOf(purchase) === platform);
      const behaviours = [
        ['任意行为', facts],
        ['续订', renewals],
      ] as const;
      return behaviours.flatMap(([name, returns]) => {
        const dimensions = [EVERYBODY, comparison(platform), behavior(name)];
        return expectedRows(entries, returns, { from, to, interval, dimensions });
      });
    });
    expect(rows.toSorted(byText)).toEqual(expected.toSorted(byText));
    expect(rows.some(({ cells }) => cells.some(({ isComplete }) => !isComplete))).toBe(to === TODAY);
    // Who renews comes back in any way, too: an average over all rows would count people twice.
    expect(average).toEqual([]);
  });
});
