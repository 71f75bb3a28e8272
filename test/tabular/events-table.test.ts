import { describe, expect, it } from 'vitest';
import { toRows, type TableColumn } from '../../src/tabular/column-table.ts';
import { toEventsTable } from '../../src/tabular/events-table.ts';
import { event, linesOf, namesOf } from './reports.ts';

function wideColumn(name: string, ...properties: Record<string, unknown>[]): TableColumn | undefined {
  const events = properties.map((given) => event({ properties: given }));
  return toEventsTable({ events }, 'WIDE').columns.find((column) => column.name === name);
}

describe('tidy events table', () => {
  it('has every field in its column', () => {
    const full = event({
      userId: 'u1',
      sessionId: 's1',
      deviceId: 'd1',
      country: 'SE',
      region: 'AB',
      city: 'Stockholm',
      os: 'iOS',
      osVersion: '26.1',
      browser: 'Safari',
      browserVersion: '26',
      device: 'iPhone',
      path: '/buy',
      referrer: 'https://example.com',
      revenue: 9.5,
      properties: { plan: 'pro', amount: 3 },
      attributes: { z: 1, a: [true] },
    });
    expect(linesOf(toEventsTable({ events: [full] }, 'TIDY'))).toEqual([
      'at,name,id,user_id,session_id,device_id,country,region,city,os,os_version,browser,browser_version,device,path,referrer,revenue,properties,attributes',
      '2026-01-01T10:00:00.000Z,purchase,e1,u1,s1,d1,SE,AB,Stockholm,iOS,26.1,Safari,26,iPhone,/buy,https://example.com,9.5,"{""amount"":3,""plan"":""pro""}","{""a"":[true],""z"":1}"',
    ]);
  });

  it('has null for what nobody said', () => {
    const rows = toRows(toEventsTable({ events: [event()] }, 'TIDY'));
    expect(rows[0]?.slice(3)).toEqual([...new Array<null>(14).fill(null), '{}', '{}']);
  });

  it('says what its columns are', () => {
    const { columns } = toEventsTable({ events: [event()] }, 'TIDY');
    expect(columns[0]).toMatchObject({ name: 'at', type: 'DATETIME' });
    expect(columns.find(({ name }) => name === 'revenue')).toMatchObject({
      type: 'NUMBER',
      unit: 'MONEY',
      currency: null,
    });
  });
});

describe('wide events table', () => {
  it('has the properties of all events, sorted', () => {
    const events = [
      event({ properties: { plan: 'pro', Amount: 3 } }),
      event({ id: 'e2', properties: { coupon: 'X' }, attributes: { version: 2 } }),
    ];
    const table = toEventsTable({ events }, 'WIDE');
    expect(namesOf(table).slice(17)).toEqual([
      'properties.Amount',
      'properties.coupon',
      'properties.plan',
      'attributes.version',
    ]);
    expect(toRows(table).map((row) => row.slice(17))).toEqual([
      [3, null, 'pro', null],
      [null, 'X', null, 2],
    ]);
  });

  it.each([
    ['INTEGER', [1, -2, null], [1, -2, null]],
    ['NUMBER', [1, 0.5, undefined], [1, 0.5, null]],
    ['BOOLEAN', [true, false, null], [true, false, null]],
    ['TEXT', ['a', '', null], ['a', '', null]],
    ['TEXT', [1e21, 'a', true], ['1000000000000000000000', 'a', 'true']],
    ['TEXT', [{ b: 1, a: [2] }, [], null], ['{"a":[2],"b":1}', '[]', null]],
    ['TEXT', [null, null, undefined], [null, null, null]],
  ])('finds %s in %j', (type, given, values) => {
    expect(wideColumn('properties.x', ...given.map((x) => ({ x })))).toMatchObject({ type, values });
  });

  it('does not find what objects inherit', () => {
    expect(wideColumn('properties.toString', { toString: 'own' }, {})).toMatchObject({ values: ['own', null] });
  });

  it('has no property column without properties', () => {
    expect(namesOf(toEventsTable({ events: [event()] }, 'WIDE'))).toHaveLength(17);
    expect(linesOf(toEventsTable({ events: [] }, 'WIDE'))).toHaveLength(1);
  });
});
