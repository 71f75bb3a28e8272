import { describe, expect, it } from 'vitest';
import { ResultTooLargeError } from '../../src/errors.ts';
import { toCohortMembersTable, toCohortsTable, toEventDefinitionsTable } from '../../src/tabular/listing-tables.ts';
import { cohort } from '../reports/fake-saved.ts';
import { linesOf, namesOf, sourceOf } from './reports.ts';

const source = sourceOf('store');
const member = (userId: string, ...attributes: (string | null)[]) => ({ userId, attributes });

describe('cohorts table', () => {
  it('has a row for each cohort', () => {
    const buyers = cohort('c1', { name: 'Buyers', size: 1200, userKind: 'cs1', updatedAt: '2026-11-14' });
    const table = toCohortsTable([buyers, cohort('c2')].map((one) => ({ ...one, source })));
    expect(linesOf(table)).toEqual([
      'id,name,size,user_kind,updated_at',
      'c1,Buyers,1200,cs1,2026-11-14',
      'c2,C2,.,.,.',
    ]);
    expect(table.columns.map(({ type }) => type)).toEqual(['TEXT', 'TEXT', 'INTEGER', 'TEXT', 'DATE']);
    expect(table.columns[2]).toMatchObject({ unit: 'DISTINCT_COUNT' });
  });

  it('is a header alone without cohorts', () => {
    expect(linesOf(toCohortsTable([]))).toEqual(['id,name,size,user_kind,updated_at']);
  });

  it('tells an empty cohort from one of unknown size', () => {
    const table = toCohortsTable([cohort('c1', { size: 0 }), cohort('c2')].map((one) => ({ ...one, source })));
    expect(table.columns[2]?.values).toEqual([0, null]);
  });
});

describe('cohort members table', () => {
  it('has the id, then what is said about each', () => {
    const members = [member('007', 'Oslo', null), member('8', null, ''), member('8', '2026', 'true')];
    const table = toCohortMembersTable({ attributeNames: ['city', 'plan'], members });
    expect(linesOf(table)).toEqual(['user_id,city,plan', '007,Oslo,.', '8,.,', '8,2026,true']);
    expect(new Set(table.columns.map(({ type }) => type))).toEqual(new Set(['TEXT']));
    expect(table.rowCount).toBe(3);
  });

  it('tells columns of one name apart', () => {
    const members = [member('1', 'a', 'b', 'c')];
    const table = toCohortMembersTable({ attributeNames: ['user_id', 'city', 'city'], members });
    expect(linesOf(table)).toEqual(['user_id,user_id (2),city,city (2)', '1,a,b,c']);
  });

  it('keeps names in any script', () => {
    const table = toCohortMembersTable({ attributeNames: ['城市', 'a,b'], members: [member('1', '上海', 'x')] });
    expect(linesOf(table)).toEqual(['user_id,城市,"a,b"', '1,上海,x']);
  });

  it('is a header alone without members', () => {
    expect(namesOf(toCohortMembersTable({ attributeNames: ['city'], members: [] }))).toEqual(['user_id', 'city']);
  });

  it('refuses more rows than a table has', () => {
    const rows = (count: number) => new Array<ReturnType<typeof member>>(count).fill(member('1'));
    const table = (count: number) => toCohortMembersTable({ attributeNames: [], members: rows(count) });
    expect(table(100_000).rowCount).toBe(100_000);
    expect(() => table(100_001)).toThrow(ResultTooLargeError);
  });

  it('refuses more cells than a table has', () => {
    const attributeNames = Array.from({ length: 20 }, (_, index) => `a${index}`);
    const members = new Array<ReturnType<typeof member>>(100_000).fill(member('1'));
    expect(() => toCohortMembersTable({ attributeNames, members })).toThrow(ResultTooLargeError);
  });
});

describe('event definitions table', () => {
  it('has a row for each definition', () => {
    const definitions = [
      { nativeId: 'e1', name: 'Click', kind: 'clck', source },
      { nativeId: 'e2', name: 'Click', kind: null, source },
    ];
    expect(linesOf(toEventDefinitionsTable(definitions))).toEqual(['id,name,kind', 'e1,Click,clck', 'e2,Click,.']);
  });

  it('is a header alone without definitions', () => {
    expect(linesOf(toEventDefinitionsTable([]))).toEqual(['id,name,kind']);
  });
});
