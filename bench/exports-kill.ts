import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killExports, MOMENTS } from '../test/exports/kill-exports.ts';
import { startPostgresServer } from '../test/store/postgres-server.ts';

const KILLS = 56;

/** Kill processes that work on exports, over and over, on either database, and print what became of the exports. */
export async function benchExportsKill(): Promise<void> {
  for (const backend of ['Postgres server', 'embedded database']) {
    const folder = await mkdtemp(join(tmpdir(), 'tributary-killed-'));
    const server = backend === 'Postgres server' ? await startPostgresServer() : null;
    try {
      const databaseUrl = (await server?.createDatabase()) ?? null;
      const seed = Date.now() % 2 ** 31;
      const start = performance.now();
      const { moments, exports, totalCount } = await killExports({ folder, databaseUrl, kills: KILLS, seed });
      const seconds = Math.round((performance.now() - start) / 1000);
      const right = exports.filter(({ isRight }) => isRight).length;
      const reasoned = exports.filter(({ isRight, hasReason }) => !isRight && hasReason).length;
      console.log(`\n${backend}, seed ${seed}: ${KILLS} kills in ${seconds} s`);
      console.log(`  ${MOMENTS.map((moment) => `${moment} ${moments[moment]}`).join(', ')}`);
      console.log(`  ${totalCount} exports: ${right} whole and right, ${reasoned} failed with a reason`);
      if (right + reasoned !== exports.length || totalCount !== exports.length) {
        console.error(`  Some were lost, doubled or wrong: look into ${folder}`);
        process.exitCode = 1;
        return;
      }
      await rm(folder, { recursive: true, force: true });
    } finally {
      await server?.stop();
    }
  }
}

if (import.meta.main) await benchExportsKill();
