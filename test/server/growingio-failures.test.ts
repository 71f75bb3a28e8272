import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CREDENTIALS } from '../../src/sandbox/growingio/requests/credentials.ts';
import { json, text, type Answer as Answering } from '../http/local-server.ts';
import { askCharts } from './growingio-charts.ts';
import { readWorld, startGrowingioUnderTest, type GrowingioUnderTest } from './growingio-server.ts';
import { dates } from './metrics-question.ts';
import { unexpectedFailures } from './refused-question.ts';
import type { AnsweredError } from './running-server.ts';

let server: GrowingioUnderTest;
/** Everything that was answered, as text. */
const answers: string[] = [];

// Of these the service says that they take it too long.
const SLOW = new Set(['p3RsW9eY']);

beforeAll(async () => {
  const timesOut = (path: string): boolean => [...SLOW].some((id) => path.includes(id));
  server = await startGrowingioUnderTest(readWorld(), { emulator: { timesOut } });
});
afterAll(() => server.close());

const PERIOD = { period: dates('2026-06-01', '2026-06-07') };
const GOOD = ['Bn5xT0aV'];

const FIELDS = {
  metrics: 'query ($query: MetricsQuery!) { metrics(query: $query) { csv } }',
  funnel: 'query ($query: FunnelQuery!) { funnel(query: $query) { csv } }',
  retention: 'query ($query: RetentionQuery!) { retention(query: $query) { csv } }',
} as const;

/** Ask what must fail, and return its only error. */
async function failureOf(document: string, variables: object): Promise<AnsweredError> {
  const answer = await server.ask(document, variables);
  answers.push(JSON.stringify(answer));
  const [error] = answer.errors ?? [];
  if (!error || answer.errors?.length !== 1) throw new Error(`One error was wanted: ${JSON.stringify(answer)}`);
  return error;
}

function askFor(field: keyof typeof FIELDS, chart: string, source = 'older'): Promise<AnsweredError> {
  const named = field === 'metrics' ? { select: [{ source, metric: { chart } }] } : { source, chart };
  return failureOf(FIELDS[field], { query: { ...named, ...PERIOD } });
}

/** Ask for a good chart of a data source, and return how many tokens were exchanged meanwhile. */
async function countExchanges(source: 'today' | 'older'): Promise<number> {
  const relay = server.relays[source];
  relay.forget();
  const { series } = await askCharts(server, { source, charts: GOOD, query: PERIOD });
  expect(series[0]?.total).toBeGreaterThan(0);
  return relay.requests.filter(({ path }) => path === '/auth/token').length;
}

/** Exchange keys for a token as another program would; it ends the one before. */
async function mintElsewhere(relayUrl: string): Promise<string> {
  const fields = `project=${CREDENTIALS.projectId}&ai=${CREDENTIALS.accountId}&tm=${server.clock.now()}`;
  const auth = createHmac('sha256', CREDENTIALS.privateKey).update(`POST\n/auth/token\n${fields}`).digest('hex');
  const headers = { 'X-Client-Id': CREDENTIALS.publicKey };
  const response = await fetch(`${relayUrl}/auth/token`, { method: 'POST', headers, body: `${fields}&auth=${auth}` });
  return ((await response.json()) as { code: string }).code;
}

describe('the token', () => {
  it.each(['older', 'today'] as const)(
    'of %s is exchanged once, and again where it was ended elsewhere',
    async (key) => {
      expect(await countExchanges(key)).toBe(1);
      expect(await countExchanges(key)).toBe(0);
      const stolen = await mintElsewhere(server.relays[key].url);
      expect(await countExchanges(key)).toBe(1);
      const used = server.relays[key].requests.at(-1)?.token;
      expect(used).not.toBe(stolen);
      // The first request tells that the token has ended; nobody sees it.
      expect(server.relays[key].requests.filter(({ status }) => status === 401)).toHaveLength(1);
      expect(await countExchanges(key)).toBe(0);
    },
  );

  it('is exchanged once for several questions whose token was ended', async () => {
    await mintElsewhere(server.relays.older.url);
    server.relays.older.forget();
    const charts = ['Kd82LmQz', 'kd82LmQz', 'Bn5xT0aV', 'a9ZwE3hP'];
    await askCharts(server, { source: 'older', charts, query: PERIOD });
    expect(server.relays.older.requests.filter(({ path }) => path === '/auth/token')).toHaveLength(1);
  });

  it('is exchanged again before it ends by itself', async () => {
    // It is good for 30 days.
    const now = server.clock.now();
    server.clock.moveTo('2026-07-16T12:00:00Z');
    expect(await countExchanges('older')).toBe(1);
    expect(server.relays.older.requests.filter(({ status }) => status === 401)).toEqual([]);
    server.clock.moveTo(new Date(now).toISOString());
  });
});

describe('credentials', () => {
  it.each([
    ['a wrong private key', { privateKey: 'do-not-show-this-key-4711' }],
    ['a wrong token', { token: 'DoNotShowThisToken4711', privateKey: undefined, accountId: undefined }],
    ['a wrong project', { projectId: 'Elsewhr1' }],
  ])('with %s are refused as ours', async (title, fields) => {
    const locked = await startGrowingioUnderTest(readWorld(), { fields });
    const query = { select: [{ source: 'older', metric: { chart: GOOD[0] } }], ...PERIOD };
    const answer = await locked.ask(FIELDS.metrics, { query });
    const { logged } = locked;
    await locked.close();
    const [error] = answer.errors ?? [];
    expect(error?.extensions.code, title).toBe('PROVIDER_AUTH_FAILED');
    expect(error?.message).toContain("this server's configuration, not yours");
    expect(error?.extensions).toMatchObject({ source: 'older', provider: 'growingio' });
    expect([JSON.stringify(answer), ...logged].filter((one) => one.includes('4711'))).toEqual([]);
    expect(locked.relays.older.requests.length).toBeLessThanOrEqual(2);
  });
});

describe('what is not there', () => {
  it.each([
    ['metrics', 'older'],
    ['metrics', 'today'],
    ['funnel', 'older'],
    ['funnel', 'today'],
    ['retention', 'older'],
    ['retention', 'today'],
  ] as const)('is rejected by GrowingIO: %s of %s', async (field, source) => {
    const error = await askFor(field, 'ABSENT00', source);
    expect(error).toMatchObject({ path: [field], extensions: { code: 'PROVIDER_REJECTED', source } });
    expect(error.message).toContain('There is no ABSENT00');
  });

  it('is of its own kind: a funnel is no chart', async () => {
    expect((await askFor('metrics', 'f8SjC1xO')).extensions.code).toBe('PROVIDER_REJECTED');
    expect((await askFor('funnel', 'Bn5xT0aV')).extensions.code).toBe('PROVIDER_REJECTED');
  });

  it('differs by the case of a letter', async () => {
    expect((await askFor('metrics', 'KD82LmQz')).extensions.code).toBe('PROVIDER_REJECTED');
  });

  it('is null where it is a thing of a list', async () => {
    const listed = `{ dataSource(key: "older") {
      dashboard(nativeId: "ABSENT00") { name } dashboards { id } cohorts { nodes { id } }
    } }`;
    interface Listed {
      readonly dataSource: { dashboard: null; dashboards: { id: string }[]; cohorts: { nodes: { id: string }[] } };
    }
    const { dataSource } = await server.query<Listed>(listed);
    expect(dataSource.dashboard).toBeNull();
    const absent = (id = ''): string =>
      Buffer.from(
        Buffer.from(id, 'base64url')
          .toString()
          .replace(/d4Kx01Zq|s1QhY7Mf/, 'ABSENT00'),
      ).toString('base64url');
    const found = await server.query(
      'query ($dashboard: ID!, $cohort: ID!) { dashboard(id: $dashboard) { name } cohort(id: $cohort) { name } }',
      { dashboard: absent(dataSource.dashboards[0]?.id), cohort: absent(dataSource.cohorts.nodes[0]?.id) },
    );
    expect(found).toEqual({ dashboard: null, cohort: null });
  });
});

/** A chart with these rows. */
const chartOf = (data: unknown, more: object = {}): Answering =>
  json({
    ...{ id: 'Bn5xT0aV', name: 'x', startTime: 1, endTime: 2, interval: 86_400_000 },
    meta: [
      { name: '目标用户', dimension: true },
      { name: '时间', dimension: true },
      { name: '用户量', metric: true },
    ],
    data,
    ...more,
  });

const NOON = Date.parse('2026-06-01T00:00:00+08:00');
const REFUSED_TOKEN = json({ message: 'Unauthorized', errors: [] }, 401);

const FAULTS: readonly (readonly [title: string, Answering, code: string, says: string])[] = [
  [
    'too many requests, again and again',
    json({ message: 'Slow down', errors: [] }, 429),
    'PROVIDER_RATE_LIMITED',
    'Slow down',
  ],
  ['a failure', json({ message: 'Oops', errors: [] }, 500), 'PROVIDER_UNAVAILABLE', '500'],
  [
    'a gateway that gives up',
    text('<html></html>', { 'content-type': 'text/html' }, 503),
    'PROVIDER_UNAVAILABLE',
    '503',
  ],
  [
    'a bad request',
    json({ message: 'Bad', errors: [{ code: 'bad_request', message: 'No' }] }, 400),
    'PROVIDER_REJECTED',
    'bad_request: No',
  ],
  ['a page', text('<html>Sign in</html>', { 'content-type': 'text/html' }), 'PROVIDER_RESPONSE_INVALID', 'HTML'],
  ['rows that are none', chartOf([7]), 'PROVIDER_RESPONSE_INVALID', 'data'],
  ['a row that is too long', chartOf([['全部访问用户', NOON, 1, 2]]), 'PROVIDER_RESPONSE_INVALID', 'data[0]'],
  ['a row without its dimensions', chartOf([['全部访问用户']]), 'PROVIDER_RESPONSE_INVALID', 'data[0]'],
  [
    'a number that is none',
    chartOf([['全部访问用户', NOON, 'many secret-cells-4711']]),
    'PROVIDER_RESPONSE_INVALID',
    'data[0][2]',
  ],
  [
    'a time that was not asked for',
    chartOf([['全部访问用户', 1_546_876_800_000, 1]]),
    'PROVIDER_RESPONSE_INVALID',
    'data[0]',
  ],
  [
    'one time twice',
    chartOf([
      ['全部访问用户', NOON, 1],
      ['全部访问用户', NOON, 2],
    ]),
    'PROVIDER_RESPONSE_INVALID',
    'data[1]',
  ],
  ['no columns', chartOf([], { meta: undefined }), 'PROVIDER_RESPONSE_INVALID', 'meta'],
  ['a token that is refused whenever it is new', REFUSED_TOKEN, 'PROVIDER_AUTH_FAILED', '401'],
];

describe('answers that are none', () => {
  it('say that a report took too long', async () => {
    const error = await askFor('metrics', 'p3RsW9eY');
    expect(error).toMatchObject({ path: ['metrics'], extensions: { code: 'PROVIDER_UNAVAILABLE', source: 'older' } });
    expect(error.message).toContain('500');
  });

  it.each(FAULTS)('with %s have a code', async (_title, answer, code, says) => {
    const relay = server.relays.older;
    relay.answerInstead('/charts/Bn5xT0aV.json', answer);
    const error = await askFor('metrics', 'Bn5xT0aV');
    relay.answerInstead('/charts/Bn5xT0aV.json', null);
    expect(error.extensions.code).toBe(code);
    expect(error.message).toContain(says);
    expect(error.message).not.toContain('4711');
  });

  it('leave the other data sources of a question alone', async () => {
    const select = [
      { source: 'older', metric: { chart: 'p3RsW9eY' } },
      { source: 'today', metric: { chart: 'Bn5xT0aV' } },
    ];
    const operation = `query ($query: MetricsQuery!) { metrics(query: $query) {
      series { name } problems { code source { key } } freshness { completeness }
    } }`;
    expect(await server.query(operation, { query: { select, ...PERIOD } })).toEqual({
      metrics: {
        series: [{ name: '用户量' }],
        problems: [{ code: 'PROVIDER_UNAVAILABLE', source: { key: 'older' } }],
        freshness: { completeness: 'PARTIAL' },
      },
    });
  });
});

describe('an allowance that is used up', () => {
  it('is believed at once, for as long as GrowingIO says', async () => {
    const relay = server.relays.older;
    relay.answerInstead('Bn5xT0aV.json', json({ message: 'Later', errors: [] }, 429, { 'retry-after': '3600' }));
    relay.forget();
    const error = await askFor('metrics', 'Bn5xT0aV');
    expect(error).toMatchObject({ extensions: { code: 'PROVIDER_RATE_LIMITED', source: 'older' } });
    expect(error.extensions.retryAfterMs).toBeGreaterThan(3_500_000);
    // Whoever comes next is not even sent.
    expect((await askFor('metrics', 'Kd82LmQz')).extensions.code).toBe('PROVIDER_RATE_LIMITED');
    expect(relay.requests.map(({ status }) => status)).toEqual([429]);
    // Funnels are counted by themselves.
    expect((await askFor('funnel', 'ABSENT00')).extensions.code).toBe('PROVIDER_REJECTED');
  });
});

describe('secrets', () => {
  it('are in no answer and in no line of the log', async () => {
    const listed = `{ dataSource(key: "today") { cohorts { nodes { nativeId members(first: 1) { totalCount } } } } }`;
    answers.push(JSON.stringify(await server.ask(listed)));
    // The links live for some minutes, and are the same for everybody who asks meanwhile.
    const { projectId, consoleToken } = CREDENTIALS;
    const path = `/v3/exporter/projects/${projectId}/segmentations/s1QhY7Mf/users`;
    const response = await fetch(server.relays.today.url + path, { headers: { authorization: consoleToken } });
    const { downloadLinks = [] } = (await response.json()) as { downloadLinks?: string[] };
    const signs = downloadLinks.map((link) => new URL(link).searchParams.get('sign') ?? '');
    const relayed = Object.values(server.relays).flatMap(({ requests }) => requests);
    const tokens = relayed.flatMap(({ token }) => (token && token !== consoleToken ? [token] : []));
    const signatures = relayed.flatMap(({ body }) => new URLSearchParams(body).get('auth') ?? []);
    const secrets = new Set([CREDENTIALS.privateKey, ...signs, ...tokens, ...signatures]);
    expect([signs.length, new Set(tokens).size > 0]).toEqual([1, true]);
    const texts = [...answers, ...server.logged];
    expect(texts.length).toBeGreaterThan(100);
    const leaks = [...secrets].filter((secret) =>
      texts.some((one) => one.includes(secret) || one.includes(encodeURIComponent(secret))),
    );
    expect(leaks).toEqual([]);
  });

  it('are all that goes wrong: nothing unforeseen happened', () => {
    expect(unexpectedFailures(server)).toEqual([]);
  });
});
