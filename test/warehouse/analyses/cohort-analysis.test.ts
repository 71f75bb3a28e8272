import { describe, expect, it } from 'vitest';
import { computeCohortAnalysis, type CohortAnalysisQuestion } from '../../../src/warehouse/analyses/cohort-analysis.ts';
import { QueryLimitError } from '../../../src/errors.ts';
import { daysOf, eventsNamed, logOf, momentOf, type LoggedEvent } from './cohort-log.ts';
import { startDatabase } from './start-database.ts';

const database = startDatabase();

const QUESTION: CohortAnalysisQuestion = {
  period: daysOf('01-01', '02-28'),
  interval: 'MONTH',
  entry: eventsNamed('install'),
  value: null,
  measure: 'REVENUE',
  accounting: 'GROSS',
  offsetBy: 'PERIOD',
  days: null,
  cumulative: false,
  breakdown: [],
  filters: [],
};

type Asked = Partial<CohortAnalysisQuestion> & { readonly asOf?: string };

function ask(events: readonly LoggedEvent[], { asOf = '12-01', ...asked }: Asked, currency: string | null = 'EUR') {
  const question = { ...QUESTION, ...asked };
  return computeCohortAnalysis(logOf(events), question, { ...database, asOf: momentOf(asOf).getTime(), currency });
}

/** The rows as short as they can be read: cohort, values of the breakdown, size, the values of the cells. */
async function values(events: readonly LoggedEvent[], asked: Asked) {
  const { rows } = await ask(events, asked);
  return rows.map(({ cohort, dimensions, size, cells }) => [
    cohort?.slice(5) ?? 'all',
    ...dimensions.map(({ value }) => value),
    size,
    cells.map(({ value }) => value),
  ]);
}

/** Ann pays at once, twice in February, once in March; Bob pays before he enters and in March; Eve never. */
const PAYMENTS: readonly LoggedEvent[] = [
  ['01-10 10:00', 'install', 'ann', { revenue: 1 }],
  ['02-01 00:00', 'purchase', 'ann', { revenue: 10 }],
  ['02-20 10:00', 'renewal', 'ann', { revenue: 5 }],
  ['03-31 23:59', 'purchase', 'ann', { revenue: 2 }],
  ['01-09 10:00', 'purchase', 'bob', { revenue: 100 }],
  ['01-31 23:59', 'install', 'bob'],
  ['03-01 10:00', 'purchase', 'bob', { revenue: 6 }],
  ['02-01 00:00', 'install', 'eve'],
];

describe('a cohort analysis', () => {
  it('adds up what the users of a cohort pay from their entry on, month by month', async () => {
    expect(await values(PAYMENTS, { asOf: '04-15' })).toEqual([
      ['all', 3, [1, 15, null, null]],
      ['01-01', 2, [1, 15, 8, null]],
      ['02-01', 1, [0, 0, null]],
    ]);
    expect((await values(PAYMENTS, { asOf: '04-15', cumulative: true }))[1]).toEqual(['01-01', 2, [1, 16, 24, null]]);
  });

  it('divides by the cohort, or by those of it who pay', async () => {
    const asOf = '04-01';
    expect((await values(PAYMENTS, { asOf, measure: 'ARPU' }))[1]).toEqual(['01-01', 2, [0.5, 7.5, 4]]);
    expect((await values(PAYMENTS, { asOf, measure: 'ARPPU' }))[1]).toEqual(['01-01', 2, [1, 15, 4]]);
  });

  it('counts nobody twice who has paid before', async () => {
    const asked = { asOf: '04-01', measure: 'ARPPU', cumulative: true } as const;
    expect((await values(PAYMENTS, asked))[1]).toEqual(['01-01', 2, [1, 16, 12]]);
  });

  it('knows nothing paid from nothing known: of nobody there is no average', async () => {
    const events = [
      ['02-03 10:00', 'install', 'ann', { revenue: 0 }],
      ['02-04 10:00', 'refund', 'ann', { revenue: -5 }],
    ] as const;
    const asked = { asOf: '04-01' } as const;
    expect(await values(events, asked)).toEqual([
      ['all', 1, [-5, 0, null]],
      ['01-01', 0, [0, 0, 0]],
      ['02-01', 1, [-5, 0]],
    ]);
    expect((await values(events, { ...asked, measure: 'ARPU' })).slice(1)).toEqual([
      ['01-01', 0, [null, null, null]],
      ['02-01', 1, [-5, 0]],
    ]);
    expect((await values(events, { ...asked, measure: 'ARPPU' }))[2]).toEqual(['02-01', 1, [null, null]]);
  });

  it('says of each cell whether its time has passed for everybody', async () => {
    const { rows } = await ask(PAYMENTS, { asOf: '02-15' });
    expect(rows.map(({ isTotal, cells }) => [isTotal, cells])).toEqual([
      [true, [unknown(0), unknown(1)]],
      [false, [{ offset: 0, value: 1, share: null, isComplete: true }, unknown(1)]],
      [false, [unknown(0)]],
    ]);
  });

  function unknown(offset: number) {
    return { offset, value: null, share: null, isComplete: false };
  }

  it('enters users with their first event of any name where none is asked for', async () => {
    expect((await values(PAYMENTS, { entry: null, asOf: '03-01' })).slice(1)).toEqual([
      ['01-01', 2, [101, 15]],
      ['02-01', 1, [0]],
    ]);
  });

  it('splits by what users have when they enter', async () => {
    const events: readonly LoggedEvent[] = [
      ['01-10 10:00', 'install', 'ann', { country: 'SE' }],
      ['01-11 10:00', 'purchase', 'ann', { country: 'DE', revenue: 3 }],
      ['01-12 10:00', 'install', 'bob'],
    ];
    const rows = await values(events, { period: daysOf('01-01', '01-31'), asOf: '02-01', breakdown: ['country'] });
    expect(rows).toEqual([
      ['all', 2, [3]],
      ['all', 'SE', 1, [3]],
      ['all', null, 1, [0]],
      ['01-01', 'SE', 1, [3]],
      ['01-01', null, 1, [0]],
    ]);
  });
});

describe('offsets by day', () => {
  const events: readonly LoggedEvent[] = [
    ['01-05 23:00', 'install', 'ann', { revenue: 1 }],
    ['01-06 00:00', 'purchase', 'ann', { revenue: 2 }],
    ['01-07 10:00', 'purchase', 'ann', { revenue: 4 }],
    ['01-11 10:00', 'install', 'bob'],
    ['01-13 10:00', 'purchase', 'bob', { revenue: 8 }],
  ];
  const asked = { period: daysOf('01-05', '01-12'), interval: 'WEEK', offsetBy: 'DAY' } as const;

  it('count days since the day of the entry, whatever the length of a cohort', async () => {
    expect(await values(events, { ...asked, asOf: '01-14' })).toEqual([
      ['all', 2, [1, 2, null, null, null, null, null, null, null]],
      ['01-05', 2, [1, 2, 12, null, null, null, null, null, null]],
      ['01-12', 0, [0, 0]],
    ]);
  });

  it('hold all days up to each where they add up, and only the days that are asked for', async () => {
    expect((await values(events, { ...asked, asOf: '03-01', days: [2, 0], cumulative: true }))[1]).toEqual([
      '01-05',
      2,
      [1, 15],
    ]);
    const { rows } = await ask(events, { ...asked, asOf: '03-01', days: [30, 2] });
    expect(rows[1]?.cells.map(({ offset, value }) => [offset, value])).toEqual([
      [2, 12],
      [30, 0],
    ]);
  });

  it('are complete once the last day of the cohort is as long ago', async () => {
    // On 13 January everybody of the week up to 11 January has had a day 1; not yet a day 2.
    const { rows } = await ask(events, { ...asked, asOf: '01-13' });
    expect(rows[1]?.cells.map(({ isComplete }) => isComplete)).toEqual([true, true, ...Array<boolean>(6).fill(false)]);
  });

  it('can be asked for the whole period at once', async () => {
    expect(await values(events, { ...asked, interval: 'TOTAL', asOf: '01-15', days: [0, 1, 2, 3] })).toEqual([
      ['all', 2, [1, 2, 12, null]],
    ]);
  });

  it('are days of the time zone, however long', async () => {
    const night: readonly LoggedEvent[] = [
      ['10-24 22:00', 'install', 'ann'],
      ['10-25 22:59', 'purchase', 'ann', { revenue: 1 }],
      ['10-25 23:00', 'purchase', 'ann', { revenue: 2 }],
    ];
    const period = daysOf('10-25', '10-25', 'Europe/Berlin');
    expect((await values(night, { ...asked, interval: 'DAY', period, days: [0, 1] }))[1]).toEqual(['10-25', 1, [1, 2]]);
  });
});

describe('what is added up', () => {
  const events: readonly LoggedEvent[] = [
    ['01-05 10:00', 'install', 'ann', { properties: '{"minutes":3}' }],
    ['01-06 10:00', 'watch', 'ann', { properties: '{"minutes":2.5}', revenue: 7 }],
    ['01-07 10:00', 'watch', 'ann', { properties: '{"minutes":"many"}' }],
    ['01-08 10:00', 'watch', 'bob', { properties: '{"minutes":9}' }],
  ];
  const january = { period: daysOf('01-01', '01-31'), asOf: '02-01' } as const;
  const watch = eventsNamed('watch');

  it('is revenue, a property of some events, or how many there are', async () => {
    for (const [property, sum, unit, currency] of [
      ['revenue', 7, 'MONEY', 'EUR'],
      ['properties.minutes', 2.5, 'NUMBER', null],
      [null, 2, 'COUNT', null],
    ] as const) {
      const answer = await ask(events, { ...january, value: { event: watch, property } });
      expect([answer.rows[1]?.cells[0]?.value, answer.unit, answer.currency]).toEqual([sum, unit, currency]);
    }
  });

  it('is a plain number per user, and where the currency is not known', async () => {
    const value = { event: watch, property: null };
    expect(await ask(events, { ...january, value, measure: 'ARPPU' })).toMatchObject({
      unit: 'NUMBER',
      currency: null,
    });
    expect(await ask(events, january, null)).toMatchObject({ unit: 'NUMBER', currency: null });
  });

  it('is filtered as the entry is', async () => {
    const filters = [{ dimension: 'event', operator: 'IS_NOT', values: ['watch'], path: 'query.filters[0]' }] as const;
    expect((await values(events, { ...january, filters }))[1]).toEqual(['01-01', 1, [0]]);
  });
});

describe('a cohort analysis that cannot be computed', () => {
  it('is refused with what can be', async () => {
    await expect(ask([], { measure: 'SUBSCRIBERS' })).rejects.toThrow(/REVENUE, ARPU, ARPPU/);
    await expect(ask([], { accounting: 'NET' })).rejects.toThrow(/GROSS/);
    await expect(ask([], { offsetBy: 'RENEWAL' })).rejects.toThrow(/PERIOD, DAY/);
    await expect(ask([], { interval: 'TOTAL' })).rejects.toThrow(/TOTAL/);
    await expect(ask([], { interval: 'MINUTE', offsetBy: 'DAY' })).rejects.toThrow(/MINUTE/);
  });

  it('is refused where the rows know no revenue', async () => {
    const events = { ...logOf([]), columns: new Set(['at', 'name', 'user_id']) };
    const tools = { ...database, asOf: 0, currency: 'EUR' };
    await expect(computeCohortAnalysis(events, QUESTION, tools)).rejects.toThrow(QueryLimitError);
  });
});
