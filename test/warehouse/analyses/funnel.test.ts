import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Filter } from '../../../src/analytics/filters.ts';
import type { FunnelStepQuery } from '../../../src/analytics/funnels.ts';
import { createPeriod, type Period } from '../../../src/analytics/period.ts';
import { InvalidQueryError, QueryLimitError, ResultTooLargeError } from '../../../src/errors.ts';
import { computeFunnel, type FunnelTools } from '../../../src/warehouse/analyses/funnel.ts';
import type { FunnelQuestion } from '../../../src/warehouse/analyses/funnel-rows.ts';
import { relationOf } from './relation-of.ts';
import { startDatabase } from './start-database.ts';

const tools: FunnelTools = { ...startDatabase(), asOf: Date.UTC(2027, 0) };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TYPES = {
  at: 'timestamp',
  name: 'varchar',
  user_id: 'varchar',
  session_id: 'varchar',
  country: 'varchar',
  path: 'varchar',
} as const;

type Row = Readonly<Record<Exclude<keyof typeof TYPES, 'at'>, string | null>> & { readonly at: Date };

/** Rows of one user, written as `day hour name`, such as `1 10:00 a` for the first of January; `name/path` has a path. */
function user(id: string | null, events: readonly string[], values: Partial<Row> = {}): Row[] {
  return events.map((event) => {
    const [day = '', time = '', what = ''] = event.split(' ');
    const [name = '', path = null] = what.split('/');
    const at = new Date(`2026-01-${day.padStart(2, '0')}T${time}Z`);
    return { at, name, path, user_id: id, session_id: null, country: null, ...values };
  });
}

function step(text: string): FunnelStepQuery {
  const [event = '', path] = text.split('/');
  const filters = path === undefined ? [] : [{ dimension: 'path', operator: 'IS', values: [path], path: '' } as const];
  return { event, filters, name: text };
}

function periodOf(from: string, to: string, timezone = 'UTC'): Period {
  const [start, end] = [from, to].map((day) => Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: timezone }));
  if (!start || !end) throw new Error('No days');
  return createPeriod(start, end, { timezone, now: 0 });
}

type Asked = Omit<Partial<FunnelQuestion>, 'steps' | 'excluding' | 'filters'> & {
  readonly steps: readonly (string | FunnelStepQuery)[];
  readonly excluding?: readonly string[];
  readonly filters?: readonly Filter[];
};

function toQuestion({ steps, excluding = [], filters = [], ...given }: Asked): FunnelQuestion {
  return {
    period: periodOf('2026-01-01', '2026-02-01'),
    order: 'ORDERED',
    conversionWindowMs: 5 * DAY_MS,
    countBy: 'USERS',
    interval: 'TOTAL',
    breakdown: [],
    ...given,
    steps: steps.map((one) => (typeof one === 'string' ? step(one) : one)),
    excluding: excluding.map(step),
    filters: filters.map((filter) => ({ ...filter, path: 'query.filters[0]' })),
  };
}

async function ask(rows: readonly Row[], asked: Asked) {
  return await computeFunnel(relationOf(TYPES, rows), toQuestion(asked), tools);
}

async function countsOf(rows: readonly Row[], asked: Asked): Promise<(number | null)[]> {
  return (await ask(rows, asked)).steps.map(({ count }) => count);
}

describe('a funnel', () => {
  it('counts distinct users at each step, and the median time between', async () => {
    const rows = [
      ...user('all', ['1 10:00 a', '1 11:00 b', '1 12:00 c', '2 10:00 a', '2 11:00 b']),
      ...user('slow', ['1 10:00 a', '1 13:00 b']),
      ...user('slower', ['1 10:00 a', '1 16:00 b', '1 20:00 c']),
      ...user('wrong order', ['1 10:00 b', '1 11:00 a', '1 12:00 c']),
      ...user('never began', ['1 10:00 b', '1 11:00 c']),
      ...user(null, ['1 10:00 a', '1 11:00 b']),
    ];
    const { steps, groups, conversionWindowMs } = await ask(rows, { steps: ['a', 'b', { ...step('c'), name: 'See' }] });
    expect(steps).toEqual([
      { name: 'a', count: 4, medianTimeFromPreviousMs: null },
      { name: 'b', count: 3, medianTimeFromPreviousMs: 3 * HOUR_MS },
      { name: 'See', count: 2, medianTimeFromPreviousMs: 2.5 * HOUR_MS },
    ]);
    expect({ groups, conversionWindowMs }).toEqual({ groups: [], conversionWindowMs: 5 * DAY_MS });
  });

  it('counts the window from the entry, its end included', async () => {
    const rows = [
      ...user('in time', ['1 10:00 a', '1 11:00 b', '1 12:00 c']),
      ...user('late', ['1 10:00 a', '1 11:00 b', '1 12:00:00.001 c']),
    ];
    expect(await countsOf(rows, { steps: ['a', 'b', 'c'], conversionWindowMs: 2 * HOUR_MS })).toEqual([2, 2, 1]);
  });

  it('has a window of 14 days where none is asked for', async () => {
    const rows = [...user('in time', ['1 10:00 a', '15 10:00 b']), ...user('late', ['1 10:00 a', '15 10:01 b'])];
    const { steps, conversionWindowMs } = await ask(rows, { steps: ['a', 'b'], conversionWindowMs: null });
    expect(steps.map(({ count }) => count)).toEqual([2, 1]);
    expect(conversionWindowMs).toBe(14 * DAY_MS);
  });

  it('takes the chain that gets farthest, not the first one', async () => {
    const rows = user('u', ['1 10:00 a', '1 11:00 b', '9 10:00 a', '9 11:00 b', '9 12:00 c']);
    expect(await countsOf(rows, { steps: ['a', 'b', 'c'] })).toEqual([1, 1, 1]);
  });

  it('takes the earliest of chains that get as far', async () => {
    const rows = user('u', ['1 10:00 a', '1 12:00 a', '1 13:00 b', '3 10:00 a', '3 10:30 b']);
    const { steps } = await ask(rows, { steps: ['a', 'b'] });
    expect(steps[1]?.medianTimeFromPreviousMs).toBe(3 * HOUR_MS);
  });

  it('wants all of its events within the period, whose end is outside', async () => {
    const period = periodOf('2026-01-02', '2026-01-04');
    const rows = [
      ...user('first moment', ['2 00:00 a', '3 23:59:59.999 b']),
      ...user('before', ['1 23:59:59.999 a', '2 10:00 b']),
      ...user('after', ['3 10:00 a', '4 00:00 b']),
    ];
    expect(await countsOf(rows, { steps: ['a', 'b'], period })).toEqual([2, 1]);
  });

  it('tells a microsecond from the next', async () => {
    const events = {
      sql: `(select make_timestamp(1767225600000000 + moment) as at, name, user_id
        from (values (0, 'a', 'u'), (3600000001, 'b', 'u'), (5, 'a', 'v'), (3600000005, 'b', 'v')) as v (moment, name, user_id))`,
      columns: new Set(['at', 'name', 'user_id']),
    };
    const question = toQuestion({ steps: ['a', 'b'], conversionWindowMs: HOUR_MS });
    const { steps } = await computeFunnel(events, question, tools);
    expect(steps.map(({ count }) => count)).toEqual([2, 1]);
  });

  it('does not take columns of the rows for its own', async () => {
    const events = {
      sql: `(select make_timestamp(1767225600000000 + "at") as "at", name, 'u' as user_id, false as is_0, false as is_1, 1 as moment, 'x' as d0, 'SE' as country
        from (values (0, 'other'), (1, 'a'), (2, 'other'), (3, 'b')) as v ("at", name))`,
      columns: new Set(['at', 'name', 'user_id', 'is_0', 'is_1', 'moment', 'd0', 'country']),
    };
    for (const order of ['ORDERED', 'STRICT', 'UNORDERED'] as const) {
      const question = toQuestion({ steps: ['a', 'b'], order, breakdown: ['country', 'moment'] });
      const { groups } = await computeFunnel(events, question, tools);
      expect(groups.map(({ dimensions, steps }) => [...dimensions, ...steps.map(({ count }) => count)])).toEqual([
        [{ dimension: 'country', value: 'SE' }, { dimension: 'moment', value: '1' }, 1, order === 'STRICT' ? 0 : 1],
      ]);
    }
  });

  it('counts sessions, each by itself', async () => {
    const rows = [
      ...user('u', ['1 10:00 a', '1 11:00 b'], { session_id: 'one' }),
      ...user('u', ['2 10:00 a'], { session_id: 'two' }),
      ...user('u', ['2 11:00 b'], { session_id: 'three' }),
      ...user('u', ['2 11:00 a']),
    ];
    expect(await countsOf(rows, { steps: ['a', 'b'], countBy: 'SESSIONS' })).toEqual([2, 1]);
    expect(await countsOf(rows, { steps: ['a', 'b'], countBy: 'USERS' })).toEqual([1, 1]);
  });

  it('keeps what passes the filters of all and of each step', async () => {
    const rows = [
      ...user('both', ['1 10:00 a/x', '1 11:00 b'], { country: 'DE' }),
      ...user('other path', ['1 10:00 a/y', '1 11:00 b'], { country: 'DE' }),
      ...user('other country', ['1 10:00 a/x', '1 11:00 b'], { country: 'SE' }),
      ...user('unknown', ['1 10:00 a/x', '1 11:00 b']),
    ];
    const filters: Filter[] = [{ dimension: 'country', operator: 'IS', values: ['DE'] }];
    expect(await countsOf(rows, { steps: ['a/x', 'b'], filters })).toEqual([1, 1]);
  });

  it('takes names as they are', async () => {
    const names = ["it's", '"; drop table rows; --', 'ü\0'];
    const rows = names.flatMap((name, hour) => user('u', [`1 1${hour}:00 x`]).map((row) => ({ ...row, name })));
    expect(await countsOf(rows, { steps: names.map((event) => ({ ...step(''), event })) })).toEqual([1, 1, 1]);
  });
});

describe('steps that rows may share', () => {
  it('need a row each where one event comes twice', async () => {
    const rows = [
      ...user('once', ['1 10:00 a']),
      ...user('twice', ['1 10:00 a', '1 11:00 a']),
      ...user('twice at once', ['1 10:00 a', '1 10:00 a']),
    ];
    expect(await countsOf(rows, { steps: ['a', 'a'] })).toEqual([3, 2]);
    expect(await countsOf(rows, { steps: ['a', 'a'], order: 'STRICT' })).toEqual([3, 2]);
    expect(await countsOf(rows, { steps: ['a', 'a'], order: 'UNORDERED' })).toEqual([3, 2]);
  });

  it('need a second row also where another step lies between', async () => {
    const rows = [
      ...user('one moment', ['1 10:00 a', '1 10:00 b']),
      ...user('one moment, a twice', ['1 10:00 a', '1 10:00 b', '1 10:00 a']),
      ...user('later', ['1 10:00 a', '1 10:00 b', '1 11:00 a']),
    ];
    expect(await countsOf(rows, { steps: ['a', 'b', 'a'] })).toEqual([3, 3, 2]);
  });

  it('take of one moment the rows that leave enough for the others', async () => {
    const rows = [
      ...user('one fits both', ['1 09:00 s', '1 10:00 a/x', '1 10:00 a/y']),
      ...user('two fit only one', ['1 09:00 s', '1 10:00 a/y', '1 10:00 a/y']),
      ...user('only one', ['1 09:00 s', '1 10:00 a/x']),
    ];
    expect(await countsOf(rows, { steps: ['s', 'a', 'a/x'] })).toEqual([3, 3, 1]);
    expect(await countsOf(rows, { steps: ['s', 'a/x', 'a'] })).toEqual([3, 2, 1]);
    expect(await countsOf(rows, { steps: ['s', 'a', 'a/x'], order: 'UNORDERED' })).toEqual([3, 3, 1]);
  });

  it('take none that the entry is', async () => {
    const rows = [...user('u', ['1 10:00 a/x', '1 10:00 a/y'])];
    const { groups } = await ask(rows, { steps: ['a', 'a/x'], breakdown: ['path'] });
    expect(groups.map(({ dimensions, steps }) => [dimensions[0]?.value, steps.map(({ count }) => count)])).toEqual([
      ['y', [1, 1]],
    ]);
  });

  it('may be twenty', async () => {
    const hours = Array.from({ length: 20 }, (_, hour) => `1 ${String(hour).padStart(2, '0')}:00`);
    const rows = [
      ...user(
        'u',
        hours.map((hour) => `${hour} a`),
      ),
      ...user(
        'v',
        hours.slice(1).map((hour) => `${hour} a`),
      ),
    ];
    const counts = [...hours.slice(1).map(() => 2), 1];
    expect(await countsOf(rows, { steps: hours.map(() => 'a') })).toEqual(counts);
    expect(await countsOf(rows, { steps: hours.map(() => 'a'), order: 'STRICT' })).toEqual(counts);
    expect(await countsOf(rows, { steps: hours.map(() => 'a'), order: 'UNORDERED' })).toEqual(counts);
    const pages = hours.map((_, page) => `a/${page}`);
    const walk = user(
      'u',
      hours.map((hour, page) => `${hour} a/${page}`),
    );
    expect(await countsOf(walk, { steps: pages })).toEqual(pages.map(() => 1));
  });
});

describe('events at one moment', () => {
  it('count in the order of the steps', async () => {
    const rows = user('u', ['1 10:00 c', '1 10:00 b', '1 10:00 a']);
    expect(await countsOf(rows, { steps: ['a', 'b', 'c'] })).toEqual([1, 1, 1]);
    expect(await countsOf(rows, { steps: ['a', 'b', 'c'], order: 'STRICT' })).toEqual([1, 1, 1]);
  });

  it('count in it whichever step the chain is at', async () => {
    const rows = user('u', ['1 09:00 a', '1 09:30 b', '1 09:40 c', '1 10:00 a', '1 10:00 b']);
    expect(await countsOf(rows, { steps: ['a', 'b', 'c', 'b', 'a'] })).toEqual([1, 1, 1, 1, 1]);
  });

  it.each([
    ['1 10:00 a/x', '1 10:00 a/y', '1 11:00 a/y'],
    ['1 11:00 a/y', '1 10:00 a/y', '1 10:00 a/x'],
  ])('begin the chain that takes its next steps first: %s, %s, %s', async (...own) => {
    // a/y at ten would have to wait for the one at eleven.
    const { steps } = await ask(user('u', own), { steps: ['a', 'a/y'] });
    expect(steps.map(({ medianTimeFromPreviousMs }) => medianTimeFromPreviousMs)).toEqual([null, 0]);
  });
});

describe('excluded events', () => {
  const steps = ['a', 'b', 'c'];
  const excluding = ['x'];

  it('end a chain before the next step', async () => {
    const rows = [
      ...user('between', ['1 10:00 a', '1 11:00 b', '1 12:00 x', '1 13:00 c']),
      ...user('before', ['1 09:00 x', '1 10:00 a', '1 11:00 b', '1 13:00 c']),
      ...user('after', ['1 10:00 a', '1 11:00 b', '1 13:00 c', '1 14:00 x']),
    ];
    expect(await countsOf(rows, { steps, excluding })).toEqual([3, 3, 2]);
  });

  it('do not count at the moment of the entry or of the step', async () => {
    const rows = [
      ...user('entry', ['1 10:00 a', '1 10:00 x', '1 11:00 b', '1 12:00 c']),
      ...user('step', ['1 10:00 a', '1 11:00 b', '1 11:00 x', '1 12:00 c']),
    ];
    expect(await countsOf(rows, { steps, excluding })).toEqual([2, 2, 1]);
  });

  it('leave chains that begin after them', async () => {
    const rows = user('u', ['1 10:00 a', '1 11:00 x', '1 12:00 a', '1 13:00 b', '1 14:00 c']);
    expect(await countsOf(rows, { steps, excluding })).toEqual([1, 1, 1]);
  });

  it('may be events of the funnel', async () => {
    const rows = user('u', ['1 10:00 a', '1 11:00 b', '1 12:00 c']);
    expect(await countsOf(rows, { steps, excluding: ['b'] })).toEqual([1, 1, 0]);
  });

  it('end what has no order, too', async () => {
    const rows = [
      ...user('between', ['1 10:00 b', '1 11:00 x', '1 12:00 a']),
      ...user('after', ['1 10:00 b', '1 12:00 a', '1 12:00 x']),
    ];
    expect(await countsOf(rows, { steps: ['a', 'b'], excluding, order: 'UNORDERED' })).toEqual([2, 1]);
  });
});

describe('a strict funnel', () => {
  const asked = { steps: ['a', 'b', 'c'], order: 'STRICT' } as const;

  it('bears nothing between its steps', async () => {
    const rows = [
      ...user('nothing', ['1 10:00 a', '1 11:00 b', '1 12:00 c']),
      ...user('something', ['1 10:00 a', '1 11:00 b', '1 11:30 other', '1 12:00 c']),
      ...user('the step before again', ['1 10:00 a', '1 11:00 b', '1 11:30 b', '1 12:00 c']),
      ...user('around', ['1 09:00 other', '1 10:00 a', '1 11:00 b', '1 12:00 c', '1 13:00 other']),
      ...user('at the second try', ['1 09:00 a', '1 10:00 a', '1 11:00 b', '1 12:00 c']),
    ];
    expect(await countsOf(rows, asked)).toEqual([5, 5, 3]);
  });

  it('bears what is at the moment of its first and of its last step', async () => {
    const rows = [
      ...user('first', ['1 10:00 other', '1 10:00 a', '1 11:00 b', '1 12:00 c']),
      ...user('middle', ['1 10:00 a', '1 11:00 other', '1 11:00 b', '1 12:00 c']),
      ...user('last', ['1 10:00 a', '1 11:00 b', '1 12:00 c', '1 12:00 other']),
      ...user('two at the first', ['1 10:00 other', '1 10:00 a', '1 10:00 b', '1 12:00 c']),
    ];
    expect(await countsOf(rows, asked)).toEqual([4, 4, 3]);
  });

  it('takes each step as early as it can, whatever comes then', async () => {
    const rows = user('u', ['1 10:00 a', '1 10:00 b', '1 11:00 b', '1 12:00 c']);
    expect(await countsOf(rows, asked)).toEqual([1, 1, 0]);
  });

  it('does not see what the filters of all leave out', async () => {
    const rows = user('u', ['1 10:00 a', '1 11:00 other/hidden', '1 12:00 b', '1 13:00 c']);
    const filters: Filter[] = [{ dimension: 'path', operator: 'IS_NOT', values: ['hidden'] }];
    expect(await countsOf(rows, { ...asked, filters })).toEqual([1, 1, 1]);
    expect(await countsOf(rows, asked)).toEqual([1, 0, 0]);
  });
});

describe('a funnel without order', () => {
  const asked = { steps: ['a', 'b', 'c'], order: 'UNORDERED', conversionWindowMs: 2 * HOUR_MS } as const;

  it('counts whoever did all of the steps up to one', async () => {
    const rows = [
      ...user('backwards', ['1 10:00 c', '1 11:00 b', '1 12:00 a']),
      ...user('first and last', ['1 10:00 c', '1 11:00 a']),
      ...user('without the first', ['1 10:00 c', '1 11:00 b']),
    ];
    expect(await countsOf(rows, asked)).toEqual([2, 1, 1]);
  });

  it('wants all of them within one window', async () => {
    const rows = [
      ...user('too long', ['1 10:00 c', '1 11:00 b', '1 12:01 a']),
      ...user('at the second try', ['1 08:00 c', '1 10:00 b', '1 11:00 a', '1 12:00 c']),
    ];
    expect(await countsOf(rows, asked)).toEqual([2, 2, 1]);
  });

  it('measures from when the steps before were all done', async () => {
    const rows = user('u', ['1 10:00 c', '1 10:15 b', '1 11:00 a']);
    const { steps } = await ask(rows, asked);
    expect(steps.map(({ medianTimeFromPreviousMs }) => medianTimeFromPreviousMs)).toEqual([null, 0, 0]);
    const turned = await ask(rows, { ...asked, steps: ['b', 'c', 'a'] });
    expect(turned.steps[2]?.medianTimeFromPreviousMs).toBe(0.75 * HOUR_MS);
  });

  it('is entered where the first of its rows is', async () => {
    const rows = [
      ...user('u', ['1 10:00 other'], { country: 'FR' }),
      ...user('u', ['1 10:30 b'], { country: 'DE' }),
      ...user('u', ['1 11:00 a'], { country: 'SE' }),
    ];
    const { groups } = await ask(rows, { ...asked, breakdown: ['country'] });
    expect(groups.map(({ dimensions }) => dimensions[0]?.value)).toEqual(['DE']);
  });
});

describe('groups of a funnel', () => {
  it('are the values at the entry, those that most entered with first', async () => {
    const rows = [
      ...user('moves', ['1 10:00 a'], { country: 'SE' }),
      ...user('moves', ['1 11:00 b'], { country: 'DE' }),
      ...user('unknown', ['1 10:00 a', '1 12:00 b']),
      ...user('also unknown', ['1 10:00 a']),
    ];
    const { steps, groups } = await ask(rows, { steps: ['a', 'b'], breakdown: ['country'] });
    expect(steps.map(({ count }) => count)).toEqual([3, 2]);
    expect(groups).toEqual([
      {
        dimensions: [{ dimension: 'country', value: null }],
        at: null,
        steps: [
          { name: 'a', count: 2, medianTimeFromPreviousMs: null },
          { name: 'b', count: 1, medianTimeFromPreviousMs: 2 * HOUR_MS },
        ],
      },
      {
        dimensions: [{ dimension: 'country', value: 'SE' }],
        at: null,
        steps: [
          { name: 'a', count: 1, medianTimeFromPreviousMs: null },
          { name: 'b', count: 1, medianTimeFromPreviousMs: HOUR_MS },
        ],
      },
    ]);
  });

  it('are days of the time zone, each with the best chain that began on it', async () => {
    // 29 March has 23 hours in Berlin: it ends at 22:00 UTC.
    const at = (time: string, name: string, id: string): Row[] =>
      user(id, [`1 00:00 ${name}`]).map((row) => ({ ...row, at: new Date(time) }));
    const rows = [
      ...at('2026-03-28T23:00Z', 'a', 'u'),
      ...at('2026-03-29T21:59Z', 'b', 'u'),
      ...at('2026-03-29T22:00Z', 'a', 'u'),
      ...at('2026-03-28T22:59Z', 'a', 'v'),
    ];
    const period = periodOf('2026-03-28', '2026-03-31', 'Europe/Berlin');
    const { steps, groups } = await ask(rows, { steps: ['a', 'b'], period, interval: 'DAY' });
    expect(steps.map(({ count }) => count)).toEqual([2, 1]);
    expect(groups.map(({ at: day, steps: own }) => [day, ...own.map(({ count }) => count)])).toEqual([
      ['2026-03-28T00:00:00+01:00', 1, 0],
      ['2026-03-29T00:00:00+01:00', 1, 1],
      ['2026-03-30T00:00:00+02:00', 1, 0],
    ]);
  });

  it('are there for every day that has begun, whether somebody entered or not', async () => {
    const rows = [
      ...user('u', ['2 10:00 a'], { country: 'SE' }),
      ...user('v', ['2 10:00 a', '3 10:00 a'], { country: 'DE' }),
    ];
    const asOf = Date.UTC(2026, 0, 3, 12);
    const question = { steps: ['a', 'b'], interval: 'DAY', period: periodOf('2026-01-01', '2026-01-05') } as const;
    const find = async (breakdown: string[], found = rows) => {
      const asked = toQuestion({ ...question, breakdown });
      const { groups } = await computeFunnel(relationOf(TYPES, found), asked, { ...tools, asOf });
      return groups.map(({ dimensions, at, steps }) => [dimensions[0]?.value, at?.slice(8, 10), steps[0]?.count]);
    };
    expect(await find([])).toEqual([
      [undefined, '01', 0],
      [undefined, '02', 2],
      [undefined, '03', 1],
    ]);
    expect(await find(['country'])).toEqual([
      ['DE', '01', 0],
      ['DE', '02', 1],
      ['DE', '03', 1],
      ['SE', '01', 0],
      ['SE', '02', 1],
      ['SE', '03', 0],
    ]);
    expect(await find([], [])).toEqual([
      [undefined, '01', 0],
      [undefined, '02', 0],
      [undefined, '03', 0],
    ]);
    expect(await find(['country'], [])).toEqual([]);
  });
});

describe('a funnel that cannot be computed', () => {
  const events = { sql: '(select now()::timestamp as at, null as name)', columns: new Set(['at', 'name']) };

  it('is refused where it has no steps, or the rows no key', async () => {
    const question = toQuestion({ steps: ['a', 'b'] });
    await expect(computeFunnel(events, { ...question, steps: null }, tools)).rejects.toBeInstanceOf(QueryLimitError);
    await expect(computeFunnel(events, question, tools)).rejects.toThrow(/no user_id/);
    await expect(computeFunnel(events, { ...question, countBy: 'SESSIONS' }, tools)).rejects.toThrow(/no session_id/);
  });

  it('is refused where too many steps of one event overlap', async () => {
    const contains = (value: string): FunnelStepQuery => {
      const filter = { dimension: 'path', operator: 'CONTAINS', values: [value], path: 'query.steps[0]' } as const;
      return { event: 'a', name: 'a', filters: [filter] };
    };
    await expect(ask([], { steps: [...'abcdefg'].map(contains) })).rejects.toThrow(/7 steps of "a"/);
    expect(await countsOf([], { steps: [...'abcdef'].map(contains) })).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('is refused for a regular expression that is unknown, by its path', async () => {
    const filters: Filter[] = [{ dimension: 'path', operator: 'MATCHES', values: ['(?=x)'] }];
    await expect(ask([], { steps: ['a', 'b'], filters })).rejects.toBeInstanceOf(InvalidQueryError);
    await expect(ask([], { steps: ['a', 'b'], filters })).rejects.toThrow(/^query\.filters\[0\]/);
  });

  it('is too large where its groups are', async () => {
    const many = {
      sql: `(select timestamp '2026-01-02' as at, 'a' as name, i::varchar as user_id, i::varchar as country from range(100001) t (i))`,
      columns: new Set(['at', 'name', 'user_id', 'country']),
    };
    const question = toQuestion({ steps: ['a', 'b'], breakdown: ['country'] });
    await expect(computeFunnel(many, question, tools)).rejects.toBeInstanceOf(ResultTooLargeError);
  });
});
