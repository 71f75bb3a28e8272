import { availableParallelism, totalmem } from 'node:os';
import { benchCsv } from './csv/bench-csv.ts';
import { benchHttp } from './http/bench-http.ts';
import { benchStart } from './bench-start.ts';
import { benchExports, benchLargeExports } from './exports-conversion.ts';
import { benchComputedFunnel } from './computed-funnel.ts';
import { benchComputedRetention } from './computed-retention.ts';
import { benchExportsEndToEnd, benchLargeExportsEndToEnd } from './exports-end-to-end.ts';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  csv: benchCsv,
  http: benchHttp,
  start: benchStart,
  exports: benchExports,
  'exports-large': benchLargeExports,
  'exports-end-to-end': benchExportsEndToEnd,
  'exports-end-to-end-large': benchLargeExportsEndToEnd,
  'computed-funnel': benchComputedFunnel,
  'computed-retention': benchComputedRetention,
};
// Needs several gigabytes of disk.
const ONLY_WHEN_ASKED = ['exports-large', 'exports-end-to-end-large', 'computed-funnel', 'computed-retention'];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}`);
  process.exitCode = 1;
} else {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores, ${gibibytes} GiB, ${new Date().toISOString()}`,
  );
  for (const name of asked.length > 0 ? asked : Object.keys(BENCHES).filter((one) => !ONLY_WHEN_ASKED.includes(one)))
    await BENCHES[name]?.();
}
