import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { print } from 'graphql';
import type { ResultOf } from '@graphql-typed-document-node/core';
import { graphql, readFragment } from './__generated__/index.ts';
import type { CreateExportInput, TaskProgressFragment } from './__generated__/graphql.ts';
import type { Connection } from './connection.ts';
import { assertNoUserErrors, RefusedError } from './failures.ts';

const TaskProgress = graphql(`
  fragment TaskProgress on ExportTask {
    id
    state
    phase
    progress
    rowCount
    error {
      code
      message
    }
    files {
      name
      url
      byteSize
      sha256
    }
  }
`);

const CreateExport = graphql(`
  mutation CreateExport($input: CreateExportInput!) {
    createExport(input: $input) {
      exportTask {
        ...TaskProgress
      }
      userErrors {
        ...UserErrorLine
      }
    }
  }
`);

const WatchExport = graphql(`
  subscription WatchExport($id: ID!) {
    exportTask(id: $id) {
      ...TaskProgress
    }
  }
`);

/** An export that has ended, and where its files now are. */
export interface SavedExport {
  readonly task: TaskProgressFragment;
  readonly paths: readonly string[];
}

/** Start an export and watch it. Returns its task once that has ended, however it has. */
export async function runExport(
  { http, socket }: Connection,
  input: CreateExportInput,
  tell: (task: TaskProgressFragment) => void,
): Promise<TaskProgressFragment> {
  const { createExport } = await http.request(CreateExport, { input });
  assertNoUserErrors(createExport.userErrors);
  let task = readFragment(TaskProgress, createExport.exportTask);
  if (!task) throw new RefusedError('The server has made no task and says no mistake');
  // The subscription tells the present state first and ends with the task. A broken socket is opened again by the client.
  const watched = socket.iterate<ResultOf<typeof WatchExport>>({
    query: print(WatchExport),
    variables: { id: task.id },
  });
  for await (const { data, errors } of watched) {
    if (errors) throw new RefusedError(errors.map(({ message }) => message).join('\n'));
    if (!data) continue;
    task = readFragment(TaskProgress, data.exportTask);
    tell(task);
  }
  return task;
}

/** Export into files of a folder. Throws where the export has failed, or what was fetched is not what was written. */
export async function saveExport(
  connection: Connection,
  input: CreateExportInput,
  { folder, tell }: { readonly folder: string; readonly tell: (task: TaskProgressFragment) => void },
): Promise<SavedExport> {
  const task = await runExport(connection, input, tell);
  if (task.state !== 'SUCCEEDED') {
    throw new RefusedError(
      `The export is ${task.state}: ${task.error?.code ?? ''} ${task.error?.message ?? ''}`.trim(),
    );
  }
  const paths: string[] = [];
  for (const { name, url, sha256 } of task.files) {
    // The address is signed: it opens without a key, for a while.
    const response = await fetch(url);
    if (!response.ok) throw new RefusedError(`${name} is answered with the status ${response.status}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new RefusedError(`${name} has arrived broken`);
    const path = join(folder, name);
    await writeFile(path, bytes);
    paths.push(path);
  }
  return { task, paths };
}
