import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const eslint = new ESLint({ cwd: ROOT });

/** The messages of the house's own bans for a text that stands in for the file of that path. */
async function bansIn(filePath: string, text: string): Promise<string[]> {
  const results = await eslint.lintText(`${text}\n`, { filePath: join(ROOT, filePath) });
  const bans = /no-restricted|no-console|no-default-export|no-explicit-any|no-non-null/;
  return results.flatMap(({ messages }) => messages.filter(({ ruleId }) => bans.test(ruleId ?? ''))).map(toText);
}

function toText({ ruleId, message }: { ruleId: string | null; message: string }): string {
  return `${ruleId}: ${message}`;
}

const REFUSED: readonly [what: string, file: string, text: string, expected: RegExp][] = [
  [
    'the domain importing a provider',
    'src/analytics/period.ts',
    "import '../providers/registry.generated.ts';",
    /pure/,
  ],
  ['the taxonomy importing anything', 'src/errors.ts', "import './analytics/period.ts';", /stands on/],
  ['http importing the questions', 'src/http/http-client.ts', "import '../analytics/metrics.ts';", /only the ports/],
  [
    'the sandbox importing the domain',
    'src/sandbox/world.ts',
    "import '../analytics/period.ts';",
    /share its mistakes/,
  ],
  ['src importing a script', 'src/analytics/period.ts', "import '../../scripts/folders.ts';", /without scripts/],
  ['src importing a test', 'src/errors.ts', "import '../test/scripts/lint-rules.test.ts';", /without test/],
  ['the environment', 'src/http/http-client.ts', 'export const home = process.env.HOME;', /src\/config reads/],
  ['the time of day', 'src/analytics/period.ts', 'export const now = Date.now();', /clock that is handed in/],
  ['the time of day as a date', 'src/sandbox/world.ts', 'export const now = new Date();', /clock that is handed in/],
  ['a timer', 'src/http/http-client.ts', 'setTimeout(() => undefined, 1);', /clock that is handed in/],
  ['a timer module', 'src/http/http-client.ts', "import 'node:timers/promises';", /clock that is handed in/],
  ['fetch', 'src/analytics/period.ts', "await fetch('http://localhost');", /src\/http/],
  ['a GraphQLError of the domain', 'src/analytics/period.ts', "export { GraphQLError } from 'graphql';", /errors\.ts/],
  ['the console', 'src/http/http-client.ts', "console.log('here');", /no-console/],
  ['a default export', 'src/analytics/period.ts', 'export default 1;', /no-default-export/],
  ['any', 'src/analytics/period.ts', 'export type Anything = any;', /no-explicit-any/],
  ['a non-null assertion', 'src/analytics/period.ts', 'export const a = [1].at(0)!;', /no-non-null/],
  ['four parameters', 'src/analytics/period.ts', 'export const f = (...[]) => (a, b, c, d) => d;', /More than 3/],
];

const ALLOWED: readonly [what: string, file: string, text: string][] = [
  ['http importing the port it implements', 'src/http/http-client.ts', "import '../analytics/http-client.ts';"],
  ['the clock asking for the time', 'src/system-clock.ts', 'export const now = Date.now();'],
  ['a date made of a number', 'src/analytics/period.ts', 'export const day = new Date(0);'],
  ['a script importing the domain', 'scripts/folders.ts', "import '../src/analytics/period.ts';"],
];

describe('lint rules', () => {
  it.each(REFUSED)('refuse %s', async (_what, file, text, expected) => {
    expect(await bansIn(file, text)).toEqual([expect.stringMatching(expected)]);
  });

  it.each(ALLOWED)('allow %s', async (_what, file, text) => {
    expect(await bansIn(file, text)).toEqual([]);
  });
});
