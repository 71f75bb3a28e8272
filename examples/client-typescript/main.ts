import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from './connection.ts';
import { saveExport } from './export-file.ts';
import { describeFailure } from './failures.ts';
import { describeFunnel } from './funnel.ts';
import { describePurchases } from './purchases.ts';
import { describeSignUps } from './sign-ups.ts';

const { TRIBUTARY_URL = 'http://localhost:4000/graphql', TRIBUTARY_API_KEY } = process.env;
const connection = createConnection({ url: TRIBUTARY_URL, apiKey: TRIBUTARY_API_KEY });
const WEEK = { preset: 'LAST_7_DAYS' } as const;

/** Print what is answered, or why nothing is: one question that fails does not keep the others from being asked. */
async function show(question: () => Promise<string[]>): Promise<void> {
  try {
    console.log(`${(await question()).join('\n')}\n`);
  } catch (failure) {
    console.error(`${describeFailure(failure).join('\n')}\n`);
    process.exitCode = 1;
  }
}

async function describeExport(): Promise<string[]> {
  const rows = { source: 'sandbox-mytracker', table: 'installs', columns: ['dtEvent', 'idCountry'], period: WEEK };
  const folder = await mkdtemp(join(tmpdir(), 'tributary-'));
  const { task, paths } = await saveExport(
    connection,
    { source: { rows } },
    {
      folder,
      tell: ({ state, phase }) => console.log(`Export ${state}${phase === null ? '' : ` ${phase}`}`),
    },
  );
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  const lines = texts.flatMap((text) => text.split('\r\n').slice(0, 3));
  return [`${task.rowCount ?? 'Some'} rows in ${paths.join(', ')}, which begins with`, ...lines];
}

await show(() => describeSignUps(connection, 'sandbox-openpanel', WEEK));
await show(() => describeFunnel(connection, 'sandbox-openpanel', WEEK));
await show(() => describePurchases(connection, { source: 'sandbox-openpanel', period: WEEK, pageSize: 3 }, 2));
await show(describeExport);
