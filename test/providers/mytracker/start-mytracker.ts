import type { Clock, Deadline } from '../../../src/analytics/deadline.ts';
import type { ExportsCapability, RowsQuery } from '../../../src/analytics/exports.ts';
import { requireCapability, type ProviderConnection } from '../../../src/analytics/provider.ts';
import { resolveRows, rowsRequestInput } from '../../../src/exports/rows-query.ts';
import mytracker from '../../../src/providers/mytracker/index.ts';
import { connectProvider, SOURCE_KEY } from '../../support/connect-provider.ts';
import { startReplayServer, type AskedRequest, type ReplayServer } from '../../support/replay-server.ts';
import { sampleConfig } from './sample-config.ts';

/** A question for rows; what is left out is as in {@link DEFAULTS}. */
export type Question = Readonly<Record<string, unknown>>;

/** What is answered as JSON; 200 where no status is said. */
export interface Answered {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** MyTracker as a test wants it, and our provider connected to it. */
export interface Mytracker extends AsyncDisposable {
  readonly server: ReplayServer;
  readonly connection: ProviderConnection;
  readonly exports: ExportsCapability;
  /** Everything that was logged, as text. */
  readonly log: readonly string[];
  deadline(timeoutMs?: number): Deadline;
  /** The question, checked as the server checks it. */
  query(question?: Question): RowsQuery;
  /** Ask for an export and return what MyTracker was asked. */
  created(question?: Question): Promise<Readonly<Record<string, unknown>>>;
}

/** A Sunday in November, noon in London. */
export const NOW = '2026-11-15T12:00:00Z';

const DEFAULTS = {
  source: SOURCE_KEY,
  table: 'customEvents',
  columns: ['tsEvent'],
  period: { dates: { from: '2026-11-13', to: '2026-11-14' } },
  filters: [],
};

/** The answer to a request that creates an export. */
export const CREATED = { body: { code: 200, message: 'Ok', data: { idRawExport: '7' } } };

/** Start a MyTracker with these answers and connect to it; `config` is what differs from the sample. */
export async function startMytracker(
  answer: Answered | ((asked: AskedRequest, before: number) => Answered) = CREATED,
  config: Readonly<Record<string, unknown>> = {},
  now: string | Clock = NOW,
): Promise<Mytracker> {
  let before = 0;
  const server = await startReplayServer((asked) => {
    const { status = 200, headers = {}, body } = typeof answer === 'function' ? answer(asked, before++) : answer;
    return { status, headers: { 'content-type': 'application/json', ...headers }, body: body as string };
  });
  const connected = connectProvider(mytracker, { ...sampleConfig(server.url), ...config }, now);
  const { dataSource, log, clock } = connected;
  const exports = requireCapability(dataSource, 'exports');
  const query = (question: Question = {}) =>
    resolveRows(rowsRequestInput.parse({ ...DEFAULTS, ...question }), dataSource, { now: clock.now(), path: 'rows' });
  const deadline = (timeoutMs = 10_000) => connected.deadline({ timeoutMs });
  return {
    server,
    connection: dataSource.connection,
    exports,
    log,
    deadline,
    query,
    created: async (question) => {
      await exports.start(query(question), deadline());
      return (server.asked.at(-1)?.body ?? {}) as Readonly<Record<string, unknown>>;
    },
    async [Symbol.asyncDispose]() {
      await connected[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
