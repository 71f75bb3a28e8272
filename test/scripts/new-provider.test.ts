import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyHouse, type HouseCopy, type Outcome } from './house-copy.ts';

/** Asks the scaffolded provider, connected to the scaffolded emulator, and prints what it answers. */
const DRIVE = `
import { createPeriod } from './src/analytics/period.ts';
import { createTimeAxis } from './src/analytics/time-axis.ts';
import provider from './src/providers/acme-ads/index.ts';
import emulator from './src/sandbox/acme-ads/index.ts';
import { Temporal } from 'temporal-polyfill';

const running = await emulator.start({ clock: () => 0 });
const createHttpClient = ({ baseUrl, auth }) => ({
  requestJson: async ({ path, query }, schema) => {
    const answer = await fetch(baseUrl + path + '?' + (query ?? ''), { headers: auth });
    return schema.parse(await answer.json());
  },
  allowances: () => [],
});
const { key, name, provider: id, ...entry } = running.dataSource;
const config = provider.config.parse(entry);
const connection = provider.connect(config, { createHttpClient, clock: { now: () => 0 } });
await connection.checkAccess();
const start = Temporal.ZonedDateTime.from('2026-01-01T00:00[UTC]');
const period = createPeriod(start, start.add({ days: 2 }), { timezone: 'UTC', now: 0 });
const axis = createTimeAxis(period, 'DAY');
const selections = connection.catalog.metrics.map((metric) => ({ metric: { kind: 'catalog', metric }, filters: [], options: {} }));
const query = { selections, period, axis, interval: 'DAY', breakdown: [], comparison: { period, axis } };
const { series } = await connection.capabilities.metrics.fetchMetrics(query);
console.log(JSON.stringify(series));
await running.close();
`;

describe('npm run new:provider', { timeout: 120_000 }, () => {
  let house: HouseCopy;
  let before: Record<string, string>;
  let scaffolding: Outcome;
  const read = (path: string) => readFileSync(join(house.root, path), 'utf8');

  beforeAll(async () => {
    house = copyHouse();
    before = house.hashHandWritten();
    scaffolding = await house.run('scripts/new-provider.ts', 'acme-ads');
  }, 60_000);

  afterAll(() => house.remove());

  it('makes the three folders', () => {
    expect(scaffolding).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('src/providers/acme-ads/README.md'),
    });
    const made = Object.keys(house.hashHandWritten()).filter((path) => !(path in before));
    expect(made.map((path) => path.replace(/acme-ads.*/, 'acme-ads'))).toEqual([
      ...Array<string>(7).fill('src/providers/acme-ads'),
      'src/sandbox/acme-ads',
      'test/providers/acme-ads',
      'test/providers/acme-ads',
    ]);
  });

  it('changes no hand-written file', () => {
    expect(house.hashHandWritten()).toMatchObject(before);
  });

  it('enters it into the registries, the schema and the configuration', () => {
    expect(read('src/providers/registry.generated.ts')).toContain("import acmeAds from './acme-ads/index.ts';");
    expect(read('src/sandbox/registry.generated.ts')).toContain("import acmeAds from './acme-ads/index.ts';");
    expect(read('schema/provider.generated.graphql')).toMatch(/^ {2}ACME_ADS$/m);
    expect(read('schema.snapshot.graphql')).toMatch(/^ {2}ACME_ADS$/m);
    expect(read('src/graphql/__generated__/resolvers.ts')).toContain("| 'ACME_ADS'");
    expect(read('tributary.config.schema.json')).toContain('"const": "acme-ads"');
  });

  it('leaves nothing stale', async () => {
    expect(await house.run('scripts/codegen.ts', '--check')).toEqual({ exitCode: 0, output: '' });
  });

  it('typechecks with the rest of the house', async () => {
    expect(await house.run('node_modules/typescript/bin/tsc')).toEqual({ exitCode: 0, output: '' });
  });

  it('is formatted and keeps the rules', async () => {
    const folders = ['src/providers/acme-ads', 'src/sandbox/acme-ads', 'test/providers/acme-ads'];
    expect(await house.run('node_modules/eslint/bin/eslint.js', ...folders)).toEqual({ exitCode: 0, output: '' });
    expect(await house.run('node_modules/prettier/bin/prettier.cjs', '--check', ...folders)).toMatchObject({
      exitCode: 0,
    });
  });

  it('may not look at its neighbours', async () => {
    const peeks = ['src/providers/acme-ads/peek.ts', 'src/sandbox/acme-ads/peek.ts'];
    for (const peek of peeks) writeFileSync(join(house.root, peek), "import '../openpanel/index.ts';\n");
    const { output } = await house.run('node_modules/eslint/bin/eslint.js', ...peeks);
    expect(output).toContain('it never imports another provider');
    expect(output).toContain('emulators share only the world');
    for (const peek of peeks) rmSync(join(house.root, peek));
  });

  it('answers from its own emulator', async () => {
    writeFileSync(join(house.root, 'drive.mjs'), DRIVE);
    const { output } = await house.run('drive.mjs');
    expect(JSON.parse(output)).toEqual([
      expect.objectContaining({ total: 2, values: [1, 1], previousTotal: 2, previous: [1, 1] }),
    ]);
  });

  it('refuses an id that is taken', async () => {
    const { exitCode, output } = await house.run('scripts/new-provider.ts', 'acme-ads');
    expect({ exitCode, output }).toEqual({
      exitCode: 1,
      output: '"acme-ads" is taken: src/providers/acme-ads exists\n',
    });
  });
});
