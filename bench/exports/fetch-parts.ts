import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { RowsQuery } from '../../src/analytics/exports.ts';
import { requireCapability } from '../../src/analytics/provider.ts';
import { resolveRows } from '../../src/exports/rows-query.ts';
import mytracker from '../../src/providers/mytracker/index.ts';
import { systemClock } from '../../src/system-clock.ts';
import { connectProvider } from '../../test/support/connect-provider.ts';
import type { EmulatedMytracker } from './emulated-mytracker.ts';
import type { StagedParts } from './staged-parts.ts';

const TIMEOUT_MS = 3_600_000;

/** What is exported: the eight default columns of custom events and seven more, of every kind that the table has. */
export const COLUMNS: readonly string[] = [
  ...['dtEvent', 'tsEvent', 'idApp', 'idProfile', 'country', 'eventName', 'params.name', 'params.value'],
  ...['eventValue', 'tsInstall', 'customUserId', 'idPlatformTitle', 'idAppVersionTitle', 'idPartnerTitle'],
  'idCampaignTitle',
];

/** Fetch the parts of an export into a folder, by the provider's own way, without a task. */
export async function fetchParts(folder: string, { dataSource, period }: EmulatedMytracker): Promise<StagedParts> {
  const { key: _key, name: _name, provider: _provider, ...config } = dataSource;
  await using connected = connectProvider(mytracker, config, systemClock);
  const exports = requireCapability(connected.dataSource, 'exports');
  const deadline = connected.deadline({ timeoutMs: TIMEOUT_MS });
  const request = { source: 'sample', table: 'customEvents', columns: [...COLUMNS], period: { instants: period } };
  const checked = { now: systemClock.now(), path: 'rows' };
  const query: RowsQuery = resolveRows({ ...request, filters: [] }, connected.dataSource, checked);
  const id = await exports.start(query, deadline);
  const upstream = await exports.check(id, systemClock.now(), deadline);
  if (upstream.state !== 'READY') throw new Error(`The export at the provider is ${upstream.state}`);
  await mkdir(folder, { recursive: true });
  const parts: string[] = [];
  for (const [index, file] of upstream.files.entries()) {
    const path = join(folder, `0-${index}`);
    const { body } = await exports.download(file, { offset: 0, validator: null }, deadline);
    await pipeline(body, createWriteStream(path));
    parts.push(path);
  }
  return { parts, isGzip: true, layout: exports.layoutOf(query) };
}
