import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/analytics/global-id.ts';
import { systemClock } from '../../src/system-clock.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createExportStore } from '../../src/store/export-store.ts';
import { migrateDatabase } from '../../src/store/migrations.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';
import { recordLog } from '../store/backends.ts';
import { startPostgresServer, type PostgresServer } from '../store/postgres-server.ts';
import { newTask } from '../store/store-under-test.ts';
import { startStatementRelay, type StatementRelay } from './statement-relay.ts';

/** The only place where tasks are read by their ids. */
const READ = 'from tributary.export_tasks where id =';
const READ_FILES = 'from tributary.export_files where task_id =';
const TASKS = 100;
const EVERYBODY = 'local';

const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const stateOf = (index: number): string => (index % 2 === 0 ? 'SUCCEEDED' : 'CANCELLED');
const globalIdOf = (index: number): string => toGlobalId('ExportTask', idOf(index));

describe('export tasks of a gateway', { timeout: 120_000 }, () => {
  let postgres: PostgresServer;
  let relay: StatementRelay;
  let server: ServerUnderTest;

  beforeAll(async () => {
    postgres = await startPostgresServer();
    const url = await postgres.createDatabase();
    await keepTasks(url);
    relay = await startStatementRelay(url);
    server = await startServerUnderTest({ env: { DATABASE_URL: relay.url } });
    // With the first question the database is opened.
    await server.query('{ exportTasks { totalCount } }');
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await relay.close();
    await postgres.stop();
  }, 120_000);

  const find = async (ids: readonly unknown[]) => {
    const representations = ids.map((id) => ({ __typename: 'ExportTask', id }));
    const operation = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { __typename ... on ExportTask { id state source { key } } }
    }`;
    return server.ask<{ _entities: ({ id: string } | null)[] }>(operation, { representations });
  };

  it('are one read, in the order of the gateway', async () => {
    const before = relay.countOf(READ);
    const wanted = Array.from({ length: TASKS }, (_, index) => (index * 37) % TASKS);
    const { data, errors } = await find(wanted.map(globalIdOf));
    expect(errors).toBeUndefined();
    const source = { key: 'sandbox-instal' };
    expect(data._entities).toEqual(
      wanted.map((index) => ({ __typename: 'ExportTask', id: globalIdOf(index), state: stateOf(index), source })),
    );
    expect(relay.countOf(READ) - before).toBe(1);
  });

  it('have their files by one more read', async () => {
    const before = [READ, READ_FILES].map(relay.countOf);
    const data = await server.query<{ exportTasks: { nodes: { id: string; files: { name: string }[] }[] } }>(
      '{ exportTasks(first: 100) { nodes { id files { name url } } } }',
    );
    const files = new Map(data.exportTasks.nodes.map((task) => [task.id, task.files.map(({ name }) => name)]));
    expect([0, 1, 50, 51].map((index) => files.get(globalIdOf(index)))).toEqual([['0.csv'], [], ['50.csv'], []]);
    expect([READ, READ_FILES].map((text, index) => relay.countOf(text) - (before[index] ?? 0))).toEqual([0, 1]);
  });

  it('are one read where fields ask for them', async () => {
    const before = relay.countOf(READ);
    const fields = Array.from({ length: 20 }, (_, index) => `t${index}: exportTask(id: "${globalIdOf(index)}") { id }`);
    const data = await server.query<Record<string, { id: string }>>(`{ ${fields.join(' ')} }`);
    expect(Object.values(data).map(({ id }) => id)).toEqual(
      Array.from({ length: 20 }, (_, index) => globalIdOf(index)),
    );
    expect(relay.countOf(READ) - before).toBe(1);
  });

  it('are null where they are gone, of another type, or of somebody else', async () => {
    const mine = globalIdOf(0);
    const ids = [
      globalIdOf(TASKS),
      mine,
      toGlobalId('ExportTask', idOf(0), 'more'),
      toGlobalId('Cohort', 'sandbox-growingio', idOf(0)),
      toGlobalId('ExportTask', '\0'),
      toGlobalId('ExportTask', "' or true --"),
      mine,
      globalIdOf(TASKS + 1),
      idOf(0),
      '',
      7,
      null,
      { id: mine },
    ];
    const { data, errors } = await find(ids);
    expect(errors).toBeUndefined();
    expect(data._entities.map((task) => task?.id ?? null)).toEqual(ids.map((id) => (id === mine ? mine : null)));
  });

  it('are asked of the database once where thousands are made up', async () => {
    const before = relay.countOf(READ);
    const { data, errors } = await find(Array.from({ length: 5000 }, (_, index) => globalIdOf(TASKS + 2 + index)));
    expect(errors).toBeUndefined();
    expect(data._entities).toHaveLength(5000);
    expect(data._entities.every((task) => task === null)).toBe(true);
    expect(relay.countOf(READ) - before).toBe(1);
  });
});

/** Keep tasks that nobody works on, every second with a file; the last one is somebody else's. */
async function keepTasks(url: string): Promise<void> {
  const database = await openDatabase({ url, folder: '', log: recordLog() });
  await migrateDatabase(database, { now: systemClock.now() });
  const store = createExportStore(database, systemClock);
  for (let index = 0; index <= TASKS; index += 1) {
    await store.createTask(newTask(idOf(index), { principal: index < TASKS ? EVERYBODY : 'somebody else' }), null);
    if (stateOf(index) === 'SUCCEEDED') {
      await store.transition(idOf(index), { from: 'QUEUED', to: 'RUNNING' });
      const file = { name: `${index}.csv`, rowCount: 1, byteSize: 2, sha256: 'ab'.repeat(32), mediaType: 'text/csv' };
      await store.publish(idOf(index), [file], {});
    } else {
      await store.cancelTask(idOf(index));
    }
  }
  await database.close();
}
