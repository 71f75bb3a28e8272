import type { ExportPart } from '../exports/task.ts';
import type { Database, Transaction } from './database.ts';
import type { ChunkKey } from './export-chunks.ts';

/** The parts of chunks, as they come from the provider. */
export interface ExportParts {
  /** Keep which parts a chunk has. Of a part that is known already, the link is renewed unless it is stored. */
  expectParts(chunk: ChunkKey, parts: readonly Pick<ExportPart, 'position' | 'upstream'>[]): Promise<void>;
  /** Expect these parts in the place of those that a chunk has, stored or not; false, and nothing changed, where it is fetched. */
  replaceParts(chunk: ChunkKey, parts: readonly Pick<ExportPart, 'position' | 'upstream'>[]): Promise<boolean>;
  /** A part lies on disk; false where nobody expects it, or it is stored already. */
  storePart(part: PartKey, stored: Pick<ExportPart, 'sha256' | 'rowCount'> & { byteSize: number }): Promise<boolean>;
  /** In the order of their rows. */
  listParts(taskId: string): Promise<ExportPart[]>;
}

type PartKey = Pick<ExportPart, 'taskId' | 'chunk' | 'position'>;

/** Given the database, return the parts in it. */
export function createExportParts(database: Database): ExportParts {
  return {
    expectParts: (chunk, parts) => database.transaction((transaction) => expectParts(transaction, chunk, parts)),

    replaceParts: (chunk, parts) =>
      database.transaction(async (transaction) => {
        const { taskId, position } = chunk;
        // Held until the new parts are there, so that nobody takes the chunk for fetched meanwhile.
        const [open] = await transaction.query(
          `select from tributary.export_chunks
           where task_id = $1 and position = $2 and state <> 'FETCHED' for update`,
          [taskId, position],
        );
        if (!open) return false;
        await transaction.query('delete from tributary.export_parts where task_id = $1 and chunk = $2', [
          taskId,
          position,
        ]);
        await expectParts(transaction, chunk, parts);
        return true;
      }),

    storePart: async ({ taskId, chunk, position }, { byteSize, sha256, rowCount }) => {
      const rows = await database.query(
        `update tributary.export_parts set state = 'STORED', byte_size = $4, sha256 = $5, row_count = $6
         where task_id = $1 and chunk = $2 and position = $3 and state = 'EXPECTED' returning position`,
        [taskId, chunk, position, byteSize, sha256, rowCount],
      );
      return rows.length > 0;
    },

    listParts: (taskId) =>
      database.query<ExportPart>(
        `select task_id as "taskId", chunk, position, upstream, state, byte_size as "byteSize", sha256,
                row_count as "rowCount"
         from tributary.export_parts where task_id = $1 order by chunk, position`,
        [taskId],
      ),
  };
}

async function expectParts(
  transaction: Transaction,
  { taskId, position }: ChunkKey,
  parts: readonly Pick<ExportPart, 'position' | 'upstream'>[],
): Promise<void> {
  for (const part of parts) {
    await transaction.query(
      `insert into tributary.export_parts as kept (task_id, chunk, position, upstream, state)
       values ($1, $2, $3, $4, 'EXPECTED')
       on conflict (task_id, chunk, position) do update set upstream = excluded.upstream
         where kept.state = 'EXPECTED'`,
      [taskId, position, part.position, part.upstream],
    );
  }
}
