import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BACKENDS } from '../store/backends.ts';
import { makeLaidOutFolder } from '../store/laid-out-folder.ts';
import { startPostgresServer } from '../store/postgres-server.ts';
import { killExports, MOMENTS } from './kill-exports.ts';

const KILLS = 12;

it.each(BACKENDS)(
  'exports outlive processes that are killed, over %s',
  async (backend) => {
    const isServer = backend === 'a server';
    const server = isServer ? await startPostgresServer() : null;
    const folder = isServer ? await mkdtemp(join(tmpdir(), 'exports-killed-')) : await makeLaidOutFolder();
    try {
      const databaseUrl = (await server?.createDatabase()) ?? null;
      const { moments, exports, totalCount } = await killExports({ folder, databaseUrl, kills: KILLS, seed: 20_261 });
      expect(Object.values(moments).reduce((sum, count) => sum + count, 0)).toBe(KILLS);
      expect(MOMENTS.filter((moment) => moments[moment] === 0)).toEqual([]);
      // Nothing but kills went wrong: none has a reason to fail. Each key has one export, and there is no other.
      expect(exports).toEqual(exports.map(() => ({ state: 'SUCCEEDED', hasReason: false, isRight: true })));
      expect(totalCount).toBe(exports.length);
    } finally {
      await server?.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
  120_000,
);
