import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createDatabase, type Database } from '../../../src/warehouse/database.ts';
import { quoteText } from '../../../src/warehouse/sql-text.ts';

/** A database in a folder of its own, both removed after the tests. */
export function startDatabase(): {
  readonly database: Database;
  readonly signal: AbortSignal;
  readonly folder: string;
} {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-analyses-'));
  const database = createDatabase({
    temporaryFolder: join(folder, 'work'),
    folders: [folder],
    memoryLimitMiB: 1024,
    threads: 2,
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  return { database, signal: new AbortController().signal, folder };
}

/** Given a value, return the SQL of it; a Date is a TIMESTAMP in UTC. */
export function toLiteral(value: string | number | Date | null): string {
  if (value === null) return 'null';
  if (value instanceof Date) return `timestamp '${value.toISOString().replace('T', ' ').replace('Z', '')}'`;
  return typeof value === 'number' ? `cast('${value}' as double)` : quoteText(value);
}
