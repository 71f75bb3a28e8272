import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client, ClientOptions } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createExport, untilEnded } from '../server/export-tasks.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';
import { makeLaidOutFolder } from '../store/laid-out-folder.ts';
import { createSubscriptionClient } from './subscription-client.ts';

const KEY = 'key-of-a-watcher-4711';
const HASH = createHash('sha256').update(KEY).digest('hex');
const ROWS = {
  source: {
    rows: {
      source: 'sandbox-mytracker',
      table: 'installs',
      period: { dates: { from: '2026-06-01', to: '2026-06-07' } },
    },
  },
};
const WATCH = `subscription ($id: ID!) {
  exportTask(id: $id) { state phase rowCount files { name rowCount } error { code } }
}`;

interface Told {
  readonly exportTask: {
    readonly state: string;
    readonly rowCount: number | null;
    readonly files: readonly { readonly name: string; readonly rowCount: number | null }[];
  };
}

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest({ hasDatabase: true });
}, 60_000);
afterAll(() => server.close());

function connect(
  at: ServerUnderTest,
  options: Partial<Omit<ClientOptions, 'url'>> & { readonly apiKey?: string } = {},
): Client {
  const client = createSubscriptionClient({ url: `${at.url}/graphql`, ...options });
  onTestFinished(() => void client.dispose());
  return client;
}

describe('graphql-ws', () => {
  it('is told of an export until that has ended', async () => {
    const { exportTask } = await createExport(server, ROWS);
    const told: Told['exportTask'][] = [];
    for await (const { data } of connect(server).iterate<Told>({ query: WATCH, variables: { id: exportTask?.id } })) {
      if (data) told.push(data.exportTask);
    }
    const ended = told.at(-1);
    expect(ended).toMatchObject({ state: 'SUCCEEDED', files: [{ name: 'export.csv', rowCount: ended?.rowCount }] });
    expect(told.filter(({ state }) => state === 'SUCCEEDED')).toHaveLength(1);
    expect(told.length).toBeGreaterThan(1);
  }, 60_000);

  it('is told once of one that has ended already', async () => {
    const { exportTask } = await createExport(server, ROWS);
    await untilEnded(server, exportTask?.id ?? '');
    const states: unknown[] = [];
    for await (const { data } of connect(server).iterate<Told>({ query: WATCH, variables: { id: exportTask?.id } })) {
      states.push(data?.exportTask.state);
    }
    expect(states).toEqual(['SUCCEEDED']);
  }, 60_000);

  it('is refused a query, and is told where to send it', async () => {
    const asked = connect(server).iterate({ query: '{ dataSources { key } }' });
    await expect(asked.next()).rejects.toMatchObject([
      {
        message: expect.stringContaining('Send queries and mutations by POST'),
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it('is told by a code that there is no such task', async () => {
    const asked = connect(server).iterate({ query: WATCH, variables: { id: 'bm90aGluZw' } });
    const answer = await asked.next().catch((error: unknown) => ({ value: { errors: error } }));
    expect(answer.value).toMatchObject({ errors: [{ extensions: { code: 'EXPORT_TASK_NOT_FOUND' } }] });
  });

  it('goes on with the present state after its socket was cut', async () => {
    const { exportTask } = await createExport(server, ROWS);
    const sockets: WebSocket[] = [];
    const client = connect(server, {
      retryAttempts: 5,
      // At once, and not after the usual second: the task is to be seen on its way.
      retryWait: () => Promise.resolve(),
      on: { opened: (socket) => void sockets.push(socket as WebSocket) },
    });
    const states: string[] = [];
    for await (const { data } of client.iterate<Told>({ query: WATCH, variables: { id: exportTask?.id } })) {
      states.push(data?.exportTask.state ?? 'nothing');
      // As a proxy does that thinks nobody is there any more.
      if (states.length === 1) sockets[0]?.close(4499, 'cut');
    }
    expect(sockets).toHaveLength(2);
    expect(states.at(-1)).toBe('SUCCEEDED');
  }, 60_000);
});

describe('a server with keys', () => {
  async function startGuarded(): Promise<ServerUnderTest> {
    const guarded = await startServerUnderTest({ env: { TRIBUTARY_API_KEYS: `watcher:${HASH}` } });
    onTestFinished(() => guarded.close());
    return guarded;
  }

  it.each([
    ['no key', {}],
    ['a wrong key', { apiKey: 'nobody' }],
  ])('closes the socket for %s, for good', async (_kind, options) => {
    const guarded = await startGuarded();
    let opened = 0;
    const client = connect(guarded, {
      ...options,
      retryWait: () => Promise.resolve(),
      on: { opened: () => void opened++ },
    });
    const asked = client.iterate({ query: WATCH, variables: { id: 'bm90aGluZw' } });
    const closed = await asked.next().catch(({ code, reason }: CloseEvent) => ({ code, reason }));
    expect(closed).toMatchObject({ code: 4401, reason: expect.stringContaining('API key') });
    expect(opened).toBe(1);
  });

  it('takes the key from the parameters of the connection', async () => {
    const client = connect(await startGuarded(), { apiKey: KEY });
    const asked = client.iterate({ query: WATCH, variables: { id: 'bm90aGluZw' } });
    const answer = await asked.next().catch((error: unknown) => ({ value: { errors: error } }));
    expect(answer.value).toMatchObject({ errors: [{ extensions: { code: 'EXPORT_TASK_NOT_FOUND' } }] });
  });
});

describe('a server that stops', () => {
  it('is asked again once it is back, and tells the present state', async () => {
    const folder = await makeLaidOutFolder();
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const first = await startServerUnderTest({ env: { TRIBUTARY_DATA: folder } });
    const client = connect(first, {
      retryAttempts: 10_000,
      retryWait: () => delay(20),
    });
    const { exportTask } = await createExport(first, ROWS);
    const id = exportTask?.id ?? '';
    const states: string[] = [];
    let second: Promise<ServerUnderTest> | undefined;
    for await (const { data } of client.iterate<Told>({ query: WATCH, variables: { id } })) {
      states.push(data?.exportTask.state ?? 'nothing');
      second ??= first
        .close()
        .then(() => startServerUnderTest({ env: { TRIBUTARY_DATA: folder, PORT: new URL(first.url).port } }));
    }
    const back = await second;
    if (!back) throw new Error('Nothing was told before the server stopped');
    onTestFinished(() => back.close());
    expect((await untilEnded(back, id)).state).toBe(states.at(-1));
    expect(states.at(-1)).toBe('SUCCEEDED');
  }, 120_000);
});
