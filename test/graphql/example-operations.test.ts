import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServerUnderTest, type Answer, type ServerUnderTest } from '../server/running-server.ts';

const FOLDER = join(import.meta.dirname, '../../examples/operations');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.graphql'));

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest({ hasDatabase: true });
});
afterAll(() => server.close());

/** Rows come in the background; whoever is told that they are not there yet asks again. */
const PATIENCE = { timeout: 120_000 };

async function ask(document: string): Promise<Answer<unknown>> {
  for (;;) {
    const answer = await server.ask<unknown>(document);
    if (!JSON.stringify(answer).includes('"NOT_READY"')) return answer;
  }
}

const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

const nameOf = (file: string): string | undefined => /^(?:query|mutation) (\w+)/m.exec(read(file))?.[1];

describe.each(FILES)('%s', (file) => {
  it('starts with a sentence about what it asks', () => {
    const [comment = ''] = /^(?:# .+\n)+/.exec(read(file)) ?? [];
    expect(comment.trim()).toMatch(/^# [A-Z].*[.]$/s);
    expect(comment.length).toBeLessThan(160);
  });

  it('is named like no other', () => {
    const name = nameOf(file);
    expect(name).toBeDefined();
    expect(FILES.filter((other) => nameOf(other) === name)).toEqual([file]);
  });

  it('is answered by the sandbox, with nothing empty', PATIENCE, async () => {
    const { data, errors } = await ask(read(file));
    expect(errors).toBeUndefined();
    expect(emptyListsOf(data)).toEqual([]);
    const csv = csvOf(data);
    expect(csv.length > 0).toBe(/\bcsv\b/.test(read(file).replace(/^#.*$/gm, '')));
    for (const text of csv) expect(parseCsv(text).length).toBeGreaterThan(1);
  });
});

describe('the examples', () => {
  it('ask every question there is', () => {
    const documents = FILES.map(read).join();
    for (const field of [
      'metrics(',
      'funnel(',
      'conversion(',
      'retention(',
      'cohortAnalysis(',
      'lifetimeValue(',
      'events(',
      'user(',
      'dashboard(',
      'cohorts(',
      'eventDefinitions(',
      'dataSources',
      'dataSource(',
      'catalog',
      'health',
      'csv',
      'formulas',
      'acquisitionCost',
      'waitFor',
      'datasets',
      'prepareDataset(',
    ]) {
      expect(documents).toContain(field);
    }
  });

  it('find something in the sandbox, and not zeros', async () => {
    const { data } = await server.ask<{ funnel: { steps: { count: number }[] } }>(read('funnel-by-users.graphql'));
    expect(data.funnel.steps.map(({ count }) => count > 0)).toEqual([true, true, true, true]);
    const { data: sessions } = await server.ask<{ funnel: { steps: { count: number }[] } }>(
      read('funnel-by-sessions.graphql'),
    );
    expect(sessions.funnel.steps.map(({ count }) => count > 0)).toEqual([true, true, true]);
  });

  it('show which days they have had fetched', PATIENCE, async () => {
    await ask(read('metrics-cost-and-return.graphql'));
    const { data } = await server.ask<{
      dataSources: { key: string; datasets: { name: string; coverage: object[]; rowCount: number }[] }[];
    }>(read('datasets-coverage.graphql'));
    const instal = data.dataSources.find(({ key }) => key === 'sandbox-instal');
    expect(instal?.datasets.find(({ name }) => name === 'report')).toMatchObject({
      coverage: expect.arrayContaining([expect.anything()]),
      rowCount: expect.toSatisfy((count: number) => count > 100),
    });
  });
});

/** The paths of lists in an answer that hold nothing; limits, options, problems, mistakes and what is kept of a source may be empty. */
function emptyListsOf(value: unknown, path = ''): string[] {
  if (/\.(limits|optionsSchema|problems|userErrors|datasets)\b/.test(path)) return [];
  if (Array.isArray(value)) {
    return value.length === 0 ? [path] : value.flatMap((item, index) => emptyListsOf(item, `${path}[${index}]`));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => emptyListsOf(item, `${path}.${key}`));
}

/** Every `csv` of an answer, wherever it is. */
function csvOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === 'csv' ? [String(item)] : csvOf(item)));
}
