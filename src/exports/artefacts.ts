import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
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

async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}
