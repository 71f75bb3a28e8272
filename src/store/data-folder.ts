import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { reasonOf, StoreError } from './store-error.ts';

/** A data folder that this process owns. */
export interface DataFolder {
  /** Its absolute path. */
  readonly path: string;
  /** Let the next process have it. */
  release(): void;
}

const BUSY = 5;
// A lock is gone as soon as its handle is collected: this keeps the handles of whoever drops what `claimDataFolder` returned.
const held = new Set<DatabaseSync>();

/**
 * Make this process the only owner of a folder, which is created where it is missing, for its user alone. Throws a
 * {@link StoreError} that names the folder and the owner where another process has it.
 */
export function claimDataFolder(folder: string): DataFolder {
  const path = resolve(folder);
  const ownerFile = join(path, 'owner.pid');
  const lock = lockFolder(path, ownerFile);
  held.add(lock);
  writeFileSync(ownerFile, `${process.pid}\n`);
  return {
    path,
    release: () => {
      if (!held.delete(lock)) return;
      rmSync(ownerFile, { force: true });
      // The file of the lock stays: who removes it while another opens it lets two in.
      lock.close();
    },
  };
}

// Node has no lock on files of its own, SQLite has. The system takes it from a process that ends, however it ends: no process
// number that another one got meanwhile, or that means another one in the next container, can be taken for the owner.
function lockFolder(path: string, ownerFile: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    lock = new DatabaseSync(join(path, 'owner.lock'), { timeout: 0 });
    lock.exec('begin exclusive');
    return lock;
  } catch (error) {
    lock?.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY) {
      throw new StoreError(
        `The data folder ${path} is in use by ${readOwner(ownerFile)}: one process owns it. ` +
          'Stop that one, or set TRIBUTARY_DATA to another folder.',
        { cause: error },
      );
    }
    throw new StoreError(
      `The data folder ${path} cannot be written: ${reasonOf(error)}. Set TRIBUTARY_DATA to one that can.`,
      { cause: error },
    );
  }
}

function readOwner(ownerFile: string): string {
  try {
    return `process ${readFileSync(ownerFile, 'utf8').trim()}`;
  } catch {
    // It has the lock and has not said yet who it is.
    return 'another process';
  }
}
