import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unexpectedFailures } from '../server/refused-question.ts';
import { startServerUnderTest, type ServerUnderTest } from '../server/running-server.ts';

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServerUnderTest();
});
afterAll(() => server.close());

const METRICS = 'query ($query: MetricsQuery!) { metrics(query: $query) { csv } }';
const EVENTS = { source: 'sandbox-openpanel', metric: { key: 'events' } };
const GOOD = { select: [EVENTS], period: { preset: 'TODAY' } };

describe('variables that do not fit their type', () => {
  it.each<[string, object, string]>([
    ['both a key and an event', { select: [{ ...EVENTS, metric: { key: 'a', event: { name: 'b' } } }] }, 'Exactly one'],
    ['neither key nor event', { select: [{ ...EVENTS, metric: {} }] }, 'query.select[0].metric'],
    ['no key', { select: [{ ...EVENTS, metric: { key: null } }] }, 'Field "key" must be non-null'],
    ['two periods', { period: { preset: 'TODAY', dates: { from: '2026-06-01', to: '2026-06-02' } } }, 'query.period'],
    ['no period', { period: {} }, 'Exactly one key must be specified for OneOf type "PeriodInput"'],
    ['an unknown preset', { period: { preset: 'LAST_CENTURY' } }, '"LAST_CENTURY" does not exist in "PeriodPreset"'],
    ['an unknown interval', { interval: 'FORTNIGHT' }, 'Value "FORTNIGHT" does not exist in "Interval" enum'],
    ['a number for a day', { period: { dates: { from: 20260601, to: '2026-06-02' } } }, 'query.period.dates.from'],
    ['an unknown field', { colour: 'red' }, 'Field "colour" is not defined by type "MetricsQuery"'],
    ['no limit at all', { seriesLimit: null }, 'query.seriesLimit'],
  ])('such as %s are bad user input', async (_mistake, query, says) => {
    const answer = await server.ask(METRICS, { query: { ...GOOD, ...query } });
    expect(answer.data).toBeUndefined();
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.message).toContain(says);
  });
});

const literal = (metric: string, period: string): string =>
  `{ metrics(query: { select: [{ source: "sandbox-openpanel", metric: ${metric} }], period: ${period} }) { csv } }`;

describe('documents', () => {
  it('know a day written into them that does not exist', async () => {
    const period = '{ dates: { from: "2026-02-30", to: "2026-06-01" } }';
    const operation = literal('{ key: "events" }', period).replace(
      /}$/,
      'dataSource(key: "sandbox-openpanel") { key } }',
    );
    const { data, errors } = await server.ask(operation);
    expect(data).toEqual({ metrics: null, dataSource: { key: 'sandbox-openpanel' } });
    expect(errors).toMatchObject([
      {
        path: ['metrics'],
        message: 'query.period.dates.from: "2026-02-30" does not exist in the calendar',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it.each<[string, string, string]>([
    ['both fields of a choice', literal('{ key: "a", event: { name: "b" } }', '{ preset: TODAY }'), 'exactly one key'],
    ['no field of a choice', literal('{}', '{ preset: TODAY }'), '"MetricInput" must specify exactly one key'],
    ['no period of the choice', literal('{ key: "a" }', '{}'), '"PeriodInput" must specify exactly one key'],
    ['a number for a day', literal('{ key: "a" }', '{ dates: { from: 1, to: "2026-06-01" } }'), 'Date must be text'],
    ['an unknown field', '{ dataSources { colour } }', 'Cannot query field "colour" on type "DataSource"'],
    ['an unknown delimiter', '{ metrics { csv(options: { delimiter: SLASH }) } }', '"SLASH" does not exist'],
  ])('with %s do not validate', async (_mistake, document, says) => {
    const answer = await server.ask(document);
    expect(answer.data).toBeUndefined();
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toContain('GRAPHQL_VALIDATION_FAILED');
    expect(answer.errors?.map(({ message }) => message).join('; ')).toContain(says);
  });

  it('with broken syntax say where', async () => {
    const { errors } = await server.ask('{ dataSources { key ');
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_PARSE_FAILED' }, message: /Syntax Error/ }]);
  });

  it('too long to be meant are not read to the end', async () => {
    const { errors } = await server.ask(`{ ${'dataSources { key } '.repeat(6000)} }`);
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_PARSE_FAILED' }, message: /20000 tokens/ }]);
  });

  it('of several operations want one to be named', async () => {
    const { errors } = await server.ask('query A { dataSources { key } } query B { dataSources { key } }');
    expect(errors).toMatchObject([{ message: /Must provide operation name/ }]);
  });

  it('that are not there are asked for', async () => {
    const { errors } = await server.ask('');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  });

  it('with any mistake are nothing unexpected to the log', () => {
    expect(unexpectedFailures(server)).toEqual([]);
  });
});
