import { validate, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/schema.ts';
import { unexpectedFailures } from '../server/refused-question.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';
import { askAndCheck } from './checked-answer.ts';
import { createGenerator, printOperation, type GeneratedOperation } from './generated-operation.ts';
import { readKnownWords } from './known-words.ts';
import { listFields, listSelected } from './selected-fields.ts';
import { shrink } from './shrink.ts';

// README.md says what these are for.
const OPERATIONS = Number(process.env['FUZZ_OPERATIONS'] ?? 300);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
// Most of them wait for an allowance, or for rows.
const AT_ONCE = 12;
// Of so many operations the one is sent that selects most of what nothing has selected yet.
const CANDIDATES = 4;
const LONG_MS = 3_600_000;

let server: ServerUnderTest;
let schema: GraphQLSchema;
let operations: readonly GeneratedOperation[];
const answered = new Set<string>();

beforeAll(async () => {
  server = await startServerUnderTest({ hasDatabase: true, env: { REQUEST_TIMEOUT_MS: '20000' } });
  schema = createSchema();
  operations = pickOperations(createGenerator(schema, await readKnownWords(server)));
}, LONG_MS);
afterAll(() => server.close(), LONG_MS);

function pickOperations(generate: (seed: number) => GeneratedOperation): GeneratedOperation[] {
  const selected = new Set<string>();
  return Array.from({ length: OPERATIONS }, (_, index) => {
    const candidates = Array.from({ length: CANDIDATES }, (__, candidate) => {
      const operation = generate(SEED * 1_000_000 + index * CANDIDATES + candidate);
      const fields = [...listSelected(schema, operation.document)];
      return { operation, fields, fresh: fields.filter((field) => !selected.has(field)).length };
    });
    const best = candidates.reduce((most, candidate) => (candidate.fresh > most.fresh ? candidate : most));
    best.fields.forEach((field) => selected.add(field));
    return best.operation;
  });
}

/** Ask every operation, several at a time; returns those whose answers are not what they must be. */
async function askAll(): Promise<{ operation: GeneratedOperation; complaints: readonly string[] }[]> {
  const failed: Awaited<ReturnType<typeof askAll>> = [];
  const left = [...operations];
  const work = async (): Promise<void> => {
    for (let operation = left.shift(); operation; operation = left.shift()) {
      const { complaints, met } = await askAndCheck({ url: server.url, schema }, operation);
      met.forEach((field) => answered.add(field));
      if (complaints.length > 0) failed.push({ operation, complaints });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return failed;
}

/** The operation that failed, cut down to what it takes to fail. */
async function describeFailure(failure: Awaited<ReturnType<typeof askAll>>[number]): Promise<string> {
  const smallest = await shrink(failure.operation, async (smaller) => {
    if (validate(schema, smaller.document).length > 0) return false;
    return (await askAndCheck({ url: server.url, schema }, smaller)).complaints.length > 0;
  });
  return [`seed ${failure.operation.seed}`, ...failure.complaints.slice(0, 5), printOperation(smallest)].join('\n');
}

describe(`${OPERATIONS} operations from the seed ${SEED}`, () => {
  it('are valid', () => {
    const invalid = operations.flatMap((operation) =>
      validate(schema, operation.document).map(({ message }) => `${message}\n${printOperation(operation)}`),
    );
    expect(invalid).toEqual([]);
  });

  it('select every field', () => {
    const selected = new Set(operations.flatMap(({ document }) => [...listSelected(schema, document)]));
    expect(listFields(schema).filter((field) => !selected.has(field))).toEqual([]);
  });

  it('are answered as the schema says', { timeout: LONG_MS }, async () => {
    const failed = await askAll();
    console.log(
      `${OPERATIONS} operations selected all of ${listFields(schema).length} fields, ${answered.size} of them answered`,
    );
    const told = [];
    for (const failure of failed.slice(0, 3)) told.push(await describeFailure(failure));
    expect(told.join('\n\n'), `${failed.length} of ${OPERATIONS} failed`).toBe('');
  });

  it('leave no task failed that nobody foresaw', async () => {
    const { exportTasks } = await server.query<{ exportTasks: { nodes: { error: { code: string } | null }[] } }>(
      '{ exportTasks(first: 100) { nodes { error { code message } } } }',
    );
    expect(exportTasks.nodes.length).toBeGreaterThan(0);
    expect(exportTasks.nodes.filter(({ error }) => error?.code === 'INTERNAL_SERVER_ERROR')).toEqual([]);
  });

  it('leave nothing unexpected in the log', () => {
    expect(unexpectedFailures(server)).toEqual([]);
  });
});
