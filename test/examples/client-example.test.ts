import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createConnection } from '../../examples/client-typescript/connection.ts';
import { saveExport } from '../../examples/client-typescript/export-file.ts';
import { describeFailure } from '../../examples/client-typescript/failures.ts';
import { readPurchases } from '../../examples/client-typescript/purchases.ts';
import { describeSignUps } from '../../examples/client-typescript/sign-ups.ts';
import { inDays, readRawEvents, type RawEvent } from '../server/raw-events.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'examples/client-typescript');
const CODEGEN = join(ROOT, 'node_modules/@graphql-codegen/cli/esm/bin.js');
const KEY = 'key-of-an-example-4711';
const HASH = createHash('sha256').update(KEY).digest('hex');
const WEEK = { preset: 'LAST_7_DAYS' } as const;

let server: ServerUnderTest;
let url: string;

beforeAll(async () => {
  server = await startServerUnderTest({ hasDatabase: true, env: { TRIBUTARY_API_KEYS: `example:${HASH}` } });
  url = `${server.url}/graphql`;
}, 60_000);
afterAll(() => server.close());

interface Outcome {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

const isNamed = (wanted: string) => (event: RawEvent) => event.name === wanted;

type Environment = Readonly<Record<string, string>>;

/** Run a file under this very Node, in a folder and an environment of its own. */
function run(cwd: string, parameters: readonly string[], env: Environment): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, parameters, { cwd, env }, (error, output, errors) => {
      resolve({ exitCode: error ? Number(error.code ?? 1) : 0, output, errors });
    });
  });
}

const runExample = (env: Environment) => run(FOLDER, ['main.ts'], env);

describe('the client in TypeScript', () => {
  it('prints what it is answered', async () => {
    const { exitCode, output, errors } = await runExample({ TRIBUTARY_URL: url, TRIBUTARY_API_KEY: KEY });
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
    const [signUps = '', funnel = '', purchases = '', exported = ''] = output.split('\n\n');
    const signedUp = inDays(readRawEvents(server.world()), '2026-06-09', '2026-06-15').filter(isNamed('sign_up'));
    const byCountry = Object.entries(Object.groupBy(signedUp, ({ country }) => country));
    const largest = byCountry
      .map(([country, of = []]) => [country, of.length] as const)
      .toSorted(([, a], [, b]) => b - a);
    expect(signUps.split('\n')).toEqual([
      'Sign-ups from 2026-06-09 to 2026-06-15 by country (TRUNCATED)',
      ...largest
        .slice(0, 3)
        .map(([country, count]) => expect.stringMatching(`^${country}: ${count}, before \\d+; by day`)),
    ]);
    expect(funnel).toMatch(
      /^From visit to trial within a week: \d+\.\d %\nstep,name,count,.*\n1,visit,\d+,1,,,\n2,sign-up,.*\n3,trial,.*$/,
    );
    expect(purchases).toMatch(/^Purchases, page 1\n(2026-06-15T.*\n){3}Purchases, page 2\n(2026-06-1\dT.*\n?){3}$/);
    expect(exported).toContain('\nExport SUCCEEDED\n');
    const [, rowCount, path = ''] = /(\d+) rows in (\S+), which begins with\ndtEvent,idCountry\n/.exec(exported) ?? [];
    onTestFinished(() => rmSync(join(path, '..'), { recursive: true, force: true }));
    expect(readFileSync(path, 'utf8').trimEnd().split('\r\n')).toHaveLength(Number(rowCount) + 1);
  }, 60_000);

  it('says by a code what it lacks, for each question', async () => {
    const { exitCode, output, errors } = await runExample({ TRIBUTARY_URL: url });
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: '' });
    const lines = errors.trim().split(/\n+/);
    expect(lines).toEqual(Array(4).fill(expect.stringMatching(/^UNAUTHENTICATED: .*API key/)));
  }, 60_000);

  it('says why nobody answers', async () => {
    const { exitCode, errors } = await runExample({ TRIBUTARY_URL: 'http://127.0.0.1:9/graphql' });
    expect(exitCode).toBe(1);
    expect(errors.trim().split(/\n+/)).toHaveLength(4);
  }, 60_000);
});

describe('its parts', () => {
  const connect = () => createConnection({ url, apiKey: KEY });

  it('read every purchase once', async () => {
    const dates = { from: '2026-06-14', to: '2026-06-15' };
    const question = { source: 'sandbox-openpanel', period: { dates }, pageSize: 10 };
    const moments: string[] = [];
    let pages = 0;
    for await (const purchases of readPurchases(connect(), question)) {
      pages++;
      moments.push(...purchases.map(({ at }) => at));
    }
    const bought = inDays(readRawEvents(server.world()), '2026-06-14', '2026-06-15').filter(isNamed('purchase'));
    const expected = bought.map(({ at }) => at);
    expect(moments.map((at) => Date.parse(at))).toEqual(expected.toSorted((a, b) => b - a));
    expect(pages).toBe(Math.ceil(expected.length / 10));
  });

  it('name the code, the place and the request of an error', async () => {
    const failure = await describeSignUps(connect(), 'nowhere', WEEK).catch((error: unknown) => error);
    expect(describeFailure(failure)).toEqual([
      expect.stringMatching(/^BAD_USER_INPUT at metrics: .*nowhere.* \[request [0-9a-f-]{36}\]$/),
    ]);
  });

  it('name the mistakes in the input of an export', async () => {
    const rows = { source: 'sandbox-mytracker', table: 'nothing', period: WEEK };
    const saved = saveExport(connect(), { source: { rows } }, { folder: 'nowhere', tell: () => undefined });
    const failure = await saved.catch((error: unknown) => error);
    expect(describeFailure(failure)).toEqual([
      expect.stringMatching(/^BAD_USER_INPUT at input\.source\.rows\.table: /),
    ]);
  });
});

describe('its types', () => {
  it('are the same in a copy that asks a running server', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'tributary-client-'));
    onTestFinished(() => rmSync(copy, { recursive: true }));
    cpSync(FOLDER, copy, { recursive: true });
    rmSync(join(copy, '__generated__'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    const outcome = await run(copy, [CODEGEN, '--config', 'codegen.ts'], {
      TRIBUTARY_URL: url,
      TRIBUTARY_API_KEY: KEY,
    });
    expect(outcome).toMatchObject({ exitCode: 0 });
    const files = readdirSync(join(FOLDER, '__generated__')).toSorted();
    expect(readdirSync(join(copy, '__generated__')).toSorted()).toEqual(files);
    const read = (folder: string, file: string) => readFileSync(join(folder, '__generated__', file), 'utf8');
    for (const file of files) expect(read(copy, file)).toBe(read(FOLDER, file));
  }, 60_000);
});

describe('its packages', () => {
  type Description = Readonly<Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>>;
  const readPackages = (folder: string) => {
    const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Description;
    return { ...description.dependencies, ...description.devDependencies };
  };

  it('have the versions that are tested here', () => {
    const ours = readPackages(ROOT);
    const theirs = readPackages(FOLDER);
    expect(theirs).toEqual(Object.fromEntries(Object.keys(theirs).map((name) => [name, ours[name]])));
  });

  it('are those that its files import', () => {
    const files = ['codegen', 'connection', 'export-file', 'failures', 'funnel', 'main', 'purchases', 'sign-ups'];
    const imported = new Set<string>();
    for (const file of files) {
      const text = readFileSync(join(FOLDER, `${file}.ts`), 'utf8');
      for (const [, name = ''] of text.matchAll(/from '([^.'][^']*)'/g))
        if (!name.startsWith('node:')) imported.add(name);
    }
    // These are run and not imported, by the name of the package at least.
    const run = ['@graphql-codegen/client-preset', '@types/node', 'typescript'];
    expect(Object.keys(readPackages(FOLDER)).toSorted()).toEqual([...imported, ...run].toSorted());
  });
});
