import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ServerUnderTest } from './running-server.ts';

/** A task as the tests look at it. */
export interface AskedTask {
  readonly id: string;
  readonly state: string;
  readonly attempt: number;
  readonly rowCount: number | null;
  readonly completeness: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly files: readonly {
    readonly name: string;
    readonly url: string;
    readonly rowCount: number | null;
    readonly byteSize: number;
    readonly sha256: string;
  }[];
}

/** What a mutation answers. */
export interface AskedPayload {
  readonly exportTask: AskedTask | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string; readonly path: readonly string[] }[];
}

const TASK = `id state attempt rowCount completeness error { code message }
  files { name url rowCount byteSize sha256 }`;

/** Send `createExport` with this input. */
export async function createExport(server: ServerUnderTest, input: object): Promise<AskedPayload> {
  const document = `mutation ($input: CreateExportInput!) {
    createExport(input: $input) { exportTask { ${TASK} } userErrors { code message path } } }`;
  return (await server.query<{ createExport: AskedPayload }>(document, { input })).createExport;
}

/** Send `cancelExport` or `retryExport`. */
export async function change(server: ServerUnderTest, field: 'cancelExport' | 'retryExport', id: string) {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) {
    ${field}(input: $input) { exportTask { ${TASK} } userErrors { code message path } } }`;
  return (await server.query<Record<typeof field, AskedPayload>>(document, { input: { id } }))[field];
}

/** Look at a task; null where there is none. */
export async function lookAt(server: ServerUnderTest, id: string): Promise<AskedTask | null> {
  const document = `query ($id: ID!) { exportTask(id: $id) { ${TASK} } }`;
  return (await server.query<{ exportTask: AskedTask | null }>(document, { id })).exportTask;
}

const ENDED = ['SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED'];

/** Make a task that must be made, and return it once it has ended. */
export async function runExport(server: ServerUnderTest, input: object): Promise<AskedTask> {
  const { exportTask, userErrors } = await createExport(server, input);
  expect(userErrors).toEqual([]);
  return untilEnded(server, exportTask?.id ?? '');
}

/** Look at a task until it has ended. */
export async function untilEnded(server: ServerUnderTest, id: string): Promise<AskedTask> {
  for (;;) {
    const task = await lookAt(server, id);
    if (!task) throw new Error('The task is gone');
    if (ENDED.includes(task.state)) return task;
    await delay(100);
  }
}

/** Fetch a file of a task by its link. */
export async function fetchFile({ files }: AskedTask, index = 0): Promise<Buffer> {
  const response = await fetch(files[index]?.url ?? '');
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}
