import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createColumn, toRows, type Cell, type ColumnTable } from '../tabular/column-table.ts';
import type { ColumnType } from '../analytics/column-types.ts';
import type { ConvertedFile } from './conversion.ts';
import { syncFile } from './part-file.ts';
import type { ExportPart } from './task.ts';

/** Where the rows and files of tasks lie on disk. */
export interface Artefacts {
  /** How long the files of a task are kept, in milliseconds. */
  readonly keepMs: number;
  /** Make room for a task. */
  prepare(taskId: string): Promise<void>;
  partPath(taskId: string, part: Pick<ExportPart, 'chunk' | 'position'>): string;
  /** The folder that files are written into before they count. */
  outputPath(taskId: string): string;
  /** Put the files of a task where they can be fetched; doing it again does no harm. */
  publish(taskId: string, files: readonly ConvertedFile[]): Promise<void>;
  filePath(taskId: string, name: string): string;
  keepPreview(taskId: string, table: ColumnTable): Promise<void>;
  /** The first rows of a task's files; null where none were kept. */
  readPreview(taskId: string, first: number): Promise<ColumnTable | null>;
  /** Remove what was only needed on the way. */
  removeStaging(taskId: string): Promise<void>;
  /** Remove everything of a task. */
  remove(taskId: string): Promise<void>;
  /** Remove everything of tasks that are not in the list. */
  removeOthers(taskIds: ReadonlySet<string>): Promise<void>;
}

/** Given the folder that holds them all, return where the rows and files of tasks lie. */
export function createArtefacts(folder: string, keepMs: number): Artefacts {
  const ofTask = (taskId: string) => join(folder, taskId);
  const staging = (taskId: string) => join(ofTask(taskId), 'staging');
  const output = (taskId: string) => join(ofTask(taskId), 'output');
  const preview = (taskId: string) => join(ofTask(taskId), 'preview.json');
  const files = (taskId: string) => join(ofTask(taskId), 'files');
  return {
    keepMs,
    async prepare(taskId) {
      await mkdir(staging(taskId), { recursive: true, mode: 0o700 });
    },
    partPath: (taskId, { chunk, position }) => join(staging(taskId), `${chunk}-${position}`),
    outputPath: output,
    async publish(taskId, converted) {
      await mkdir(files(taskId), { recursive: true, mode: 0o700 });
      for (const { name, path } of converted) await rename(path, join(files(taskId), name));
      await syncFile(files(taskId));
    },
    filePath: (taskId, name) => join(files(taskId), name),
    async keepPreview(taskId, table) {
      const { columns } = table;
      const kept: KeptPreview = { columns: columns.map(({ name, type }) => ({ name, type })), rows: toRows(table) };
      await writeFile(preview(taskId), JSON.stringify(kept));
    },
    async readPreview(taskId, first) {
      const text = await readFile(preview(taskId), 'utf8').catch(() => null);
      return text === null ? null : toTable(JSON.parse(text) as KeptPreview, first);
    },
    async removeStaging(taskId) {
      await Promise.all([staging(taskId), output(taskId)].map(removeFolder));
    },
    remove: (taskId) => removeFolder(ofTask(taskId)),
    async removeOthers(taskIds) {
      const found = await readdir(folder).catch(() => []);
      await Promise.all(found.filter((name) => !taskIds.has(name)).map((name) => removeFolder(join(folder, name))));
    },
  };
}

/** The first rows of a task's files, as they are kept. */
interface KeptPreview {
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly rows: readonly (readonly Cell[])[];
}

function toTable({ columns, rows }: KeptPreview, first: number): ColumnTable {
  const shown = rows.slice(0, first);
  return {
    columns: columns.map((column, index) =>
      createColumn({ ...column, values: shown.map((row) => row[index] ?? null) }),
    ),
    rowCount: shown.length,
  };
}

async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}
