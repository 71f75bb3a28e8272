import type { CohortMember, CohortMembers, SourceCohort } from '../analytics/cohorts.ts';
import type { SourceEventDefinition } from '../analytics/event-definitions.ts';
import { toUniqueNames } from './column-names.ts';
import {
  ANSWER_ROOM,
  assertTableFits,
  createColumn,
  type ColumnTable,
  type TableLayout,
  type TableRoom,
} from './column-table.ts';

/** Given cohorts, return a row for each. */
export function toCohortsTable(cohorts: readonly SourceCohort[]): ColumnTable {
  assertTableFits(cohorts.length);
  const columns = [
    createColumn({ name: 'id', type: 'TEXT', values: cohorts.map(({ nativeId }) => nativeId) }),
    createColumn({ name: 'name', type: 'TEXT', values: cohorts.map(({ name }) => name) }),
    createColumn({ name: 'size', type: 'INTEGER', unit: 'DISTINCT_COUNT', values: cohorts.map(({ size }) => size) }),
    createColumn({ name: 'user_kind', type: 'TEXT', values: cohorts.map(({ userKind }) => userKind) }),
    createColumn({ name: 'updated_at', type: 'DATE', values: cohorts.map(({ updatedAt }) => updatedAt) }),
  ];
  return { columns, rowCount: cohorts.length };
}

/** Given members of a cohort, return a row for each, in either layout: the id, then what is said about them. */
export function toCohortMembersTable(
  { members, attributeNames }: Pick<CohortMembers, 'members' | 'attributeNames'>,
  _layout: TableLayout = 'TIDY',
  room: TableRoom = ANSWER_ROOM,
): ColumnTable {
  const [idName = 'user_id', ...names] = toUniqueNames(['user_id', ...attributeNames]);
  assertTableFits(members.length, 1 + names.length, room);
  const attribute = (index: number) => members.map(({ attributes }: CohortMember) => attributes[index] ?? null);
  const columns = [
    createColumn({ name: idName, type: 'TEXT', values: members.map(({ userId }) => userId) }),
    ...names.map((name, index) => createColumn({ name, type: 'TEXT', values: attribute(index) })),
  ];
  return { columns, rowCount: members.length };
}

/** Given defined events, return a row for each. */
export function toEventDefinitionsTable(definitions: readonly SourceEventDefinition[]): ColumnTable {
  assertTableFits(definitions.length);
  const columns = [
    createColumn({ name: 'id', type: 'TEXT', values: definitions.map(({ nativeId }) => nativeId) }),
    createColumn({ name: 'name', type: 'TEXT', values: definitions.map(({ name }) => name) }),
    createColumn({ name: 'kind', type: 'TEXT', values: definitions.map(({ kind }) => kind) }),
  ];
  return { columns, rowCount: definitions.length };
}
