import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/from-cost-to-payback.md'), 'utf8');
/** Rows come in the background; those of the first questions take longest. */
const PATIENCE = { timeout: 120_000 };

/** An operation of the page, with the answers that stand below it. */
interface Step {
  readonly operation: string;
  readonly csv: readonly string[];
  readonly json: readonly string[];
}

const steps = readSteps();
let server: ServerUnderTest;

beforeAll(async () => {
  const [, today] = /^SANDBOX_TODAY=(\S+) npm start$/m.exec(PAGE) ?? [];
  if (today === undefined) throw new Error('The page does not say which day it is');
  server = await startServerUnderTest({ hasDatabase: true, env: { SANDBOX_TODAY: today }, now: `${today}T12:00:00Z` });
});
afterAll(() => server.close());

function readSteps(): Step[] {
  const blocks = [...PAGE.matchAll(/^```(graphql|csv|json)\n(.*?)^```$/gms)].map(([, kind = '', text = '']) => ({
    kind,
    text,
  }));
  return blocks.flatMap(({ kind, text }, index) => {
    if (kind !== 'graphql') return [];
    const rest = blocks.slice(index + 1);
    const next = rest.findIndex((block) => block.kind === 'graphql');
    const answers = next === -1 ? rest : rest.slice(0, next);
    const ofKind = (wanted: string) => answers.filter((block) => block.kind === wanted).map((block) => block.text);
    return [{ operation: text, csv: ofKind('csv'), json: ofKind('json') }];
  });
}

/** Ask until the rows have arrived. */
async function ask(operation: string): Promise<unknown> {
  for (;;) {
    const answer = await server.ask<unknown>(operation);
    if (JSON.stringify(answer).includes('"NOT_READY"')) continue;
    expect(answer.errors).toBeUndefined();
    return answer.data;
  }
}

/** Every `csv` of an answer, as cells. */
function csvOf(value: unknown): string[][][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === 'csv' ? [parseCsv(String(item))] : csvOf(item)));
}

/** Sums of fractions differ in their last digits from one run to the next. */
function rounded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value === 'string' && /^-?\d+\.\d+$/.test(value)) return rounded(Number(value));
  if (typeof value === 'number') return Number(value.toPrecision(12));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rounded(item)]));
}

describe('the way from cost to payback', () => {
  it('shows an answer below each question', () => {
    expect(steps.map(({ operation }) => /^ {0,2}(?!mutation)(\w+)[:(]/m.exec(operation)?.[1])).toEqual([
      'customEvents',
      'metrics',
      'retention',
      'cohortAnalysis',
      'lifetimeValue',
    ]);
    expect(steps.map(({ csv, json }) => csv.length + json.length)).toEqual([0, 1, 2, 1, 1]);
  });

  it.each(steps)(
    'is answered by the sandbox as the page says: $operation',
    PATIENCE,
    async ({ operation, csv, json }) => {
      const data = await ask(operation);
      expect(JSON.stringify(data)).not.toMatch(/"(?:problems|userErrors)":\[\{/);
      if (csv.length > 0) expect(rounded(csvOf(data))).toEqual(rounded(csv.map((text) => parseCsv(text))));
      for (const text of json) expect(rounded(data)).toMatchObject(rounded(JSON.parse(text)) as object);
    },
  );

  it('speaks of no number that is in no answer', () => {
    const answers = steps.flatMap(({ csv, json }) => [...csv, ...json]).join('\n');
    const known = [...answers.matchAll(/(?<![\w.-])-?\d+(?:\.\d+)?(?![\w.-])/g)].map(([text]) => Number(text));
    const prose = PAGE.replace(/^```.*?^```$/gms, '');
    const spoken = [...prose.matchAll(/`(-?\d+(?:\.(\d+))?)`/g)];
    expect(spoken.length).toBeGreaterThan(20);
    for (const [, text = '', decimals = ''] of spoken) {
      expect(known.map((number) => number.toFixed(decimals.length))).toContain(text);
    }
  });
});
