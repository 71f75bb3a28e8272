import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Given a folder, return the names of its subfolders that hold an index.ts, sorted: its providers or emulators. */
export function listFolders(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'index.ts')))
    .map((entry) => entry.name)
    .sort();
}
