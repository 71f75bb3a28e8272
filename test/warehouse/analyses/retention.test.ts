import { describe, expect, it } from 'vitest';
import { averageRetention } from '../../../src/analytics/retention.ts';
import { QueryLimitError, ResultTooLargeError } from '../../../src/errors.ts';
import { computeRetention } from '../../../src/warehouse/analyses/retention.ts';
import type { RetentionQuestion } from '../../../src/warehouse/analyses/retention-sql.ts';
import { daysOf, eventsNamed, logOf, momentOf, type LoggedEvent } from './cohort-log.ts';
import { startDatabase } from './start-database.ts';

const database = startDatabase();

const QUESTION: RetentionQuestion = {
  period: daysOf('01-05', '01-05'),
  interval: 'DAY',
  entry: eventsNamed('sign_up'),
  returning: null,
  entryKind: 'FIRST_TIME',
  mode: 'N_DAY',
  offsets: 3,
  breakdown: [],
  filters: [],
};

type Asked = Partial<RetentionQuestion> & { readonly asOf?: string };

function ask(events: readonly LoggedEvent[], { asOf = '12-01', ...asked }: Asked) {
  const question = { ...QUESTION, ...asked };
  return computeRetention(logOf(events), question, { ...database, asOf: momentOf(asOf).getTime() });
}

/** The rows as short as they can be read: cohort, values of the breakdown, size, the counts of the cells. */
async function counts(events: readonly LoggedEvent[], asked: Asked) {
  const { rows } = await ask(events, asked);
  return rows.map(({ cohort, dimensions, size, cells }) => [
    cohort?.slice(5) ?? 'all',
    ...dimensions.map(({ value }) => value),
    size,
    cells.map(({ count }) => count),
  ]);
}

/** Ann comes back later on the first day, then on the days 1 and 3; Bob on day 2; Eve never. */
const VISITS: readonly LoggedEvent[] = [
  ['01-05 09:00', 'sign_up', 'ann'],
  ['01-05 10:00', 'view', 'ann'],
  ['01-06 00:00', 'view', 'ann'],
  ['01-06 12:00', 'view', 'ann'],
  ['01-08 23:59', 'view', 'ann'],
  ['01-05 00:00', 'sign_up', 'bob'],
  ['01-07 10:00', 'view', 'bob'],
  ['01-05 23:59', 'sign_up', 'eve'],
];

describe('retention', () => {
  it('counts who came back in just that bucket, in that or a later one, in that or an earlier one', async () => {
    for (const [mode, expected] of [
      ['N_DAY', [1, 1, 1, 1]],
      ['ROLLING', [2, 2, 2, 1]],
      ['BRACKET', [1, 1, 2, 2]],
    ] as const) {
      const rows = await counts(VISITS, { mode });
      expect(rows).toEqual([
        ['all', 3, expected],
        ['01-05', 3, expected],
      ]);
    }
  });

  it('knows from a return long after the last offset that somebody has come back then or later', async () => {
    const events: readonly LoggedEvent[] = [...VISITS, ['03-20 10:00', 'view', 'eve']];
    expect((await counts(events, { mode: 'ROLLING', offsets: 2 }))[1]).toEqual(['01-05', 3, [3, 3, 3]]);
    expect((await counts(events, { mode: 'BRACKET', offsets: 2 }))[1]).toEqual(['01-05', 3, [1, 1, 2]]);
  });

  it('gives each cell as a fraction of the cohort, and whether its bucket has ended', async () => {
    const { rows } = await ask(VISITS, { offsets: 1 });
    expect(rows[1]).toEqual({
      cohort: '2026-01-05',
      isTotal: false,
      dimensions: [],
      size: 3,
      cells: [
        { offset: 0, count: 1, rate: 1 / 3, isComplete: true },
        { offset: 1, count: 1, rate: 1 / 3, isComplete: true },
      ],
    });
  });

  it('does not take the entry for a return of its own', async () => {
    const events = [
      ['01-05 09:00', 'sign_up', 'once'],
      ['01-05 09:00', 'sign_up', 'twice'],
      ['01-05 09:00', 'sign_up', 'twice'],
    ] as const;
    for (const entry of [null, eventsNamed('sign_up')]) {
      for (const returning of [null, eventsNamed('sign_up')]) {
        const [, cohort] = await counts(events, { entry, returning, offsets: 1 });
        expect(cohort).toEqual(['01-05', 2, [1, 0]]);
      }
    }
  });

  it('counts what happens at the moment of the entry, and nothing earlier', async () => {
    const events = [
      ['01-05 09:00', 'view', 'before'],
      ['01-05 10:00', 'sign_up', 'before'],
      ['01-05 10:00', 'view', 'at the moment'],
      ['01-05 10:00', 'sign_up', 'at the moment'],
      ['01-05 10:00', 'sign_up', 'after'],
      ['01-05 11:00', 'view', 'after'],
    ] as const;
    const rows = await counts(events, { returning: eventsNamed('view'), offsets: 1 });
    expect(rows[1]).toEqual(['01-05', 3, [2, 0]]);
  });

  it('has nobody in a cohort who entered before the period, if the first time counts', async () => {
    const events = [
      ['01-04 23:59', 'sign_up', 'ann'],
      ['01-05 10:00', 'sign_up', 'ann'],
      ['01-05 11:00', 'sign_up', 'bob'],
      ['01-06 10:00', 'sign_up', 'bob'],
      ['01-07 00:00', 'sign_up', 'eve'],
    ] as const;
    const period = daysOf('01-05', '01-06');
    expect(await counts(events, { period, offsets: 1 })).toEqual([
      ['all', 1, [0, 1]],
      ['01-05', 1, [0, 1]],
      ['01-06', 0, [0, 0]],
    ]);
    expect(await counts(events, { period, offsets: 1, entryKind: 'RECURRING' })).toEqual([
      ['01-05', 2, [0, 1]],
      ['01-06', 1, [0, 0]],
    ]);
  });

  it('counts weeks from Monday, although the period begins on a Thursday and ends on a Tuesday', async () => {
    const events = [
      ['01-07 10:00', 'sign_up', 'on Wednesday'],
      ['01-08 10:00', 'sign_up', 'on Thursday'],
      ['01-11 23:59', 'view', 'on Thursday'],
      ['01-12 00:00', 'sign_up', 'on Monday'],
      ['01-18 10:00', 'view', 'on Monday'],
      ['01-14 10:00', 'sign_up', 'on Wednesday after'],
    ] as const;
    const rows = await counts(events, { period: daysOf('01-08', '01-13'), interval: 'WEEK', offsets: 1 });
    expect(rows.slice(1)).toEqual([
      ['01-05', 1, [1, 0]],
      ['01-12', 1, [1, 0]],
    ]);
  });
});

describe('days of retention', () => {
  it('are those of the time zone, 23 hours long when clocks go forward and 25 when they go back', async () => {
    const forward = [
      ['03-28 23:00', 'sign_up', 'ann'],
      ['03-29 21:59', 'view', 'ann'],
      ['03-28 23:00', 'sign_up', 'bob'],
      ['03-29 22:00', 'view', 'bob'],
    ] as const;
    const spring = daysOf('03-29', '03-29', 'Europe/Berlin');
    expect((await counts(forward, { period: spring, offsets: 1 }))[1]).toEqual(['03-29', 2, [1, 1]]);
    const back = [
      ['10-24 22:00', 'sign_up', 'ann'],
      ['10-25 22:59', 'view', 'ann'],
      ['10-24 22:00', 'sign_up', 'bob'],
      ['10-25 23:00', 'view', 'bob'],
    ] as const;
    const autumn = daysOf('10-25', '10-25', 'Europe/Berlin');
    expect((await counts(back, { period: autumn, offsets: 1 }))[1]).toEqual(['10-25', 2, [1, 1]]);
  });

  it('may begin half an hour apart from those of UTC', async () => {
    const events = [
      ['01-05 18:29', 'sign_up', 'ann'],
      ['01-05 18:30', 'sign_up', 'bob'],
    ] as const;
    const rows = await counts(events, { period: daysOf('01-05', '01-06', 'Asia/Kolkata'), offsets: 1 });
    expect(rows.slice(1)).toEqual([
      ['01-05', 1, [0, 0]],
      ['01-06', 1, [0, 0]],
    ]);
  });
});

describe('cells whose time has not passed', () => {
  const period = daysOf('01-05', '01-06');
  const events: readonly LoggedEvent[] = [...VISITS, ['01-06 08:00', 'sign_up', 'tom'], ['01-07 09:00', 'view', 'tom']];

  it('have no count while their bucket runs, and are not there before it begins', async () => {
    expect(await counts(events, { period, asOf: '01-07 12:00' })).toEqual([
      ['all', 4, [1, null, null]],
      ['01-05', 3, [1, 1, null]],
      ['01-06', 1, [0, null]],
    ]);
    const { rows } = await ask(events, { period, asOf: '01-07 12:00' });
    expect(rows[2]?.cells[1]).toEqual({ offset: 1, count: null, rate: null, isComplete: false });
  });

  it('are complete from the very end of their bucket on', async () => {
    expect((await counts(events, { period, asOf: '01-08 00:00' })).slice(1)).toEqual([
      ['01-05', 3, [1, 1, 1]],
      ['01-06', 1, [0, 1]],
    ]);
    const late = await counts(events, { period, asOf: '01-07 23:59:59.999' });
    expect(late[1]).toEqual(['01-05', 3, [1, 1, null]]);
  });

  it('leave cohorts out that have not begun, and count who has entered one that runs', async () => {
    expect(await counts(events, { period: daysOf('01-05', '01-08'), asOf: '01-06 06:00', offsets: 1 })).toEqual([
      ['all', 3, [null, null]],
      ['01-05', 3, [1, null]],
      ['01-06', 0, [null]],
    ]);
    expect(await counts(events, { period, asOf: '01-05 00:00' })).toEqual([]);
  });

  it('take a later return into account only as far as rows are known', async () => {
    const asked = { mode: 'ROLLING', offsets: 1 } as const;
    expect((await counts(VISITS, { ...asked, asOf: '01-07 10:00' }))[1]).toEqual(['01-05', 3, [1, 1]]);
    expect((await counts(VISITS, { ...asked, asOf: '01-07 10:01' }))[1]).toEqual(['01-05', 3, [2, 2]]);
  });
});

describe('groups of retention', () => {
  const events = [
    ['01-05 09:00', 'sign_up', 'ann', { country: 'SE' }],
    ['01-06 09:00', 'view', 'ann', { country: 'DE' }],
    ['01-05 11:00', 'sign_up', 'kim', { country: 'SE' }],
    ['01-05 10:00', 'sign_up', 'bob', { country: 'SE' }],
    ['01-05 10:00', 'sign_up', 'bob', { country: 'DE' }],
    ['01-06 10:00', 'sign_up', 'eve'],
    ['01-07 10:00', 'view', 'eve', { country: 'SE' }],
  ] as const;
  const period = daysOf('01-05', '01-06');

  it('are by the value at the entry, all cohorts first, the largest first', async () => {
    expect(await counts(events, { period, breakdown: ['country'], offsets: 1 })).toEqual([
      ['all', 4, [1, 2]],
      ['all', 'SE', 2, [0, 1]],
      ['all', 'DE', 1, [1, 0]],
      ['all', null, 1, [0, 1]],
      ['01-05', 'SE', 2, [0, 1]],
      ['01-05', 'DE', 1, [1, 0]],
      ['01-06', null, 1, [0, 1]],
    ]);
  });

  it('are averaged with everybody counted once', async () => {
    const { rows } = await ask(events, { period, breakdown: ['country'], offsets: 1 });
    expect(averageRetention(rows).map(({ count, rate }) => [count, rate])).toEqual([
      [1, 1 / 4],
      [2, 2 / 4],
    ]);
  });

  it('hold what is left by the filters: the first entry is the first of those', async () => {
    const filters = [{ dimension: 'country', operator: 'IS', values: ['SE'], path: 'query.filters[0]' }] as const;
    expect((await counts(events, { period, filters, offsets: 1, entry: null })).slice(1)).toEqual([
      ['01-05', 3, [0, 0]],
      ['01-06', 0, [0, 0]],
    ]);
  });
});

describe('retention that cannot be computed', () => {
  it('is refused', async () => {
    await expect(ask([], { interval: 'HOUR' })).rejects.toThrow(QueryLimitError);
    await expect(ask([], { interval: 'TOTAL' })).rejects.toThrow(/TOTAL is not available/);
    await expect(ask([], { breakdown: ['browser'] })).rejects.toThrow(/browser/);
    const anonymous = { ...logOf([]), columns: new Set(['at', 'name']) };
    await expect(computeRetention(anonymous, QUESTION, { ...database, asOf: 0 })).rejects.toThrow(/user_id/);
  });

  it('is refused where its answer would be too large', async () => {
    const events = { sql: MANY_GROUPS, columns: new Set(['at', 'name', 'user_id', 'country']) };
    const period = daysOf('01-01', '06-30');
    const question = { ...QUESTION, period, entry: null, offsets: null, breakdown: ['country'] };
    const tools = { ...database, asOf: momentOf('12-01').getTime() };
    await expect(computeRetention(events, question, tools)).rejects.toThrow(ResultTooLargeError);
  });

  it('is given up when nobody waits for it any more', async () => {
    const reason = new Error('gone');
    const tools = { ...database, signal: AbortSignal.abort(reason), asOf: momentOf('12-01').getTime() };
    await expect(computeRetention(logOf(VISITS), QUESTION, tools)).rejects.toBe(reason);
  });
});

/** Five thousand users, each of a country of his own. */
const MANY_GROUPS = `(select timestamp '2026-01-01' as "at", 'a' as name, i::varchar as user_id, i::varchar as country from range(5000) as numbers (i)) as rows`;
