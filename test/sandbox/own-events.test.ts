import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { parseOwnEvents } from '../../src/sandbox/own-events/own-events-file.ts';
import { readOwnEvents } from '../../src/sandbox/own-events.ts';
import { createWorld } from '../../src/sandbox/world.ts';

const generated = createWorld({ today: '2026-03-01' });

async function load(text: string) {
  const file = join(await mkdtemp(join(tmpdir(), 'own-events-')), 'events.csv');
  await writeFile(file, text);
  return readOwnEvents(file, generated);
}

function mistakesOf(text: string): string {
  try {
    parseOwnEvents(text, 'events.csv');
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing';
}

describe('own events', () => {
  it.each([
    ['comma', 'user_id,event,time,plan\nu1,open,2026-02-01,"a,b"\n'],
    ['semicolon', 'time;user_id;plan;event\n2026-02-01;u1;a,b;open\n'],
    ['tab', 'event\tplan\ttime\tuser_id\nopen\ta,b\t2026-02-01\tu1\n'],
    ['byte order mark and spaces', '\uFEFFuser_id , event, time ,plan\r\nu1,open, 2026-02-01 ,"a,b"\r\n\r\n'],
  ])('are read with %s', (_, text) => {
    expect(parseOwnEvents(text, 'events.csv')).toEqual([
      {
        userId: 'u1',
        name: 'open',
        timeMs: Date.UTC(2026, 1, 1),
        country: '',
        platform: '',
        appVersion: '',
        revenueCents: 0,
        properties: { plan: 'a,b' },
      },
    ]);
  });

  it.each([
    ['2026-02-01', '2026-02-01T00:00:00.000Z'],
    ['20260201', '2026-02-01T00:00:00.000Z'],
    ['2026-02-01 10:20', '2026-02-01T10:20:00.000Z'],
    ['2026-02-01 10:20:30', '2026-02-01T10:20:30.000Z'],
    ['2026-02-01 10:20:30.456', '2026-02-01T10:20:30.456Z'],
    ['2026-02-01T10:20:30', '2026-02-01T10:20:30.000Z'],
    ['2026-02-01T10:20:30.4Z', '2026-02-01T10:20:30.400Z'],
    ['2026-02-01T10:20:30+02:00', '2026-02-01T08:20:30.000Z'],
    ['2026-02-01T10:20-0530', '2026-02-01T15:50:00.000Z'],
    ['1769941230', '2026-02-01T10:20:30.000Z'],
    ['1769941230456', '2026-02-01T10:20:30.456Z'],
  ])('read the time %s', (time, expected) => {
    const [event] = parseOwnEvents(`user_id,event,time\nu1,open,${time}`, 'events.csv');
    expect(new Date(event?.timeMs ?? 0).toISOString()).toBe(expected);
  });

  it('replace the generated product events only', async () => {
    const world = await load(
      'user_id,event,time,country,revenue\n404,a,2026-02-01,se,9.99\n404,b,2026-02-02,DE,\nx,a,2026-01-01,,\n',
    );
    const { events } = world;
    expect(Array.from(events.user, (user) => world.users[user]?.id)).toEqual(['x', '404', '404']);
    expect(Array.from(events.name, (name) => events.names[name])).toEqual(['a', 'a', 'b']);
    expect(Array.from(events.context, (at) => world.contexts[at]?.place.country)).toEqual(['', 'SE', 'DE']);
    expect([...events.revenueCents]).toEqual([0, 999, 0]);
    expect(world.subscriptions).toBe(generated.subscriptions);
    expect(world.firstEventUser).toBe(generated.users.length);
  });

  it('begin a visit after thirty minutes', async () => {
    const times = ['10:00', '10:29', '10:58:59.999', '11:28:59.999', '12:00'].map(
      (time) => `u1,open,2026-02-01 ${time}`,
    );
    const world = await load(['user_id,event,time', ...times.reverse()].join('\n'));
    expect([...world.events.session]).toEqual([0, 0, 0, 1, 2]);
  });

  it('name the missing column and the found', () => {
    expect(mistakesOf('user,event,at\nu1,open,2026-02-01')).toBe(
      'events.csv: the column user_id, time is missing. Needed: user_id, event, time. Found: user, event, at.',
    );
    expect(mistakesOf('')).toContain('Found: nothing.');
    expect(mistakesOf('user_id,event,time,time\n')).toContain('the column time is there twice');
    expect(mistakesOf('user_id,event,time\n')).toContain('no rows below the header');
    expect(mistakesOf('user_id,event,time\n"u1,open')).toContain('this is not CSV');
  });

  it.each([
    ['user_id', ',open,2026-02-01,,', 'found "", allowed is any text'],
    ['event', 'u1, ,2026-02-01,,', 'found "", allowed is any text'],
    ['time', 'u1,open,2026-02-30,,', 'found "2026-02-30", allowed is ISO 8601'],
    ['time', 'u1,open,yesterday,,', 'found "yesterday"'],
    ['time', 'u1,open,2026-02-01 25:00,,', 'found "2026-02-01 25:00"'],
    ['country', 'u1,open,2026-02-01,SWE,', 'found "SWE", allowed is two letters'],
    ['revenue', 'u1,open,2026-02-01,,"9,99"', 'found "9,99", allowed is a number with a point'],
    ['all', 'u1,open', 'found "2 cells", allowed is 5'],
  ])('refuse a bad %s', (column, row, expected) => {
    const message = mistakesOf(`user_id,event,time,country,revenue\nu0,open,2026-02-01,,\n${row}\n`);
    expect(message).toContain('events.csv: 1 of 2 rows cannot be read.');
    expect(message).toContain(`line 3, column ${column}: `);
    expect(message).toContain(expected);
  });

  it('list the first mistakes and count all', () => {
    const rows = Array.from({ length: 9 }, (_, row) => (row < 8 ? `u1,open,never ${row}` : 'u1,open,2026-02-01'));
    const lines = mistakesOf(['user_id,event,time', ...rows].join('\n')).split('\n');
    expect(lines).toHaveLength(7);
    expect(lines[0]).toBe('events.csv: 8 of 9 rows cannot be read.');
    expect(lines[6]).toBe('  and 3 more');
  });

  it('load seventy thousand rows', async () => {
    const rows = Array.from(
      { length: 70_000 },
      (_, row) => `u${row % 5000},open,${1_769_941_230_000 + row * 997},SE,iOS,1.0,1.5,x${row}`,
    );
    const world = await load(['user_id,event,time,country,platform,app_version,revenue,p', ...rows].join('\n'));
    expect(world.events.length).toBe(70_000);
  });
});
